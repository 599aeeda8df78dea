from sdks.python.tests.support.stepped import SmallestChance, SteppedClock
from tidings_client.address import this_device
from tidings_client.clock import SystemClock
from tidings_client.setup import ConnectOptions, Setup


def test_what_is_left_out_has_a_default() -> None:
    setup = Setup()
    assert (setup.device, setup.after, setup.request_s, setup.buffered) == (this_device(), None, 60.0, 10_000)
    assert isinstance(setup.clock, SystemClock)


def test_every_option_is_taken() -> None:
    options: ConnectOptions = {
        "device": "ipad",
        "after": 7,
        "groups_after": {"g": 5},
        "request_s": 5,
        "buffered": 3,
        "clock": SteppedClock(),
        "chance": SmallestChance(1),
    }
    setup = Setup(**options)
    assert {name: getattr(setup, name) for name in ConnectOptions.__annotations__} == options
