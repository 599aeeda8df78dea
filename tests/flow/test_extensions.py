"""Extensions and reactions over both doors, told live and to devices that were away."""

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import Site

SET, GET = "openim_msg_ext_http_svc.set_key_values", "openim_msg_ext_http_svc.get_key_values"
ADD, REMOVE = "openim_msg_ext_http_svc.reaction_add", "openim_msg_ext_http_svc.reaction_del"
STAT, WHO = "openim_msg_ext_http_svc.reaction_multi_stat", "openim_msg_ext_http_svc.reaction_iterate"


async def named(alice: GatewayClient) -> Json:
    """Let alice send bob a message that takes extensions; return its name."""
    sent = await alice.send_message("bob", "vote", SupportMessageExtension=1)
    key = f"{sent['MsgSeq']}_{sent['MsgRandom']}_{sent['MsgTime']}"
    return {"From_Account": "alice", "To_Account": "bob", "MsgKey": key}


async def test_votes_on_a_message_meet_and_everybody_sees_them(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    name = await named(alice)
    await bob.events()
    vote: Json = {**name, "OperateType": 1, "ExtensionList": [{"Key": "vote", "Value": "A", "Seq": 0}]}
    assert (await alice.call(SET, vote))["ExtensionList"][0]["Extension"]["Seq"] == 1
    [told] = await bob.events()
    assert told["MsgExtensionNotify"]["SetKVInfo"][0]["MsgKeyValue"] == [{"Key": "vote", "Value": "A", "Seq": 1}]
    late = (await bob.call(SET, vote))["ExtensionList"]
    assert late == [{"ErrorCode": 23001, "Extension": {"Key": "vote", "Value": "A", "Seq": 1}}]
    await rest.call("openim_msg_ext_http_svc/set_key_values", vote)
    [told] = await bob.events()
    assert told["MsgExtensionNotify"]["MsgLastSeq"] == 2
    phone = await site.login("bob", "android")
    assert (await phone.call(GET, name))["ExtensionList"] == [{"Key": "vote", "Value": "A", "Seq": 2}]
    await rest.call("openim_msg_ext_http_svc/set_key_values", {**name, "OperateType": 3})
    [told] = await phone.events()
    assert told["MsgExtensionNotify"]["ClearKVInfo"] == [{"ClearMsgSeq": 3}]


async def test_a_plain_message_takes_no_extensions(alice: GatewayClient, rest: RestClient) -> None:
    sent = await alice.send_message("bob", "plain")
    key = f"{sent['MsgSeq']}_{sent['MsgRandom']}_{sent['MsgTime']}"
    name: Json = {"From_Account": "alice", "To_Account": "bob", "MsgKey": key}
    await alice.call(GET, name, code=23002)
    await rest.call("openim_msg_ext_http_svc/get_key_values", {**name, "MsgKey": "1_2_3"}, code=23004)


async def test_a_reaction_reaches_both_and_who_was_away(alice: GatewayClient, bob: GatewayClient) -> None:
    name = await named(alice)
    cookie = (await alice.call("openim.getmsg", {"Cookie": ""}))["Cookie"]
    await bob.call(ADD, {**name, "Reaction": "smile", "Add_Account": ["bob"]})
    [told] = await alice.events()
    [notice] = told["MsgReactionNotifyList"]
    assert notice["MsgReactionSummary"] == [
        {"Reaction": "smile", "Count": 1, "Reaction_Account": ["bob"], "ReactedByMe": 0}
    ]
    await bob.call(ADD, {**name, "Reaction": "smile"}, code=23007)
    missed = (await alice.call("openim.getmsg", {"Cookie": cookie}))["EventArray"]
    assert [event["MsgReactionNotifyList"] for event in missed] == [[notice]]
    ask: Json = {"From_Account": "bob", "To_Account": "alice", "MsgKeyList": [name["MsgKey"], "1_2_3"], "Count": 5}
    first, none = (await bob.call(STAT, ask))["Results"]
    assert first["MsgReactionSummary"][0]["ReactedByMe"] == 1
    assert none["MsgReactionSummary"] == []
    assert (await alice.call(WHO, {**name, "Reaction": "smile"}))["Reaction_Account"] == ["bob"]
    await bob.call(REMOVE, {**name, "Reaction": "smile", "Del_Account": ["bob"]})
    *_, told = await alice.events()
    assert told["MsgReactionNotifyList"][0]["MsgReactionSummary"][0]["Count"] == 0


async def test_app_servers_modify_delete_and_receipt(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    name = await named(alice)
    for device in (alice, bob):
        await device.events()
    await rest.call("openim/modify_c2c_msg", {**name, "MsgBody": text_body("edited")})
    for device in (alice, bob):
        [told] = await device.events()
        assert told["C2cMsgModNotifys"][0]["MsgBody"] == text_body("edited")
    receipt = {"Operator_Account": "bob", "Peer_Account": "alice", "C2CMsgInfo": [name]}
    await rest.call("openim/c2c_msg_read_receipt", receipt)
    [told] = await alice.events()
    assert told["UserId"] == "bob"
    hide = {"Operator_Account": "bob", "Peer_Account": "alice", "MsgKeyList": [name["MsgKey"]]}
    await rest.call("openim/delete_c2c_msg_ramble", hide)
    assert (await bob.call("openim.getroammsg", {"Peer_Account": "alice"}))["MsgList"] == []
    assert len((await alice.call("openim.getroammsg", {"Peer_Account": "bob"}))["MsgList"]) == 1
