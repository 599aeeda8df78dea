"""Which groups an app has (spec/rest/groups.yaml, get_appid_group_list)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.group.groups import NO_GROUP
from tidings.domain.group.kinds import Kind
from tidings.ids import GroupId, GroupNumber, SdkAppId

FROM_START = NO_GROUP


@dataclass(frozen=True, slots=True)
class CensusPage:
    """Some groups in the order they were made; `total` counts all there are, `next` is NO_GROUP after the last."""

    total: int
    group_ids: Sequence[GroupId]
    next: GroupNumber


class CensusStore(Protocol):
    """Lists groups; a page costs the same wherever it is and however many groups there are."""

    async def page(self, app: SdkAppId, kind: Kind | None, after: GroupNumber, limit: int) -> CensusPage:
        """Return up to `limit` of an app's groups after one of them, of one kind or of all; topics are none."""
        ...
