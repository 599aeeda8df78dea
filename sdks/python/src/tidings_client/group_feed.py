"""What is told of groups, made whole: holes in a group's sequence are filled from its history.

Messages of groups stand in no account's log. The client knows up to where it has told each group,
and after a lost connection asks the groups for what came after that.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from typing import Any, Protocol

from tidings_client import wire_group_asks as ask
from tidings_client import wire_topics
from tidings_client.decode_groups import to_arrival, to_group_message
from tidings_client.errors import KickedOutError, NotConnectedError, TidingsError, TimedOutError
from tidings_client.events import Event, Gap, Lost, ReceiveOption
from tidings_client.group_events import GroupEvent, GroupMessageRecalled, GroupReceiveOptionChanged
from tidings_client.group_inbox import GroupInbox
from tidings_client.group_messages import LIVE, community_of
from tidings_client.traffic import Traffic
from tidings_client.wire_groups import PageDown, WireGroupMessage

log = logging.getLogger("tidings_client")

SERVICE = "group_open_http_svc"
COMMUNITIES = "million_group_open_http_svc"
PAGE = 100
AT_ONCE = 8
GONE = 1
DISCARD = "Discard"
# A dead connection is noticed after so many seconds at the latest; what was recalled since is asked for.
UNNOTICED_S = 30


class Ways(Protocol):
    """What the feed wants of the session it belongs to."""

    @property
    def user_id(self) -> str:
        """Who is logged in."""
        ...

    @property
    def server_time(self) -> float:
        """The server's time, unix seconds."""
        ...

    def tell(self, events: Iterable[Event]) -> None:
        """Tell events to who wants them."""
        ...

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Let something go on beside."""
        ...

    def reconnect(self, why: str) -> None:
        """Get a new connection."""
        ...


class GroupFeed:
    """Tells each message of each group once and in its order."""

    def __init__(self, ways: Ways, traffic: Traffic, after: Mapping[str, int] | None) -> None:
        """Go on after what was told of each group; None: with what happens from now on."""
        self.inbox = GroupInbox(ways.user_id, after)
        self._ways = ways
        self._traffic = traffic
        self._is_new = after is None
        self._mending: set[str] = set()
        self._heard_until = 0.0

    def hold(self) -> None:
        """Keep what is pushed back until it was fetched what came before."""
        self.inbox.hold()

    def lost(self) -> None:
        """Note that there is no connection any more."""
        self._heard_until = self._ways.server_time - UNNOTICED_S

    def take(self, pushed: Iterable[GroupEvent]) -> None:
        """Tell what is news and whose turn it is; fetch what is missing before the rest."""
        self._ways.tell(self.inbox.take(pushed))
        self.mend()

    def noticed(self, events: Iterable[Event]) -> None:
        """Note what the account receives, as other devices have said it."""
        for event in events:
            if isinstance(event, GroupReceiveOptionChanged):
                self.receives(event.group, event.option)

    def receives(self, group: str, option: ReceiveOption) -> None:
        """Note what the account receives of a group: what is said while that is nothing is not told later."""
        if option is ReceiveOption.DISCARD:
            self.inbox.silence(group, self.inbox.place(group) or 0)
        elif self.inbox.is_silent(group):
            self._ways.start(self._hear_again(community_of(group)))

    def mend(self) -> None:
        """Fetch what is missing, group by group."""
        for group in self.inbox.holes.keys() - self._mending:
            self._mending.add(group)
            self._ways.start(self._mend(group))

    async def catch_up(self) -> None:
        """Tell what came while there was no connection, and what was held; raises TidingsError if that fails."""
        before = self.inbox.reached
        rows = {row.group: row for row in await self._joined()}
        for some in _portions([row for row in rows.values() if row.has_topics]):
            for topics in await asyncio.gather(*(self._topics(row) for row in some)):
                rows |= {row.group: row for row in topics}
        for group in before.keys() - rows.keys():
            self.inbox.forget(group)
        for some in _portions(rows.values()):
            await asyncio.gather(*(self._follow(row, before.get(row.group)) for row in some))
        if self._heard_until:
            await self._tell_recalls([group for group in before if group in rows])
        self._is_new = False
        self._heard_until = self._ways.server_time
        self._ways.tell(self.inbox.release())
        self.mend()

    async def _joined(self) -> list[ask.GroupDown]:
        """Return the groups that the account is in and that number their messages."""
        wanted = ask.Filter(group=["Type", "NextMsgSeq"])
        body = ask.AskJoined(account=self._ways.user_id, with_unused=1, filter=wanted)
        answers = await asyncio.gather(
            *(
                self._traffic.call_now(f"{service}.get_joined_group_list", body, ask.JoinedGroups)
                for service in (SERVICE, COMMUNITIES)
            )
        )
        return [row for answer in answers for row in answer.groups if row.kind != LIVE]

    async def _topics(self, community: ask.GroupDown) -> list[ask.GroupDown]:
        """Return the topics of a community as groups that the account came into with it; no list has them."""
        body = wire_topics.Some(group=community.group, topics=[])
        try:
            found = await self._traffic.call_now(f"{COMMUNITIES}.get_topic", body, wire_topics.Topics)
        except (TimedOutError, NotConnectedError, KickedOutError):
            raise
        except TidingsError as error:
            log.info("the topics of %r are not to be had: %s", community.group, error)
            return []
        return [_to_group(row, community.own) for row in found.rows if not row.code]

    async def _hear_again(self, community: str) -> None:
        """Begin anew where the account wants to hear a group, or topics of a community, again."""
        try:
            body = ask.AskProfiles(groups=[community])
            answer = await self._traffic.call_now(f"{SERVICE}.get_group_self_member_info", body, ask.Profiles)
            rows = [row for row in answer.groups if not row.code]
            rows += [topic for row in rows if row.has_topics for topic in await self._topics(row)]
        except TidingsError as error:
            log.info("what is new of %r is left to the next message or connection: %s", community, error)
            return
        for row in rows:
            if row.own.receive != DISCARD and self.inbox.is_silent(row.group):
                self.inbox.begin(row.group, row.next_seq - 1)

    async def _follow(self, row: ask.GroupDown, reached: int | None) -> None:
        """Bring a group up to its last message."""
        last = row.next_seq - 1
        if row.own.receive == DISCARD:
            self.inbox.silence(row.group, last)
        elif self.inbox.is_silent(row.group) or (reached is None and self._is_new):
            lowest = self.inbox.lowest_held(row.group)
            self.inbox.begin(row.group, last if lowest is None else min(last, lowest - 1))
        elif reached is None:
            await self._guarded(row.group, self._begin_where_joined(row.group, row.own.joined_at, last))
        elif last < reached:
            # The group has begun anew, or its last messages are gone: what comes next has numbers known already.
            self.inbox.begin(row.group, last)
            self._ways.tell([Gap(Lost.LOG_TOO_SHORT, row.group)])
        else:
            await self._guarded(row.group, self._fill(row.group, last))

    async def _begin_where_joined(self, group: str, joined_at: int, last: int) -> None:
        """Tell a group that the account came into meanwhile, from there on."""
        top = last
        self.inbox.begin(group, 0)
        while top > 0:
            page = await self._page(group, top, PAGE)
            older = [each.seq for each in page.messages if each.place != GONE and each.time < joined_at]
            seqs = [each.seq for each in page.messages]
            if older or not page.next_seq:
                self.inbox.begin(group, max(older, default=min(seqs, default=top + 1) - 1))
                break
            top = page.next_seq
        await self._fill(group, last)

    async def _fill(self, group: str, goal: int) -> None:
        """Tell the history of a group from where it was told up to a sequence."""
        while (reached := self.inbox.place(group)) is not None and reached < goal:
            up_to = min(reached + PAGE, goal)
            page = await self._page(group, up_to, up_to - reached)
            lowest = min((each.seq for each in page.messages), default=up_to + 1)
            if lowest > reached + 1:
                self._ways.tell([Gap(Lost.LOG_TOO_SHORT, group)])
            self._ways.tell(self.inbox.fill(group, self._arrivals(page.messages), up_to))

    async def _mend(self, group: str) -> None:
        try:
            # An answer to an own message may be what is missing, and have come with what waits.
            await asyncio.sleep(0)
            while (goal := self.inbox.holes.get(group)) is not None:
                await self._guarded(group, self._fill(group, goal))
        except TimedOutError as error:
            self._ways.reconnect(f"missing messages of group {group!r} could not be fetched: {error}")
        except (NotConnectedError, KickedOutError):
            log.debug("the hole in group %r is left to the next connection", group)
        finally:
            self._mending.discard(group)

    async def _guarded(self, group: str, work: Coroutine[Any, Any, None]) -> None:
        """Say so if the server refuses what is missing, and go on behind it."""
        try:
            await work
        except (TimedOutError, NotConnectedError, KickedOutError):
            raise
        except TidingsError as error:
            log.info("what is missing of group %r is not to be had: %s", group, error)
            self._ways.tell([Gap(Lost.OUT_OF_REACH, group), *self.inbox.give_up(group)])

    async def _tell_recalls(self, groups: list[str]) -> None:
        begin = int(self._heard_until)
        for first in range(0, len(groups), PAGE):
            rows = [ask.AskRecalls(group=group, begin=begin) for group in groups[first : first + PAGE]]
            body = ask.AskAllRecalls(groups=rows)
            found = await self._traffic.call_now(f"{SERVICE}.batch_get_group_notify", body, ask.AllRecalls)
            for row in found.groups:
                news = [each for each in row.items if self.inbox.recalls(row.group, each.seq)]
                self._ways.tell(
                    GroupMessageRecalled(row.group, each.seq, each.random, each.revoker.account, each.revoker.reason)
                    for each in news
                )

    async def _page(self, group: str, up_to: int, count: int) -> PageDown:
        body = ask.AskHistory(group=group, count=count, with_recalled=1, up_to=up_to)
        return await self._traffic.call_now(f"{SERVICE}.group_msg_get", body, PageDown)

    def _arrivals(self, found: Iterable[WireGroupMessage]) -> list[GroupEvent]:
        shown = sorted((each for each in found if each.place != GONE), key=lambda each: each.seq)
        return [to_arrival(to_group_message(each, self._ways.user_id)) for each in shown]


def _to_group(row: wire_topics.TopicRow, community: ask.SelfDown) -> ask.GroupDown:
    receive = DISCARD if community.receive == DISCARD else row.own.receive
    own = ask.SelfDown(receive=receive, joined_at=community.joined_at)
    return ask.GroupDown(group=row.topic.topic, next_seq=row.topic.next_seq, own=own)


def _portions(rows: Iterable[ask.GroupDown]) -> Iterator[list[ask.GroupDown]]:
    every = list(rows)
    for first in range(0, len(every), AT_ONCE):
        yield every[first : first + AT_ONCE]
