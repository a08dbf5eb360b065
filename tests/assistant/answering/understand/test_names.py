"""Names of things, as people type them."""

from collections.abc import Callable

import pytest

from assistant.answering.understand.lexicon import known_words
from assistant.answering.understand.names import NameIndex
from assistant.answering.understand.text import Text
from knowledge.catalogue import Catalogue
from knowledge.place import Loket
from knowledge.record import Kind

Named = Callable[[str], set[tuple[str, str, str]]]


@pytest.mark.parametrize("typed", ["zij-instroom", "zijinstroom", "Zij instroom", "zijinstromm"])
def test_zij_instroom_is_found_however_it_is_typed(named: Named, typed: str) -> None:
    found = {id_ for group, id_, _ in named(f"vertel over {typed}") if group == "record"}

    assert {"zij-instroom-po", "zij-instroom-vo-tweedegraads"} <= found


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("zoetermeer", "zoetermeer"),
        ("Zoetemeer", "zoetermeer"),
        ("deflt", "delft"),
        ("'s-Gravenhage", "den-haag"),
        ("den  haag", "den-haag"),
        ("Scheveningen", "den-haag"),
        ("Pijnaker", "pijnacker-nootdorp"),
    ],
)
def test_a_place_is_found_by_its_name_its_districts_and_its_misspellings(
    named: Named, typed: str, municipality: str
) -> None:
    assert ("place", municipality) in {(group, id_) for group, id_, _ in named(f"ik woon in {typed}")}


def test_a_place_outside_the_regions_is_known_as_elsewhere(named: Named) -> None:
    assert {(group, id_) for group, id_, _ in named("ik woon in Maastricht")} == {("elsewhere", "Maastricht")}


def test_what_is_quoted_is_what_was_typed(named: Named) -> None:
    assert {words for group, _, words in named("Ik woon in Zoetemeer, hoor") if group == "place"} == {"Zoetemeer"}


def test_the_longest_name_of_a_group_is_the_name(named: Named) -> None:
    levels = {id_ for group, id_, _ in named("ik heb mbo niveau 4") if group == "diploma_level"}

    assert levels == {"mbo-4"}


@pytest.mark.parametrize(
    "sentence",
    [
        "ik ga morgen naar de tandarts",
        "het is mooi weer in delen van het land",
        "we zien wel wat er gebeurt",
        "the weather is nice today and we are going out",
        "kun je mij dat uitleggen alsjeblieft",
    ],
)
def test_ordinary_words_are_no_names(named: Named, sentence: str) -> None:
    # A profession is the name of one whoever speaks of it; whether the visitor is one is told by the words around it.
    assert {each for each in named(sentence) if each[0] != "profession"} == set()


def test_a_word_that_is_spelt_right_is_never_taken_for_a_misspelt_name(name_index: NameIndex) -> None:
    words = sorted(word for word in known_words() if 5 <= len(word) <= 12)[::40]

    wrong = [
        (word, mention.target) for word in words for mention in name_index.find(Text(word)) if mention.likeness < 1
    ]

    assert len(words) > 200
    assert wrong == []


def test_every_loket_route_and_scheme_is_found_by_its_own_title(
    name_index: NameIndex, catalogue_of_content: Catalogue
) -> None:
    called = [
        each
        for each in catalogue_of_content
        if each.kind in (Kind.LOKET, Kind.ROUTE, Kind.SUBSIDY) and len(each.title.replace("-", " ").split()) <= 6
    ]

    lost = [
        each.id
        for each in called
        if each.id not in {mention.target.id for mention in name_index.find(Text(f"vertel over {each.title}"))}
    ]

    assert len([each for each in called if isinstance(each, Loket)]) > 5
    assert lost == []
