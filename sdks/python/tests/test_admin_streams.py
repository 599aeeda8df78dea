"""Streams and chatbots as an app server keeps them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.flow.test_python_sdk import enter
from tests.support.server import ADMIN, Site, running_server
from tidings_client import AdminClient, Chunk

ROBOT = "@RBT#helper"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


async def test_a_chatbot_streams_and_answers(site: Site) -> None:
    async with (
        AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin,
        enter(site, "alice") as alice,
    ):
        await admin.create_robot(ROBOT, "Helper", signature="ask me")
        assert (await admin.get_all_robots()).robot_account == [ROBOT]
        begun = await admin.send_c2c_stream_msg(ROBOT, "alice", Chunk(markdown="He", index=1))
        last = Chunk(markdown="llo", index=2, is_last=True)
        await admin.send_c2c_stream_msg(ROBOT, "alice", last, stream_id=begun.stream_msg_id)
        answer = await admin.send_stream_msg(ROBOT, "alice", "ye")
        again = await admin.send_stream_msg(ROBOT, "alice", "s", answer.msg_key, is_last=True)
        assert again.msg_key == answer.msg_key
        [[stream, custom]] = [page async for page in alice.history(ROBOT)]
        assert {stream.text, custom.text} == {"Hello", ""}
        await admin.delete_robot(ROBOT)
        assert (await admin.get_all_robots()).robot_account == []
