"""The stage that commands, doors and rules are tried on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Return all rules over a store in memory."""
    async with open_stage(tmp_path) as stage:
        yield stage
