"""Profiles: reading those of users, changing one's own."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from tidings_client import wire
from tidings_client import wire_profiles as up
from tidings_client.decode_profiles import to_profile, to_tags
from tidings_client.events import AllowType, Gender, Profile
from tidings_client.session import Session

USERS_A_CALL = 100


class ProfileFields(TypedDict, total=False):
    """Fields to change: texts up to 500 bytes, `location` up to 16, numbers of 32 bits; an empty text clears.

    `birthday` is a number of the form yyyymmdd; `custom` has the app's own fields by their names.
    """

    nick: str
    face_url: str
    gender: Gender
    birthday: int
    location: str
    signature: str
    allow_type: AllowType
    language: int
    message_settings: int
    level: int
    role: int
    custom: Mapping[str, str]


class Profiles:
    """Reads and changes profiles."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._call = session.traffic.call

    async def get(self, users: Sequence[str]) -> dict[str, Profile]:
        """Return the profiles of those of the users that exist."""
        found: dict[str, Profile] = {}
        for at in range(0, len(users), USERS_A_CALL):
            wanted = [up.WantedProfile(user=user) for user in users[at : at + USERS_A_CALL]]
            answer = await self._call("profile.portrait_get_all", up.GetProfiles(users=wanted), up.ProfileRows)
            found |= {row.user: to_profile(row.user, row.items) for row in answer.rows if not row.code}
        return found

    async def change(self, fields: ProfileFields) -> None:
        """Change fields of the own profile, all or none."""
        items = [up.NewValue(tag=tag, value=value) for tag, value in to_tags(fields).items()]
        await self._call("profile.portrait_set", up.SetProfile(items=items), wire.Nothing)
