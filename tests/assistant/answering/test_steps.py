"""How long each step of a turn took: counted once, and by turn."""

from collections.abc import Callable
from threading import Thread

import pytest

from assistant.answering import steps
from assistant.answering.pipeline import Answered
from assistant.answering.steps import step, timed_turn


class Clock:
    """Stands still until it is moved, so that a busy machine takes no part in what is counted."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def pass_by(self, milliseconds: float) -> None:
        self.seconds += milliseconds / 1000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(steps, "perf_counter", lambda: clock.seconds)
    return clock


def test_a_step_within_another_is_counted_once(clock: Clock) -> None:
    with timed_turn() as took, step("consult"):
        clock.pass_by(10)
        with step("search", within="consult"):
            clock.pass_by(30)

    assert took == pytest.approx({"search": 30, "consult": 10})


def test_what_happens_twice_is_added_up_and_outside_a_turn_nothing_is_timed(clock: Clock) -> None:
    with step("compose"):
        clock.pass_by(5)
    with timed_turn() as took:
        for _ in range(2):
            with step("compose"):
                clock.pass_by(5)

    assert took == pytest.approx({"compose": 10})


def test_two_turns_at_once_do_not_count_for_each_other() -> None:
    def other() -> None:
        with step("verify"):
            pass

    with timed_turn() as took:
        beside = Thread(target=other)
        beside.start()
        beside.join()

    assert took == {}


def test_a_turn_says_what_each_of_its_steps_took(ask: Callable[..., Answered]) -> None:
    answered = ask("wat kost de pabo per jaar?")

    assert {"screen", "embed", "understand", "consult", "compose", "verify"} <= answered.took.keys()
    assert all(milliseconds >= 0 for milliseconds in answered.took.values())
