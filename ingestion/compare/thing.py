"""Thing: a vacancy, an event, a question or an organisation, as a source or our editors tell it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingestion.compare.jobs import texts_by_id
from ingestion.compare.likeness import Features
from ingestion.compare.questions import asked_id
from ingestion.compare.said import Said, SourcePage, SourceSays, host, said_on
from ingestion.extract.contacts import normal_phone
from ingestion.extract.finding import ContactFound, QuestionFound
from knowledge.article import Faq
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.numeral import folded
from knowledge.place import Institution, Loket
from knowledge.publishing.proposal import Evidence
from knowledge.source import Source
from knowledge.vacancy import Vacancy

Sort = Literal["vacancy", "event", "question", "organisation"]
Told = Vacancy | Event | Faq | Loket | Institution
OURS = "Onze eigen tekst"
_QUOTED = 600


@dataclass(frozen=True)
class Thing:
    """What somebody tells of, by what it may be known."""

    id: str
    """Of the record, or that which a find of it would get."""
    sort: Sort
    features: Features
    evidence: Evidence
    record: Told | None = None
    site: str = ""
    """Of a record that our editors wrote: where they have it from."""
    cluster: str = ""
    """Of what goes live by itself: what it is known to be."""

    @property
    def name(self) -> str:
        """What it is called there."""
        return self.features.names[0]


def told_by_source(says: SourceSays, pages: Iterable[SourcePage], catalogue: Catalogue, today: date) -> list[Thing]:
    """
    What a source tells: what goes live of it, the questions that it answers, the organisations that it names.

    :param pages: Without what tells of a moment.
    """
    texts, towns = texts_by_id(says.pages), _towns(catalogue)
    live = [_live(each.record, each.origin, each.cluster or each.record.id, texts, towns, today) for each in says.met]
    named = [
        _organisation(said, value)
        for said in said_on(pages, "contact")
        if said.is_sure and isinstance(value := said.finding.value, ContactFound) and value.organisation
    ]
    return [*live, *_questions(pages), *named]


def told_elsewhere(says: SourceSays, catalogue: Catalogue, today: date) -> list[Thing]:
    """The same of all other sources, but for organisations: one that no record is of is nothing that visitors find twice."""
    texts, towns = texts_by_id(says.others), _towns(catalogue)
    live = [_live(each.record, each.origin, each.cluster, texts, towns, today) for each in says.live_elsewhere]
    return [*live, *_questions(says.others)]


def told_by_us(says: SourceSays, catalogue: Catalogue, today: date) -> list[Thing]:
    """What our editors wrote of such things."""
    found, towns = [], _towns(catalogue)
    for record in catalogue:
        if isinstance(record, Told) and record.id not in says.by_itself:
            source = catalogue.source_of(record)
            text = "" if isinstance(record, Loket | Institution) else f"{record.summary} {record.body}".strip()
            thing = _of_record(record, text, f"{OURS}, naar {source.publisher}", towns, today)
            found.append(
                Thing(thing.id, thing.sort, thing.features, thing.evidence, record, host(source.address or ""))
            )
    return found


def _towns(catalogue: Catalogue) -> Mapping[str, str]:
    """By the name of a municipality, or of a place in it, its id: one town has several names."""
    return {
        folded(name): each.id
        for each in catalogue.municipalities.values()
        for name in (*each.places, *each.also_called, each.name)
    }


def _live(
    record: Vacancy | Event,
    origin: Source,
    cluster: str,
    texts: Mapping[str, str],
    towns: Mapping[str, str],
    today: date,
) -> Thing:
    thing = _of_record(record, texts.get(record.id, ""), origin.publisher, towns, today)
    return Thing(thing.id, thing.sort, thing.features, thing.evidence, record, cluster=cluster)


def _of_record(record: Told, text: str, publisher: str, towns: Mapping[str, str], today: date) -> Thing:
    marks, bounds = dict[str, str](), dict[str, str]()
    sort: Sort = "organisation"
    match record:
        case Vacancy():
            sort = "vacancy"
            marks = {"address": str(record.url or "")}
            town = folded(record.municipality)
            bounds = {"town": towns.get(town, town)}
        case Event():
            sort = "event"
            marks = {"place": f"{record.starts_at:%Y-%m-%d %H:%M} {folded(record.place)}"}
            bounds = {"day": f"{record.starts_at:%Y-%m-%d}"}
        case Faq():
            sort = "question"
        case Loket():
            marks = _reached(record.phone or "", record.email or "")
    details = [each for each in record.details() if each]
    words = ". ".join(each.rstrip(".") for each in (record.title, *details, text) if each)
    evidence = Evidence(
        words=words[:_QUOTED],
        url=str(getattr(record, "url", None) or ""),
        publisher=publisher,
        seen_on=today,
        confidence="high",
    )
    names = (record.title, *record.also_called)
    return Thing(record.id, sort, Features(names, text, _known(marks), _known(bounds)), evidence, record)


def _questions(pages: Iterable[SourcePage]) -> Iterator[Thing]:
    for said in said_on(pages, "question"):
        value = said.finding.value
        if isinstance(value, QuestionFound) and said.is_sure:
            words = f"{value.question} {value.answer}"[:_QUOTED]
            evidence = said.evidence().model_copy(update={"words": words})
            yield Thing(asked_id(value), "question", Features((value.question,), value.answer), evidence)


def _organisation(said: Said, value: ContactFound) -> Thing:
    slug = re.sub(r"[^a-z0-9]+", "-", folded(value.organisation)).strip("-")
    features = Features((value.organisation,), marks=_reached(value.phone, value.email))
    return Thing(f"{said.page.source_id}-{slug}"[:160], "organisation", features, said.evidence())


def _reached(phone: str, email: str) -> dict[str, str]:
    return _known({"phone": normal_phone(phone) or phone, "email": email.lower()})


def _known(told: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in told.items() if value}
