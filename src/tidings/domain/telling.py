"""What came of a change that an account's devices may have to be told of."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from tidings.domain.events import KeptEvent
from tidings.domain.ports import Delivery
from tidings.ids import AccountNumber, InstanceId, Position
from tidings.pending import Pending

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """The result of a change, and the event that was logged for it at a position; none if nothing changed."""

    value: T
    event: KeptEvent | None = None
    position: Position | None = None


def tell(delivery: Delivery, account: AccountNumber, pending: Pending[Changed[T]], source: InstanceId) -> None:
    """Tell an account's devices of the change once it is committed, save the one it came from."""

    def committed(done: Pending[Changed[T]]) -> None:
        if done.is_ok:
            changed = done.result()
            if changed.event is not None and changed.position is not None:
                delivery.event(account, changed.position, changed.event, source)

    pending.then(committed)
