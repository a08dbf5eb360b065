"""The published set of records: complete, immutable, and recognisable by its version."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.article import Faq, Term
from knowledge.catalogue import Catalogue, Content
from knowledge.money import Cost
from knowledge.reader import publish, read_catalogue
from knowledge.record import Confidence, Kind, Record
from knowledge.route import Route
from knowledge.rule import Rule
from knowledge.source import Source

SOURCE = Source.model_validate(
    {"id": "bron", "title": "Een pagina", "publisher": "Een hogeschool", "document": "plan", "as_of": "2026"}
)


def route(route_id: str = "pabo", confidence: Confidence = "medium", **given_: Any) -> Route:
    return Route.model_validate(
        {
            "id": route_id, "title": route_id.title(), "summary": "Een route naar het leraarschap.", "sources": ["bron"],
            "roles": ["leraar"], "next_step": "Ga naar een open dag.", "confidence": confidence, **given_,
        }
    )  # fmt: skip


def term(term_id: str, confidence: Confidence = "medium") -> Term:
    return Term.model_validate(
        {"id": term_id, "title": f"Woord {term_id}", "summary": "Een woord en wat het betekent.", "sources": ["bron"], "confidence": confidence}
    )  # fmt: skip


def rule(route_id: str, confidence: Confidence = "medium") -> Rule:
    return Rule.model_validate(
        {
            "id": f"{route_id}-regel", "route": route_id, "statement": "Je bent minstens 21 jaar.",
            "condition": {"fact": "age", "at_least": 21}, "otherwise": "Wacht nog even.", "sources": ["bron"],
            "confidence": confidence,
        }
    )  # fmt: skip


def catalogue(*records: Record, rules: tuple[Rule, ...] = ()) -> Catalogue:
    return publish(Content(records=records, rules=rules, sources=(SOURCE,)))


def test_a_record_is_found_by_its_id() -> None:
    published = catalogue(route("pabo"), term("juf"))

    assert published.find("juf") == term("juf")
    assert published.find("meester") is None
    assert len(published) == 2


def test_asking_for_a_record_as_another_kind_is_an_error_that_says_what_it_is() -> None:
    published = catalogue(term("juf"))

    with pytest.raises(KeyError, match="juf is a term, not a Route"):
        published.get("juf", Route)
    with pytest.raises(KeyError):
        published.get("meester", Term)


def test_records_of_a_kind_come_in_the_order_of_the_files() -> None:
    published = catalogue(term("c"), route("pabo"), term("a"))

    assert [each.id for each in published.all(Term)] == ["c", "a"]
    assert published.all(Cost) == ()


def test_of_linked_records_only_those_that_are_published_are_given() -> None:
    published = catalogue(route("pabo"), term("juf"), term("zomaar", "low"))

    assert published.linked(["zomaar", "juf", "pabo", "nergens"], Term) == (term("juf"),)


@given(confidences=st.lists(st.sampled_from(["high", "medium", "low"]), max_size=8))
def test_what_is_not_sure_is_never_published_and_never_lost(confidences: list[Confidence]) -> None:
    records = [term(f"woord-{number}", each) for number, each in enumerate(confidences)]

    published = catalogue(*records)

    assert all(record.confidence != "low" for record in published)
    assert len(published) + len(published.drafts) == len(records)


def test_a_rule_about_a_draft_stays_behind_with_it() -> None:
    published = catalogue(route("pabo"), route("alo", "low"), rules=(rule("pabo"), rule("alo")))

    assert [each.route for each in published.rules] == ["pabo"]


def test_a_rule_that_is_not_sure_stays_behind() -> None:
    assert catalogue(route("pabo"), rules=(rule("pabo", "low"),)).rules == ()


def test_two_catalogues_that_say_the_same_have_the_same_version() -> None:
    assert catalogue(term("a"), term("b")).version == catalogue(term("a"), term("b")).version


def test_a_draft_does_not_change_the_version_that_visitors_see() -> None:
    assert catalogue(term("a"), term("b", "low")).version == catalogue(term("a")).version


@pytest.mark.parametrize(
    "changed",
    [
        Content(records=(term("b"),), sources=(SOURCE,)),
        Content(records=(term("a"), route()), rules=(rule("pabo"),), sources=(SOURCE,)),
        Content(records=(term("a"),), sources=(SOURCE.model_copy(update={"as_of": "2025"}),)),
    ],
)
def test_any_other_word_gives_another_version(changed: Content) -> None:
    assert publish(changed).version != catalogue(term("a")).version


def test_a_catalogue_never_changes() -> None:
    published = catalogue(term("a"))

    with pytest.raises(FrozenInstanceError):
        published.version = "anders"  # type: ignore[misc]
    with pytest.raises(TypeError):
        published.sources["bron"] = SOURCE  # type: ignore[index]


def test_a_citation_names_the_first_source_of_a_record() -> None:
    other = SOURCE.model_copy(update={"id": "krant"})
    record = term("a").model_copy(update={"sources": ("krant", "bron")})
    published = publish(Content(records=(record,), sources=(SOURCE, other)))

    assert published.source_of(record) == other


def test_every_published_record_has_a_passage_and_no_draft_has_one() -> None:
    faq = Faq.model_validate(
        {
            "id": "v",
            "title": "Mag het?",
            "summary": "Ja, dat mag.",
            "sources": ["bron"],
            "body": "## Wanneer\nAltijd al.",
        }
    )
    published = catalogue(route(), faq, term("draft", "low"))

    passages = list(published.passages())

    assert {each.record_id for each in passages} == {"pabo", "v"}
    assert [(each.section, each.text) for each in passages if each.record_id == "v"] == [
        ("", "Ja, dat mag."),
        ("Wanneer", "Altijd al."),
    ]
    assert {each.kind for each in passages} == {Kind.ROUTE, Kind.FAQ}


def test_a_passage_carries_what_a_citation_needs() -> None:
    regional = term("a").model_copy(update={"regions": ("haaglanden",)})

    [passage] = catalogue(regional).passages()

    assert (passage.source_id, passage.publisher, passage.as_of) == ("bron", "Een hogeschool", "2026")
    assert passage.regions == ("haaglanden",)


def test_a_record_is_found_by_what_people_ask_and_shows_what_it_says() -> None:
    published = read_catalogue()
    phrasing = next(each for each in published.content.phrasings if each.answers == "pabo-deeltijd")

    passages = [each for each in published.passages() if each.record_id == "pabo-deeltijd" and each.found_by]

    assert any(phrasing.asks[0] in each.words() for each in passages)
    assert all(phrasing.asks[0] not in each.text for each in passages)
    assert {each.text for each in passages} == {published.get("pabo-deeltijd", Route).summary}
