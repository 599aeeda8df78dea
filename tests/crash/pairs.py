"""What lies between two people: as a model says, as REST answers, and as a device puts together of events."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tidings_client.admin import AdminClient

NICK, REMARK = "Tag_Profile_IM_Nick", "Tag_SNS_IM_Remark"
FOLLOWED = 2
ADDED, DELETED, BLOCKED, UNBLOCKED, UPDATED = 1, 2, 5, 6, 8
CHANGES = ("befriend", "unfriend", "block", "unblock", "follow", "unfollow", "rename", "remark")
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """What the first of a pair has: the second as a friend, in the blocklist, followed; a remark; a nickname."""

    is_friend: bool = False
    is_blocked: bool = False
    is_followed: bool = False
    remark: str = ""
    nick: str = ""


def after(state: State, change: str, text: str) -> State | None:
    """Return what a change makes of a state, or None if it cannot be made there."""
    strangers = replace(state, is_friend=False, remark="")
    made = {
        "befriend": None if state.is_blocked else replace(state, is_friend=True),
        "unfriend": strangers if state.is_friend else None,
        "block": replace(strangers, is_blocked=True),
        "unblock": replace(state, is_blocked=False),
        "follow": replace(state, is_followed=True),
        "unfollow": replace(state, is_followed=False),
        "rename": replace(state, nick=text),
        "remark": replace(state, remark=text) if state.is_friend else None,
    }
    return None if made[change] == state else made[change]


def choose(state: State, text: str, chance: Random) -> tuple[str, State]:
    """Choose a change that makes another state of this one."""
    possible = [(change, made) for change in CHANGES if (made := after(state, change, text))]
    return chance.choice(possible)


async def ask(admin: AdminClient, change: str, one: str, other: str, text: str) -> None:
    """Make a change by REST; raises NotConnectedError if the server goes away, AssertionError if it refuses."""
    if change == "befriend":
        rows = (await admin.friend_add(one, other, force=True)).result_item
        assert rows[0].result_code == 0, rows
    elif change == "unfriend":
        await admin.friend_delete(one, other, both=True)
    elif change == "block":
        await admin.black_list_add(one, other)
    elif change == "unblock":
        await admin.black_list_delete(one, other)
    elif change == "follow":
        await admin.follow_add(one, other)
    elif change == "unfollow":
        await admin.follow_delete(one, other)
    elif change == "rename":
        await admin.portrait_set(one, {"nick": text})
    else:
        await admin.friend_update(one, other, {REMARK: text})


async def fetch(admin: AdminClient, one: str, other: str) -> State:
    """Ask for everything anew; raises AssertionError if a friendship is only half there."""
    friends = {row.to_account: {item.tag: item.value for item in row.value_item} async for row in admin.friends(one)}
    theirs = {row.to_account async for row in admin.friends(other)}
    assert (other in friends) == (one in theirs), f"{one} and {other} are friends on one side only"
    blocked = (await admin.black_list_get(one)).black_list_item
    [between] = (await admin.follow_check(one, other)).result_item
    [profile] = (await admin.portrait_get(one, fields=("nick",))).user_profile_item
    return State(
        is_friend=other in friends,
        is_blocked=other in {row.to_account for row in blocked},
        is_followed=between.follow_type == FOLLOWED,
        remark=str(friends.get(other, {}).get(REMARK, "")),
        nick=next((str(item.value) for item in profile.profile_item if item.tag == NICK), ""),
    )


def told(state: State, event: Body, one: str) -> State:
    """Take an event of the first one's log into what is known."""
    for profile in event.get("ProfileDataMod", ()):
        if profile["Profile_Account"] == one:
            values = {item["Tag"]: item["ValueBytes"] for item in profile["ProfileList"]}
            state = replace(state, nick=values.get(NICK, state.nick))
    for follow in event.get("FollowChangeList", ()):
        for entry in follow["FollowDiffList"]:
            if entry["FollowType"] == FOLLOWED:
                state = replace(state, is_followed=bool(entry["IsAdd"]))
    for change in event.get("FriendListMod", ()):
        state = _related(state, change)
    return state


def _related(state: State, change: Body) -> State:
    kind = change["PushType"]
    if kind in {ADDED, DELETED}:
        return replace(state, is_friend=kind == ADDED, remark="")
    if kind in {BLOCKED, UNBLOCKED}:
        return replace(state, is_blocked=kind == BLOCKED)
    assert kind == UPDATED, change
    values = {item["Tag"]: item["ValueBytes"] for item in change["FriendUpInfo"][0]["Sns"]}
    return replace(state, remark=values.get(REMARK, state.remark))
