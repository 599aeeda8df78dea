"""The rules of relations are put together whole."""

from dataclasses import fields

from tests.support.stage import Stage
from tidings.domain.relation_rules import RelationRules


def test_the_stage_has_every_rule(stage: Stage) -> None:
    assert all(getattr(stage.rules.relations, each.name) is not None for each in fields(RelationRules))
