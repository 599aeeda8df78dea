"""Callbacks of groups: each provoked by a real command, at a real receiver, and compared with the catalogue."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.support.clients import GatewayClient, Json, text_body
from tests.support.receiver import FINE, Receiver, Sent, answer, receiving
from tests.support.server import NOW, Site, running_server
from tidings.domain.group.live import ABSENCE_S
from tidings.wire.callbacks import CALLBACKS
from tidings.wire.callbacks.callback import Phase

SERVICE = "group_open_http_svc"
TOPICS = "million_group_open_http_svc"
GROUP = "team"


def _name(word: str) -> str:
    return f"Group.Callback{word}"


AFTER = [name for name, kind in CALLBACKS.items() if kind.phase is Phase.AFTER and name.startswith("Group.")]


@dataclass(slots=True)
class Pair:
    """A server with a group of alice and bob, and the receiver of its callbacks."""

    site: Site
    receiver: Receiver
    alice: GatewayClient

    async def switch_on(self, *callbacks: str, **more: object) -> None:
        """Send these callbacks from now on."""
        url = self.receiver.url
        await self.site.change(callback_url=url, callbacks=",".join(callbacks), callback_private=True, **more)

    async def call(self, command: str, body: Json, code: int = 0) -> Json:
        """Call a command of groups as an app admin."""
        return await self.site.rest().call(f"{SERVICE}/{command}", body, code)

    async def found(self, kind: str = "Public", group_id: str = GROUP, code: int = 0, **more: object) -> None:
        """Make a group of alice, with bob."""
        body: Json = {"Type": kind, "Name": "Team", "GroupId": group_id, "Owner_Account": "alice", **more}
        await self.call("create_group", body, code)

    async def one(self, word: str) -> Json:
        """Return the one callback of that name, without its name and time."""
        (body,) = await self.receiver.wait(_name(word))
        return {name: value for name, value in body.items() if name not in {"CallbackCommand", "EventTime"}}


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    async with receiving() as receiver, running_server() as site:
        yield Pair(site, receiver, await site.login("alice"))


WITH_BOB: Json = {"MemberList": [{"Member_Account": "bob"}]}


async def test_a_new_group_is_asked_about_and_told(pair: Pair) -> None:
    fields = {"group_fields": "City:anyone:admins"}
    await pair.switch_on(_name("BeforeCreateGroup"), _name("AfterCreateGroup"), **fields)
    await pair.found(group_id="first")
    await pair.found(AppDefinedData=[{"Key": "City", "Value": "Graz"}], **WITH_BOB)
    before, after = [await pair.receiver.wait(_name(f"{when}CreateGroup"), 2) for when in ("Before", "After")]
    common = {"Operator_Account": "administrator", "Owner_Account": "alice", "Type": "Public", "Name": "Team"}
    assert {**before[1], **common, "MemberList": WITH_BOB["MemberList"], "CreateGroupNum": 1} == before[1]
    custom = [{"Key": "City", "Value": "Graz"}]
    assert {**after[1], **common, **WITH_BOB, "GroupId": GROUP, "UserDefinedDataList": custom} == after[1]


@pytest.mark.parametrize(("said", "code"), [(1, 10016), (10_100, 10_100), (10_200, 10_200), (10_201, 10016)])
async def test_a_refused_group_is_not_made(pair: Pair, said: int, code: int) -> None:
    await pair.switch_on(_name("BeforeCreateGroup"), _name("AfterCreateGroup"))
    pair.receiver.say(ErrorCode=said, ErrorInfo="no more")
    await pair.found(code=code)
    pair.receiver.say()
    await pair.found()
    assert len(await pair.receiver.wait(_name("AfterCreateGroup"))) == 1


async def test_a_group_whose_id_is_taken_is_not_told(pair: Pair) -> None:
    await pair.switch_on(_name("AfterCreateGroup"))
    await pair.found()
    await pair.found(code=10025)
    await pair.found(group_id="other")
    told = await pair.receiver.wait(_name("AfterCreateGroup"), 2)
    assert [body["GroupId"] for body in told] == [GROUP, "other"]


async def test_who_asks_to_come_in_may_be_refused(pair: Pair) -> None:
    await pair.found(ApplyJoinOption="FreeAccess")
    await pair.switch_on(_name("BeforeApplyJoinGroup"), _name("AfterNewMemberJoin"))
    carol = await pair.site.login("carol")
    pair.receiver.say(ErrorCode=1)
    await carol.call(f"{SERVICE}.apply_join_group", {"GroupId": GROUP}, 10016)
    assert await pair.one("BeforeApplyJoinGroup") == {
        "GroupId": GROUP,
        "Type": "Public",
        "Requestor_Account": "carol",
    }
    pair.receiver.say()
    await carol.call(f"{SERVICE}.apply_join_group", {"GroupId": GROUP})
    assert await pair.one("AfterNewMemberJoin") == {
        "GroupId": GROUP,
        "Type": "Public",
        "JoinType": "Apply",
        "Operator_Account": "carol",
        "NewMemberList": [{"Member_Account": "carol"}],
    }


async def test_of_those_who_are_invited_some_may_be_refused(pair: Pair) -> None:
    await pair.found("Private")
    await pair.switch_on(_name("BeforeInviteJoinGroup"), _name("AfterNewMemberJoin"), _name("AfterGroupFull"))
    pair.receiver.say(RefusedMembers_Account=["carol"])
    both: Json = {"GroupId": GROUP, "MemberList": [{"Member_Account": "bob"}, {"Member_Account": "carol"}]}
    done = await pair.alice.call(f"{SERVICE}.add_group_member", both)
    assert [each["Result"] for each in done["MemberList"]] == [1, 0]
    asked = await pair.one("BeforeInviteJoinGroup")
    assert (asked["Operator_Account"], asked["DestinationMembers"]) == ("alice", both["MemberList"])
    joined = await pair.one("AfterNewMemberJoin")
    assert (joined["JoinType"], joined["Operator_Account"]) == ("Invited", "alice")
    assert joined["NewMemberList"] == [{"Member_Account": "bob"}]


async def test_a_group_without_room_is_told_again_and_again(pair: Pair) -> None:
    await pair.found(MaxMemberCount=2)
    await pair.switch_on(_name("AfterGroupFull"))
    for name in ("bob", "carol"):
        await pair.call("add_group_member", {"GroupId": GROUP, "MemberList": [{"Member_Account": name}]})
    assert [each["GroupId"] for each in await pair.receiver.wait(_name("AfterGroupFull"), 2)] == [GROUP, GROUP]


async def test_who_leaves_and_who_is_put_out_is_told(pair: Pair) -> None:
    members = [{"Member_Account": name} for name in ("bob", "carol")]
    await pair.found(MemberList=members)
    await pair.switch_on(_name("AfterMemberExit"))
    await (await pair.site.login("carol")).call(f"{SERVICE}.quit_group", {"GroupId": GROUP})
    await pair.call("delete_group_member", {"GroupId": GROUP, "MemberToDel_Account": ["bob"]})
    quit_, kicked = await pair.receiver.wait(_name("AfterMemberExit"), 2)
    assert (quit_["ExitType"], quit_["Operator_Account"], quit_["ExitMemberList"]) == ("Quit", "carol", members[1:])
    assert (kicked["ExitType"], kicked["ExitMemberList"]) == ("Kicked", members[:1])
    assert kicked["Operator_Account"] == "administrator"


async def test_the_end_of_a_group_is_told(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("AfterGroupDestroyed"))
    await pair.alice.call(f"{SERVICE}.destroy_group", {"GroupId": GROUP})
    assert await pair.one("AfterGroupDestroyed") == {
        "GroupId": GROUP,
        "Type": "Public",
        "Owner_Account": "alice",
        "Name": "Team",
    }


def _message(random: int = 5, **more: object) -> Json:
    return {"GroupId": GROUP, "Random": random, "MsgBody": text_body(), "From_Account": "alice", **more}


async def test_a_message_is_asked_about_and_told(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("BeforeSendMsg"), _name("AfterSendMsg"), _name("SendMsgException"))
    pair.receiver.say(MsgBody=text_body("better"), CloudCustomData="added")
    sent = await pair.call("send_group_msg", _message())
    asked, told = await pair.one("BeforeSendMsg"), await pair.one("AfterSendMsg")
    common: Json = {"GroupId": GROUP, "Type": "Public", "From_Account": "alice", "Operator_Account": "administrator"}
    common |= {"Random": 5, "OnlineOnlyFlag": 0}
    assert {**asked, **common, "MsgBody": text_body(), "CloudCustomData": ""} == asked
    rewritten = {"MsgBody": text_body("better"), "CloudCustomData": "added"}
    assert {**told, **common, **rewritten, "MsgSeq": sent["MsgSeq"], "MsgTime": sent["MsgTime"]} == told
    assert asked["MsgId"] == told["MsgId"]
    page = await pair.alice.call(f"{SERVICE}.group_msg_get", {"GroupId": GROUP, "ReqMsgNumber": 1})
    assert page["RspMsgList"][0]["MsgBody"] == text_body("better")


async def test_a_refused_message_is_not_stored_and_a_dropped_one_looks_sent(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("BeforeSendMsg"), _name("AfterSendMsg"), _name("SendMsgException"))
    for random, said, code in ((1, 1, 10016), (2, 10_150, 10_150), (3, 2, 0), (3, 2, 0)):
        pair.receiver.say(ErrorCode=said)
        await pair.call("send_group_msg", _message(random), code)
    assert len(pair.receiver.sent) == 3  # a repeat of what was dropped asks nobody
    pair.receiver.say()
    first = await pair.call("send_group_msg", _message(1))
    assert first["MsgSeq"] == 1
    assert [each["Random"] for each in await pair.receiver.wait(_name("AfterSendMsg"))] == [1]
    assert pair.receiver.of(_name("SendMsgException")) == []


async def test_a_message_that_fails_is_told_as_an_exception(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("AfterSendMsg"), _name("SendMsgException"))
    carol = await pair.site.login("carol")
    await carol.call(f"{SERVICE}.send_group_msg", {"GroupId": GROUP, "Random": 7, "MsgBody": text_body()}, 10007)
    failed = await pair.one("SendMsgException")
    assert (failed["From_Account"], failed["Random"], failed["ErrorCode"]) == ("carol", 7, 10007)
    assert failed["MsgBody"] == text_body()


async def test_a_message_may_forbid_its_callbacks(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("BeforeSendMsg"), _name("AfterSendMsg"))
    both = ["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"]
    await pair.call("send_group_msg", _message(1, ForbidCallbackControl=both))
    await pair.call("send_group_msg", _message(2))
    await pair.receiver.wait(_name("AfterSendMsg"))
    assert {each.body["Random"] for each in pair.receiver.sent} == {2}


async def test_messages_of_one_group_are_told_in_their_order(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("AfterSendMsg"))
    for random in range(1, 11):
        await pair.call("send_group_msg", _message(random))
    told = await pair.receiver.wait(_name("AfterSendMsg"), 10)
    assert [each["MsgSeq"] for each in told] == list(range(1, 11))


async def test_recall_change_and_extensions_are_told(pair: Pair) -> None:
    await pair.found()
    sent = await pair.call("send_group_msg", _message(SupportMessageExtension=1))
    words = ("AfterGroupMsgExtension", "AfterModifyMsg", "AfterRecallMsg")
    await pair.switch_on(*map(_name, words))
    pairs = [{"Key": "vote", "Value": "yes", "Seq": 0}]
    named: Json = {"GroupId": GROUP, "MsgSeq": sent["MsgSeq"]}
    wish = {**named, "OperateType": 1, "ExtensionList": pairs, "From_Account": "alice"}
    await pair.site.rest().call("openim_msg_ext_http_svc/group_set_key_values", wish)
    change = {**named, "MsgBody": text_body("new")}
    await pair.site.rest().call("openim/modify_group_msg", change)
    await pair.call("group_msg_recall", {"GroupId": GROUP, "MsgSeqList": [{"MsgSeq": sent["MsgSeq"]}]})
    extended, changed, recalled = [await pair.one(word) for word in words]
    assert extended == {**named, "OperateType": 1, "ExtensionList": [{**pairs[0], "Seq": 1}], "Seq": 1}
    assert changed == {**named, "Operator_Account": "administrator", "TopicId": "", "MsgBody": text_body("new")}
    (row,) = recalled["MsgSeqList"]
    assert (row["MsgSeq"], recalled["Operator_Account"], "TopicId" in recalled) == (1, "administrator", False)


async def test_attributes_are_told(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("AfterGroupAttrChanged"))
    seat = {"key": "seat", "value": "bob"}
    for command, body in (
        ("set_group_attr", {"GroupAttr": [seat]}),
        ("modify_group_attr", {"GroupAttr": [seat]}),
        ("delete_group_attr", {"GroupAttr": [{"key": "seat"}]}),
        ("clear_group_attr", {}),
    ):
        await pair.call(command, {"GroupId": GROUP, **body})
    told = await pair.receiver.wait(_name("AfterGroupAttrChanged"), 4)
    assert [each["OptionType"] for each in told] == ["set", "modify", "delete", "clear"]
    assert [each["GroupAttr"] for each in told] == [[seat], [seat], [{"key": "seat", "value": ""}], []]


async def test_receipts_are_told_when_they_are_wanted_and_given(pair: Pair) -> None:
    await pair.found(**WITH_BOB)
    await pair.switch_on(_name("AfterReadReceipt"))
    sent = await pair.call("send_group_msg", _message(NeedReadReceipt=1))
    bob = await pair.site.login("bob")
    given = {"GroupId": GROUP, "MsgSeqList": [{"MsgSeq": sent["MsgSeq"]}]}
    await bob.call(f"{SERVICE}.group_msg_receipt", given)
    wanted, read = await pair.receiver.wait(_name("AfterReadReceipt"), 2)
    row = {"MsgSeq": 1, "ReadNum": 0, "UnreadNum": 1, "ReadReceiptMembers": []}
    assert wanted["GroupMsgReceiptList"] == [row]
    members = [{"Member_Account": "bob"}]
    assert read["GroupMsgReceiptList"] == [{**row, "ReadNum": 1, "UnreadNum": 0, "ReadReceiptMembers": members}]


async def test_topics_follow_the_switches_of_groups(pair: Pair) -> None:
    community, topic = "@TGS#_hikers", "@TGS#_hikers@TOPIC#_gear"
    await pair.found("Community", community, SupportTopic=1)
    words = ("BeforeCreateGroup", "AfterCreateGroup", "AfterGroupInfoChanged", "AfterGroupDestroyed")
    await pair.switch_on(*map(_name, words), _name("AfterSendMsg"))
    rest = pair.site.rest()
    asked = {"GroupId": community, "TopicName": "gear", "TopicId": topic}
    pair.receiver.say(ErrorCode=1)
    await rest.call(f"{TOPICS}/create_topic", asked, 10016)
    pair.receiver.say()
    await rest.call(f"{TOPICS}/create_topic", asked)
    named: Json = {"GroupId": community, "TopicId": topic}
    await rest.call(f"{TOPICS}/modify_topic", {**named, "TopicName": "gear talk"})
    await pair.call("send_group_msg", _message(**named))
    await rest.call(f"{TOPICS}/destroy_topic", {"GroupId": community, "TopicIdList": [topic]})
    assert (await pair.receiver.wait(_name("BeforeCreateTopic"), 2))[1]["Name"] == "gear"
    made, changed = await pair.one("AfterCreateTopic"), await pair.one("AfterTopicInfoChanged")
    assert {**made, **named, "Type": "Community", "Name": "gear", "UserDefinedDataList": []} == made
    assert changed == {**named, "Type": "Community", "Operator_Account": "administrator", "Name": "gear talk"}
    said = await pair.one("AfterSendMsg")
    assert {**said, **named, "Type": "Community"} == said
    gone = await pair.one("AfterTopicDestroyed")
    assert gone == {"GroupId": community, "Type": "Community", "TopicIdList": [topic]}


async def test_who_comes_to_a_live_room_and_goes_is_told_without_address_and_platform(pair: Pair) -> None:
    await pair.found("AVChatRoom", "live")
    await pair.switch_on(_name("OnMemberStateChange"))
    bob = await pair.site.login("bob")
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": "live"})
    await bob.call(f"{SERVICE}.quit_group", {"GroupId": "live"})
    came, went = await pair.receiver.wait(_name("OnMemberStateChange"), 2)
    assert (came["EventType"], came["EventCause"], came["MemberList"]) == (
        "Online",
        "Join",
        [{"Member_Account": "bob"}],
    )
    assert (went["EventType"], went["EventCause"]) == ("Offline", "Quit")
    assert set(pair.receiver.sent[0].query) == {"SdkAppid", "CallbackCommand", "contenttype"}


async def test_who_is_not_heard_of_leaves_a_live_room_by_interruption(pair: Pair) -> None:
    await pair.found("AVChatRoom", "live")
    bob = await pair.site.login("bob")
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": "live"})
    await pair.switch_on(_name("OnMemberStateChange"))
    await bob.close()
    await pair.site.settled()
    pair.site.clock.step(ABSENCE_S)
    await pair.site.server.sweep_rooms()
    gone = await pair.one("OnMemberStateChange")
    assert (gone["EventType"], gone["EventCause"]) == ("Offline", "HeartbeatInterrupt")


async def test_a_chatbot_hears_what_mentions_it(pair: Pair) -> None:
    robot = "@RBT#helper"
    await pair.site.rest().call("openim_robot_http_svc/create_robot", {"UserID": robot, "Nick": "Helper"})
    await pair.found()
    await pair.switch_on("Bot.OnGroupMessage", "Bot.OnC2CMessage")
    mention = [{"GroupAtAllFlag": 0, "GroupAt_Account": robot}]
    await pair.call("send_group_msg", _message(1, GroupAtInfo=mention))
    await pair.call("send_group_msg", _message(2))
    body = {"From_Account": "alice", "To_Account": robot, "MsgRandom": 3, "MsgBody": text_body()}
    await pair.site.rest().call("openim/sendmsg", body)
    (alone,) = await pair.receiver.wait("Bot.OnC2CMessage")
    (grouped,) = await pair.receiver.wait("Bot.OnGroupMessage")
    assert (grouped["Random"], grouped["AtRobots_Account"], alone["MsgRandom"]) == (1, [robot], 3)


async def test_another_owner_is_told(pair: Pair) -> None:
    await pair.found(**WITH_BOB)
    await pair.switch_on(_name("AfterChangeGroupOwner"))
    await pair.call("change_group_owner", {"GroupId": GROUP, "NewOwner_Account": "bob"})
    told = await pair.one("AfterChangeGroupOwner")
    assert told == {
        "GroupId": GROUP,
        "Type": "Public",
        "Operator_Account": "administrator",
        "OldOwner_Account": "alice",
        "NewOwner_Account": "bob",
    }


async def test_roles_and_name_cards_are_told_and_nothing_else_of_a_member(pair: Pair) -> None:
    await pair.found(**WITH_BOB)
    await pair.switch_on(_name("AfterMemberFieldChanged"))
    for change in ({"Role": "Admin"}, {"NameCard": "Bobby"}, {"NameCard": "Bobby"}, {"MsgFlag": "Discard"}):
        await pair.call("modify_group_member_info", {"GroupId": GROUP, "Member_Account": "bob", **change})
    await pair.call("modify_group_member_info", {"GroupId": GROUP, "Member_Account": "bob", "Role": "Member"})
    told = await pair.receiver.wait(_name("AfterMemberFieldChanged"), 3)
    assert [each.get("Role") for each in told] == ["Admin", None, "Member"]
    assert [each.get("NameCard") for each in told] == [None, "Bobby", None]
    assert told[0]["Modified_Account"] == told[0]["Member_Account"] == "bob"


async def test_only_texts_of_a_profile_that_are_other_now_are_told(pair: Pair) -> None:
    await pair.found()
    await pair.switch_on(_name("AfterGroupInfoChanged"))
    await pair.call("modify_group_base_info", {"GroupId": GROUP, "MaxMemberNum": 50})
    await pair.call("modify_group_base_info", {"GroupId": GROUP, "Name": "Team", "Notification": "Meet at six"})
    told = await pair.one("AfterGroupInfoChanged")
    who = {"GroupId": GROUP, "Type": "Public", "Operator_Account": "administrator"}
    assert told == {**who, "Notification": "Meet at six"}


def _refuse(_: Sent) -> bytes:
    return answer({**FINE, "ErrorCode": 1})


async def test_a_batch_of_switches_does_no_harm(pair: Pair) -> None:
    await pair.switch_on(*AFTER)
    pair.receiver.answering = _refuse
    await pair.found(**WITH_BOB)
    await pair.call("send_group_msg", _message())
    assert len(await pair.receiver.wait(_name("AfterSendMsg"))) == 1


async def test_an_imported_group_is_told_to_nobody(pair: Pair) -> None:
    await pair.switch_on(_name("AfterCreateGroup"))
    await pair.call("import_group", {"Type": "Public", "Name": "old", "GroupId": "old", "CreateTime": NOW - 100})
    await pair.found()
    assert (await pair.one("AfterCreateGroup"))["GroupId"] == GROUP
