"""What readers of relations ask of the store is what the store answers."""

import pytest

from tests.support.ports import methods, name_of, parameters
from tidings.domain.barriers import StandingStore
from tidings.domain.relation_lists import RelationLists
from tidings.domain.relations import RelationWriter
from tidings.store.sqlite.relation_lists import SqliteRelationLists
from tidings.store.sqlite.relations import SqliteRelations

PLUGGED = [
    (RelationLists, SqliteRelationLists),
    (StandingStore, SqliteRelationLists),
    (RelationWriter, SqliteRelations),
]


@pytest.mark.parametrize(("port", "part", "name"), methods(PLUGGED), ids=name_of)
def test_a_part_has_the_ports_method(port: type, part: type, name: str) -> None:
    if name != "blockers":  # any collection will do
        assert parameters(getattr(part, name)) == parameters(getattr(port, name))
