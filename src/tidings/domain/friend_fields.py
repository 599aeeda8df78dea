"""Fields of friends: remark and groups, and those an app declares (setting `friend_fields`; spec/rest/sns.yaml)."""

from collections.abc import Mapping

from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.friends import Update
from tidings.domain.relation_book import GROUP, REMARK
from tidings.errors import BAD_RELATION_REQUEST

CUSTOM = "Tag_SNS_Custom_"
REMARK_BYTES, CUSTOM_BYTES = 96, 1000
Given = int | str | list[str]


def declared(app: App) -> dict[str, str]:
    """Return an app's own fields by their tags, with their kinds: string or bytes."""
    fields = (each.split(":") for each in app.settings.friend_fields.split(",") if each)
    return {f"{CUSTOM}{name}": kind for name, kind in fields}


def check_custom(app: App, values: Mapping[str, Given]) -> dict[str, str | int]:
    """Return values of an app's own fields; raises 30001 for one that is not declared, or of no use."""
    known = declared(app)
    checked: dict[str, str | int] = {}
    for tag, value in values.items():
        if tag not in known:
            raise BAD_RELATION_REQUEST(detail=f"{tag!r} is no field of friends in this app: declare it (friend_fields)")
        if isinstance(value, list):
            raise BAD_RELATION_REQUEST(detail=f"{tag!r} takes a text or a number, not an array")
        if isinstance(value, str) and (size := len(value.encode())) > CUSTOM_BYTES:
            raise BAD_RELATION_REQUEST(detail=f"{tag!r} has {size} bytes, at most {CUSTOM_BYTES} are allowed")
        checked[tag] = value
    return checked


def to_update(app: App, other: Account, values: Mapping[str, Given]) -> Update:
    """Return what changes of a friend; raises 30001 for a field that cannot be changed, or not to that value."""
    remark, groups = values.get(REMARK), values.get(GROUP)
    if not isinstance(remark, str | None):
        raise BAD_RELATION_REQUEST(detail=f"{REMARK} takes a text")
    if remark is not None and (size := len(remark.encode())) > REMARK_BYTES:
        raise BAD_RELATION_REQUEST(detail=f"{REMARK} has {size} bytes, at most {REMARK_BYTES} are allowed")
    if not isinstance(groups, list | None):
        raise BAD_RELATION_REQUEST(detail=f"{GROUP} takes an array of names")
    custom = check_custom(app, {tag: value for tag, value in values.items() if tag not in {REMARK, GROUP}})
    return Update(other, remark, None if groups is None else tuple(groups), custom)
