"""What makes somebody warm is what they said."""

import pytest

from assistant.eligibility.profile import KnownFact
from assistant.leads.warmth import Warmth, signals, warmth
from knowledge.fact import FactValue


def _said(name: str, value: FactValue, words: str = "") -> KnownFact:
    return KnownFact(name=name, value=value, origin="said", words=words)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], Warmth.UNKNOWN),
        ([_said("municipality", "zoetermeer"), _said("age", 42)], Warmth.UNKNOWN),
        ([_said("goal", "orienteren")], Warmth.EXPLORING),
        ([_said("start", "later"), _said("goal", "meelopen")], Warmth.READY),
        ([_said("employer_commitment", False)], Warmth.UNKNOWN),
        ([_said("employer_commitment", True)], Warmth.READY),
    ],
)
def test_a_wish_to_take_a_step_counts_for_more_than_a_wish_to_look_around(
    facts: list[KnownFact], expected: Warmth
) -> None:
    assert warmth(facts) is expected


def test_each_signal_carries_the_words_of_the_visitor() -> None:
    [signal] = signals([_said("start", "zo-snel-mogelijk", "het liefst morgen"), _said("age", 42)])

    assert signal.text == "Wil zo snel mogelijk beginnen"
    assert signal.words == "het liefst morgen"
