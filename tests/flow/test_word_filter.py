"""Forbidden words, by both doors (spec/rest/openim_dirty_words.yaml, im_msg_audit_mgr.yaml)."""

from typing import Any

import httpx2

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import APP, Site
from tidings.settings import AppSettings

AUDIT = "im_msg_audit_mgr/{}_local_audit_keywords"


async def _forbid(rest: RestClient, *words: str) -> None:
    await rest.call("openim_dirty_words/add", {"DirtyWordsList": list(words)})


async def _replace(rest: RestClient, word: str, by: str) -> None:
    row = {"Keyword": word, "WordType": 1, "FilterType": 1, "ReplacedContent": by}
    await rest.call(AUDIT.format("add"), {"SdkAppId": APP, "LocalAuditWords": [row]})


async def _send(rest: RestClient, text: str, code: int = 0, **fields: Any) -> Json:
    body = {"From_Account": "alice", "To_Account": "bob", "MsgRandom": 1, "MsgBody": text_body(text), **fields}
    return await rest.call("openim/sendmsg", body, code)


def _text(message: Json) -> str:
    text: str = message["MsgBody"][0]["MsgContent"]["Text"]
    return text


async def _set(site: Site, **settings: object) -> None:
    await site.server.store.apps.set_settings(APP, AppSettings(**settings))  # type: ignore[arg-type]
    await site.server.refresh()


async def test_a_text_with_a_forbidden_word_is_refused_at_both_doors(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _forbid(rest, "cheap diplomas", "代刷")
    await _send(rest, "we sell CHEAP Diplomas", 80001)
    await alice.call("openim.sendmsg", {"To_Account": "bob", "MsgSeq": 1, "MsgRandom": 1, **_body("找人代刷")}, 80001)
    await alice.send_message("bob", "cheap, diplomas")
    assert [_text(message) for message in await bob.messages()] == ["cheap, diplomas"]


def _body(text: str) -> Json:
    return {"MsgBody": text_body(text)}


async def test_words_that_replace_and_words_that_the_app_masks_pass_changed(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _set(site, word_filter="mask")
    await _forbid(rest, "代刷")
    await _replace(rest, "darn", "dear")
    await alice.send_message("bob", "Darn, 代刷!")
    assert [_text(message) for message in await bob.messages()] == ["dear, **!"]
    history = await bob.call("openim.getroammsg", {"Peer_Account": "alice"})
    assert [_text(message) for message in history["MsgList"]] == ["dear, **!"]


async def test_an_admin_may_send_unscreened_and_batches_and_edits_are_screened(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _forbid(rest, "darn")
    await _send(rest, "darn", SendMsgControl=["NoMsgCheck"])
    batch = {"From_Account": "alice", "To_Account": ["bob", "carol"], "MsgRandom": 1, **_body("darn")}
    await rest.call("openim/batchsendmsg", batch, 80001)
    sent = await alice.send_message("bob", "fine")
    seq, random, time = map(int, sent["MsgKey"].split("_"))
    edit = {"From_Account": "alice", "To_Account": "bob", "MsgSeq": seq, "MsgRandom": random, "MsgTime": time}
    await alice.call("openim.modify_c2c_msg", {**edit, **_body("darn")}, 80001)
    assert [_text(message) for message in await bob.messages()] == ["darn", "fine"]


async def test_nicknames_are_screened_if_the_app_says_so(site: Site, rest: RestClient) -> None:
    await _forbid(rest, "darn")
    await rest.call("im_open_login_svc/account_import", {"UserID": "dan", "Nick": "Darn"})
    await _set(site, filter_profiles=True)
    await rest.call("im_open_login_svc/account_import", {"UserID": "dan", "Nick": "Darn"}, 40005)
    many = {"AccountList": [{"UserID": "eve", "Nick": "darn"}, {"UserID": "fay", "Nick": "ok"}]}
    assert (await rest.call("im_open_login_svc/multiaccount_import", many))["FailAccounts"] == ["eve"]


async def test_words_are_listed_by_get_too_and_other_commands_are_not(rest: RestClient) -> None:
    await _forbid(rest, "one", "two")
    answer = await rest.post(rest.url("openim_dirty_words/get"), "", "GET")
    assert answer.json()["DirtyWordsList"] == ["one", "two"]
    refused: httpx2.Response = await rest.post(rest.url("openim_dirty_words/add"), "", "GET")
    assert refused.json()["ErrorCode"] == 60002


async def test_removed_words_pass_again(rest: RestClient, alice: GatewayClient, bob: GatewayClient) -> None:
    await _forbid(rest, "darn")
    await rest.call("openim_dirty_words/delete", {"DirtyWordsList": ["darn"]})
    await alice.send_message("bob", "darn")
    assert [_text(message) for message in await bob.messages()] == ["darn"]
