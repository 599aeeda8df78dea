"""The rules of groups are put together whole."""

from dataclasses import fields

from tests.support.stage import Stage
from tidings.domain.group.rules import GroupRules


def test_the_stage_has_every_rule(stage: Stage) -> None:
    assert all(getattr(stage.rules.groups, each.name) is not None for each in fields(GroupRules))
