"""The catalogue agrees with itself, and what checks answers against it does refuse."""

import json
from typing import Any

import pytest

from tests.support import catalogue

MESSAGE: dict[str, Any] = json.loads(next(entry.example for entry in catalogue.pushes() if entry.name == "message"))
SUCCESS = {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": ""}


def _example(door: str, name: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        next(text for kind, text in catalogue.commands()[door, name].examples if kind == "response")
    )
    return answer


@pytest.mark.parametrize("door", [catalogue.REST, catalogue.SOCKET])
def test_examples_fit_their_commands(door: str) -> None:
    for entry in (entry for (at, _), entry in catalogue.commands().items() if at == door):
        for kind, text in entry.examples:
            if kind == "request":
                catalogue.check(json.loads(text), entry.request, entry.name)
            elif kind == "response":
                catalogue.check_response(door, entry.name, text)


@pytest.mark.parametrize("entry", catalogue.pushes(), ids=lambda entry: entry.name)
def test_examples_fit_their_pushes(entry: catalogue.PushEntry) -> None:
    event = json.loads(entry.example)
    catalogue.check_push(event if entry.event is None else {"EventArray": [event]}, entry.servcmd)


def test_error_codes_of_the_catalogue_are_in_the_list_of_errors() -> None:
    used = {code for entry in catalogue.commands().values() for code in entry.errors}
    used |= {code for envelope in catalogue.envelopes().values() for code in envelope.errors}
    assert sorted(used - catalogue.error_codes()) == []


def test_every_command_has_an_example_of_request_and_answer() -> None:
    for entry in catalogue.commands().values():
        assert {"request", "response"} <= {kind for kind, _ in entry.examples}, entry.name


def test_unknown_field_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not know: \\['Surplus'\\]"):
        catalogue.check_response(
            "socket", "im_open_status.ws_status_subscribe", {**SUCCESS, "ErrorList": [], "Surplus": 1}
        )


def test_unknown_field_deep_inside_is_refused() -> None:
    answer = _example("socket", "openim/getmsg")
    answer["MsgList"][0]["Surplus"] = 1
    with pytest.raises(AssertionError, match=r"MsgList\[0\] has fields"):
        catalogue.check_response("socket", "openim/getmsg", answer)


def test_wrong_type_is_refused() -> None:
    answer = _example("socket", "openim/sendmsg") | {"MsgTime": "1760000000"}
    with pytest.raises(AssertionError, match="MsgTime is string, not int"):
        catalogue.check_response("socket", "openim/sendmsg", answer)


def test_missing_field_is_refused_in_a_success() -> None:
    with pytest.raises(AssertionError, match="ErrorList is missing"):
        catalogue.check_response("socket", "im_open_status/ws_status_subscribe", SUCCESS)


def test_missing_error_code_is_refused() -> None:
    with pytest.raises(AssertionError, match="ErrorCode is missing"):
        catalogue.check_response("rest", "openim/sendmsg", {"ActionStatus": "OK", "ErrorInfo": ""})


def test_error_needs_a_sentence() -> None:
    answer = {"ActionStatus": "FAIL", "ErrorCode": 90012, "ErrorInfo": ""}
    with pytest.raises(AssertionError, match="without a sentence"):
        catalogue.check_response("rest", "openim/sendmsg", answer)


def test_error_that_a_command_may_not_give_is_refused() -> None:
    answer = {"ActionStatus": "FAIL", "ErrorCode": 50001, "ErrorInfo": "why"}
    with pytest.raises(AssertionError, match="does not list for it"):
        catalogue.check_response("rest", "openim/sendmsg", answer)


def test_unknown_command_may_not_succeed() -> None:
    with pytest.raises(AssertionError, match="is no command"):
        catalogue.check_response("socket", "openim.invented", SUCCESS)


def test_event_of_no_push_is_refused() -> None:
    with pytest.raises(AssertionError, match="no event of the catalogue"):
        catalogue.check_push({"EventArray": [{"Event": 9, "Unheard": []}]})


def test_event_with_another_number_is_refused() -> None:
    with pytest.raises(AssertionError, match="Event of message is 10"):
        catalogue.check_push({"EventArray": [MESSAGE | {"Event": 10}]})


def test_push_under_an_unknown_name_is_refused() -> None:
    with pytest.raises(AssertionError, match="no push of the catalogue"):
        catalogue.check_push({"EventArray": [MESSAGE]}, "im_open_push.invented")
