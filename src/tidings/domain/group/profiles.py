"""Profiles of groups: who changes what, and who is told (spec/groups.md, sections 2, 5 and 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from tidings.domain.apps import App
from tidings.domain.group.directory import Directory
from tidings.domain.group.fields import check_group_values, shared
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Action, ApplyOption, InviteOption, Kind
from tidings.domain.group.life import Life, most_members
from tidings.domain.group.rights import Actor, check, check_kind, check_members
from tidings.domain.group.telling import Teller
from tidings.domain.group.texts import TEXT_BYTES, passed
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.group.topics import By
from tidings.domain.words import Words
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING

PAST_KINDS = (Kind.WORK, Kind.PUBLIC, Kind.MEETING)
# What members are told of, always and on wish.
TOLD = ("name", "introduction", "notification", "face_url", "custom")
TOLD_ON_WISH = ("is_muted", "apply_option")


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What a group is to be from now on; what is None stays.

    `custom` names some fields only, an empty value takes one away. `shows_past`: whether members see what was
    before they came. The last four are for app servers only.
    """

    name: str | None = None
    introduction: str | None = None
    notification: str | None = None
    face_url: str | None = None
    apply_option: ApplyOption | None = None
    invite_option: InviteOption | None = None
    is_muted: bool | None = None
    custom: Mapping[str, str] | None = None
    max_members: int | None = None
    shows_past: bool | None = None
    has_permissions: bool | None = None
    default_permission: int | None = None

    def asked(self) -> dict[str, object]:
        """Return what is to change."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Profiles:
    """Changes profiles, all that is asked or nothing of it, and tells members."""

    directory: Directory
    life: Life
    teller: Teller
    words: Words

    async def change(self, app: App, group: Group, by: By, wanted: NewProfile) -> None:
        """Give a group another profile; what is so already changes nothing and is told to nobody.

        Raises 10007 without the right, or if the type of the group has no such thing, 10004 for a text that is too
        long or an unknown field, 80001 for a forbidden word.
        """
        check_members(group)
        asked = wanted.asked()
        asked |= passed(self.words, app, {name: str(asked[name]) for name in TEXT_BYTES if name in asked})

        async def act() -> None:
            actor = self.directory.current(group, by.actor)
            _check(app, group, actor, wanted, asked)
            changes = _changes(group, asked)
            if changes:
                await self.life.set_fields(group, changes)
                await self._tell(app, group, by, changes)

        await self.life.in_turn(group, act)

    async def _tell(self, app: App, group: Group, by: By, changes: Mapping[str, object]) -> None:
        told = TOLD + (TOLD_ON_WISH if app.settings.group_option_tips else ())
        shown = {name: value for name, value in changes.items() if name in told}
        if "custom" in shown:
            # All of them: clients take what they are told for all that there is.
            shown["custom"] = shared(app.settings.group_fields, group.kind, group.custom)
        if shown:
            await self.teller.tell_profile(group, Tip(TipKind.PROFILE, by.user_id, changes=shown))


def _check(app: App, group: Group, actor: Actor, wanted: NewProfile, asked: Mapping[str, object]) -> None:
    if asked.keys() & TEXT_BYTES.keys():
        check(group, actor, Action.CHANGE_PROFILE)
    _check_options(group, actor, wanted)
    if wanted.is_muted is not None:
        check_kind(group, Action.MUTE_ALL)
        check(group, actor, Action.MUTE_ALL)
    if wanted.custom:
        check_group_values(app.settings.group_fields, group.kind, actor, wanted.custom)
    _check_kind_of(group, wanted)
    most = most_members(group.kind, app.settings)
    if wanted.max_members is not None and group.traits.keeps_members and wanted.max_members > most:
        raise BAD_SERVICE_REQUEST(detail=f"MaxMemberNum is {wanted.max_members}, at most {most} are allowed")


def _check_options(group: Group, actor: Actor, wanted: NewProfile) -> None:
    """Raise 10007 for options that are fixed for the type, or without the right to change them."""
    traits = group.traits
    for option, now, may_choose in (
        (wanted.apply_option, group.apply_option, traits.may_choose_apply),
        (wanted.invite_option, group.invite_option, traits.may_choose_invite),
    ):
        if option is None:
            continue
        check(group, actor, Action.CHANGE_OPTIONS)
        if option != now and not may_choose:
            raise GROUP_RIGHT_MISSING(detail=f"how one comes into a group of type {group.kind.value} is fixed")


def _check_kind_of(group: Group, wanted: NewProfile) -> None:
    """Raise 10007 for what only some types have."""
    has_permissions = wanted.has_permissions is not None or wanted.default_permission is not None
    if has_permissions and not group.has_topics:
        raise GROUP_RIGHT_MISSING(detail=f"group {group.group_id!r} is no community with topics: it has no permissions")
    if wanted.shows_past is not None and group.kind not in PAST_KINDS:
        raise GROUP_RIGHT_MISSING(detail=f"what members of a group of type {group.kind.value} see of the past is fixed")


def _changes(group: Group, asked: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a group that are to have other values than they have."""
    wanted = dict(asked)
    if isinstance(custom := wanted.get("custom"), Mapping):
        wanted["custom"] = {key: value for key, value in {**group.custom, **custom}.items() if value}
    if not group.traits.keeps_members:
        wanted.pop("max_members", None)
    return {name: value for name, value in wanted.items() if getattr(group, name) != value}
