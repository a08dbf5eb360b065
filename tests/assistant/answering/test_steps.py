"""How long each step of a turn took: counted once, and by turn."""

import time
from collections.abc import Callable
from threading import Thread

from assistant.answering.pipeline import Answered
from assistant.answering.steps import step, timed_turn


def test_a_step_within_another_is_counted_once() -> None:
    with timed_turn() as took, step("consult"):
        time.sleep(0.01)
        with step("search", within="consult"):
            time.sleep(0.03)

    assert took["search"] >= 30
    assert 10 <= took["consult"] < took["search"]


def test_what_happens_twice_is_added_up_and_outside_a_turn_nothing_is_timed() -> None:
    with step("compose"):
        pass
    with timed_turn() as took:
        for _ in range(2):
            with step("compose"):
                time.sleep(0.005)

    assert list(took) == ["compose"]
    assert took["compose"] >= 10


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
