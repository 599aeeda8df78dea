"""Whatever happens in a group at once: its sequences have no gap, no repeat, and one order for all.

People send, recall, join, are put out and quit at the same time. What the rooms were told, what the history
holds and what each sender was answered must be one and the same numbering. Who is in must be one and the same
in the store, in memory, in the rooms, and for whoever believes what the group told: nobody comes or goes twice.
The same holds for who owns and leads the group and for who is muted, and whoever is muted says nothing.
"""

import asyncio
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.clients import Json, text_body
from tests.support.stage import Stage, open_stage
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Role
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.ports import MemberPage
from tidings.domain.group.tips import TipKind
from tidings.domain.messages import Flag
from tidings.errors import TidingsError
from tidings.ids import GroupId

SERVICE = "group_open_http_svc"
SEND, RECALL, ADD, KICK, QUIT, CLEAR, APPOINT, MUTE, HAND_OVER = range(9)
# What is done, by or to whom, and a number that says more.
STEP = st.tuples(
    st.sampled_from([SEND, SEND, SEND, RECALL, ADD, KICK, QUIT, CLEAR, APPOINT, MUTE, MUTE, HAND_OVER]),
    st.integers(0, 2),
    st.integers(1, 9),
)
Rounds = list[list[tuple[int, int, int]]]
ROUNDS = st.lists(st.lists(STEP, min_size=1, max_size=8), min_size=1, max_size=6)


class Crowd:
    """A group and what its senders were answered."""

    def __init__(self, stage: Stage, group: str) -> None:
        self.stage, self.group = stage, group
        self.people: list[Account] = [stage.them.alice, stage.them.bob, stage.them.carol]
        self.answered: dict[int, int] = {}
        self.sent = 0

    async def act(self, step: tuple[int, int, int]) -> None:
        """Do one thing; that it may be refused is part of the game."""
        kind, who, number = step
        account = self.people[who]
        acts = {
            SEND: self._send,
            RECALL: self._recall,
            ADD: self._add,
            KICK: self._kick,
            QUIT: self._quit,
            CLEAR: self._clear,
            APPOINT: self._appoint,
            MUTE: self._mute,
            HAND_OVER: self._hand_over,
        }
        try:
            await acts[kind](account, number)
        except TidingsError as error:
            assert error.code in {10004, 10007, 10009, 10010, 10017}, error.info  # noqa: PT017 - those that may come

    async def _send(self, account: Account, _: int) -> None:
        self.sent += 1
        random = self.sent
        body = {"GroupId": self.group, "Random": random, "MsgBody": text_body(f"{random}")}
        answer = await self.stage.run(Door.SOCKET, f"{SERVICE}/send_group_msg", body, account)
        self.answered[random] = answer["MsgSeq"]

    async def _recall(self, account: Account, number: int) -> None:
        body = {"GroupId": self.group, "MsgSeqList": [{"MsgSeq": number}]}
        await self.stage.run(Door.SOCKET, f"{SERVICE}/group_msg_recall", body, account)

    async def _add(self, account: Account, _: int) -> None:
        body = {"GroupId": self.group, "MemberList": [{"Member_Account": account.user_id}]}
        await self.stage.run(Door.REST, f"{SERVICE}/add_group_member", body)

    async def _kick(self, account: Account, _: int) -> None:
        if account.number != self._group().owner:
            body = {"GroupId": self.group, "MemberToDel_Account": [account.user_id]}
            await self.stage.run(Door.REST, f"{SERVICE}/delete_group_member", body)

    async def _quit(self, account: Account, _: int) -> None:
        await self.stage.run(Door.SOCKET, f"{SERVICE}/quit_group", {"GroupId": self.group}, account)

    async def _clear(self, _: Account, number: int) -> None:
        await self.stage.run(Door.REST, f"{SERVICE}/clear_group_msg", {"GroupId": self.group, "MsgSeq": number})

    async def _appoint(self, account: Account, number: int) -> None:
        role = "Admin" if number % 2 else "Member"
        body = {"GroupId": self.group, "Member_Account": account.user_id, "Role": role}
        owner = self._group().owner
        caller = next((each for each in self.people if each.number == owner), account)
        await self.stage.run(Door.SOCKET, f"{SERVICE}/modify_group_member_info", body, caller)

    async def _mute(self, account: Account, number: int) -> None:
        body = {"GroupId": self.group, "Members_Account": [account.user_id], "MuteTime": 60 * (number % 3)}
        await self.stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", body)

    async def _hand_over(self, account: Account, number: int) -> None:
        body = {"GroupId": self.group, "NewOwner_Account": account.user_id}
        if number % 2:
            await self.stage.run(Door.REST, f"{SERVICE}/change_group_owner", body)
        else:
            caller = self.people[number % 3]
            await self.stage.run(Door.SOCKET, f"{SERVICE}/change_group_owner", body, caller)

    def _group(self) -> Group:
        return self.stage.rules.groups.directory.get(self.stage.app.sdk_app_id, GroupId(self.group))

    async def check_silence(self) -> None:
        """Try whether those who are muted can speak; it is quiet meanwhile."""
        muted = {each.user_id for each in await self.stage.rules.groups.muting.muted(self._group())}
        for account in self.people:
            if account.user_id in muted:
                sent = self.sent
                with pytest.raises(TidingsError) as refused:
                    await self._send(account, 0)
                assert refused.value.code in {10007, 10017}
                assert sent + 1 not in self.answered

    async def check(self) -> None:
        """Compare what was told, stored and answered."""
        stage = self.stage
        group = self._group()
        told = [(message.seq, message.random) for _, message, _ in stage.rooms.messages]
        assert [seq for seq, _ in told] == list(range(1, group.last_seq + 1))
        stored = await stage.store.group_messages.page(group.number, group.last_seq, group.last_seq)
        assert [(message.seq, message.random) for message in reversed(stored)] == told
        assert [message.position for message in stored] == sorted((m.position for m in stored), reverse=True)
        numbers = {message.random: message.seq for message in stored if not message.is_tip}
        assert numbers == self.answered
        events = (event for _, event, _, _ in stage.rooms.events)
        recalled = [message.seq for event in events for message in getattr(event, "messages", ())]
        assert sorted(recalled) == sorted(m.seq for m in stored if m.flags & Flag.RECALLED)
        await self._check_members(group, stored)

    async def _check_members(self, group: Group, stored: list[GroupMessage]) -> None:
        """Compare who is in, wherever that is known, with what the group told of it."""
        stage = self.stage
        members = {
            member.account: member for member in await stage.store.groups.page_members(MemberPage(group.number, 9))
        }
        told = self._told(stored)
        assert {member.user_id: member.role for member in members.values()} == told
        until = {each.user_id: each.until for each in await stage.rules.groups.muting.muted(group)}
        assert all(member.muted_until == until.get(member.user_id, 0) for member in members.values())
        assert [account for account, member in members.items() if member.role is Role.OWNER] == [
            owner for owner in [group.owner] if owner
        ]
        assert set(members) == set(stage.rooms.inside[group.number])
        kept = stage.store.groups.find_group(group.app, group.group_id)
        assert kept is not None
        assert kept.member_count == group.member_count == len(members)
        assert (kept.last_seq, kept.last_at) == (group.last_seq, group.last_at)
        assert (kept.owner, kept.info_seq) == (group.owner, group.info_seq)
        assert set(group.known) <= set(members)
        for account, member in group.known.items():
            assert replace(member, nick="", face_url="") == replace(members[account], nick="", face_url="")
        for member in members.values():
            assert 0 <= member.joined_seq <= member.read_seq <= group.last_seq
            spoken = [m.seq for m in stored if m.sender == member.account and m.seq > member.joined_seq]
            assert member.read_seq >= max(spoken, default=0)

    def _told(self, stored: list[GroupMessage]) -> dict[str, Role]:
        """Return who is in, and as what, by the tips alone: each must follow from those before."""
        roles = {"alice": Role.OWNER, "bob": Role.MEMBER}
        for message in sorted(stored, key=lambda each: each.seq):
            if not message.is_tip:
                continue
            tip = json.loads(message.body)
            concerned = tip.get("List_Account", [])
            assert len(set(concerned)) == len(concerned)
            if tip["OpType"] == TipKind.JOINED:
                assert concerned
                assert not set(concerned) & roles.keys()
                roles |= dict.fromkeys(concerned, Role.MEMBER)
            else:
                _follow(tip, roles)
            assert tip.get("MemberNum", 0) == len(roles)
        return roles


def _follow(tip: Json, roles: dict[str, Role]) -> None:
    """Take over what a tip tells of those who are in."""
    concerned = tip.get("List_Account", [])
    assert set(concerned) <= roles.keys()
    kind = TipKind(tip["OpType"])
    if kind is TipKind.PROFILE:
        for former in [name for name, role in roles.items() if role is Role.OWNER]:
            roles[former] = Role.MEMBER
        roles[tip["MsgGroupNewInfo"]["Owner_Account"]] = Role.OWNER
    elif kind is TipKind.MEMBER:
        assert {each["User_Account"] for each in tip["MsgMemberInfo"]} <= roles.keys()
    elif kind in {TipKind.ADMIN_SET, TipKind.ADMIN_TAKEN}:
        (name,) = concerned
        assert roles[name] is (Role.MEMBER if kind is TipKind.ADMIN_SET else Role.ADMIN)
        roles[name] = Role.ADMIN if kind is TipKind.ADMIN_SET else Role.MEMBER
    else:
        for name in concerned:
            del roles[name]


async def _play(rounds: Rounds, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_stage(Path(folder), kind) as stage:
            stage.change(group_messages_per_second=0)
            body = {"Type": "Public", "Name": "crowd", "MemberList": [{"Member_Account": "bob"}]}
            group = (await stage.run(Door.SOCKET, f"{SERVICE}/create_group", body))["GroupId"]
            crowd = Crowd(stage, group)
            await crowd.act((SEND, 0, 1))
            for steps in rounds:
                await asyncio.gather(*(crowd.act(step) for step in steps))
                await crowd.check_silence()
            await crowd.check()


@settings(max_examples=60)
@given(ROUNDS)
def test_a_groups_sequences_and_members_are_one_for_all(rounds: Rounds) -> None:
    asyncio.run(_play(rounds, "memory"))


# Here commits take time, and what happens meanwhile happens beside them.
@settings(max_examples=20)
@given(ROUNDS)
def test_a_groups_sequences_and_members_are_one_for_all_while_a_file_is_written(rounds: Rounds) -> None:
    asyncio.run(_play(rounds, "file"))
