"""From what a source says to what is proposed: one proposal a record, with every word it rests on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import phonenumbers
from rapidfuzz import fuzz, process

from ingestion.compare.amounts import MoneyReader, MoneySaid, amounts_with, is_own
from ingestion.compare.boards import boards
from ingestion.compare.conditions import conditions_asked
from ingestion.compare.doubles import PageTold, doubles
from ingestion.compare.naming import NEAR, Context, Names
from ingestion.compare.said import Said, SourcePage, host, is_news, said_on, source_of
from ingestion.extract.finding import ContactFound, DurationFound, QuestionFound
from ingestion.source import WatchedSource
from knowledge.article import Faq
from knowledge.catalogue import Catalogue
from knowledge.money import Money
from knowledge.numeral import folded
from knowledge.place import Loket
from knowledge.publishing.proposal import Change, Evidence, ProposalKind, Proposed
from knowledge.record import Record, dumped
from knowledge.route import MOST_MONTHS, Months, Route
from knowledge.source import Source

_KNOWN_QUESTION = 82
"""Of 100: a question that is so much like one that we answer is that one."""
_MONTHS = {"jaar": Decimal(12), "maand": Decimal(1)}
_RECORDS = "records"


@dataclass(frozen=True)
class DeadPage:
    """A page of a source that is no more."""

    address: str
    why: str
    gone_on: date


@dataclass(frozen=True)
class SourceSays:
    """All that is known of a source at the end of a complete run."""

    source: WatchedSource
    pages: tuple[SourcePage, ...]
    dead: tuple[DeadPage, ...] = ()
    others: tuple[SourcePage, ...] = ()
    """What was read from other sources, for where they say otherwise."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """What editors said that a find of this source is."""
    told: Mapping[str, PageTold] = field(default_factory=dict)
    """Its pages as visitors find them, by address; none if they do not go live."""
    told_elsewhere: Iterable[Mapping[str, PageTold]] = ()
    """Those of each other source; gone through once."""


def proposed_by(says: SourceSays, catalogue: Catalogue, today: date) -> tuple[Proposed, ...]:
    """
    What a source proposes, at most one thing a record: what is most urgent of it, with the evidence of all.

    Pages that tell of a moment (news, reports, vacancies) are held against no record: what they say held then.
    """
    lasting = [each for each in says.pages if not is_news(each)]
    found: dict[str, Proposed] = {}
    for each in (
        *_gone(says, catalogue, today),
        *_money(says, lasting, catalogue, today),
        *_contacts(says, lasting, catalogue),
        *_durations(lasting, catalogue),
        *conditions_asked(lasting, says.source, catalogue, today),
        *boards(lasting, catalogue),
        *_questions(says, lasting, catalogue),
        *doubles(says.told, says.told_elsewhere, says.aliases),
        *_ageing(says, catalogue, today),
    ):
        found.setdefault(each.item_id, each)
    return tuple(found.values())


# ---- money


def _money(says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue, today: date) -> Iterator[Proposed]:
    reader = MoneyReader(catalogue)
    elsewhere = reader.held_against(said_on((each for each in says.others if not is_news(each)), "amount"))
    by_record: dict[str, list[MoneySaid]] = defaultdict(list)
    for each in reader.held_against(said_on(pages, "amount")):
        by_record[each.record.id].append(each)
    for stands in by_record.values():
        record = stands[0].record
        agreed = {each.against for each in stands if each.outcome == "agrees"}
        # A page that says both the old and the new is not held against us for the old.
        differing = _once(
            [each for each in stands if each.outcome in ("other", "new_year") and each.against not in agreed]
        )
        undated = _once([each for each in stands if each.outcome == "undated" and each.against not in agreed])
        aged = _once([each for each in stands if each.outcome == "aged"])
        own = any(is_own(each.said, record, catalogue.sources) for each in stands)
        if differing:
            yield _other_amount(record, differing, elsewhere, own)
        elif undated:
            yield _undated_amount(record, undated, elsewhere)
        elif aged and own and not agreed and not _holds(record, today):
            yield _aged_amount(record, aged)


def _other_amount(record: Money, differing: Sequence[MoneySaid], elsewhere: Sequence[MoneySaid], own: bool) -> Proposed:
    """Another amount than ours, or one for a year that we do not have yet."""
    only_new = all(each.outcome == "new_year" for each in differing)
    after = amounts_with(record, differing)
    before = dumped(record).get("amounts")
    first = differing[0]
    publisher = first.said.page.publisher
    about = (
        f"{publisher} noemt een bedrag voor {first.found.year}. Dat jaar hebben wij nog niet."
        if only_new
        else f"{publisher} noemt een ander bedrag dan wij voor {first.against.year}."
    )
    kind: ProposalKind = "changed" if own or only_new else "contradicts"
    return Proposed(
        kind=kind,
        group=_RECORDS,
        item_id=record.id,
        title=record.title,
        changes=(
            Change(
                field="amounts",
                before=before,
                after=after,
                told_before=first.against.in_words(),
                told_after="; ".join(each.amount(source_of(each.said).id).in_words() for each in differing),
            ),
        ),
        evidence=(*(each.said.evidence() for each in differing), *_otherwise(differing, elsewhere)),
        about=about,
        sources=_sources(each.said for each in differing),
    )


def _undated_amount(record: Money, undated: Sequence[MoneySaid], elsewhere: Sequence[MoneySaid]) -> Proposed:
    """Another amount, without its year: an editor has to find that out, so there is nothing to take over."""
    first = undated[0]
    return Proposed(
        kind="contradicts",
        group=_RECORDS,
        item_id=record.id,
        title=record.title,
        evidence=(*(each.said.evidence() for each in undated), *_otherwise(undated, elsewhere)),
        about=f"{first.said.page.publisher} noemt een ander bedrag dan wij, zonder jaar. Bij ons: {first.against.in_words()}.",
    )


def _aged_amount(record: Money, aged: Sequence[MoneySaid]) -> Proposed:
    return Proposed(
        kind="ageing",
        group=_RECORDS,
        item_id=record.id,
        title=record.title,
        evidence=tuple(each.said.evidence() for each in aged),
        about=f"Het bedrag is van {aged[0].against.year}. Dat jaar is voorbij, en de bron noemt nog geen nieuw bedrag.",
    )


def _otherwise(mine: Sequence[MoneySaid], elsewhere: Sequence[MoneySaid]) -> tuple[Evidence, ...]:
    """What other sources say of the same amount and year, if that is something else again."""
    found = []
    for each in elsewhere:
        for one in mine:
            same = each.record.id == one.record.id and each.against == one.against
            if same and each.found.value != one.found.value and each.outcome != "aged":
                found.append(each.said.evidence())
    return tuple(dict.fromkeys(found))[:5]


def _once(stands: Sequence[MoneySaid]) -> list[MoneySaid]:
    """Each amount once, however many pages of the source repeat it: where it is clearest what it is."""
    found: dict[tuple[object, ...], MoneySaid] = {}
    for each in sorted(stands, key=lambda one: one.label != one.against.label):
        found.setdefault((each.found.value, each.found.at_least, each.found.at_most), each)
    return list(found.values())


def _holds(record: Money, today: date) -> bool:
    """Whether any of its amounts is of this year; a school year ends in July."""
    return any(date(int(each.year[-4:]), 7 if "-" in each.year else 12, 31) >= today for each in record.amounts)


# ---- contact data


def _contacts(says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue) -> Iterator[Proposed]:
    """The phone number and the mailbox of the loket that the source speaks for, if its pages tell one and it is another."""
    record = catalogue.find(says.source.organisation or "")
    if not isinstance(record, Loket):
        return
    told = [
        (each, each.finding.value)
        for each in said_on(pages, "contact")
        if each.is_sure and isinstance(each.finding.value, ContactFound)
    ]
    phones = {value.phone: each for each, value in told if isinstance(value, ContactFound) and value.phone}
    mails = {value.email.lower(): each for each, value in told if isinstance(value, ContactFound) and value.email}
    changes, evidence = [], []
    for name, before, found in (
        ("phone", _as_e164(record.phone or ""), phones),
        ("email", (record.email or "").lower(), mails),
    ):
        # Several numbers are those of several people: which one is the loket's, an editor knows.
        if len(found) != 1 or before in found:
            continue
        [(value, said)] = found.items()
        shown = _as_dutch(value) if name == "phone" else value
        known = getattr(record, name)
        changes.append(Change(field=name, before=known, after=shown, told_before=known or "", told_after=shown))
        evidence.append(said.evidence())
    if changes:
        yield Proposed(
            kind="changed",
            group=_RECORDS,
            item_id=record.id,
            title=record.title,
            changes=tuple(changes),
            evidence=tuple(evidence),
            about="Op de eigen site van het loket staan andere contactgegevens dan bij ons.",
        )


def _as_e164(phone: str) -> str:
    try:
        number = phonenumbers.parse(phone, "NL")
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _as_dutch(phone: str) -> str:
    number = phonenumbers.parse(phone, "NL")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


# ---- durations


def _durations(pages: Sequence[SourcePage], catalogue: Catalogue) -> Iterator[Proposed]:
    """A length of a route that lies wholly outside ours, on a page about that route."""
    names = Names(each for each in catalogue.all(Route) if each.duration)
    by_route: dict[str, list[tuple[Said, Months]]] = defaultdict(list)
    for page in pages:
        route = names.best((Context(page.title, NEAR),))
        if not isinstance(route, Route) or route.duration is None:
            continue
        for said in said_on((page,), "duration"):
            months = _months(said)
            if months and (months.at_least > route.duration.at_most or months.at_most < route.duration.at_least):
                by_route[route.id].append((said, months))
    for route_id, found in by_route.items():
        route = catalogue.get(route_id, Route)
        said, months = found[0]
        before = dumped(route).get("duration")
        yield Proposed(
            kind="contradicts",
            group=_RECORDS,
            item_id=route.id,
            title=route.title,
            changes=(
                Change(
                    field="duration",
                    before=before,
                    after=months.model_dump(mode="json"),
                    told_before=route.duration.in_words() if route.duration else "",
                    told_after=months.in_words(),
                ),
            ),
            evidence=tuple(each.evidence() for each, _ in found),
            about=f"{said.page.publisher} noemt een andere duur dan wij.",
        )


def _months(said: Said) -> Months | None:
    value = said.finding.value
    if not isinstance(value, DurationFound) or value.unit not in _MONTHS or not said.is_sure:
        return None
    # Only of the whole: how long a part of it takes is not held against the route.
    words = f"{value.what} {said.finding.words} {said.finding.place.section}".lower()
    if not re.search(r"\b(?:opleiding|traject|route|studie|duurt|duur|hoe lang)\b", words):
        return None
    low, high = (int(each * _MONTHS[value.unit]) for each in (value.at_least, value.at_most))
    return Months(at_least=low, at_most=high) if 0 < low <= high <= MOST_MONTHS else None


# ---- questions


def _questions(says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue) -> Iterator[Proposed]:
    """A question with its answer that no record answers yet."""
    asked = {folded(name): each.id for each in catalogue for name in (each.title, *each.also_called)}
    seen: list[str] = []
    for said in said_on(pages, "question"):
        value = said.finding.value
        if not isinstance(value, QuestionFound) or not said.is_sure or len(value.answer) < 10:
            continue
        question = folded(value.question).rstrip(" ?")
        if process.extractOne(question, asked.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_KNOWN_QUESTION):
            continue
        if process.extractOne(question, seen, scorer=fuzz.token_sort_ratio, score_cutoff=_KNOWN_QUESTION):
            continue
        seen.append(question)
        origin = source_of(said)
        words = re.sub(r"[^a-z0-9]+", "-", question).strip("-")[:60].strip("-")
        item_id = f"faq-{words}"
        if item_id in says.aliases:
            continue
        yield Proposed(
            kind="new",
            group=_RECORDS,
            item_id=item_id,
            title=value.question[:160],
            changes=tuple(
                Change(field=name, after=content, told_after=content if isinstance(content, str) else "")
                for name, content in _faq(item_id, value, says.source, origin, catalogue).items()
            ),
            evidence=(said.evidence(),),
            about=f"{said.page.publisher} beantwoordt een vraag die wij nog niet kennen. Schrijf het antwoord in eigen woorden.",
            sources=(origin.model_dump(mode="json", exclude_defaults=True),),
        )


def _faq(
    item_id: str, value: QuestionFound, source: WatchedSource, origin: Source, catalogue: Catalogue
) -> dict[str, object]:
    faq = Faq.model_validate(
        {
            "id": item_id,
            "title": value.question[:160],
            "summary": value.answer[:600],
            "body": value.answer if len(value.answer) > 600 else "",
            "sources": [origin.id],
            "sectors": source.sectors,
            "regions": [each for each in source.regions if catalogue.find(each)],
            # Somebody else's words are not told to visitors as they stand.
            "confidence": "low",
        }
    )
    return {"id": item_id, **dumped(faq)}


# ---- what is gone, and what has passed


def _gone(says: SourceSays, catalogue: Catalogue, today: date) -> Iterator[Proposed]:
    """Records that lean on a page that is no more. To take such a fact offline is for an editor to decide."""
    dead = {_bare(each.address): each for each in says.dead}
    if not dead:
        return
    gone = {
        each.id: dead[_bare(each.address)]
        for each in catalogue.sources.values()
        if each.address and _bare(each.address) in dead
    }
    for record in catalogue:
        lost = [each for each in record.sources if each in gone]
        if not lost:
            continue
        page = gone[lost[0]]
        alone = len(lost) == len(record.sources)
        yield Proposed(
            kind="gone",
            group=_RECORDS,
            item_id=record.id,
            title=record.title,
            changes=_taken_offline(record, today) if alone else (),
            evidence=(
                Evidence(
                    words=f"{page.address}: {page.why}",
                    url=page.address,
                    publisher=says.source.owner,
                    seen_on=page.gone_on,
                    confidence="high",
                ),
            ),
            about="De enige bron is er niet meer. Haal het weg, of zoek een andere bron."
            if alone
            else "Een van de bronnen is er niet meer.",
        )


def lost_with(source: WatchedSource, catalogue: Catalogue, since: date, why: str, today: date) -> tuple[Proposed, ...]:
    """
    The records that lean on a site that is away, each to be taken offline if an editor says so.

    :param since: When it was last there.
    """
    sites = {host(each) for each in source.addresses}
    lost = {each.id for each in catalogue.sources.values() if host(each.address or "") in sites}
    return tuple(
        Proposed(
            kind="gone",
            group=_RECORDS,
            item_id=record.id,
            title=record.title,
            changes=_taken_offline(record, today) if set(record.sources) <= lost else (),
            evidence=(
                Evidence(words=why, url=source.addresses[0], publisher=source.owner, seen_on=today, confidence="high"),
            ),
            about=f"De site van {source.owner} is weg sinds {since:%d-%m-%Y}. Dit steunt erop.",
        )
        for record in catalogue
        if record.sources[0] in lost and record.id != source.organisation
    )


def _taken_offline(record: Record, today: date) -> tuple[Change, ...]:
    before = dumped(record).get("valid_until")
    return (
        Change(
            field="valid_until",
            before=before,
            after=today.isoformat(),
            told_before="" if before is None else str(before),
            told_after=f"niet meer geldig vanaf {today:%d-%m-%Y}",
        ),
    )


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").partition("#")[0]


def _ageing(says: SourceSays, catalogue: Catalogue, today: date) -> Iterator[Proposed]:
    """Records that lean on this site, and of which the end has passed without anybody saying what is there instead."""
    sites = {host(each) for each in says.source.addresses}
    for record in catalogue:
        if record.valid_until is None or record.valid_until > today:
            continue
        source = catalogue.source_of(record)
        if host(source.address or "") in sites:
            yield Proposed(
                kind="ageing",
                group=_RECORDS,
                item_id=record.id,
                title=record.title,
                evidence=(
                    Evidence(
                        words=f"Geldig tot {record.valid_until:%d-%m-%Y}",
                        url=source.address or "",
                        publisher=source.publisher,
                        seen_on=today,
                        confidence="high",
                    ),
                ),
                about="Dit gold tot een dag die voorbij is. Kijk of er iets nieuws voor is.",
            )


def _sources(said: Iterable[Said]) -> tuple[dict[str, object], ...]:
    """Each page once, as a source to be added."""
    found = {(made := source_of(each)).id: made for each in said}
    return tuple(each.model_dump(mode="json", exclude_defaults=True) for each in found.values())
