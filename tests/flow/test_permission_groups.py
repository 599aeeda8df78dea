"""Permission groups of communities over real sockets: they decide what members may do, instead of roles."""

from collections.abc import AsyncIterator

import pytest

from tests.flow.test_topics import COMMUNITY, GEAR, GROUPS, ROUTES, TOPICS, found, make, own_topics, say, told
from tests.support.clients import Json, text_body
from tests.support.server import Site, running_server

WARDENS = "@PMG#_wardens"
PLACE = {"GroupId": COMMUNITY, "PermissionGroupId": WARDENS}
# Bits of spec/groups.md, section 10.
SPEAK, SPEAK_HERE, MANAGE_TOPICS, MANAGE_MEMBERS = 1 << 6, 1 << 3, 1 << 4, 1 << 3
MENTION_ALL, RECALL, MANAGE_PERMISSIONS = 1 << 7, 1 << 9, 1 << 2


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        members = [{"Member_Account": "bob"}, {"Member_Account": "carol", "Role": "Admin"}]
        await found(running, EnablePermission=1, DefaultPermission=0, MemberList=members)
        await make(running)
        yield running


async def permit(site: Site, bits: int, *members: str) -> None:
    """Make the wardens, with members."""
    body = {**PLACE, "PermissionGroupName": "wardens", "Permission": bits}
    await site.rest().call(f"{GROUPS}/create_permission_group", body)
    if members:
        await let_in(site, *members)


async def let_in(site: Site, *members: str) -> list[int]:
    """Add members to the wardens; returns what became of each."""
    body = {**PLACE, "MemberList": [{"Member_Account": name} for name in members]}
    answer = await site.rest().call(f"{GROUPS}/add_permission_group_member", body)
    return [row["Result"] for row in answer["MemberList"]]


def topic_bits(bits: int, *topics: str) -> Json:
    """Return a request for permissions in topics."""
    return {**PLACE, "TopicPermissionList": [{"TopicId": topic, "Permission": bits} for topic in topics]}


async def test_permissions_decide_instead_of_roles(site: Site) -> None:
    alice, bob, carol = await site.login("alice"), await site.login("bob"), await site.login("carol")
    await say(bob, code=10007)
    await say(carol, code=10007)  # an admin, which counts for nothing
    await say(alice)  # the owner, who may everything
    await permit(site, SPEAK, "bob")
    await say(bob, random=2)
    gone = {**PLACE, "MemberList": [{"Member_Account": "bob"}]}
    await site.rest().call(f"{GROUPS}/delete_permission_group_member", gone)
    await say(bob, random=3, code=10007)
    body = {"GroupId": COMMUNITY, "TopicName": "x"}
    await carol.call(f"{TOPICS}.create_topic", body, 10007)
    await let_in(site, "carol")
    await site.rest().call(f"{GROUPS}/modify_permission_group", {**PLACE, "Permission": MANAGE_TOPICS})
    await carol.call(f"{TOPICS}.create_topic", body)
    await site.rest().call(
        f"{GROUPS}/destroy_permission_group", {"GroupId": COMMUNITY, "PermissionGroupIdList": [WARDENS]}
    )
    await carol.call(f"{TOPICS}.create_topic", body, 10007)


async def test_permissions_in_one_topic_hold_there_only(site: Site) -> None:
    await make(site, ROUTES)
    bob, rest = await site.login("bob"), site.rest()
    await permit(site, 0, "bob")
    answer = await rest.call(f"{GROUPS}/add_topic_permission_group", topic_bits(SPEAK_HERE, GEAR))
    assert answer["TopicPermissionResultList"] == [{"TopicId": GEAR, "ErrorCode": 0, "ErrorInfo": ""}]
    await say(bob, GEAR)
    await say(bob, ROUTES, code=10007)
    await rest.call(f"{GROUPS}/set_topic_permission_group", topic_bits(0, GEAR))
    await say(bob, GEAR, 2, code=10007)


async def test_each_topic_has_a_result_of_its_own(site: Site) -> None:
    rest = site.rest()
    await make(site, ROUTES)
    await permit(site, 0)
    elsewhere = "@TGS#_other@TOPIC#_x"

    async def codes(command: str, body: Json) -> list[int]:
        answer = await rest.call(f"{GROUPS}/{command}_topic_permission_group", body)
        return [row["ErrorCode"] for row in answer["TopicPermissionResultList"]]

    assert await codes("set", topic_bits(1, GEAR)) == [110011]
    assert await codes("add", topic_bits(1, GEAR, elsewhere)) == [0, 110013]
    assert await codes("add", topic_bits(1, GEAR, ROUTES)) == [110010, 0]
    await rest.call(f"{TOPICS}/destroy_topic", {"GroupId": COMMUNITY, "TopicIdList": [ROUTES]})
    assert await codes("set", topic_bits(5, GEAR, ROUTES)) == [0, 110014]
    shown = await rest.call(f"{GROUPS}/get_topic_permission_group", PLACE)
    assert [(row["TopicId"], row["Permission"]) for row in shown["TopicPermissionResultList"]] == [(GEAR, 5)]
    assert await codes("get", {**PLACE, "TopicIdList": [GEAR, ROUTES]}) == [0, 110011]
    assert await codes("delete", {**PLACE, "TopicIdList": [GEAR]}) == [0]
    assert await codes("delete", {**PLACE, "TopicIdList": [GEAR]}) == [110011]


async def test_permission_groups_are_listed_by_pages_and_by_name(site: Site) -> None:
    rest = site.rest()
    await permit(site, 5, "bob")
    for number in range(2):
        body = {"GroupId": COMMUNITY, "PermissionGroupName": str(number), "Permission": 0}
        made = await rest.call(f"{GROUPS}/create_permission_group", body)
        assert made["PermissionGroupId"].startswith("@PMG#_@PMG#")
    first = await rest.call(f"{GROUPS}/get_permission_group", {"GroupId": COMMUNITY, "Limit": 2, "Next": ""})
    assert first["PermissionGroupInfoList"][0] == {
        "PermissionGroupId": WARDENS,
        "PermissionGroupName": "wardens",
        "Permission": 5,
        "CustomString": "",
        "MemberNum": 1,
    }
    body = {"GroupId": COMMUNITY, "Limit": 2, "Next": first["Next"]}
    rest_of_all = await rest.call(f"{GROUPS}/get_permission_group", body)
    assert ([row["PermissionGroupName"] for row in rest_of_all["PermissionGroupInfoList"]], rest_of_all["Next"]) == (
        ["1"],
        "",
    )
    await rest.call(f"{GROUPS}/destroy_permission_group", {"GroupId": COMMUNITY, "PermissionGroupIdList": [WARDENS]})
    body = {"GroupId": COMMUNITY, "PermissionGroupIdList": [WARDENS, "@PMG#_never"]}
    named = await rest.call(f"{GROUPS}/get_permission_group", body)
    assert [row["ErrorCode"] for row in named["PermissionGroupInfoList"]] == [110008, 110006]
    ended = await rest.call(f"{GROUPS}/destroy_permission_group", body)
    assert [row["ErrorCode"] for row in ended["PermissionGroupResultList"]] == [110008, 110006]


async def test_members_come_in_are_listed_and_go_with_the_community(site: Site) -> None:
    rest, bob = site.rest(), await site.login("bob")
    await permit(site, 5)
    assert await let_in(site, "bob", "carol", "dave", "nobody") == [1, 1, 0, 0]
    assert await let_in(site, "bob") == [2]
    body = {**PLACE, "Limit": 1, "Next": ""}
    first = await rest.call(f"{GROUPS}/get_permission_group_member_list", body)
    assert [row["Member_Account"] for row in first["MemberList"]] == ["bob"]
    second = await rest.call(f"{GROUPS}/get_permission_group_member_list", {**body, "Limit": 9, "Next": first["Next"]})
    assert ([row["Member_Account"] for row in second["MemberList"]], second["Next"]) == (["carol"], "")
    mine = await bob.call(f"{TOPICS}.get_joined_permission_group_list", {"GroupId": COMMUNITY})
    assert [row["PermissionGroupId"] for row in mine["PermissionGroupInfoList"]] == [WARDENS]
    await bob.call(f"{TOPICS}.quit_group", {"GroupId": COMMUNITY})
    await bob.call(f"{TOPICS}.apply_join_group", {"GroupId": COMMUNITY})
    mine = await bob.call(f"{TOPICS}.get_joined_permission_group_list", {"GroupId": COMMUNITY})
    assert mine["PermissionGroupInfoList"] == []
    (row,) = (await rest.call(f"{GROUPS}/get_permission_group", {"GroupId": COMMUNITY}))["PermissionGroupInfoList"]
    assert row["MemberNum"] == 1


async def test_clients_manage_what_their_permissions_let_them(site: Site) -> None:
    alice, bob = await site.login("alice"), await site.login("bob")
    await permit(site, MANAGE_PERMISSIONS, "bob")
    mine = {"GroupId": COMMUNITY, "PermissionGroupId": "@PMG#_bobs"}
    body = {**mine, "PermissionGroupName": "bobs", "Permission": 0}
    await bob.call(f"{TOPICS}.create_permission_group", body)
    members = {**mine, "MemberList": [{"Member_Account": "carol"}]}
    await bob.call(f"{TOPICS}.add_permission_group_member", members, 10007)
    added = await alice.call(f"{TOPICS}.add_permission_group_member", members)
    assert added["MemberList"] == [{"Member_Account": "carol", "Result": 1}]
    carol = await site.login("carol")
    await carol.call(f"{TOPICS}.modify_permission_group", {**mine, "Permission": 1}, 10007)
    listed = await carol.call(f"{TOPICS}.get_permission_group", {"GroupId": COMMUNITY})
    assert len(listed["PermissionGroupInfoList"]) == 2


async def test_mentioning_all_and_recalling_others_are_permissions_too(site: Site) -> None:
    alice, bob = await site.login("alice"), await site.login("bob")
    await permit(site, SPEAK, "bob")
    everybody = [{"GroupAtAllFlag": 1}]
    await say(bob, random=1, code=10007, GroupAtInfo=everybody)
    await say(alice, random=2, GroupAtInfo=everybody)
    recall = {"GroupId": COMMUNITY, "TopicId": GEAR, "MsgSeqList": [{"MsgSeq": 1}]}
    answer = await bob.call(f"{TOPICS}.group_msg_recall", recall)
    assert [row["RetCode"] for row in answer["RecallRetList"]] == [10007]
    await say(alice, random=3)
    recall["MsgSeqList"] = [{"MsgSeq": 2}]
    await site.rest().call(f"{GROUPS}/modify_permission_group", {**PLACE, "Permission": SPEAK | MENTION_ALL | RECALL})
    await say(bob, random=4, GroupAtInfo=everybody)
    answer = await bob.call(f"{TOPICS}.group_msg_recall", recall)
    assert [row["RetCode"] for row in answer["RecallRetList"]] == [0]


async def test_refusals_say_what_is_wrong(site: Site) -> None:
    rest = site.rest()
    await permit(site, 0)
    body = {**PLACE, "PermissionGroupName": "x", "Permission": 0}
    await rest.call(f"{GROUPS}/create_permission_group", body, 10021)
    await rest.call(f"{GROUPS}/create_permission_group", {**body, "PermissionGroupId": "wardens"}, 10004)
    await rest.call(f"{GROUPS}/modify_permission_group", {**PLACE, "PermissionGroupId": "@PMG#_never"}, 110006)
    plain = {"Type": "Public", "Name": "plain", "GroupId": "plain", "Owner_Account": "alice"}
    await rest.call(f"{GROUPS}/create_group", plain)
    await rest.call(f"{GROUPS}/get_permission_group", {"GroupId": "plain"}, 11000)
    many = [{"Member_Account": str(number)} for number in range(101)]
    await rest.call(f"{GROUPS}/add_permission_group_member", {**PLACE, "MemberList": many}, 10005)


async def test_everybody_may_what_the_community_or_the_topic_lets_all(site: Site) -> None:
    bob = await site.login("bob")
    await say(bob, code=10007)
    change = {"GroupId": COMMUNITY, "TopicId": GEAR, "DefaultPermission": SPEAK_HERE}
    alice = await site.login("alice")
    await alice.call(f"{TOPICS}.modify_topic", change)
    await say(bob, random=2)
    assert [message["MsgSeq"] for message in await told(alice, "GroupMsgArray")] == [1]
    (row,) = await own_topics(bob)
    assert row["TopicInfo"]["DefaultPermission"] == SPEAK_HERE
    body = {"GroupId": COMMUNITY, "Random": 3, "MsgBody": text_body()}
    await bob.call(f"{TOPICS}.send_group_msg", body, 10007)
