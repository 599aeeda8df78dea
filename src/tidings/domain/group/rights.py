"""Who may do what in a group: one question, asked everywhere (spec/groups.md, section 2)."""

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Action, Role
from tidings.errors import GROUP_RIGHT_MISSING

Actor = Member | None
"""Who acts: a member, or None for an app admin, who may do everything and need not be a member."""

_RANK = {Role.OWNER: 2, Role.ADMIN: 1, Role.MEMBER: 0}


def check(group: Group, actor: Actor, action: Action) -> None:
    """Let an actor do something, or raise 10007."""
    if actor is None or is_allowed(group, actor, action):
        return
    raise GROUP_RIGHT_MISSING(
        detail=f"a {actor.role.value} may not {action.value} in a group of type {group.kind.value}"
    )


def is_allowed(group: Group, member: Member, action: Action) -> bool:
    """Say whether a member may do something: by its role, or by what permission groups give it; the owner has all."""
    if member.allowed is None:
        return member.role in group.traits.rights[action]
    return member.role is Role.OWNER or action in member.allowed


def check_kind(group: Group, action: Action) -> None:
    """Raise 10007 for what nobody may do in a group of its type, app admins included."""
    if not group.traits.rights[action]:
        raise GROUP_RIGHT_MISSING(detail=f"nobody may {action.value} in a group of type {group.kind.value}")


def check_members(group: Group) -> None:
    """Raise 10007 for a topic: its members, and its end, are those of its community."""
    if group.parent:
        raise GROUP_RIGHT_MISSING(detail="a topic has the members of its community, and commands of its own")


def check_over(group: Group, actor: Actor, action: Action, target: Member) -> None:
    """Let an actor do something to a member: only to those below its own role, or raise 10007."""
    check(group, actor, action)
    if actor is not None and _RANK[target.role] >= (_RANK[actor.role] if actor.allowed is None else _RANK[Role.OWNER]):
        raise GROUP_RIGHT_MISSING(
            detail=f"a {actor.role.value} may not {action.value} whose role is {target.role.value}"
        )
