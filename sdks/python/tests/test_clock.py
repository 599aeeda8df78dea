import time

from tidings_client.clock import SystemClock


async def test_system_clock_is_the_machines_own() -> None:
    before, clock = time.time(), SystemClock()
    assert before <= clock.now() <= time.time()
    earlier = clock.monotonic()
    await clock.sleep(0)
    assert clock.monotonic() >= earlier
