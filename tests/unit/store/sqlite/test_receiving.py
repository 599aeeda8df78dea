"""Do-not-disturb in SQLite: nothing goes through a whole table."""

from tests.support.database import Work
from tests.support.stores import NOW, People
from tidings.domain.events import QuietTimeSet, ReceiveOptionSet
from tidings.domain.receiving import QuietTime, ReceiveOption
from tidings.ids import Position
from tidings.store.sqlite.receiving import REFUSALS
from tidings.store.sqlite.store import Store


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    alice, peers, kept = them.alice.number, [them.bob.number, them.carol.number], store.receiving
    told, quiet = ReceiveOptionSet((them.bob.user_id,), 1), QuietTime(ReceiveOption.QUIET, NOW, NOW + 1)
    for call in (
        lambda: kept.set_option(alice, peers, ReceiveOption.DISCARD, NOW, told),
        lambda: kept.options(alice, peers),
        lambda: kept.options_after(alice, Position(0)),
        lambda: kept.set_quiet_time(alice, quiet, NOW, QuietTimeSet(2, NOW, NOW + 1, is_repeated=False)),
        lambda: kept.quiet_time(alice),
    ):
        assert await work.scans(call) == []


async def test_a_start_reads_refusals_and_no_other_option(store: Store, work: Work) -> None:
    # The index holds nothing but refusals; that all of it is read is what a start needs.
    assert "INDEXED BY refused_senders" in REFUSALS
    assert await work.scans(store.receiving.refusals) == [
        "SCAN conversation_traits USING COVERING INDEX refused_senders"
    ]
