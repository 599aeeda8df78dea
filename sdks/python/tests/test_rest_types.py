"""The types of the REST commands are those of the catalogue, for every command that is built."""

import importlib.util
from types import ModuleType

import msgspec
import pytest

import tidings.command  # noqa: F401 - fills the table
from tests.support import catalogue
from tests.support.source import CLIENT, ROOT
from tidings.command import registry
from tidings_client import rest_types
from tidings_client.rest_types import Request, Response

BUILT = sorted(name for door, name in registry.COMMANDS if door.value == catalogue.REST)
KINDS = {
    each.command: each
    for each in vars(rest_types).values()
    if isinstance(each, type) and issubclass(each, Request) and each is not Request
}


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """Return sdks/python/generate.py."""
    spec = importlib.util.spec_from_file_location("generate_rest_types", ROOT / "sdks" / "python" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_file_is_as_the_catalogue_makes_it(generator: ModuleType) -> None:
    made = (CLIENT / "rest_types.py").read_text(encoding="utf-8")
    assert made == generator.render(), "run `python sdks/python/generate.py`"


@pytest.mark.parametrize(
    ("wire", "snake"),
    [("UserID", "user_id"), ("To_Account", "to_account"), ("AllC2CUnreadMsgNum", "all_c2c_unread_msg_num")],
)
def test_wire_names_become_names_of_python(generator: ModuleType, wire: str, snake: str) -> None:
    assert generator.to_snake(wire) == snake


def test_every_built_command_and_no_other_has_a_request() -> None:
    assert sorted(KINDS) == BUILT


@pytest.mark.parametrize("command", BUILT)
def test_examples_of_the_catalogue_fit(command: str) -> None:
    entry = catalogue.commands()[catalogue.REST, command]
    for kind, text in entry.examples:
        if kind == "file":  # what an answer leads to, not what it is
            continue
        shape: type[Request[Response] | Response] = KINDS[command] if kind == "request" else KINDS[command].response
        sent = msgspec.json.decode(text)
        read = msgspec.to_builtins(msgspec.json.decode(text, type=shape))
        assert sent.keys() <= read.keys() | {"ActionStatus", "ErrorCode", "ErrorInfo"}, kind
