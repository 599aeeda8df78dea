"""What every send carries, made into a draft (spec/messages.md)."""

import json

import msgspec
import pytest

from tests.support.clients import Json, text_body
from tests.support.stage import Stage
from tidings.command.drafts import Content, checked_body, correspondent, party, screened_body, to_draft
from tidings.domain.messages import Flag
from tidings.domain.word_filter import Effect, Word
from tidings.errors import BAD_RECEIVER, JSON_TOO_LONG, MESSAGE_TOO_LONG, TidingsError
from tidings.ids import NO_INSTANCE, InstanceId, UserId

BODY: list[Json] = text_body("hi")


def content(**fields: object) -> Content:
    return msgspec.json.decode(json.dumps({"MsgBody": BODY, "MsgRandom": 1, **fields}), type=Content)


def raw(body: object) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(body).encode())


@pytest.mark.parametrize(
    ("fields", "flags"),
    [
        ({}, 0),
        ({"SendMsgControl": ["NoUnread", "NoLastMsg", "unheard of"]}, Flag.NO_UNREAD | Flag.NO_LAST),
        ({"IsNeedReadReceipt": 1, "SupportMessageExtension": 1}, Flag.RECEIPT_WANTED | Flag.EXTENSIBLE),
    ],
)
async def test_what_is_asked_becomes_flags(stage: Stage, fields: Json, flags: int) -> None:
    them = stage.them
    assert to_draft(content(**fields), them.alice, them.bob, b"").flags == flags


@pytest.mark.parametrize(
    ("fields", "lifetime", "is_online_only"),
    [
        ({}, None, False),
        ({"MsgLifeTime": 60}, 60, False),
        ({"MsgLifeTime": 604_801}, 604_800, False),
        ({"MsgLifeTime": 0}, 0, True),
        ({"OnlineOnlyFlag": 1}, None, True),
    ],
)
async def test_a_lifetime_is_bounded_and_none_at_all_is_for_those_online(
    stage: Stage, fields: Json, lifetime: int | None, *, is_online_only: bool
) -> None:
    draft = to_draft(content(**fields), stage.them.alice, stage.them.bob, b"")
    assert (draft.lifetime_s, draft.is_online_only) == (lifetime, is_online_only)


@pytest.mark.parametrize(("fields", "code"), [({"MsgLifeTime": -1}, 90026), ({"OfflinePushInfo": {"Title": 1}}, 90043)])
async def test_what_does_not_fit_says_why(stage: Stage, fields: Json, code: int) -> None:
    with pytest.raises(TidingsError) as refused:
        to_draft(content(**fields), stage.them.alice, stage.them.bob, b"")
    assert refused.value.code == code


async def test_a_users_own_message_heeds_refusals_and_an_app_servers_only_on_wish(stage: Stage) -> None:
    them = stage.them
    own = to_draft(content(), them.alice, them.bob, b"", source=InstanceId(7))
    servers = to_draft(content(), them.alice, them.bob, b"")
    asked = to_draft(content(SendMsgControl=["WithMuteNotifications"]), them.alice, them.bob, b"")
    assert [(each.is_by_user, each.heeds_refusals) for each in (own, servers, asked)] == [
        (True, True),
        (False, False),
        (False, True),
    ]
    assert servers.source == NO_INSTANCE


async def test_a_body_is_measured_with_its_custom_data(stage: Stage) -> None:
    stage.change(message_bytes=1000)
    room = 1000 - len(raw(BODY))
    assert checked_body(stage.call(), raw(BODY), "x" * room, MESSAGE_TOO_LONG) == bytes(raw(BODY))
    for custom_data in ("x" * (room + 1), "ä" * (room // 2 + 1)):
        with pytest.raises(TidingsError) as refused:
            checked_body(stage.call(), raw(BODY), custom_data, JSON_TOO_LONG)
        assert refused.value.code == JSON_TOO_LONG.code


async def test_forbidden_words_are_masked_unless_the_app_server_lets_them_pass(stage: Stage) -> None:
    word = Word("hi", effect=Effect.REPLACE, replacement="**")
    await stage.rules.words.add(stage.app, [word], replaces=False)
    masked = json.dumps(text_body("**"), separators=(",", ":")).encode()
    call = stage.call()
    assert json.loads(checked_body(call, raw(BODY), "", MESSAGE_TOO_LONG)) == json.loads(masked)
    assert json.loads(screened_body(call, raw(BODY))) == json.loads(masked)
    assert json.loads(checked_body(call, raw(BODY), "", MESSAGE_TOO_LONG, is_screened=False)) == BODY


async def test_whom_nobody_knows_is_told_by_the_fault_of_the_command(stage: Stage) -> None:
    for find in (party, correspondent):
        assert await find(stage.call(), UserId("bob"), BAD_RECEIVER) == stage.them.bob
        with pytest.raises(TidingsError, match="'nobody' does not exist") as refused:
            await find(stage.call(), UserId("nobody"), BAD_RECEIVER)
        assert refused.value.fault is BAD_RECEIVER
