"""Communities with topics in the public clients: made, told, talked in, read, changed, ended."""

from tests.support.clients import text_body
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator

GROUPS = "group_open_http_svc"


def found(emulator: Emulator, named: Name) -> str:
    """Make a community of alice with bob in it, and return its ID."""
    for name in ("alice", "bob"):
        emulator.rest("im_open_login_svc/account_import", {"UserID": named(name)})
    body = {"Type": "Community", "Name": "hikers", "GroupId": f"@TGS#_{named('c')}", "SupportTopic": 1}
    members = {"Owner_Account": named("alice"), "MemberList": [{"Member_Account": named("bob")}]}
    return str(emulator.rest(f"{GROUPS}/create_group", {**body, **members})["GroupId"])


def test_topics_are_made_changed_and_ended_before_the_members_eyes(
    enter: Enter, emulator: Emulator, named: Name
) -> None:
    community = found(emulator, named)
    alice, bob = enter(named("alice")), enter(named("bob"))
    for page in (alice, bob):
        listed = page.run("getJoinedCommunityList")["groupList"]
        assert [(row["groupID"], row["isSupportTopic"]) for row in listed] == [(community, True)]
    made = {"groupID": community, "topicName": "gear", "customData": "c", "introduction": "i"}
    topic = alice.run("createTopicInCommunity", made)["topicID"]
    bob.wait("TOPIC_CREATED", {"groupID": community, "topicID": topic})
    (shown,) = bob.run("getTopicList", {"groupID": community})["successTopicList"]
    assert (shown["topicID"], shown["topicName"], shown["customData"], shown["muteAllMembers"]) == (
        topic,
        "gear",
        "c",
        False,
    )
    alice.run(
        "updateTopicProfile", {"groupID": community, "topicID": topic, "topicName": "Gear", "muteAllMembers": True}
    )
    bob.wait("TOPIC_UPDATED", {"groupID": community, "topic": {"topicName": "Gear", "muteAllMembers": True}})
    ended = alice.run("deleteTopicFromCommunity", {"groupID": community, "topicIDList": [topic]})
    assert ended["successTopicList"] == [{"topicID": topic}]
    bob.wait("TOPIC_DELETED", {"groupID": community, "topicIDList": [topic]})


def test_a_topic_is_talked_in_and_read(enter: Enter, emulator: Emulator, named: Name) -> None:
    community = found(emulator, named)
    topic = f"{community}@TOPIC#_gear"
    emulator.rest(
        "million_group_open_http_svc/create_topic", {"GroupId": community, "TopicId": topic, "TopicName": "g"}
    )
    alice, bob = enter(named("alice")), enter(named("bob"))
    for page in (alice, bob):
        page.run("getJoinedCommunityList")
        page.run("getTopicList", {"groupID": community})
    send = ("send", "Text", topic, {"text": "hi"}, {"conversationType": "GROUP"})
    sent = alice.run(*send)
    come = bob.wait("MESSAGE_RECEIVED", {"payload": {"text": "hi"}})
    assert (come["ID"], come["to"], come["conversationID"]) == (sent["ID"], topic, f"GROUP{topic}")
    bob.wait("TOPIC_UPDATED", {"topic": {"topicID": topic, "unreadCount": 1}})
    bob.run("setMessageRead", {"conversationID": f"GROUP{topic}"})
    bob.wait("TOPIC_UPDATED", {"topic": {"topicID": topic, "unreadCount": 0}})
    message = {"GroupId": community, "TopicId": topic, "Random": 5, "MsgBody": text_body("news")}
    emulator.rest(f"{GROUPS}/send_group_msg", {**message, "From_Account": named("alice")})
    bob.wait_text("news")
    alice.run("onMessages", "revokeMessage", sent["ID"])
    bob.wait("MESSAGE_REVOKED", {"ID": sent["ID"]})
    again = enter(named("bob"))
    again.run("getJoinedCommunityList")
    (shown,) = again.run("getTopicList", {"groupID": community})["successTopicList"]
    assert (shown["topicID"], shown["selfInfo"]["readedSequence"], shown["nextMessageSeq"]) == (topic, 1, 3)
    history = again.run("getMessageList", {"conversationID": f"GROUP{topic}"})["messageList"]
    assert [m["payload"].get("text") for m in history if not m["isRevoked"]] == ["news"]
