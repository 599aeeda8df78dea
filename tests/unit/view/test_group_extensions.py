"""Extensions and reactions of groups as members are told of them."""

import msgspec
import pytest

from tests.support.catalogue import check_push
from tests.support.groups import found, say
from tests.support.stage import Stage
from tidings.domain.extensions import Operation
from tidings.domain.group.events import GroupExtensionsChanged, GroupReacted
from tidings.ids import UserId
from tidings.view.group_events import to_live_push


@pytest.mark.parametrize("operation", Operation)
async def test_each_operation_is_a_push_of_the_catalogue_with_one_array(stage: Stage, operation: Operation) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice)
    event = GroupExtensionsChanged(stage.rooms.messages[0][1], operation.value, (("k", "v", 2),), 2, 1)
    push = msgspec.json.encode(to_live_push(group, event))
    check_push(push)
    notice = msgspec.json.decode(push)["EventArray"][0]["MsgExtensionNotify"]
    assert len({"SetKVInfo", "DeleteKVInfo", "ClearKVInfo"} & set(notice)) == 1
    assert notice["ExtensionGroupMsgInfo"]["MsgSeq"] == 1


async def test_a_reaction_is_a_push_of_the_catalogue(stage: Stage) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice)
    event = GroupReacted(stage.rooms.messages[0][1], "smile", 2, (UserId("bob"), UserId("carol")))
    check_push(msgspec.json.encode(to_live_push(group, event)))
