"""Choosing among candidate records."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.consult.candidates import FEATURES, NOTHING, Candidates
from assistant.answering.consult.ranking import Choice, Ranker, Weights, learnt_ranker
from assistant.answering.consult.traits import RecordTraits, stems_of
from knowledge.catalogue import Catalogue

_SHARES = st.floats(0, 1)
_ROWS = st.lists(st.lists(_SHARES, min_size=len(FEATURES), max_size=len(FEATURES)), max_size=4)


@pytest.fixture(scope="module")
def traits(catalogue_of_content: Catalogue) -> RecordTraits:
    """Of every record that is delivered."""
    return RecordTraits(catalogue_of_content)


def _candidates(catalogue: Catalogue, rows: Sequence[Sequence[float]], nothing: Sequence[float]) -> Candidates:
    return Candidates(tuple(catalogue)[: len(rows)], tuple(map(tuple, rows)), tuple(nothing))


@given(rows=_ROWS, nothing=st.lists(_SHARES, min_size=len(NOTHING), max_size=len(NOTHING)))
def test_the_records_and_nothing_share_one_probability(
    catalogue_of_content: Catalogue, rows: list[list[float]], nothing: list[float]
) -> None:
    choice = learnt_ranker().choose(_candidates(catalogue_of_content, rows, nothing))

    shares = [share for _, share in choice.ranked]
    assert sum(shares) + choice.nothing == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_what_speaks_most_for_a_record_puts_it_first(catalogue_of_content: Catalogue) -> None:
    ranker = Ranker(Weights(made="by hand", candidate={"near": 4.0}, nothing={"none": 1.0}))
    far, close = [0.0] * len(FEATURES), [1.0, *[0.0] * (len(FEATURES) - 1)]

    choice = ranker.choose(_candidates(catalogue_of_content, [far, close], [1.0, *[0.0] * (len(NOTHING) - 1)]))

    assert choice.best == tuple(catalogue_of_content)[1]
    assert choice.confidence > 0.9


def test_a_record_is_likest_to_a_question_that_says_its_name(traits: RecordTraits) -> None:
    asked = stems_of("wat is een geschiktheidsonderzoek")
    scores = {
        each: traits.likeness(asked, found.names)
        for each in ("geschiktheidsonderzoek", "pabo-voltijd", "lerarenbeurs")
        if (found := traits.find(each)) is not None
    }

    assert max(scores, key=scores.__getitem__) == "geschiktheidsonderzoek"


def test_who_says_no_more_than_a_name_asks_for_what_is_called_so(traits: RecordTraits) -> None:
    assert traits.called("Wat kost de pabo?") == ("wettelijk-collegegeld",)
    assert traits.called("wat kost de pabo in Leiden") == ()


def test_a_name_puts_its_record_before_all_others(catalogue_of_content: Catalogue) -> None:
    first, second = tuple(catalogue_of_content)[:2]
    choice = Choice(((first, 0.7), (second, 0.1)), 0.2)

    led = choice.led_by(second.id)

    assert led.best == second
    assert sum(share for _, share in led.ranked) + led.nothing == pytest.approx(0.95 + 0.05 * 0.9)
    assert choice.led_by("not-there") is choice
