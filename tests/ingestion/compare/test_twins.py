"""Things told twice under two names: what is asked of them, and what is not asked again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.compare.jobs import vacancies
from ingestion.compare.likeness import alike_in
from ingestion.compare.said import Said, SourcePage, SourceSays, said_on
from ingestion.compare.twins import Twins, twins
from ingestion.extract.finding import ContactFound, Finding, PageFindings, PageKind, QuestionFound, VacancyFound
from ingestion.source import WatchedSource
from knowledge.article import Faq
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.place import Loket
from knowledge.publishing.live import LiveRecord, Sighting
from knowledge.publishing.pairs import Pairs, pair_id
from knowledge.reader import publish, read_content
from knowledge.record import Record
from knowledge.source import Source
from knowledge.vacancy import Vacancy

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ANSWER = (
    "Ja, je mag gratis een dag meekijken op een school bij jou in de buurt, en daarna praat je met een leraar over hoe "
    "het was. Je hoeft je alleen van tevoren aan te melden bij het loket in je eigen stad."
)


def source(id_: str) -> WatchedSource:
    return WatchedSource.model_validate(
        {"id": id_, "title": f"Site van {id_}", "owner": f"Loket {id_}", "start": [f"https://{id_}.example/"]}
    )


def origin(id_: str) -> Source:
    told = {"id": id_, "title": id_, "publisher": f"Loket {id_}", "url": f"https://{id_}.example/x", "as_of": "2026-11"}
    return Source.model_validate(told)


@pytest.fixture(scope="module")
def delivered() -> Catalogue:
    return publish(read_content())


def with_records(catalogue: Catalogue, *records: Record) -> Catalogue:
    content = catalogue.content
    sources = {name: origin(name) for record in records for name in record.sources}
    return publish(
        replace(content, records=(*content.records, *records), sources=(*content.sources, *sources.values()))
    )


def page(id_: str, *values: Any, words: str = "zoals het er staat") -> SourcePage:
    findings = tuple(Finding(value=each, words=words, confidence="high") for each in values)
    read = PageFindings(kind=PageKind.QUESTIONS, findings=findings)
    return SourcePage(id_, f"Loket {id_}", f"https://{id_}.example/vragen", "Vragen", TODAY, read)


def asked(question: str, answer: str = ANSWER) -> QuestionFound:
    return QuestionFound(question=question, answer=answer)


def told(says: SourceSays, catalogue: Catalogue) -> Twins:
    return twins(says, says.pages, catalogue, TODAY)


def event(id_: str, title: str, **more: Any) -> Event:
    given = {
        "id": id_, "title": title, "summary": "Een bijeenkomst.", "sources": [f"{id_}-bron"],
        "starts_at": "2026-12-09T19:30", "place": "De Duinroos, Katwijk",
    }  # fmt: skip
    return Event.model_validate(given | more)


def vacancy(id_: str, title: str, **more: Any) -> Vacancy:
    given = {
        "id": id_, "title": title, "summary": "Een school zoekt iemand.", "sources": [f"{id_}-bron"],
        "employer": "De Schelp College", "municipality": "Noordwijk",
    }  # fmt: skip
    return Vacancy.model_validate(given | more)


def says_live(
    mine: Vacancy | Event, theirs: Vacancy | Event, pairs: Pairs | None = None, pages: Sequence[SourcePage] = ()
) -> SourceSays:
    return SourceSays(
        source("zee"),
        pages=tuple(pages),
        met=(Sighting(mine, origin(mine.sources[0])),),
        live_elsewhere=(LiveRecord(theirs, origin(theirs.sources[0]), "bos", theirs.id, NOW, NOW),),
        by_itself=frozenset({mine.id, theirs.id}),
        pairs=pairs or Pairs(),
    )


def test_given_one_evening_under_two_names_then_it_is_asked_with_what_is_the_same(delivered: Catalogue) -> None:
    mine = event("zee-kom", "Kom kijken en word leraar")
    theirs = event("bos-info", "Informatieavond zij-instroom")

    [found] = told(says_live(mine, theirs), delivered).proposed

    assert (found.kind, found.pair, found.title) == ("double", ("zee-kom", "bos-info"), "Kom kijken en word leraar")
    assert "‘Informatieavond zij-instroom’" in found.about
    assert "de plaats en het uur" in found.about
    assert "De Duinroos, Katwijk" in found.evidence[0].alike[-1]
    assert all(each in found.evidence[0].words for each in found.evidence[0].alike)


@pytest.mark.parametrize(
    "other",
    [
        {"starts_at": "2026-12-10T19:30"},
        {"starts_at": "2026-12-09T10:00", "place": "Online"},
    ],
)
def test_given_another_day_or_nothing_but_the_day_then_nothing_is_asked(
    delivered: Catalogue, other: dict[str, str]
) -> None:
    theirs = event("bos-info", "Informatieavond zij-instroom", **other)

    assert told(says_live(event("zee-kom", "Kom kijken en word leraar"), theirs), delivered).proposed == ()


def test_given_one_job_with_two_last_days_then_it_is_asked_and_at_another_school_it_is_not(
    delivered: Catalogue,
) -> None:
    mine = vacancy("zee-wis", "Leraar wiskunde", closes_on="2026-12-31", board="Helmgras Onderwijs")
    theirs = vacancy("bos-wis", "Wiskunde leraar", closes_on="2027-01-15", board="Helmgras Onderwijs")
    elsewhere = theirs.model_copy(update={"municipality": "Katwijk"})

    [found] = told(says_live(mine, theirs), delivered).proposed

    assert "de naam, de werkgever" in found.about
    assert told(says_live(mine, elsewhere), delivered).proposed == ()


def test_given_what_is_the_same_without_doubt_then_nothing_is_asked(delivered: Catalogue) -> None:
    mine, theirs = vacancy("zee-wis", "Docent wiskunde"), vacancy("bos-wis", "Wiskunde docent (m/v/x)")

    assert told(says_live(mine, theirs), delivered).proposed == ()


def test_given_a_text_that_was_copied_then_a_job_under_another_employer_is_asked(delivered: Catalogue) -> None:
    words = "Op onze school werk je in een klein team met kinderen die van buiten spelen houden en veel willen weten."
    job = {"title": "Meester of juf gezocht", "municipality": "Noordwijk", "description": words}
    found_here = VacancyFound(**job, school="De Zandbank", url="https://zee.example/baan")
    arrived = vacancies(source("zee"), said_on([page("zee", found_here)], "vacancy"), (), delivered, TODAY)
    [mine] = arrived.sightings
    there = VacancyFound(**job | {"title": "Groepsleerkracht"}, school="Stichting Kust", url="https://bos.example/baan")
    [theirs] = vacancies(source("bos"), said_on([page("bos", there)], "vacancy"), (), delivered, TODAY).sightings
    says = replace(
        says_live(mine.record, theirs.record, pages=(page("zee", found_here),)), others=(page("bos", there),)
    )

    [found] = told(says, delivered).proposed

    assert "100% van de woorden" in found.about
    assert any("klein team met kinderen" in each for each in found.evidence[0].alike)


def test_given_a_question_that_another_source_answers_the_same_then_it_is_asked_and_is_not_new(
    delivered: Catalogue,
) -> None:
    mine, theirs = asked("Kan ik eens meekijken?"), asked("Hoe loop ik een dag mee op een school?")
    says = SourceSays(source("zee"), (page("zee", mine),), others=(page("bos", theirs),))

    found = told(says, delivered)

    [proposed] = found.proposed
    assert proposed.pair == ("faq-kan-ik-eens-meekijken", "faq-hoe-loop-ik-een-dag-mee-op-een-school")
    assert [each.publisher for each in proposed.evidence] == ["Loket zee", "Loket bos"]
    assert found.known == {"faq-kan-ik-eens-meekijken"}


def test_given_a_question_of_our_editors_in_other_words_then_it_is_asked(delivered: Catalogue) -> None:
    faq = Faq(id="meekijken", title="Hoe proef ik het vak?", summary=ANSWER, sources=("meekijken-bron",))

    [found] = told(
        SourceSays(source("zee"), (page("zee", asked("Kan ik eens komen?")),)), with_records(delivered, faq)
    ).proposed

    assert found.pair == ("faq-kan-ik-eens-komen", "meekijken")
    assert found.evidence[1].publisher.startswith("Onze eigen tekst")


def test_given_two_records_of_our_editors_from_two_sites_then_they_are_held_beside_each_other(
    delivered: Catalogue,
) -> None:
    mine = Faq(id="zee-faq", title="Kan ik eens komen?", summary=ANSWER, sources=("zee",))
    theirs = Faq(id="bos-faq", title="Hoe proef ik het vak?", summary=ANSWER, sources=("bos",))
    catalogue = with_records(delivered, mine, theirs)

    [found] = told(SourceSays(source("zee"), ()), catalogue).proposed

    assert set(found.pair or ()) == {"zee-faq", "bos-faq"}
    assert told(SourceSays(source("duin"), ()), catalogue).proposed == ()


def test_given_an_organisation_with_the_phone_of_a_loket_under_another_name_then_it_is_asked(
    delivered: Catalogue,
) -> None:
    loket = Loket(
        id="loket-duin", title="Loket Duinstreek", summary="Het loket.", sources=("duin",), status="active", phone="071 555 00 00"
    )  # fmt: skip
    catalogue = with_records(delivered, loket)
    other = page("zee", ContactFound(organisation="Werken in de klas", phone="+31715550000"))
    like = page("zee", ContactFound(organisation="Het loket Duinstreek", phone="+31715550000"))

    [found] = told(SourceSays(source("zee"), (other,)), catalogue).proposed

    assert "het telefoonnummer" in found.about
    assert told(SourceSays(source("zee"), (like,)), catalogue).proposed == ()


@pytest.mark.parametrize("turned", [False, True])
def test_given_a_pair_that_an_editor_decided_on_then_it_is_not_asked_from_either_side(
    delivered: Catalogue, turned: bool
) -> None:
    one, other = event("zee-kom", "Kom kijken en word leraar"), event("bos-info", "Informatieavond zij-instroom")
    mine, theirs = (other, one) if turned else (one, other)
    pair = pair_id("zee-kom", "bos-info")

    for pairs in (Pairs(same={pair: "elders"}), Pairs(different=frozenset({pair})), Pairs(waiting={pair: "elders"})):
        assert told(says_live(mine, theirs, pairs), delivered).proposed == ()
    assert len(told(says_live(mine, theirs, Pairs(waiting={pair: "zee"})), delivered).proposed) == 1


def test_given_a_question_that_is_not_the_same_then_it_is_new_and_one_that_is_the_same_is_not(
    delivered: Catalogue,
) -> None:
    mine, theirs = asked("Kan ik eens meekijken?"), asked("Hoe loop ik een dag mee op een school?")
    says = SourceSays(source("zee"), (page("zee", mine),), others=(page("bos", theirs),))
    pair = pair_id("faq-kan-ik-eens-meekijken", "faq-hoe-loop-ik-een-dag-mee-op-een-school")

    assert told(replace(says, pairs=Pairs(different=frozenset({pair}))), delivered).known == frozenset()
    assert told(replace(says, pairs=Pairs(same={pair: "zee"})), delivered).known == {"faq-kan-ik-eens-meekijken"}
    # What was said of it at the other source keeps this one from being lost: there it waits as new.
    assert told(replace(says, pairs=Pairs(same={pair: "bos"})), delivered).known == frozenset()


@pytest.mark.parametrize(("pairs", "same"), [("same", True), ("different", False)])
def test_given_what_an_editor_said_of_two_jobs_then_they_are_told_so_whatever_their_words(
    delivered: Catalogue, pairs: str, same: bool
) -> None:
    job = {"title": "Docent wiskunde", "municipality": "Noordwijk", "url": "https://zee.example/baan"}
    here = VacancyFound(**job, school="De Schelp College")

    def arrived(given: Pairs) -> Sighting:
        said: list[Said] = list(said_on([page("zee", here)], "vacancy"))
        [sighting] = vacancies(source("zee"), said, (other,), delivered, TODAY, given).sightings
        return sighting

    theirs = vacancy("bos-wis", "Docent wiskunde" if pairs == "different" else "Iets heel anders")
    other = LiveRecord(theirs, origin("bos-wis-bron"), "bos", "bos-wis", NOW, NOW)
    pair = pair_id(arrived(Pairs()).record.id, "bos-wis")
    decided = Pairs(same={pair: "zee"}) if pairs == "same" else Pairs(different=frozenset({pair}))

    assert (arrived(Pairs()).cluster == "bos-wis") is not same
    assert (arrived(decided).cluster == "bos-wis") is same


@given(st.text(max_size=200), st.text(max_size=200))
def test_words_that_are_alike_stand_in_the_text_in_their_order(one: str, other: str) -> None:
    rest = one
    for each in alike_in(one, other):
        assert each in rest
        rest = rest.partition(each)[2]
