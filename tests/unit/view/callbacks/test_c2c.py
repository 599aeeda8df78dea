"""Callbacks of one-to-one messages (their bodies against the catalogue: tests/contract, tests/flow)."""

from tests.support.stores import NOW, message
from tidings.domain.accounts import Account
from tidings.domain.happenings import MessageAsked, MessageSent, MessageUnsent
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.view.callbacks.c2c import render_asked, render_sent, render_unsent, to_message_id
from tidings.view.callbacks.telling import Telling

TELLING = Telling(UserId("alice"), is_admin=False, time=float(NOW))
ALICE, BOB = (Account(SdkAppId(1), AccountNumber(number), UserId(name)) for number, name in ((1, "alice"), (2, "bob")))


def test_a_message_is_shown_by_its_sender_s_number_time_and_random() -> None:
    sent = message(ALICE, BOB, seq=5, random=6)
    assert to_message_id(sent) == f"144115188075855873-{NOW}-6"
    assert render_asked(MessageAsked(sent, is_online_only=True), TELLING).msg_key == f"5_6_{NOW}"


def test_what_could_not_be_sent_says_why_and_counts_nothing() -> None:
    sent = message(ALICE, BOB)
    fine = render_sent(MessageSent(sent, is_online_only=False), TELLING)
    failed = render_unsent(MessageUnsent(sent, is_online_only=False, code=20012, info="muted"), TELLING)
    assert (fine.send_msg_result, fine.error_info) == (0, "send msg succeed")
    assert (failed.send_msg_result, failed.error_info, failed.unread_msg_num) == (20012, "muted", -1)
