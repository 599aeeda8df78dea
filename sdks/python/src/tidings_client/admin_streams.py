"""Streams and chatbots, as an app server sends and keeps them."""

import random
from abc import ABC, abstractmethod

from tidings_client import rest_types as rest
from tidings_client.elements import Chunk, Stream, to_wire

UINT32 = 0xFFFF_FFFF


class StreamCommands(ABC):
    """The commands of services stream_msg and openim_robot_http_svc."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def send_c2c_stream_msg(
        self, sender: str, receiver: str, chunk: Chunk, *, stream_id: str = "", alternative: str = ""
    ) -> rest.SendC2cStreamMsgResponse:
        """Begin a stream, or add a piece to the one of `stream_id`, which the beginning has answered.

        `index` of the pieces counts from 1; a pause of more than 15 seconds ends a stream, as does `is_last`.
        """
        element = to_wire(Stream(chunks=(chunk,), id=stream_id, alternative=alternative))
        number = random.getrandbits(32) & UINT32
        return await self.request(
            rest.SendC2cStreamMsgRequest(receiver, number, [element], from_account=sender, msg_seq=number)
        )

    async def create_robot(
        self, user_id: str, nick: str | None = None, face_url: str | None = None, signature: str | None = None
    ) -> rest.CreateRobotResponse:
        """Make a chatbot; its name begins with @RBT#, and an app has at most 20."""
        return await self.request(rest.CreateRobotRequest(user_id, nick, face_url, signature))

    async def delete_robot(self, user_id: str) -> rest.DeleteRobotResponse:
        """Disable a chatbot; its account stays."""
        return await self.request(rest.DeleteRobotRequest(user_id))

    async def get_all_robots(self) -> rest.GetAllRobotsResponse:
        """Return all chatbots."""
        return await self.request(rest.GetAllRobotsRequest())

    async def send_stream_msg(
        self, robot: str, receiver: str, text: str, key: str | None = None, *, is_last: bool = False
    ) -> rest.SendStreamMsgResponse:
        """Begin a chatbot's answer, or add to the one of `key`, which the beginning has answered."""
        return await self.request(rest.SendStreamMsgRequest(robot, receiver, text, key, int(is_last)))
