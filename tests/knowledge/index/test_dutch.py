"""Dutch words as the index reads them."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.dutch import folded, parts_of, stem, words

KNOWN = frozenset({"deeltijd", "opleiding", "leraren", "lerarenopleiding", "tekort", "personeel", "onder", "wijs"})


def test_accents_and_capitals_do_not_matter() -> None:
    assert words("Één Financiën CAFÉ") == ["een", "financien", "cafe"]


def test_an_amount_is_one_word_with_or_without_dots() -> None:
    assert words("€ 2.694 en 2694") == ["2694", "en", "2694"]


def test_a_plural_has_the_stem_of_its_singular() -> None:
    for one, many in [
        ("leraar", "leraren"),
        ("school", "scholen"),
        ("opleiding", "opleidingen"),
        ("docent", "docenten"),
    ]:
        assert stem(one) == stem(many)


@pytest.fixture
def threads_that_take_turns() -> Iterator[None]:
    """Threads give way to each other after every few steps, as they do by chance on a busy server."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_that_take_turns")
def test_visitors_who_ask_at_once_do_not_mix_up_each_others_words() -> None:
    asked = [
        f"{first}{last}" for first in ("leraren", "scholen", "kinderen") for last in ("opleidingen", "tekorten", "s")
    ]
    alone = [stem.__wrapped__(word) for word in asked]

    with ThreadPoolExecutor(8) as threads:
        at_once = list(threads.map(lambda _: [stem.__wrapped__(word) for word in asked], range(200)))

    assert at_once == [alone] * 200


def test_a_hyphen_does_not_change_the_stem() -> None:
    assert stem("zij-instroom") == stem("zijinstroom")


def test_a_compound_falls_apart_into_known_words_and_drops_what_links_them() -> None:
    assert parts_of("deeltijdopleiding", KNOWN) == ("deeltijd", "opleiding")
    assert parts_of("lerarentekort", KNOWN) == ("leraren", "tekort")
    assert parts_of("personeelstekort", KNOWN) == ("personeel", "tekort")


def test_a_function_word_is_no_part_of_a_compound() -> None:
    assert parts_of("onderwijs", KNOWN) == ()


@given(st.text())
def test_any_text_can_be_read_and_folding_twice_changes_nothing(text: str) -> None:
    read = words(text)

    assert all(word == folded(word) for word in read)
    assert all(stem(word) for word in read)
