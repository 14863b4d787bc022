"""When a failing model is left alone, and when it is tried again."""

from prompts.circuit import Circuit


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_three_failures_in_a_row_pause_for_half_a_minute() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    for _ in range(3):
        assert circuit.lets_through()
        circuit.failed()
    assert not circuit.lets_through()
    clock.now += 29.9
    assert not circuit.lets_through()


def test_after_the_pause_one_caller_tries_and_success_opens_the_way() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    for _ in range(3):
        circuit.failed()
    clock.now += 30
    assert circuit.lets_through()
    assert not circuit.lets_through()
    circuit.succeeded()
    assert circuit.lets_through()


def test_a_success_between_forgets_the_failures() -> None:
    circuit = Circuit(Clock())
    for _ in range(5):
        circuit.failed()
        circuit.failed()
        circuit.succeeded()
    assert circuit.lets_through()
