"""What blocklists and friendship mean for sending, end to end (spec/messages.md, section 12)."""

from tests.support.clients import GatewayClient, RestClient, text_body
from tests.support.server import Site
from tidings.errors import BLOCKED_BY_RECEIVER, NOT_FRIENDS, NOT_RECEIVERS_FRIEND, NOT_SENDERS_FRIEND


async def texts(device: GatewayClient) -> list[str]:
    """Return what came in live."""
    messages = [message for event in await device.events() for message in event.get("C2cMsgArray", ())]
    return [message["MsgBody"][0]["MsgContent"]["Text"] for message in messages]


async def send(device: GatewayClient, to: str, text: str, code: int = 0) -> None:
    body = {"To_Account": to, "MsgSeq": 1, "MsgRandom": sum(text.encode()), "MsgBody": text_body(text)}
    await device.call("openim.sendmsg", body, code)


async def befriend(rest: RestClient, one: str, other: str, kind: str) -> None:
    item = {"To_Account": other, "AddSource": "AddSource_Type_Test"}
    body = {"From_Account": one, "AddFriendItem": [item], "AddType": kind, "ForceAddFlags": 1}
    answer = await rest.call("sns/friend_add", body)
    assert answer["ResultItem"][0]["ResultCode"] == 0


async def test_who_is_blocked_sends_and_is_not_heard(alice: GatewayClient, bob: GatewayClient) -> None:
    await alice.call("sns.black_list_add", {"From_Account": "alice", "To_Account": ["bob"]})
    await send(bob, "alice", "unheard")
    assert await texts(alice) == []
    await alice.call("sns.black_list_delete", {"From_Account": "alice", "To_Account": ["bob"]})
    await send(bob, "alice", "heard")
    assert await texts(alice) == ["heard"]
    history = await alice.call(
        "openim.getroammsg", {"Peer_Account": "bob", "MaxCnt": 9, "LastMsgTime": 0, "MsgKey": ""}
    )
    assert len(history["MsgList"]) == 1


async def test_who_is_blocked_is_told_so_where_the_app_wants_that(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await site.change(blocked_messages="refuse")
    await alice.call("sns.black_list_add", {"From_Account": "alice", "To_Account": ["bob"]})
    await send(bob, "alice", "refused", BLOCKED_BY_RECEIVER.code)
    await send(alice, "bob", "the other way")
    assert await texts(bob) == ["the other way"]
    # The app's server is not held up.
    by_server = {"From_Account": "bob", "To_Account": "alice", "MsgRandom": 1, "MsgBody": text_body("by the app")}
    await rest.call("openim/sendmsg", by_server)
    assert await texts(alice) == ["by the app"]


async def test_only_friends_may_write_where_the_app_wants_that(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await site.change(friends_only=True)
    await send(alice, "bob", "stranger", NOT_FRIENDS.code)
    await befriend(rest, "alice", "bob", "Add_Type_Single")
    await send(alice, "bob", "not in his list", NOT_RECEIVERS_FRIEND.code)
    await send(bob, "alice", "not in my list", NOT_SENDERS_FRIEND.code)
    await befriend(rest, "bob", "alice", "Add_Type_Single")
    await send(alice, "bob", "friend")
    await send(bob, "alice", "friend, too")
    assert (await texts(alice), await texts(bob)) == (["friend, too"], ["friend"])
    await rest.call(
        "sns/friend_delete", {"From_Account": "bob", "To_Account": ["alice"], "DeleteType": "Delete_Type_Both"}
    )
    await send(alice, "bob", "friend no more", NOT_FRIENDS.code)
    await rest.call(
        "openim/sendmsg", {"From_Account": "alice", "To_Account": "bob", "MsgRandom": 2, "MsgBody": text_body("app")}
    )
    assert await texts(bob) == ["app"]
