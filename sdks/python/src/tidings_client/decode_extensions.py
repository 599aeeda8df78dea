"""From the wire's news of extensions and reactions to the events of this package."""

from collections.abc import Iterable, Iterator

from tidings_client import wire_extensions as wire
from tidings_client.events import Event, Extension, ExtensionsChanged, Reaction, ReactionsChanged

CLEAR = 3


def to_hung_events(
    extensions: wire.ToldExtensions | None, reactions: Iterable[wire.ToldReactions], at: int, me: str
) -> Iterator[Event]:
    """Yield what a push tells of what hangs on one-to-one messages."""
    if extensions is not None and extensions.message is not None:
        yield to_extensions_event(extensions, extensions.message, at, me)
    for reacted in reactions:
        if reacted.message is not None:
            yield to_reactions_event(reacted, reacted.message, at, me)


def to_extensions_event(told: wire.ToldExtensions, message: wire.ToldMessage, at: int, me: str) -> ExtensionsChanged:
    """Return what was done to the extensions of a message."""
    changed = {
        pair.key: Extension(pair.value, pair.seq)
        for part in (*told.set_pairs, *told.deleted_pairs)
        for pair in part.pairs
    }
    key, peer = _key(message), _peer(message, me)
    return ExtensionsChanged(_id(message), key, peer, changed, told.operation == CLEAR, at)


def to_reactions_event(told: wire.ToldReactions, message: wire.ToldMessage, at: int, me: str) -> ReactionsChanged:
    """Return how a message is reacted to."""
    reactions = tuple(to_reaction(each) for each in told.reactions)
    return ReactionsChanged(_id(message), _key(message), _peer(message, me), reactions, at)


def to_reaction(found: wire.ReactionDown) -> Reaction:
    """Return a reaction."""
    return Reaction(found.name, found.count, tuple(found.users), bool(found.by_me))


def _id(name: wire.ToldMessage) -> str:
    return f"{name.tiny_id}-{name.client_time}-{name.random}"


def _key(name: wire.ToldMessage) -> str:
    return f"{name.seq}_{name.random}_{name.time}"


def _peer(name: wire.ToldMessage, me: str) -> str:
    return name.receiver if name.sender == me else name.sender
