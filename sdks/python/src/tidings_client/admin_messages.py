"""Messages after they were sent, as an app server changes them."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping

from tidings_client import rest_types as rest
from tidings_client.elements import Content, to_elements, to_wire

SET, DELETE, CLEAR = 1, 2, 3


class MessageCommands(ABC):
    """The commands on messages that are stored; a message is named by sender, receiver and `key`."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def modify_c2c_msg(
        self, sender: str, receiver: str, key: str, content: Content | None = None, custom_data: str | None = None
    ) -> rest.ModifyC2cMsgResponse:
        """Give a message new content or custom data."""
        body = None if content is None else [to_wire(each) for each in to_elements(content)]
        return await self.request(rest.ModifyC2cMsgRequest(sender, receiver, key, body, custom_data))

    async def delete_c2c_msg_ramble(self, user_id: str, peer: str, *keys: str) -> rest.DeleteC2cMsgRambleResponse:
        """Delete up to 30 messages from a user's view of the history with `peer`."""
        return await self.request(rest.DeleteC2cMsgRambleRequest(user_id, peer, list(keys)))

    async def c2c_msg_read_receipt(self, reader: str, sender: str, *keys: str) -> rest.C2cMsgReadReceiptResponse:
        """Tell the sender of messages that `reader` has read them."""
        rows = [rest.C2cMsgReadReceiptC2cMsgInfo(sender, reader, key) for key in keys]
        return await self.request(rest.C2cMsgReadReceiptRequest(reader, sender, rows))

    async def set_key_values(
        self, sender: str, receiver: str, key: str, values: Mapping[str, str]
    ) -> rest.SetKeyValuesResponse:
        """Set up to 20 extensions of a message, whoever changed them before; an empty value deletes."""
        rows = [rest.SetKeyValuesExtensionList(name, value) for name, value in values.items()]
        return await self.request(rest.SetKeyValuesRequest(receiver, key, SET, sender, rows))

    async def clear_key_values(self, sender: str, receiver: str, key: str) -> rest.SetKeyValuesResponse:
        """Delete all extensions of a message."""
        return await self.request(rest.SetKeyValuesRequest(receiver, key, CLEAR, sender))

    async def get_key_values(
        self, sender: str, receiver: str, key: str, start_seq: int = 0
    ) -> rest.GetKeyValuesResponse:
        """Return up to 200 extensions of a message from a Seq on; deleted ones are empty."""
        return await self.request(rest.GetKeyValuesRequest(receiver, key, sender, start_seq))

    async def key_values(self, sender: str, receiver: str, key: str) -> AsyncIterator[tuple[str, str]]:
        """Yield all extensions of a message, keys with values."""
        start, is_complete = 0, False
        while not is_complete:
            page = await self.get_key_values(sender, receiver, key, start)
            for row in page.extension_list:
                start = row.seq + 1
                if row.value:
                    yield row.key, row.value
            is_complete = bool(page.complete_flag) or not page.extension_list
