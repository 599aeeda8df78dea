"""Every store: letters to apps' servers are in the transaction of what they tell (domain/callbacks.py, LetterStore)."""

from tests.support.listening import Ear
from tests.support.stores import APP, NOW, OTHER_APP, People, message, put, whole
from tidings.domain.callbacks import Letter, heard, note_outcome
from tidings.domain.happenings import MessageSent
from tidings.ids import ConversationNumber, SdkAppId
from tidings.store.sqlite.store import Store

LANE = ConversationNumber(5)


def _letter(body: bytes = b"{}", lane: int = LANE, app: SdkAppId = APP) -> Letter:
    return Letter(app, ConversationNumber(lane), "State.StateChange", "a=b", body, float(NOW))


async def _bodies(store: Store, app: SdkAppId = APP) -> list[bytes]:
    return [letter.body for letter in await store.letters.waiting(app, 100, [])]


async def test_a_letter_rides_with_a_message_that_others_are_committed_with(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    ear = Ear([lambda _: [_letter(b"%d" % sent.position)]])

    async def send() -> None:
        await store.messages.append(sent)

    first = store.messages.append(message(them.bob, them.alice))
    await heard(ear, send())
    await first
    assert await _bodies(store) == [b"%d" % sent.position]
    assert sent.position > 0
    assert ear.wakened == [True]


async def test_a_letter_rides_with_a_change_and_says_what_came_of_it(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)

    async def recall() -> None:
        await store.messages.recall(sent, [])

    def ride(value: object) -> list[Letter]:
        return [] if value is None else [_letter(b"recalled")]

    await heard(Ear([ride]), recall())
    await heard(Ear([ride]), recall())  # it was recalled before, so there is nothing to tell
    assert await _bodies(store) == [b"recalled"]


async def test_what_is_not_written_is_not_told(store: Store, them: People) -> None:
    def fail(_: object) -> list[Letter]:
        raise ValueError("no letter can be made of it")

    sent = message(them.alice, them.bob)

    async def send() -> str:
        try:
            await store.messages.import_message(sent)
        except ValueError as error:
            return str(error)
        return ""

    ear = Ear([lambda _: [_letter()], fail])
    assert await heard(ear, send()) == "no letter can be made of it"
    assert await _bodies(store) == []
    assert await store.messages.page(whole(them.bob.number, them.alice.number)) == []
    assert ear.wakened == [False]


async def test_outcomes_are_noted_by_whom_wants_them_only(store: Store) -> None:
    note_outcome(MessageSent, lambda _: None)  # nobody listens
    assert await _bodies(store) == []


async def test_letters_wait_in_order_by_app_save_for_lanes_that_are_left_out(store: Store) -> None:
    await store.letters.write([_letter(b"1"), _letter(b"2", lane=-6), _letter(b"3")])
    await store.letters.write([_letter(b"other", app=OTHER_APP)])
    assert await _bodies(store) == [b"1", b"2", b"3"]
    assert [each.body for each in await store.letters.waiting(APP, 1, [LANE])] == [b"2"]
    assert await store.letters.waiting(APP, 9, [LANE, ConversationNumber(-6)]) == []
    assert await store.letters.waiting_apps() == [APP, OTHER_APP]


async def test_delivered_letters_are_gone(store: Store) -> None:
    await store.letters.write([_letter(b"1"), _letter(b"2")])
    first, second = await store.letters.waiting(APP, 9, [])
    await store.letters.delivered([first.number])
    await store.letters.failed(second.number, "it was down")
    (left,) = await store.letters.waiting(APP, 9, [])
    assert (left.body, left.attempts, left.reason) == (b"2", 1, "it was down")
    await store.letters.delivered([left.number])
    assert await store.letters.waiting_apps() == []


async def test_dead_letters_are_kept_until_they_are_forgotten_or_sent_again(store: Store) -> None:
    await store.letters.write([_letter(b"1"), _letter(b"2"), _letter(b"3")])
    for letter in await store.letters.waiting(APP, 9, []):
        await store.letters.bury(letter.number, "a day is over", NOW + letter.number)
    assert await _bodies(store) == []
    one, two, three = await store.letters.dead(APP, 0, 9)
    assert (one.body, one.reason) == (b"1", "a day is over")
    assert [each.body for each in await store.letters.dead(APP, one.number, 1)] == [b"2"]
    assert await store.letters.find_dead(APP, two.number) == two
    assert await store.letters.find_dead(OTHER_APP, two.number) is None
    assert await store.letters.revive(APP, [two.number, 99], NOW + 5.0) == 1
    (revived,) = await store.letters.waiting(APP, 9, [])
    assert (revived.body, revived.created_at, revived.attempts) == (b"2", NOW + 5.0, 0)
    assert await store.letters.forget_dead(NOW + 3) == 1
    assert [each.body for each in await store.letters.dead(APP, 0, 9)] == [three.body]


async def test_an_app_that_is_deleted_leaves_no_letters(store: Store) -> None:
    await store.apps.create(APP, "it", NOW)
    await store.letters.write([_letter(b"1"), _letter(b"2"), _letter(b"kept", app=OTHER_APP)])
    first, _ = await store.letters.waiting(APP, 9, [])
    await store.letters.bury(first.number, "down", NOW)
    await store.apps.delete(APP)
    assert await store.letters.waiting_apps() == [OTHER_APP]
    assert await store.letters.dead(APP, 0, 9) == []
