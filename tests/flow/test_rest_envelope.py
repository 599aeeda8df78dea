"""What is around every REST command (spec/auth.md, section 6)."""

import asyncio
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.support.clients import Json, RestClient, text_body
from tests.support.server import ADMIN, NOW, OTHER_APP, Site, running_server
from tests.support.usersigs import bent
from tidings.settings import ServerSettings

CHECK = "im_open_login_svc/account_check"
ASKING = {"CheckItem": [{"UserID": "alice"}]}


async def _exchange(site: Site, request: bytes) -> bytes:
    """Send bytes on a fresh socket and read until the server closes it."""
    reader, writer = await asyncio.open_connection(site.server.host, site.server.port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def test_a_command_is_answered_with_the_envelope(rest: RestClient) -> None:
    answer = await rest.call(CHECK, ASKING)
    assert answer["ActionStatus"] == "OK"
    assert answer["ErrorInfo"] == ""


async def test_an_answer_is_json_and_may_be_read_by_any_page(rest: RestClient) -> None:
    response = await rest.post(rest.url(CHECK), json.dumps(ASKING))
    assert response.headers["content-type"] == "application/json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-headers"] == "X-Requested-With"
    assert response.headers["access-control-allow-methods"] == "POST"


async def test_the_order_of_the_parameters_is_free(rest: RestClient) -> None:
    rest.query = dict(reversed(rest.query.items()))
    await rest.call(CHECK, ASKING)


@pytest.mark.parametrize("name", ["random", "contenttype"])
async def test_random_and_contenttype_are_not_insisted_on(rest: RestClient, name: str) -> None:
    await rest.call(CHECK, ASKING, query={name: None})
    await rest.call(CHECK, ASKING, query={name: "anything"})


async def test_a_usersig_may_come_escaped_or_not(rest: RestClient) -> None:
    url = rest.url(CHECK, {"usersig": None})
    signature = rest.query["usersig"]
    for text in (signature, quote(signature, safe=""), signature.replace("*", "%2a").replace("-", "%2D")):
        response = await rest.post(f"{url}&usersig={text}", json.dumps(ASKING))
        assert response.json()["ErrorCode"] == 0


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"sdkappid": None}, 60012),
        ({"sdkappid": ""}, 60012),
        ({"sdkappid": "abc"}, 60006),
        ({"sdkappid": "-1"}, 60006),
        ({"sdkappid": "1.5"}, 60006),
        ({"sdkappid": "1" * 40}, 60006),
        ({"sdkappid": "٣"}, 60006),
        ({"sdkappid": "1400000099"}, 60006),
        ({"SDKAppID": "1400000001", "sdkappid": None}, 60012),
        ({"identifier": None}, 60004),
        ({"identifier": ""}, 60004),
        ({"identifier": "a" * 33}, 60004),
        ({"identifier": "käthe"}, 60004),
        ({"usersig": None}, 60005),
        ({"usersig": "nonsense"}, 70003),
        ({"identifier": "alice"}, 70013),
    ],
)
async def test_a_wrong_parameter_has_its_own_code(rest: RestClient, query: dict[str, str | None], code: int) -> None:
    answer = await rest.call(CHECK, ASKING, code, query=query)
    assert answer["ActionStatus"] == "FAIL"


async def test_a_user_who_is_no_admin_is_turned_away(site: Site) -> None:
    await site.rest("alice").call(CHECK, ASKING, 60010)


async def test_a_usersig_that_has_ended_is_told_as_such(site: Site, rest: RestClient) -> None:
    site.clock.step(30 * 86_400 + 1)
    await rest.call(CHECK, ASKING, 70001)


async def test_a_usersig_of_another_key_does_not_verify(site: Site, rest: RestClient) -> None:
    await rest.call(CHECK, ASKING, 70009, query={"usersig": site.usersig(ADMIN, key="0" * 64)})


async def test_a_usersig_of_another_app_is_told_as_such(site: Site, rest: RestClient) -> None:
    other = await site.beside()
    await rest.call(CHECK, ASKING, 70014, query={"usersig": other.usersig(ADMIN)})
    await rest.call(CHECK, ASKING, 70014, query={"sdkappid": str(OTHER_APP)})


async def test_an_admin_whose_usersig_was_voided_needs_a_new_one(site: Site, rest: RestClient) -> None:
    await rest.call("im_open_login_svc/kick", {"UserID": ADMIN})
    await rest.call(CHECK, ASKING, 70052)
    site.clock.step(1)
    await site.rest().call(CHECK, ASKING)


async def test_too_many_wrong_usersigs_are_answered_70050_but_a_right_one_always_passes() -> None:
    settings = ServerSettings(port=0, store="memory", failed_logins=3)
    async with running_server(settings=settings) as site:
        rest, wrong = site.rest(), {"usersig": bent(site.usersig(ADMIN), sig="AAAA")}
        for _ in range(3):
            await rest.call(CHECK, ASKING, 70009, query=wrong)
        await rest.call(CHECK, ASKING, 70050, query=wrong)
        await rest.call(CHECK, ASKING)
        await rest.call(CHECK, ASKING, 70050, query=wrong)
        site.clock.step(60)
        await rest.call(CHECK, ASKING, 70009, query=wrong)


async def test_a_disabled_app_is_shut_out(site: Site, rest: RestClient) -> None:
    await site.server.store.apps.set_enabled(site.app, is_enabled=False)
    await site.server.refresh()
    await rest.call(CHECK, ASKING, 60016)
    await site.server.store.apps.set_enabled(site.app, is_enabled=True)
    await site.server.refresh()
    await rest.call(CHECK, ASKING)


async def test_an_admin_who_is_dismissed_is_turned_away(site: Site, rest: RestClient) -> None:
    await site.server.store.apps.remove_admin(site.app, ADMIN)  # type: ignore[arg-type]
    await site.server.refresh()
    await rest.call(CHECK, ASKING, 60010)


async def test_an_old_key_serves_until_it_is_removed(site: Site, rest: RestClient) -> None:
    apps = site.server.store.apps
    await apps.add_key(site.app, "secret", "f" * 64, NOW)
    await site.server.refresh()
    new = {"usersig": site.usersig(ADMIN, key="f" * 64)}
    await rest.call(CHECK, ASKING)
    await rest.call(CHECK, ASKING, query=new)
    await apps.remove_key(site.app, (await apps.keys(site.app))[0].number)
    await site.server.refresh()
    await rest.call(CHECK, ASKING, 70009)
    await rest.call(CHECK, ASKING, query=new)


@pytest.mark.parametrize(
    "command",
    [
        "nothing/here",
        "openim/nothing",
        "openim",
        "",
        "openim/sendmsg/",
        "openim/sendmsg/more",
        "OpenIM/sendmsg",
        "openim/SendMsg",
        "openim.sendmsg",
        "group_open_http_svc/no_such_command",
    ],
)
async def test_an_unknown_command_is_answered_60009(rest: RestClient, command: str) -> None:
    answer = await rest.post(rest.url(command), "{}")
    assert answer.status_code == 200
    assert answer.json()["ErrorCode"] == 60009


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
async def test_another_method_than_post_is_answered_60002(rest: RestClient, method: str) -> None:
    answer = await rest.post(rest.url(CHECK), json.dumps(ASKING), method)
    assert answer.status_code == 200
    assert answer.json()["ErrorCode"] == 60002


@pytest.mark.parametrize("content", ["", "  ", "[]", "null", '"text"', "17", "x", "\x00"])
async def test_a_body_that_is_no_object_is_answered_60003(rest: RestClient, content: str) -> None:
    await rest.call(CHECK, code=60003, raw=content.encode())


async def test_white_space_around_the_object_is_fine(rest: RestClient) -> None:
    await rest.call(CHECK, raw=b" \r\n\t" + json.dumps(ASKING).encode() + b" \n")


@pytest.mark.parametrize(
    ("command", "code"),
    [(CHECK, 70402), ("openim/querystate", 90001)],
    ids=["accounts", "messages"],
)
@pytest.mark.parametrize(
    "breakage",
    [
        lambda body: body[:-1],
        lambda body: body[:1],
        lambda body: body + b" x",
        lambda body: body.replace(b"alice", b"al\xffice"),
        lambda body: body[:-1] + b',"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        lambda body: body[:-1] + b',"x":' + b'{"x":' * 100_000 + b"1" + b"}" * 100_001,
        lambda body: body.replace(b'"', b"'"),
    ],
    ids=["unclosed", "cut", "trailing", "broken-utf8", "deep-array", "deep-object", "quotes"],
)
async def test_broken_json_gets_the_code_of_the_service(
    rest: RestClient, command: str, code: int, breakage: Callable[[bytes], bytes]
) -> None:
    fine = b'{"CheckItem":[{"UserID":"alice"}],"To_Account":["alice"]}'
    await rest.call(command, raw=fine)
    await rest.call(command, code=code, raw=breakage(fine))


async def test_unknown_fields_are_passed_over(rest: RestClient) -> None:
    await rest.call(CHECK, {**ASKING, "Later": {"deep": [1, None, "x"]}})


async def test_a_body_of_more_than_a_megabyte_is_refused(site: Site, rest: RestClient) -> None:
    limit = site.server.settings.body_bytes
    padding = limit - len(json.dumps({**ASKING, "Pad": ""}))
    await rest.call(CHECK, {**ASKING, "Pad": "x" * padding})
    await rest.call(CHECK, {**ASKING, "Pad": "x" * (padding + 1)}, 60002)
    await rest.call(CHECK, {**ASKING, "Pad": "x" * (3 * limit)}, 60002)


async def test_a_connection_serves_several_requests(site: Site, rest: RestClient) -> None:
    body = json.dumps(ASKING).encode()
    target = rest.url(CHECK).removeprefix(f"http://{site.address}")
    head = f"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
    request = head.encode() + b"\r\n" + body
    last = head.encode() + b"Connection: close\r\n\r\n" + body
    answer = await _exchange(site, request + request + last)
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert answer.count(b'"ActionStatus":"OK"') == 3


async def test_a_chunked_body_is_taken(site: Site, rest: RestClient) -> None:
    body = json.dumps(ASKING).encode()
    target = rest.url(CHECK).removeprefix(f"http://{site.address}")
    head = f"POST {target} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:7], body[7:])) + b"0\r\n\r\n"
    assert b'"ActionStatus":"OK"' in await _exchange(site, head.encode() + chunks)


async def test_a_caller_who_goes_away_within_a_body_does_no_harm(site: Site, rest: RestClient) -> None:
    target = rest.url(CHECK).removeprefix(f"http://{site.address}")
    _, writer = await asyncio.open_connection(site.server.host, site.server.port)
    writer.write(f"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{{".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await rest.call(CHECK, ASKING)


async def test_an_admin_without_an_account_gets_one(site: Site) -> None:
    await site.server.store.apps.add_admin(site.app, "operator")  # type: ignore[arg-type]
    await site.server.refresh()
    await site.rest("operator").call("openim/sendmsg", {"To_Account": "bob", "MsgRandom": 1, "MsgBody": text_body()})
    found = await site.rest().call(CHECK, {"CheckItem": [{"UserID": "operator"}]})
    assert found["ResultItem"][0]["AccountStatus"] == "Imported"


async def _calls(rest: RestClient, command: str, body: Json, count: int) -> list[int]:
    responses = [await rest.post(rest.url(command), json.dumps(body)) for _ in range(count)]
    return [response.json()["ErrorCode"] for response in responses]


async def test_a_command_is_limited_to_its_calls_a_second(site: Site, rest: RestClient) -> None:
    await site.change(rest_calls=5)
    assert await _calls(rest, "openim/get_c2c_unread_msg_num", {"To_Account": "bob"}, 6) == [0] * 5 + [60007]
    assert await _calls(rest, "openim/querystate", {"To_Account": ["bob"]}, 1) == [0], "each command has its own limit"
    other = (await site.beside()).rest()
    assert await _calls(other, "openim/get_c2c_unread_msg_num", {"To_Account": "bob"}, 1) == [0], "and each app"
    site.clock.step(1)
    assert await _calls(rest, "openim/get_c2c_unread_msg_num", {"To_Account": "bob"}, 1) == [0]


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("multiaccount_import", {"Accounts": ["zoe"]}),
        ("account_check", {"CheckItem": [{"UserID": "zoe"}]}),
        ("account_delete", {"DeleteItem": [{"UserID": "zoe"}]}),
    ],
)
async def test_batches_of_accounts_are_limited_to_100_calls_a_second(
    rest: RestClient, command: str, body: Json
) -> None:
    codes = await _calls(rest, f"im_open_login_svc/{command}", body, 101)
    assert codes == [0] * 100 + [60007]


async def test_other_commands_are_limited_to_200_calls_a_second(rest: RestClient) -> None:
    codes = await _calls(rest, "openim/querystate", {"To_Account": ["zoe"]}, 201)
    assert codes == [0] * 200 + [60007]


async def test_a_server_without_limits_counts_no_calls() -> None:
    async with running_server(settings=ServerSettings(port=0, store="memory", rate_limits=False)) as site:
        await site.change(rest_calls=1)
        assert await _calls(site.rest(), "openim/querystate", {"To_Account": ["zoe"]}, 3) == [0, 0, 0]


async def test_health_is_answered_without_a_usersig(site: Site, rest: RestClient) -> None:
    answer = await rest.post(f"http://{site.address}/healthz", "", "GET")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_metrics_count_what_is_connected_and_asked(site: Site, rest: RestClient) -> None:
    await site.login("alice")
    await rest.call(CHECK, ASKING)
    text = (await rest.post(f"http://{site.address}/metrics", "", "GET")).text
    assert "tidings_connections 1.0" in text
    assert "tidings_accounts_online 1.0" in text
    assert "tidings_rest_requests_total 1.0" in text


@pytest.mark.parametrize(("path", "method"), [("/", "GET"), ("/v3/openim/sendmsg", "POST"), ("/healthz", "POST")])
async def test_elsewhere_there_is_nothing(site: Site, rest: RestClient, path: str, method: str) -> None:
    answer = await rest.post(f"http://{site.address}{path}", "", method)
    assert answer.status_code == 404
