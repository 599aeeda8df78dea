"""Groups to try rules on."""

from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind, Receive, Role
from tidings.domain.group.life import Founder, Founding
from tidings.domain.group.member_info import NewInfo
from tidings.domain.group.sending import GroupDraft, Sent
from tidings.domain.group.topics import By, NewTopic
from tidings.ids import UserId

NO_LIMIT = 0
ADMIN = By(None, UserId("admin"))


async def found(stage: Stage, kind: Kind = Kind.PUBLIC, *members: Account, admins: tuple[Account, ...] = ()) -> Group:
    """Return a new group that alice owns, with members and admins."""
    founders = [*(Founder(each) for each in members), *(Founder(each, Role.ADMIN) for each in admins)]
    founding = Founding(stage.app.sdk_app_id, kind, "team", owner=stage.them.alice, members=founders)
    group = await stage.rules.groups.life.create(founding, stage.app.settings)
    # That there is a group is not what is tried.
    stage.delivery.events.clear()
    stage.delivery.positions.clear()
    return group


def place(stage: Stage, group: Group, account: Account) -> Member:
    """Return what an account is in a group."""
    return stage.rules.groups.directory.get_member(group, account.number, account.user_id)


def draft(group: Group, sender: Account, random: int = 1, **fields: object) -> GroupDraft:
    """Return a text as its sender hands it in."""
    body = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]'
    return GroupDraft(group, sender, random, body, **fields)  # type: ignore[arg-type]


async def say(stage: Stage, group: Group, sender: Account, random: int = 1, **fields: object) -> Sent:
    """Send a text."""
    return await stage.rules.groups.sending.send(draft(group, sender, random, **fields), NO_LIMIT)


async def found_community(
    stage: Stage, *members: Account, admins: tuple[Account, ...] = (), default_permission: int | None = None
) -> Group:
    """Return a community with topics that alice owns; with a default permission, permission groups decide."""
    founders = [*(Founder(each) for each in members), *(Founder(each, Role.ADMIN) for each in admins)]
    founding = Founding(
        stage.app.sdk_app_id,
        Kind.COMMUNITY,
        "hikers",
        owner=stage.them.alice,
        members=founders,
        has_topics=True,
        has_permissions=default_permission is not None,
        default_permission=default_permission or 0,
    )
    return await stage.rules.groups.life.create(founding, stage.app.settings)


async def make_topic(stage: Stage, community: Group, name: str = "gear", **fields: object) -> Group:
    """Return a new topic of a community."""
    asked = NewTopic(name, **fields)  # type: ignore[arg-type]
    return await stage.rules.groups.topics.create(community, ADMIN, asked, stage.app.settings)


async def set_receive(stage: Stage, group: Group, account: Account, receive: Receive) -> None:
    """Let a member get what it wants of a group or a topic."""
    member = place(stage, group, account)
    by = By(member, member.user_id)
    await stage.rules.groups.member_info.change(stage.app, group, by, account, NewInfo(receive=receive))
