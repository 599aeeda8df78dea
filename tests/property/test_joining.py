"""However people ask, answer, leave, and are brought in, put out and banned at once: nobody is half in.

Store, memory and rooms agree on who is in; the log of each tells the same, live and later; who is in asks for
nothing, and who is banned is out.
"""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.clients import Json
from tests.support.joining import kept
from tests.support.stage import Stage, open_stage
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import InviteOption
from tidings.domain.group.notices import NoticeKind
from tidings.domain.group.ports import MemberPage
from tidings.errors import TidingsError
from tidings.ids import GroupId

SERVICE = "group_open_http_svc"
DEEDS = ("apply", "invite", "answer", "consent", "add", "kick", "quit", "ban", "unban")
# What is done, by whom, to whom, and whether an answer agrees.
STEP = st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(1, 2), st.booleans())
ROUNDS = st.lists(st.lists(STEP, min_size=1, max_size=6), min_size=3, max_size=8)
COMES = {NoticeKind.ACCEPTED, NoticeKind.INVITED}
GOES = {NoticeKind.KICKED, NoticeKind.QUIT}
REFUSALS = {10004, 10007, 10009, 10013, 10014, 10024}


class Gate:
    """A group that is asked into, and those who come and go."""

    def __init__(self, stage: Stage, group: Group) -> None:
        self.stage, self.group = stage, group
        self.people = [stage.them.alice, stage.them.bob, stage.them.carol]

    async def act(self, step: tuple[str, int, int, bool]) -> None:
        """Do one thing; that it may be refused is part of the game."""
        deed, by, whom, is_agreed = step
        actor, target = self.people[by], self.people[whom]
        try:
            if deed in {"answer", "consent"}:
                await self._answer(deed, actor, "Agree" if is_agreed else "Reject")
            else:
                await self._do(deed, actor, target)
        except TidingsError as error:
            assert error.code in REFUSALS, error.info  # noqa: PT017 - the refusals that may come

    async def _do(self, deed: str, actor: Account, target: Account) -> None:
        rest, name = [{"Member_Account": target.user_id}], [target.user_id]
        deeds: dict[str, tuple[Door, str, Json]] = {
            "apply": (Door.SOCKET, "apply_join_group", {}),
            "invite": (Door.SOCKET, "add_group_member", {"MemberList": rest}),
            "add": (Door.REST, "add_group_member", {"MemberList": rest}),
            "kick": (Door.SOCKET, "delete_group_member", {"MemberToDel_Account": name}),
            "quit": (Door.SOCKET, "quit_group", {}),
            "ban": (Door.REST, "ban_group_member", {"Members_Account": name, "Duration": 60}),
            "unban": (Door.REST, "unban_group_member", {"Members_Account": name}),
        }
        door, command, fields = deeds[deed]
        await self.stage.run(door, f"{SERVICE}/{command}", {"GroupId": self.group.group_id, **fields}, actor)

    async def _answer(self, deed: str, actor: Account, answer: str) -> None:
        found = await self.stage.run(Door.SOCKET, f"{SERVICE}/get_pendency", {}, actor)
        rows = [row for row in found["PendencyList"] if (row["ApplicationType"] == 1) == (deed == "consent")]
        for row in rows[:1]:
            body = {"GroupId": self.group.group_id, "HandleMsg": answer, "Authentication": row["Authentication"]}
            asker = {"Applicant_Account": row["From_Account"], "Invited_Account": row["To_Account"]}
            is_invited = row["ApplicationType"] == 2
            command = "handle_invite_join_permission_group" if is_invited else "handle_apply_join_group"
            await self.stage.run(Door.SOCKET, f"{SERVICE}/{command}", {**body, **asker}, actor)

    async def check(self) -> None:
        """Compare what is stored, known, heard and told."""
        rules, number = self.stage.rules.groups, self.group.number
        stored = {member.account for member in await rules.store.page_members(MemberPage(number, 10))}
        assert set(rules.directory.members(self.group, [each.number for each in self.people])) == stored
        assert set(self.stage.rooms.inside.get(number, {})) == stored
        assert self.group.member_count == len(stored)
        banned = self.stage.store.group_joining.find_bans(number, list(stored), 0)
        assert not banned
        for account in self.people:
            await self._check(account, is_in=account.number in stored)

    async def _check(self, account: Account, *, is_in: bool) -> None:
        log = [event for _, event in await kept(self.stage.store, account.number)]
        live = [event for number, event, _ in self.stage.delivery.events if number == account.number]
        assert log == [event for event in live if isinstance(event, GroupNotice)]
        moves = [event.kind for event in log if event.kind in COMES | GOES and not event.user_ids]
        if account is not self.people[0]:
            assert is_in == (bool(moves) and moves[-1] in COMES)
        for viewer in self.people:
            asked = await self.stage.run(Door.SOCKET, f"{SERVICE}/get_pendency", {}, viewer)
            waiting = [row for row in asked["PendencyList"] if not row["Handled"]]
            assert not (is_in and account.user_id in {row["To_Account"] for row in waiting})


async def _play(rounds: list[list[tuple[str, int, int, bool]]], *, wants_consent: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_stage(Path(folder)) as stage:
            stage.change(invitation_consent=wants_consent, group_messages_per_second=0)
            made = await stage.run(Door.SOCKET, f"{SERVICE}/create_group", {"Type": "Public", "Name": "gate"})
            group = stage.rules.groups.directory.get(stage.app.sdk_app_id, GroupId(made["GroupId"]))
            group.invite_option = InviteOption.ASK
            gate = Gate(stage, group)
            for steps in rounds:
                await asyncio.gather(*(gate.act(step) for step in steps))
                await gate.check()


@settings(max_examples=60)
@given(rounds=ROUNDS, wants_consent=st.booleans())
@example(rounds=[[("add", 0, 1, True)], [("ban", 0, 1, True)], [("add", 0, 1, True)]], wants_consent=False)
def test_nobody_is_half_in_a_group(*, rounds: list[list[tuple[str, int, int, bool]]], wants_consent: bool) -> None:
    asyncio.run(_play(rounds, wants_consent=wants_consent))
