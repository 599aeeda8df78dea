"""Callbacks: what happened, in its wire form."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tidings.domain import happenings
from tidings.domain.callbacks import Happening
from tidings.view.callbacks import c2c as c2c_view
from tidings.view.callbacks.telling import Telling
from tidings.wire.callbacks import c2c
from tidings.wire.callbacks.callback import Callback


class Rendering(NamedTuple):
    """Which callback tells of a kind of happening, and how."""

    kind: type[Callback]
    render: Callable[[Any, Telling], Callback]


RENDERINGS: dict[type[Happening], Rendering] = {
    happenings.MessageAsked: Rendering(c2c.C2cBeforeSendMsg, c2c_view.render_asked),
    happenings.MessageSent: Rendering(c2c.C2cAfterSendMsg, c2c_view.render_sent),
    happenings.MessageUnsent: Rendering(c2c.C2cAfterSendMsg, c2c_view.render_unsent),
    happenings.ConversationRead: Rendering(c2c.C2cAfterMsgReport, c2c_view.render_read),
    happenings.MessageRecalled: Rendering(c2c.C2cAfterMsgWithDraw, c2c_view.render_recalled),
    happenings.MessageChanged: Rendering(c2c.C2cAfterModifyMsg, c2c_view.render_changed),
    happenings.MessagesReceipted: Rendering(c2c.C2cAfterMsgReadReceipt, c2c_view.render_receipts),
}
"""What can happen, and the callback that tells of it."""
