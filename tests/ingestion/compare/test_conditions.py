"""What pages ask of people beside our rules: said otherwise, said alike, not said clearly enough."""

from datetime import date

import pytest

from ingestion.compare.conditions import conditions_asked
from ingestion.compare.said import SourcePage
from ingestion.extract.reading import ConvertedPage, read_page
from ingestion.extract.vocabulary import Vocabulary
from ingestion.source import WatchedSource
from knowledge.catalogue import Catalogue
from knowledge.publishing.proposal import Proposed
from knowledge.reader import publish, read_content

TODAY = date(2026, 11, 28)
SOURCE = WatchedSource.model_validate(
    {"id": "buren", "title": "Buren", "owner": "Loket de Buren", "start": ["https://buren.example/"]}
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return publish(read_content())


def proposed(
    catalogue: Catalogue, *sentences: str, title: str = "Zij-instroom in het basisonderwijs"
) -> list[Proposed]:
    """What comes of a page under that title with these sentences below the heading `Voorwaarden`."""
    content = f"# {title}\n\n## Voorwaarden\n\n" + "\n".join(f"- {each}" for each in sentences)
    read = read_page(ConvertedPage(content, TODAY, title, "https://buren.example/p"), Vocabulary({}, {}))
    page = SourcePage("buren", "Loket de Buren", "https://buren.example/p", title, TODAY, read)
    return list(conditions_asked((page,), SOURCE, catalogue, TODAY))


@pytest.mark.parametrize(
    "sentence",
    [
        "Je hebt een afgeronde hbo- of wo-opleiding nodig.",
        "Je moet minstens een hbo-diploma hebben.",
        "Je hebt een bachelor van hogeschool of universiteit nodig.",
    ],
)
def test_a_page_that_asks_what_our_rule_asks_proposes_nothing(catalogue: Catalogue, sentence: str) -> None:
    assert proposed(catalogue, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Je hebt een masterdiploma nodig.", "een masterdiploma"),
        ("Je moet minimaal mbo 4 hebben.", "havo, vwo of mbo niveau 4"),
    ],
)
def test_a_page_that_asks_more_or_less_doubts_the_rule_in_words(catalogue: Catalogue, sentence: str, told: str) -> None:
    [found] = proposed(catalogue, sentence)

    assert (found.kind, found.group, found.item_id) == ("contradicts", "rules", "zij-instroom-po-vooropleiding")
    assert found.about == f"Loket de Buren vraagt {told}. Bij ons: een hbo- of universitair diploma."
    assert found.evidence[0].words == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Een masterdiploma is soms nodig.",
        "Bij voorkeur heb je een masterdiploma nodig.",
        "Zonder masterdiploma mag je niet starten in de bovenbouw.",
        "Je hebt een masterdiploma nodig, of je bent 45 jaar of ouder.",
        "Daarna moet je een masterdiploma halen.",
        "Heb je een masterdiploma nodig?",
    ],
)
def test_a_wish_an_exception_a_choice_or_a_question_doubts_nothing(catalogue: Catalogue, sentence: str) -> None:
    assert proposed(catalogue, sentence) == []


def test_a_source_that_says_ours_as_well_does_not_contradict_it(catalogue: Catalogue) -> None:
    assert proposed(catalogue, "Je hebt een masterdiploma nodig.", "Je hebt een hbo-diploma nodig.") == []


def test_a_page_that_names_no_route_of_ours_is_held_against_none(catalogue: Catalogue) -> None:
    assert proposed(catalogue, "Je hebt een masterdiploma nodig.", title="Over onze vereniging") == []


def test_what_a_rule_leaves_as_a_choice_is_known_and_not_contradicted(catalogue: Catalogue) -> None:
    assert proposed(catalogue, "Je moet Nederlands op niveau C1 beheersen.") == []


def test_a_number_that_no_rule_knows_is_a_new_rule_that_refuses_nobody(catalogue: Catalogue) -> None:
    [found] = proposed(catalogue, "Je hebt minstens vijf jaar werkervaring nodig.")

    assert (found.kind, found.item_id) == ("new", "zij-instroom-po-gevraagde-ervaring")
    made = found.applied(None)
    assert made["condition"] == {"fact": "work_experience_years", "at_least": 5}
    assert made["sources"] == [found.sources[0]["id"]]
    assert made["confidence"] == "low"
