"""Texts that say nearly the same are found among many, and others are not."""

import random

from hypothesis import given
from hypothesis import strategies as st

from ingestion.extract.shingles import containment, copies, resemblance, shingles

WORDS = [
    "school",
    "leraar",
    "route",
    "kosten",
    "subsidie",
    "jaar",
    "traject",
    "begeleiding",
    "regio",
    "vacature",
    "pabo",
    "bevoegdheid",
    "groep",
    "vak",
    "stage",
    "loket",
]


def text_of(seed: int, words: int = 120) -> str:
    picked = random.Random(seed)  # noqa: S311 - texts, no secrets
    return " ".join(f"{picked.choice(WORDS)}{picked.randrange(50)}" for _ in range(words))


def test_a_copy_with_a_few_other_words_is_found_and_strangers_are_not() -> None:
    copied = text_of(1).split()
    copied[10], copied[80] = "anders", "nieuw"
    texts = [(f"page-{number}", text_of(number)) for number in range(200)]

    assert [(one, other) for one, other, _ in copies({"copy": " ".join(copied)}, texts)] == [("copy", "page-1")]


def test_capitals_accents_and_signs_make_no_difference() -> None:
    assert (
        resemblance(shingles("Één vacature, in DELFT: kom langs nu!"), shingles("een vacature in Delft kom langs nu"))
        == 1.0
    )


def test_a_paragraph_in_a_long_page_is_contained_in_it_but_does_not_resemble_it() -> None:
    part, whole = shingles(text_of(7, 40)), shingles(text_of(3, 400) + " " + text_of(7, 40))

    assert containment(part, whole) == 1.0
    assert resemblance(part, whole) < 0.2


def test_nearly_every_pair_that_is_alike_is_found() -> None:
    ours, theirs = {}, []
    for number in range(300):
        words = text_of(number, 200).split()
        changed = list(words)
        changed[number % 200] = "anders"
        changed[(number * 7) % 200] = "gewijzigd"
        ours[str(number)] = " ".join(words)
        theirs.append((str(number), " ".join(changed)))

    found = {one for one, other, _ in copies(ours, theirs) if one == other}

    assert len(found) >= 297


def test_empty_texts_resemble_nothing() -> None:
    assert list(copies({"a": "", "c": "!?"}, [("b", "")])) == []
    assert resemblance(shingles(""), shingles("")) == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_resemblance_is_the_same_both_ways_and_one_with_itself(one: str, other: str) -> None:
    first, second = shingles(one), shingles(other)

    assert resemblance(first, second) == resemblance(second, first)
    assert resemblance(first, first) == (1.0 if first else 0.0)
