"""openim_robot_http_svc: chatbots and their answers (spec/rest/openim_robot_http_svc.yaml)."""

from functools import partial

from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import party
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.growing import Piece, StreamKind
from tidings.domain.messages import parse_key, to_conversation
from tidings.domain.profile_fields import IMAGE, NICK, SIGNATURE
from tidings.domain.robots import PREFIX
from tidings.domain.sending import Draft
from tidings.domain.streams import Parties, Stream
from tidings.errors import BAD_SERVICE_REQUEST, NO_ROBOT, TOO_MANY_ROBOTS, TidingsError
from tidings.ids import MAX_USER_ID_BYTES, UserId
from tidings.wire.envelope import Done, Request, Response


class CreateRequest(Request, frozen=True, kw_only=True):
    """A new chatbot."""

    user_id: UserId = field(name="UserID")
    nick: str | None = field(name="Nick", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    signature: str | None = field(name="SelfSignature", default=None)


class RobotRequest(Request, frozen=True, kw_only=True):
    """A chatbot."""

    robot: UserId = field(name="Robot_Account")


class Nothing(Request, frozen=True, kw_only=True):
    """Asks for all."""


class RobotsResponse(Response, kw_only=True):
    """All chatbots."""

    robots: list[UserId] = field(name="Robot_Account")


class PieceRequest(Request, frozen=True, kw_only=True):
    """A piece of a chatbot's answer; no MsgKey begins one."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    text: str = field(name="Chunk")
    key: str = field(name="MsgKey", default="")
    finish: int = field(name="Finish", default=0)


class PieceResponse(Response, kw_only=True):
    """The message that the answer is."""

    key: str = field(name="MsgKey")


@command("openim_robot_http_svc/create_robot", Door.REST, BAD_SERVICE_REQUEST)
async def create(call: Call, request: CreateRequest) -> Done:
    """Make a chatbot; making it again changes what is given of its profile."""
    name = request.user_id
    if not name.startswith(PREFIX) or not len(PREFIX) < len(name.encode()) <= MAX_USER_ID_BYTES or not name.isascii():
        raise BAD_SERVICE_REQUEST(
            detail=f"UserID {name!r} must begin with {PREFIX} and have at most {MAX_USER_ID_BYTES} ASCII bytes"
        )
    texts = {NICK: request.nick, IMAGE: request.face_url, SIGNATURE: request.signature}
    try:
        await call.rules.robots.create(call.app, name, [(tag, text) for tag, text in texts.items() if text is not None])
    except TidingsError as error:
        raise error if error.code == TOO_MANY_ROBOTS.code else BAD_SERVICE_REQUEST(detail=error.info) from error
    return Done()


@command("openim_robot_http_svc/delete_robot", Door.REST, BAD_SERVICE_REQUEST)
async def delete(call: Call, request: RobotRequest) -> Done:
    """Disable a chatbot: what it was saying ends, its account stays."""
    robot = await party(call, request.robot, NO_ROBOT)
    if not await call.rules.robots.delete(robot):
        raise NO_ROBOT(user_id=request.robot)
    await call.rules.streams.end_all(robot)
    await call.rules.groups.streams.end_all(robot)
    return Done()


@command("openim_robot_http_svc/get_all_robots", Door.REST, BAD_SERVICE_REQUEST)
async def get_all(call: Call, _request: Nothing) -> RobotsResponse:
    """Return all chatbots of the app."""
    return RobotsResponse(robots=await call.rules.robots.all(call.app.sdk_app_id))


@command("openim_robot_http_svc/send_stream_msg", Door.REST, BAD_SERVICE_REQUEST)
async def send(call: Call, request: PieceRequest) -> PieceResponse:
    """Begin a chatbot's answer, or add to it."""
    robot = await party(call, request.from_account, NO_ROBOT)
    if not call.rules.robots.is_robot(robot):
        raise NO_ROBOT(user_id=request.from_account)
    user = await party(call, request.to_account, BAD_SERVICE_REQUEST)
    piece, screen = Piece(request.text, is_last=request.finish == 1), partial(call.rules.words.screen, call.app)
    if request.key:
        name = _stream_id(robot, user, request.key)
        stream = await call.rules.streams.go_on(name, Parties(robot, user), piece, screen)
    else:
        draft = Draft(robot, user, None, call.rules.chance.uint32(), None, b"")
        stream = Stream(call.app.sdk_app_id, StreamKind.CHATBOT)
        stream = await call.rules.streams.begin(draft, stream, piece, screen)
    return PieceResponse(key=str(stream.message.key))


def _stream_id(robot: Account, user: Account, text: str) -> str:
    """Return by what an answer is known; this service has no code of its own for a malformed key."""
    try:
        return f"{to_conversation(robot.number, user.number)}/{parse_key(text)}"
    except TidingsError as error:
        raise BAD_SERVICE_REQUEST(detail=f"MsgKey: {error.info}") from error
