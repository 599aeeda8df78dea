from tidings_client.pulse import Beat, Pulse


def test_quiet_socket_is_asked_and_given_up_when_it_does_not_answer() -> None:
    pulse = Pulse(now=0)
    assert pulse.due(9.9) == []
    assert pulse.due(10) == [Beat.ALIVE]
    assert pulse.due(12.9) == []
    assert pulse.due(13) == [Beat.SILENCE]


def test_any_frame_is_a_sign_of_life() -> None:
    pulse = Pulse(now=0)
    pulse.heard(5)
    assert pulse.due(14.9) == []
    assert pulse.due(15) == [Beat.ALIVE]
    pulse.heard(17)
    assert pulse.due(26.9) == []


def test_hello_is_due_as_often_as_asked() -> None:
    pulse = Pulse(now=0)
    pulse.greet_every(5, now=0)
    assert pulse.due(4.9) == []
    assert pulse.due(5) == [Beat.HELLO]
    assert pulse.due(5.1) == []
    pulse.heard(9)
    assert pulse.due(10) == [Beat.HELLO]
    pulse.greet_every(0, now=10)
    pulse.heard(99)
    assert pulse.due(100) == []
