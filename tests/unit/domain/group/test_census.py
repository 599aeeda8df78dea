"""The list of an app's groups."""

from tests.support.groups import found, found_community, make_topic
from tests.support.stage import Stage
from tidings.domain.group.census import FROM_START
from tidings.domain.group.kinds import Kind


async def test_a_list_is_gone_through_from_its_start_to_its_start(stage: Stage) -> None:
    groups = [await found(stage) for _ in range(3)]
    await make_topic(stage, await found_community(stage))
    census = stage.rules.groups.census
    first = await census.page(stage.app.sdk_app_id, Kind.PUBLIC, FROM_START, 2)
    last = await census.page(stage.app.sdk_app_id, Kind.PUBLIC, first.next, 2)
    assert [*first.group_ids, *last.group_ids] == [group.group_id for group in groups]
    assert (first.total, first.next, last.next) == (3, groups[1].number, FROM_START)
