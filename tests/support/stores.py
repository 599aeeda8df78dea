"""Open stores, and what to put into them."""

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tidings.domain.accounts import Account, Newcomer
from tidings.domain.messages import Message
from tidings.domain.ports import PageQuery
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.store.sqlite.store import Store, open_file, open_memory
from tidings.vault import KEY_SIZE, Vault

APP = SdkAppId(1400000001)
OTHER_APP = SdkAppId(1400000002)
NOW = 1_760_000_000
FOREVER = 1 << 40
VAULT = Vault(b"k" * KEY_SIZE)

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class People:
    """Three accounts of APP, and a namesake of alice in OTHER_APP."""

    alice: Account
    bob: Account
    carol: Account
    stranger: Account


def open_store(kind: str, folder: Path) -> Store:
    """Open a store: `memory`, or `file` in a folder."""
    return open_memory(VAULT) if kind == "memory" else open_file(folder, VAULT, is_synced=False)


async def people(store: Store) -> People:
    """Return the people, made at the first call."""
    newcomers = [Newcomer(UserId(name), nick=name.title()) for name in ("alice", "bob", "carol")]
    alice, bob, carol = await store.accounts.save_accounts(APP, newcomers)
    (stranger,) = await store.accounts.save_accounts(OTHER_APP, [Newcomer(UserId("alice"))])
    return People(alice, bob, carol, stranger)


def message(sender: Account, receiver: Account, time: int = NOW, **changes: object) -> Message:
    """Return a message that is like no other, but for what `changes` say."""
    number = next(_numbers)
    made = Message(
        sender.number,
        receiver.number,
        sender.user_id,
        receiver.user_id,
        time,
        seq=number,
        random=number,
        client_time=time,
        body=b'[{"n":%d}]' % number,
        custom_data="",
        flags=0,
        sender_nick=sender.nick,
        sender_face=sender.face_url,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


async def put(store: Store, *messages: Message) -> None:
    """Store messages, in the order given."""
    for each in [store.messages.append(each) for each in messages]:
        await each


def whole(viewer: AccountNumber, peer: AccountNumber, limit: int = 1000) -> PageQuery:
    """Return the query for all that a side sees."""
    return PageQuery(viewer, peer, limit, min_time=0, max_time=FOREVER)
