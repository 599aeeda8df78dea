"""Topics as both doors call for them: limits of texts and lists, and in whose name."""

import pytest

from tests.support.clients import Json
from tests.support.groups import found_community, make_topic
from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door
from tidings.domain.group.events import TopicCreated

SERVICE = "million_group_open_http_svc"


async def create(stage: Stage, group_id: str, **fields: object) -> Json:
    """Make a topic."""
    body = {"GroupId": group_id, "TopicName": "gear", **fields}
    return await stage.run(Door.REST, f"{SERVICE}/create_topic", body)


@pytest.mark.parametrize(
    ("field", "limit"),
    [("TopicName", 100), ("Introduction", 400), ("Notification", 400), ("FaceUrl", 500), ("CustomString", 3000)],
)
async def test_texts_have_their_limits(stage: Stage, field: str, limit: int) -> None:
    community = await found_community(stage)
    made = await create(stage, community.group_id, **{field: "x" * limit})
    assert await code_of(create(stage, community.group_id, **{field: "x" * (limit + 1)})) == 10004
    change = {"GroupId": community.group_id, "TopicId": made["TopicId"], field: "x" * (limit + 1)}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/modify_topic", change)) == 10004


async def test_a_creator_must_exist_and_is_told_of(stage: Stage) -> None:
    community = await found_community(stage)
    assert await code_of(create(stage, community.group_id, From_Account="nobody")) == 10004
    await create(stage, community.group_id, From_Account="bob")
    ((_, event, _, _),) = stage.rooms.events
    assert isinstance(event, TopicCreated)
    assert event.operator_id == "bob"


async def test_an_import_tells_nobody(stage: Stage) -> None:
    community = await found_community(stage)
    body = {"GroupId": community.group_id, "TopicName": "old", "CreateTime": 5, "Type": "Community"}
    await stage.run(Door.REST, "group_open_http_svc/import_topic", body)
    assert stage.rooms.events == []
    body["Type"] = "Public"
    assert await code_of(stage.run(Door.REST, "group_open_http_svc/import_topic", body)) == 10004


@pytest.mark.parametrize("names", [[], ["x"] * 51])
async def test_lists_of_topics_have_their_limits(stage: Stage, names: list[str]) -> None:
    community = await found_community(stage)
    body = {"GroupId": community.group_id, "TopicIdList": names}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/destroy_topic", body)) == 10004


async def test_a_topic_is_named_with_its_own_community(stage: Stage) -> None:
    community, other = await found_community(stage), await found_community(stage)
    topic = await make_topic(stage, community)
    for group_id, code in ((other.group_id, 110013), (topic.group_id, 10004)):
        body = {"GroupId": group_id, "TopicId": topic.group_id, "TopicName": "x"}
        assert await code_of(stage.run(Door.REST, f"{SERVICE}/modify_topic", body)) == code
    body = {"GroupId": community.group_id, "TopicId": community.group_id, "TopicName": "x"}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/modify_topic", body)) == 10004
    send = {"GroupId": other.group_id, "TopicId": topic.group_id, "Random": 1, "MsgBody": []}
    assert await code_of(stage.run(Door.REST, "group_open_http_svc/send_group_msg", send)) == 110013


async def test_who_asks_for_topics_is_a_member(stage: Stage) -> None:
    community = await found_community(stage)
    await make_topic(stage, community)
    body = {"GroupId": community.group_id, "From_Account": "bob"}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/get_topic", body)) == 10007
    assert await code_of(stage.run(Door.SOCKET, f"{SERVICE}/get_topic", body, stage.them.bob)) == 10007
    body["From_Account"] = "alice"
    answer = await stage.run(Door.REST, f"{SERVICE}/get_topic", {**body, "TopicIdList": ["x"]})
    assert [row["ErrorCode"] for row in answer["TopicAndSelfInfo"]] == [110003]
    whole = await stage.run(Door.SOCKET, f"{SERVICE}/get_topic", {**body, "TopicIdList": []})
    assert len(whole["TopicAndSelfInfo"]) == 1
