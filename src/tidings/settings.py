"""Every setting, declared once: name, type, default, bounds and one sentence.

`ServerSettings` belong to a process; they come from a TOML file, then from `TIDINGS_<NAME>`
variables. `AppSettings` belong to one app and are kept in the store.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta

ENVIRONMENT_PREFIX = "TIDINGS_"
_RIGHTS = "(rw:(-|r|w|rw)|r:(w|rw)|w:(r|rw)|-:rw)"
_FIELD = f"[A-Za-z]{{1,8}}:(string|bytes):{_RIGHTS}"
_KINDS, _GROUP_KINDS = "(Work|Public|Meeting|Community)", "(Work|Public|Meeting|AVChatRoom|Community)"
_KEY = "[A-Za-z_][A-Za-z0-9_]{0,15}"
_READERS, _WRITERS = "(app|owner|admins|members|anyone)", "(app|owner|admins|members)"
_GROUP_FIELD = f"{_KEY}(/{_GROUP_KINDS}(\\+{_GROUP_KINDS})*)?:{_READERS}:{_WRITERS}"
_MEMBER_FIELD = f"{_KEY}(/{_KINDS}(\\+{_KINDS})*)?:{_READERS}:({_WRITERS}|own)"
_FRIEND_FIELD = "[A-Za-z]{1,8}:(string|bytes)"
_CALLBACK = "[A-Za-z0-9]+\\.[A-Za-z0-9]+"
_ENDINGS = "^([a-z0-9]+(,[a-z0-9]+)*)?\\Z"


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings of one server process; the defaults run on a laptop with nothing installed."""

    host: Annotated[str, Meta(min_length=1, description="address to listen on")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="port for REST and gateway; 0 picks a free one")] = 7700
    data_dir: Annotated[str, Meta(min_length=1, description="folder for the database, the master key and files")] = (
        "tidings-data"
    )
    store: Annotated[
        Literal["sqlite", "memory"], Meta(description="where data lives; memory is gone when the process ends")
    ] = "sqlite"
    durability: Annotated[
        Literal["full", "fast"],
        Meta(description="full: an acknowledged send is synced to disk; fast: a power cut may lose the last moments"),
    ] = "full"
    tls_cert: Annotated[str, Meta(description="PEM file with the certificate chain; empty for plain connections")] = ""
    tls_key: Annotated[str, Meta(description="PEM file with the certificate's private key")] = ""
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Meta(description="least level logged")] = "info"
    log_format: Annotated[Literal["json", "text"], Meta(description="json for machines, text for people")] = "json"
    drain_seconds: Annotated[
        float, Meta(ge=0, le=300, description="how long a graceful stop waits for requests under way")
    ] = 10.0
    rate_limits: Annotated[bool, Meta(description="whether the documented call rates are enforced")] = True
    frame_bytes: Annotated[int, Meta(ge=16384, le=16777216, description="largest gateway frame accepted, bytes")] = (
        1179648
    )
    body_bytes: Annotated[int, Meta(ge=16384, le=16777216, description="largest REST body accepted, bytes")] = 1048576
    outbox_bytes: Annotated[
        int,
        Meta(ge=65536, le=67108864, description="bytes queued for one connection before a slow reader is cut off"),
    ] = 1048576
    public_addresses: Annotated[
        str,
        Meta(
            pattern="^([0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*)?\\Z",
            description="IP addresses and ranges that GetIPList tells, as in 192.0.2.10,198.51.100.0/25; empty: those"
            " that the server listens on",
        ),
    ] = ""
    public_url: Annotated[
        str,
        Meta(
            pattern="^(https?://[^/?#]+(/[^?#]*[^/?#])?)?\\Z",
            description="how clients reach this server from outside, as in https://chat.example.org, for the addresses"
            " of files; empty: as the client that asks has reached it",
        ),
    ] = ""
    file_store: Annotated[
        str,
        Meta(
            pattern="^(s3://[^/?#]+(/[^?#]*)?)?\\Z",
            description="where files lie: s3://bucket or s3://bucket/prefix; empty: in the data folder",
        ),
    ] = ""
    s3_endpoint: Annotated[
        str,
        Meta(
            pattern="^(https?://.+)?\\Z",
            description="address of an S3-compatible store; empty: that of AWS for the region",
        ),
    ] = ""
    s3_region: Annotated[str, Meta(min_length=1, description="region of the S3 bucket")] = "us-east-1"
    uploads: Annotated[int, Meta(ge=1, le=10000, description="uploads under way at the same time")] = 64
    failed_logins: Annotated[
        int, Meta(ge=1, le=1000, description="failed UserSig checks of one account in a minute before 70050")
    ] = 20
    handshake_seconds: Annotated[
        float, Meta(ge=1, le=120, description="how long a new connection may take to say what it wants")
    ] = 10.0


class AppSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings of one app; the defaults are the hosted service's highest tier (spec/limits.md)."""

    login_policy: Annotated[
        Literal["single", "dual", "triple", "multi"],
        Meta(description="which platforms may be online together (spec/auth.md, section 7)"),
    ] = "multi"
    web_instances: Annotated[int, Meta(ge=1, le=10, description="web pages of one user online together")] = 10
    device_instances: Annotated[
        int, Meta(ge=1, le=3, description="devices of one user and platform online together, under multi")
    ] = 3
    recall_seconds: Annotated[int, Meta(ge=0, le=604800, description="age up to which a sender may recall")] = 120
    history_days: Annotated[int, Meta(ge=1, le=3650, description="days that messages are kept")] = 7
    message_bytes: Annotated[int, Meta(ge=1000, le=131072, description="largest MsgBody with custom data")] = 12288
    unread_conversations: Annotated[
        int, Meta(ge=1, le=10000, description="conversations of one user that count unread messages")
    ] = 100
    unread_messages: Annotated[int, Meta(ge=1, le=10000, description="most unread messages of a conversation")] = 250
    listed_conversations: Annotated[int, Meta(ge=1, le=10000, description="conversations in a user's list")] = 3000
    pinned_conversations: Annotated[int, Meta(ge=0, le=10000, description="conversations that a user may pin")] = 50
    sync_deletions: Annotated[
        bool, Meta(description="whether a user's other devices drop a conversation that was deleted")
    ] = False
    rest_calls: Annotated[
        int,
        Meta(ge=1, le=100000, description="calls a second of one REST command, where the command has no lower rate"),
    ] = 200
    user_status: Annotated[bool, Meta(description="whether users may ask for and subscribe to others' status")] = True
    status_subscriptions: Annotated[int, Meta(ge=1, le=10000, description="users one user may subscribe to")] = 200
    erase_messages: Annotated[
        bool, Meta(description="whether deleting an account takes what it has sent from others' histories as well")
    ] = False
    utc_offset_hours: Annotated[
        int, Meta(ge=-12, le=14, description="the app's time, hours ahead of UTC: days of figures, hours of archives")
    ] = 8
    hello_seconds: Annotated[int, Meta(ge=5, le=3600, description="HelloInterval told to clients")] = 120
    word_filter: Annotated[
        Literal["refuse", "mask"],
        Meta(description="what a forbidden word does that has no effect of its own: refuse the text, or be masked"),
    ] = "refuse"
    filter_profiles: Annotated[
        bool, Meta(description="whether forbidden words are looked for in nicknames and other texts of profiles, too")
    ] = False
    searched_messages: Annotated[
        int,
        Meta(
            ge=10,
            le=10000,
            description="found messages that a search of one conversation counts at most;"
            " a search of all counts a tenth of it in each",
        ),
    ] = 1000
    profile_fields: Annotated[
        str,
        Meta(
            pattern=f"^({_FIELD}(,{_FIELD}){{0,19}})?\\Z",
            description="custom fields of profiles, up to 20, as in City:string:rw:rw,Rank:bytes:r:rw: name of up to 8"
            " letters, string or bytes, what users may do, what app admins may do (r, w, rw or -)",
        ),
    ] = ""
    friend_fields: Annotated[
        str,
        Meta(
            pattern=f"^({_FRIEND_FIELD}(,{_FRIEND_FIELD}){{0,19}})?\\Z",
            description="custom fields of friends, up to 20, as in Since:string,Badge:bytes: name of up to 8 letters,"
            " string or bytes",
        ),
    ] = ""
    friends: Annotated[int, Meta(ge=0, le=10000, description="friends that one user may have")] = 3000
    allow_type: Annotated[
        Literal["any", "confirm", "deny"],
        Meta(description="how users are added as friends who have not said it in their profile (AllowType)"),
    ] = "any"
    friends_only: Annotated[
        bool, Meta(description="whether users may write only to users who are each other's friend")
    ] = False
    blocked_messages: Annotated[
        Literal["hide", "refuse"],
        Meta(
            description="what becomes of a message to a user who blocks its sender: hide acknowledges it and keeps it"
            " from the receiver, refuse answers 20007"
        ),
    ] = "hide"
    follow: Annotated[bool, Meta(description="whether users may follow each other")] = True
    followed_users: Annotated[int, Meta(ge=0, le=1000000, description="users that one user may follow")] = 3000
    followers: Annotated[int, Meta(ge=0, le=10000000, description="followers that one user may have")] = 100000
    mutual_follows: Annotated[
        int, Meta(ge=0, le=1000000, description="users that one user may follow who follow back")
    ] = 3000
    image_bytes: Annotated[int, Meta(ge=0, le=5368709120, description="largest image taken, bytes")] = 29360128
    sound_bytes: Annotated[int, Meta(ge=0, le=5368709120, description="largest recording taken, bytes")] = 29360128
    video_bytes: Annotated[int, Meta(ge=0, le=5368709120, description="largest video taken, bytes")] = 104857600
    file_bytes: Annotated[int, Meta(ge=0, le=5368709120, description="largest file taken, bytes")] = 104857600
    file_types: Annotated[
        str,
        Meta(pattern=_ENDINGS, description="name endings that uploads may have, as in jpg,png,pdf; empty: any"),
    ] = ""
    refused_file_types: Annotated[
        str, Meta(pattern=_ENDINGS, description="name endings that uploads may not have, as in exe,bat")
    ] = ""
    group_members: Annotated[int, Meta(ge=20, le=1_000_000, description="members of a group, if it sets no limit")] = (
        6000
    )
    community_members: Annotated[int, Meta(ge=20, le=1_000_000, description="members of a community")] = 100_000
    communities: Annotated[bool, Meta(description="whether groups may be communities")] = True
    topics: Annotated[bool, Meta(description="whether communities may have topics")] = True
    community_topics: Annotated[int, Meta(ge=1, le=10_000, description="topics of a community")] = 200
    permission_group_members: Annotated[
        int, Meta(ge=1, le=1_000_000, description="members of a permission group of a community")
    ] = 10_000
    joined_groups: Annotated[int, Meta(ge=10, le=10_000, description="groups that one user may be in")] = 5000
    invitation_consent: Annotated[
        bool, Meta(description="whether users who are invited into a group are in only once they consent")
    ] = False
    group_messages_per_second: Annotated[
        int,
        Meta(
            ge=0,
            le=100_000,
            description="messages of a group in a second, beyond which the less important go; 0: any number",
        ),
    ] = 40
    group_fields: Annotated[
        str,
        Meta(
            pattern=f"^({_GROUP_FIELD}(,{_GROUP_FIELD}){{0,59}})?\\Z",
            description="custom fields of groups, up to 10, as in level:anyone:admins,plan/Work+Public:members:owner:"
            " name of up to 16 letters, digits and _, types if not all, who reads (app, owner, admins, members,"
            " anyone), who writes (app, owner, admins, members)",
        ),
    ] = ""
    member_fields: Annotated[
        str,
        Meta(
            pattern=f"^({_MEMBER_FIELD}(,{_MEMBER_FIELD}){{0,29}})?\\Z",
            description="custom fields of members of groups, up to 5, written like group_fields; own: each member"
            " writes its own",
        ),
    ] = ""
    group_option_tips: Annotated[
        bool, Meta(description="whether members are told when all are muted and when ApplyJoinOption changes, too")
    ] = False
    recycle_group_seconds: Annotated[
        int,
        Meta(
            ge=0,
            le=315_360_000,
            description="for so long a group may see no message, and nobody come or go, before it is disbanded;"
            " 0: for ever; live rooms are never",
        ),
    ] = 0
    web_live_rooms: Annotated[
        int, Meta(ge=1, le=100, description="live rooms that one web page may be in, besides those that its user owns")
    ] = 1
    live_history: Annotated[
        int, Meta(ge=0, le=100, description="last messages of a live room that clients who join may ask for")
    ] = 20
    broadcasts: Annotated[bool, Meta(description="whether an app server may tell all live rooms a message")] = True
    callback_url: Annotated[
        str,
        Meta(
            pattern="^(https?://[^/?#\\s!$&]+(/[^?#\\s!$&]*)?)?\\Z",
            max_length=500,
            description="address of the app's server that is sent callbacks, as in https://app.example.org/im; empty:"
            " none are sent",
        ),
    ] = ""
    callbacks: Annotated[
        str,
        Meta(
            pattern=f"^({_CALLBACK}(,{_CALLBACK})*)?\\Z",
            description="callbacks that are sent, as in C2C.CallbackBeforeSendMsg,State.StateChange",
        ),
    ] = ""
    callback_token: Annotated[
        str,
        Meta(max_length=128, description="token that callbacks are signed with; empty: they are not signed"),
    ] = ""
    callback_seconds: Annotated[
        float, Meta(ge=0.1, le=30, description="how long the app's server may take to answer a callback")
    ] = 2.0
    callback_failure: Annotated[
        Literal["deliver", "refuse"],
        Meta(
            description="what becomes of a message if the app's server cannot be asked before it: deliver lets it be,"
            " refuse answers 80003"
        ),
    ] = "deliver"
    callback_private: Annotated[
        bool,
        Meta(description="whether callbacks may go to private, loopback and other addresses that are not public"),
    ] = False
    callback_client_cert: Annotated[
        str, Meta(description="PEM file on this server with certificate and key shown to the app's server; empty: none")
    ] = ""
    callback_ca: Annotated[
        str, Meta(description="PEM file with the authorities that sign the app's server; empty: the public ones")
    ] = ""
    purchase_bits: Annotated[
        str, Meta(pattern="^[01]{1,64}\\Z", description="feature bits told to the vendor's client SDKs")
    ] = "0"


class SettingsError(ValueError):
    """A setting that is unknown or out of bounds; the text names it."""


_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\Z")

S = TypeVar("S", ServerSettings, AppSettings)


def read_server_settings(file: Path | None, environment: Mapping[str, str]) -> ServerSettings:
    """Read the settings of a process from a TOML file and the environment, the latter winning.

    Raises SettingsError with the name of a setting that is unknown or out of bounds.
    """
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"cannot read settings file {file}: {error}") from error
    names = {field.name for field in msgspec.structs.fields(ServerSettings)}
    for name in names:
        if (text := environment.get(ENVIRONMENT_PREFIX + name.upper())) is not None:
            values[name] = text
    return to_settings(ServerSettings, values)


def to_settings(kind: type[S], values: Mapping[str, Any]) -> S:
    """Convert names and values, given as text or as their own type, to checked settings."""
    known = {field.name: field.type for field in msgspec.structs.fields(kind)}
    typed: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"there is no setting {name!r}; known are: {', '.join(sorted(known))}")
        try:
            typed[name] = msgspec.convert(value, known[name], strict=False)
        except msgspec.ValidationError as error:
            raise SettingsError(f"setting {name} = {value!r}: {_why(known[name], error)}") from error
    return kind(**typed)


def is_host(text: str) -> bool:
    """Say whether a text is a host, with or without a port: what a client says goes into addresses."""
    return _HOST.match(text) is not None


def _why(kind: object, error: msgspec.ValidationError) -> str:
    inner = get_args(kind)[0]
    return f"it is one of {', '.join(get_args(inner))}" if get_origin(inner) is Literal else str(error)


def changed(settings: S) -> dict[str, Any]:
    """Return the values that differ from the defaults."""
    fields = msgspec.structs.fields(type(settings))
    return {f.name: getattr(settings, f.name) for f in fields if getattr(settings, f.name) != f.default}
