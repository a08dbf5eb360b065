"""How each part of a message is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.understand.stance import Stance
from assistant.answering.understand.text import Text

_WORDS = st.sampled_from(
    [
        "ik",
        "heb",
        "geen",
        "hbo",
        "als",
        "mijn",
        "vrouw",
        "maar",
        "wel",
        "en",
        "niet",
        "afgerond",
        "nu",
        "wil",
        "ben",
        ",",
        ".",
    ]
)


@given(st.lists(_WORDS, max_size=20).map(" ".join) | st.text(max_size=60))
def test_every_word_stands_in_one_segment(typed: str) -> None:
    text = Text(typed)

    stance = Stance(text)

    assert [index for each in stance.segments for index in range(each.start, each.end)] == list(range(len(text.words)))


def _at(typed: str, word: str) -> tuple[Stance, int]:
    text = Text(typed)
    return Stance(text), text.words.index(word)


@pytest.mark.parametrize(
    ("typed", "denied"),
    [
        ("ik heb geen havo", True),
        ("havo heb ik nooit gehaald", True),
        ("geen mavo maar havo", False),
        ("ik weet niet of havo genoeg is", False),
        ("zonder mavo en met havo", False),
        ("niet alleen havo", False),
    ],
)
def test_a_denial_holds_up_to_what_ends_it(typed: str, denied: bool) -> None:
    stance, index = _at(typed, "havo")

    assert stance.is_denied(index, index + 1) is denied


@pytest.mark.parametrize(
    ("typed", "mine"),
    [
        ("mijn zus heeft havo", False),
        ("mijn zus is juf en ik heb havo", True),
        ("ze heeft havo", False),
        ("heb havo", True),
    ],
)
def test_who_is_spoken_of_holds_until_somebody_else_is_named(typed: str, mine: bool) -> None:
    stance, index = _at(typed, "havo")

    assert stance.is_mine(index) is mine


@pytest.mark.parametrize(
    ("typed", "supposed"),
    [
        ("als ik havo haal", True),
        ("stel ik haal havo", True),
        ("als kok met havo", False),
        ("als ik slaag dan leer ik door. heb havo", False),
    ],
)
def test_a_supposition_ends_with_its_clause(typed: str, supposed: bool) -> None:
    stance, index = _at(typed, "havo")

    assert stance.is_supposed(index) is supposed
