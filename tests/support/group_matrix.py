"""The matrix of spec/groups.md, section 2, as a table: who may do what in which kind of group, and how one tries it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import Site

SERVICE = "group_open_http_svc"
KINDS = ("Private", "Public", "ChatRoom", "AVChatRoom", "Community")
ROLES = {"O": "olga", "A": "adam", "M": "mary", "X": "otto"}
"""Owner, admin, member, and somebody outside; besides them tom is a member, and nina is nowhere."""
LIVE, WORK = "AVChatRoom", "Private"
RIGHT_MISSING, ALREADY_IN, OWNER_STAYS, NO_TOPICS = 10007, 10013, 10009, 11000
INSIDE_LIVE = dict.fromkeys("OAM", 10004)
PROFILE = "modify_group_base_info"
Ask = tuple[str, Json]


@dataclass(slots=True)
class Place:
    """A group of a kind with everybody in it, on a running server."""

    site: Site
    rest: RestClient
    devices: Mapping[str, GatewayClient]
    kind: str
    group: str = ""
    keys: dict[str, str] = field(default_factory=dict)

    def ask(self, command: str, **fields: object) -> Ask:
        """Return a command that names the group, for either door; of the groups' service, unless it has another."""
        full = command if "/" in command else f"{SERVICE}/{command}"
        return full, {"GroupId": self.group, **fields}

    async def by_client(self, user: str, ask: Ask) -> Json:
        """Call a command as a user, whatever comes back."""
        command, body = ask
        return await self.devices[user].begin(command.replace("/", "."), body)

    async def by_app(self, ask: Ask) -> Json:
        """Call a command as the app's server, whatever comes back."""
        command, body = ask
        answer: Json = (await self.rest.post(self.rest.url(command, None), json.dumps(body).encode())).json()
        return answer

    async def speak(self, user: str = "tom") -> int:
        """Let somebody say something; returns its number."""
        body = self.ask("send_group_msg", From_Account=user, Random=len(self.keys) + 1, MsgBody=text_body("hi"))
        answer = await self.rest.call(*body)
        self.keys[str(len(self.keys))] = user
        return int(answer["MsgSeq"])


@dataclass(frozen=True, slots=True)
class Act:
    """Something one may want to do.

    `may` has a word for each of KINDS: letters of the ROLES that may, "-" for nobody, "." where the question
    does not arise. Others are answered `codes` by the letter of their role, else `code`; in live rooms `live`
    comes before both. `app` names the kinds where the app's server may not, with its code; None: there is no
    such command for it.
    """

    name: str
    may: str
    ask: Callable[[Place], Ask]
    code: int = RIGHT_MISSING
    codes: Mapping[str, int] = field(default_factory=dict)
    live: Mapping[str, int] = field(default_factory=dict)
    app: Mapping[str, int] | None = field(default_factory=dict)
    before: Callable[[Place], Awaitable[object]] | None = None
    result: Callable[[Json], int] = lambda answer: int(answer["ErrorCode"])
    by_app: Callable[[Place], Ask] | None = None

    def expected(self, kind: str) -> dict[str, int]:
        """Return the codes that those in or about a group of a kind are answered, by the letters of their roles."""
        word = self.may.split()[KINDS.index(kind)]
        letters = "" if word == "." else "OMX" if kind == WORK else "OAMX"
        codes = {**self.codes, **self.live} if kind == LIVE else self.codes
        return {letter: 0 if letter in word else codes.get(letter, self.code) for letter in letters}


async def _pending(place: Place) -> None:
    """Let tom say something for others to take back or to pin."""
    place.keys["seq"] = str(await place.speak())


def _seq(place: Place) -> int:
    return int(place.keys["seq"])


def _say(place: Place, **fields: object) -> Ask:
    return place.ask("send_group_msg", Random=77, MsgBody=text_body("hi"), **fields)


def _change(place: Place, user: str, **fields: object) -> Ask:
    return place.ask("modify_group_member_info", Member_Account=user, **fields)


def _recalled(answer: Json) -> int:
    return int(answer["ErrorCode"] or answer["RecallRetList"][0]["RetCode"])


def _added(answer: Json) -> int:
    return int(answer["ErrorCode"]) or int(answer["MemberList"][0]["Result"] != 1)


ACTS = (
    Act("disband", "- O O O O", lambda p: p.ask("destroy_group")),
    Act(
        "remove a member",
        "O OA OA - OA",
        lambda p: p.ask("delete_group_member", MemberToDel_Account=["tom"]),
        live=INSIDE_LIVE,
        app={LIVE: 10004},
    ),
    Act(
        "remove an admin",
        ". O O - O",
        lambda p: p.ask("delete_group_member", MemberToDel_Account=["adam"]),
        live=INSIDE_LIVE,
        app={LIVE: 10004},
    ),
    Act(
        "ban a member",
        "O OA OA OA -",
        lambda p: p.ask("ban_group_member", Members_Account=["tom"], Duration=60),
        app={"Community": RIGHT_MISSING},
    ),
    Act(
        "make a member an admin",
        "- O O - O",
        lambda p: _change(p, "tom", Role="Admin"),
        app={WORK: RIGHT_MISSING, LIVE: RIGHT_MISSING},
    ),
    Act(
        "make an admin a member",
        ". O O - O",
        lambda p: _change(p, "adam", Role="Member"),
        app={WORK: RIGHT_MISSING, LIVE: RIGHT_MISSING},
    ),
    Act(
        "mute a member",
        "- OA OA OA OA",
        lambda p: _change(p, "tom", ShutUpTime=60),
        by_app=lambda p: p.ask("forbid_send_msg", Members_Account=["tom"], MuteTime=60),
        app={WORK: RIGHT_MISSING},
    ),
    Act(
        "mute an admin",
        ". O O O O",
        lambda p: _change(p, "adam", ShutUpTime=60),
        by_app=lambda p: p.ask("forbid_send_msg", Members_Account=["adam"], MuteTime=60),
        app={WORK: RIGHT_MISSING},
    ),
    Act(
        "mute the owner",
        "- - - - -",
        lambda p: _change(p, "olga", ShutUpTime=60),
        by_app=lambda p: p.ask("forbid_send_msg", Members_Account=["olga"], MuteTime=60),
        app={WORK: RIGHT_MISSING},
    ),
    Act(
        "give a member a card",
        "O OA OA - OA",
        lambda p: _change(p, "tom", NameCard="card"),
        app={LIVE: RIGHT_MISSING},
    ),
    Act(
        "choose what another gets",
        "- - - - -",
        lambda p: _change(p, "tom", MsgFlag="Discard"),
        app={LIVE: RIGHT_MISSING},
    ),
    Act("change the name", "OM OA OA OA OA", lambda p: p.ask(PROFILE, Name="crew")),
    Act(
        "change how one applies",
        "- OA - - OA",
        lambda p: p.ask(PROFILE, ApplyJoinOption="FreeAccess" if p.kind == WORK else "DisableApply"),
        app=dict.fromkeys((WORK, "ChatRoom", LIVE), RIGHT_MISSING),
    ),
    Act(
        "change how one is invited",
        "O OA OA - OA",
        lambda p: p.ask(PROFILE, InviteJoinOption="NeedPermission"),
        app={LIVE: RIGHT_MISSING},
    ),
    Act(
        "mute everybody",
        "- OA OA OA OA",
        lambda p: p.ask(PROFILE, ShutUpAllMember="On"),
        app={WORK: RIGHT_MISSING},
    ),
    Act(
        "find the group by its ID",
        "OM OAMX OAMX OAMX OAMX",
        lambda p: (f"{SERVICE}/get_group_public_info", {"GroupIdList": [p.group]}),
        app=None,
        result=lambda answer: int(answer.get("GroupInfo", [answer])[0]["ErrorCode"]),
    ),
    Act(
        "hand the group over",
        "O O O - O",
        lambda p: p.ask("change_group_owner", NewOwner_Account="tom"),
        app={LIVE: RIGHT_MISSING},
    ),
    Act(
        "look at a member",
        "OM OAM OAM OAM OAM",
        lambda p: p.ask("get_specified_group_member_info", Member_List_Account=["tom"]),
        app={LIVE: RIGHT_MISSING},
    ),
    Act(
        "set attributes",
        "OM OAM OAM OAM OAM",
        lambda p: p.ask("set_group_attr", GroupAttr=[{"key": "k", "value": "v"}]),
    ),
    Act(
        "count",
        "OM OAM OAM OAM -",
        lambda p: p.ask("update_group_counter", GroupCounter=[{"Key": "k", "Value": 1}], Mode="Set"),
        app={"Community": RIGHT_MISSING},
    ),
    Act("pin", "O OA OA - OA", lambda p: p.ask("pin_message", MsgSeq=_seq(p)), before=_pending, app=None),
    Act(
        "take back what others say",
        "O OA OA - OA",
        lambda p: p.ask("group_msg_recall", MsgSeqList=[{"MsgSeq": _seq(p)}]),
        before=_pending,
        result=_recalled,
        live=dict.fromkeys("OAM", 10033),
        app={LIVE: 10033},
    ),
    Act("speak", "OM OAM OAM OAM OAM", _say),
    Act(
        "mention everybody",
        "OM OAM OAM - -",
        lambda p: _say(p, GroupAtInfo=[{"GroupAtAllFlag": 1}]),
        app={LIVE: RIGHT_MISSING, "Community": RIGHT_MISSING},
    ),
    Act(
        "speak to some only",
        "OM OAM OAM - -",
        lambda p: _say(p, To_Account=["tom"]),
        app={LIVE: RIGHT_MISSING, "Community": RIGHT_MISSING},
    ),
    Act(
        "ask for receipts",
        "OM OAM OAM - -",
        lambda p: _say(p, NeedReadReceipt=1),
        app={LIVE: RIGHT_MISSING, "Community": RIGHT_MISSING},
    ),
    Act(
        "list members",
        "OM OAM OAM OAM OAM",
        lambda p: p.ask("get_group_member_info", Limit=10, Offset=0),
        app={LIVE: RIGHT_MISSING},
    ),
    Act(
        "make a topic",
        ". . . . OA",
        lambda p: p.ask("million_group_open_http_svc/create_topic", TopicName="gear"),
        app=dict.fromkeys(KINDS[:-1], NO_TOPICS),
    ),
    Act(
        "apply to join",
        "- X X OAMX X",
        lambda p: p.ask("apply_join_group"),
        codes=dict.fromkeys("OAM", ALREADY_IN),
        app=None,
    ),
    Act(
        "bring somebody in",
        "OM - - - OAM",
        lambda p: p.ask("add_group_member", MemberList=[{"Member_Account": "nina"}]),
        result=_added,
        app={LIVE: 10007},
    ),
    Act("quit", "OM AM AM AMX AM", lambda p: p.ask("quit_group"), codes={"O": OWNER_STAYS}, app=None),
)
