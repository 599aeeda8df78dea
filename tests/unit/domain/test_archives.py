"""An hour's messages as a file (spec/rest/open_msg_svc.yaml)."""

import gzip
import json
from collections.abc import AsyncIterator
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from tests.support.stage import Stage, open_stage
from tests.support.stores import APP, NOW, OTHER_APP, message, put
from tidings.domain import archives as module
from tidings.domain.archives import Archive, Archives
from tidings.domain.figures import HOUR_S
from tidings.domain.messages import Flag
from tidings.errors import ARCHIVE_NOT_THERE, ARCHIVE_TOO_OLD, Fault, TidingsError

HOUR = NOW // HOUR_S
LOCAL = HOUR + 8
START = HOUR * HOUR_S
KEPT_S = 7 * 86_400


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def archives(stage: Stage) -> Archives:
    return stage.rules.archives


async def _text(stage: Stage, archive: Archive) -> bytes:
    pieces = await stage.rules.files.read_own(archive.app, archive.file)
    packed = b"".join([piece async for piece in pieces])
    text = gzip.decompress(packed)
    assert (archive.size, archive.packed_size) == (len(text), len(packed))
    assert archive.digest == md5(text, usedforsecurity=False).hexdigest()
    assert archive.packed_digest == md5(packed, usedforsecurity=False).hexdigest()
    return text


async def _messages(stage: Stage, local_hour: int = LOCAL) -> list[Any]:
    archive = await stage.rules.archives.find(stage.app, local_hour)
    found: list[Any] = json.loads(await _text(stage, archive))["MsgList"]
    return found


async def _refused(stage: Stage, local_hour: int) -> Fault:
    with pytest.raises(TidingsError) as refused:
        await stage.rules.archives.find(stage.app, local_hour)
    return refused.value.fault


async def _talk(stage: Stage) -> None:
    """Send two messages in this hour and one in the next, and let both be over."""
    alice, bob = stage.them.alice, stage.them.bob
    await put(stage.store, message(alice, bob, NOW), message(bob, alice, START + HOUR_S - 1))
    await put(stage.store, message(alice, bob, START + HOUR_S))
    stage.clock.step(2 * HOUR_S)


@pytest.mark.parametrize("chunk", [1, 2, 500])
async def test_an_hour_that_is_over_is_one_document_with_a_message_on_each_line(
    stage: Stage, archives: Archives, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(module, "CHUNK", chunk)
    await _talk(stage)
    assert await archives.make() == 2
    lines = (await _text(stage, await archives.find(stage.app, LOCAL))).split(b"\n")
    assert json.loads(b"\n".join(lines))["SdkAppId"] == APP
    assert lines[0] == b'{"SdkAppId":1400000001,"ChatType":"C2C","MsgTime":"2025100916","MsgList":['
    assert [line.endswith(b",") for line in lines] == [False, True, False, False]
    assert lines[-1] == b"]}"
    first = json.loads(lines[1].removesuffix(b","))
    assert (first["From_Account"], first["To_Account"], first["MsgTimestamp"]) == ("alice", "bob", NOW)
    assert first.keys() == {"From_Account", "To_Account", "MsgTimestamp", "MsgSeq", "MsgRandom", "MsgBody"}
    assert [each["MsgTimestamp"] for each in await _messages(stage, LOCAL + 1)] == [START + HOUR_S]


async def test_an_hour_is_archived_once_it_is_over_and_once_only(stage: Stage, archives: Archives) -> None:
    await put(stage.store, message(stage.them.alice, stage.them.bob, NOW))
    stage.clock.step(START + HOUR_S - NOW + module.GRACE_S - 1)
    assert await archives.make() == 0
    assert await _refused(stage, LOCAL) is ARCHIVE_NOT_THERE
    stage.clock.step(1)
    assert [await archives.make(), await archives.make()] == [1, 0]
    assert len(await _messages(stage)) == 1


async def test_apps_have_their_own_archives_and_imports_are_in_none(stage: Stage, archives: Archives) -> None:
    them = stage.them
    await put(stage.store, message(them.stranger, them.stranger, NOW))
    await put(stage.store, message(them.alice, them.bob, NOW, flags=Flag.IMPORTED))
    stage.clock.step(2 * HOUR_S)
    assert await archives.make() == 1
    assert await _refused(stage, LOCAL) is ARCHIVE_NOT_THERE
    assert [archive.hour for archive in await stage.store.archives.archives(OTHER_APP)] == [HOUR]


async def test_nothing_was_ever_sent(archives: Archives) -> None:
    assert await archives.make() == 0


async def test_a_server_that_was_away_makes_what_it_has_missed(stage: Stage, archives: Archives) -> None:
    await _talk(stage)
    assert await archives.make() == 2
    now = int(stage.clock.now())
    await put(stage.store, message(stage.them.alice, stage.them.bob, now))
    stage.clock.step(100 * HOUR_S)
    assert await archives.make() == 1
    assert len(await _messages(stage, now // HOUR_S + 8)) == 1


async def test_archives_are_kept_for_seven_days(stage: Stage, archives: Archives) -> None:
    await _talk(stage)
    await archives.make()
    stage.clock.step(KEPT_S - 2 * HOUR_S)
    await archives.expire()
    assert len(await _messages(stage)) == 2
    stage.clock.step(HOUR_S)
    assert await _refused(stage, LOCAL) is ARCHIVE_TOO_OLD
    await archives.expire()
    assert await stage.rules.files.clean() == 1
    assert [archive.hour for archive in await stage.store.archives.archives(APP)] == [HOUR + 1]


async def test_erased_names_are_replaced(stage: Stage, archives: Archives) -> None:
    await _talk(stage)
    await archives.make()
    untouched = await archives.find(stage.app, LOCAL)
    await stage.rules.accounts.delete(stage.them.alice)
    assert await stage.rules.erasing.work() == 1
    sides = [(each["From_Account"], each["To_Account"]) for each in await _messages(stage)]
    assert sides == [("~erased-1", "bob"), ("bob", "~erased-1")]
    assert (await archives.find(stage.app, LOCAL)).file != untouched.file
    assert await stage.rules.files.clean() == 0, "the old files are gone already"


async def test_what_an_erased_account_sent_goes_if_the_app_wants_that(stage: Stage, archives: Archives) -> None:
    await _talk(stage)
    await archives.make()
    await stage.rules.accounts.delete(stage.them.alice, with_messages=True)
    await stage.rules.erasing.work()
    assert [each["From_Account"] for each in await _messages(stage)] == ["bob"]
    assert await _messages(stage, LOCAL + 1) == []


async def test_an_archive_without_the_name_stays_as_it_is(stage: Stage, archives: Archives) -> None:
    await _talk(stage)
    await archives.make()
    before = await archives.find(stage.app, LOCAL)
    await stage.rules.accounts.delete(stage.them.carol)
    await stage.rules.erasing.work()
    assert await archives.find(stage.app, LOCAL) == before


async def test_a_file_that_was_cut_short_goes(
    stage: Stage, archives: Archives, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise InterruptedError

    await _talk(stage)
    with monkeypatch.context() as broken:
        broken.setattr(type(stage.store.archives), "save_archives", crash)
        with pytest.raises(InterruptedError):
            await archives.make()
    assert await archives.make() == 2
    await archives.expire()
    assert await stage.rules.files.clean() == 1
    assert len(await _messages(stage)) == 2
