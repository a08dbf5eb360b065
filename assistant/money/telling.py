"""The money picture in one language, as the API sends it and pages show it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

from assistant.money.amount import Span, first_year
from assistant.money.missed import Work, missed_income
from assistant.money.picture import Certainty, MoneyLine, MoneyPicture, Totals
from assistant.money.wording import CERTAINTY_WORDS, FLOW_WORDS, PER_WORDS, Locale, span_in_words, total_in_words
from knowledge.catalogue import Catalogue
from knowledge.finance import Flow
from knowledge.record import Frozen

_MOST_SOURCES = 2
"""Of one amount: the best ones; the record has them all."""
Euros = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json"), Field(ge=0, examples=[2694])]
"""An amount; a number in JSON."""


class SourceTold(Frozen):
    """Where an amount comes from."""

    id: str
    title: str
    publisher: str
    url: str | None
    as_of: str


class LineTold(Frozen):
    """One amount in one year."""

    item: str
    title: str
    flow: Flow
    who: str
    """`Je betaalt`, `De school krijgt`."""
    amount: str
    at_least: Euros | None
    at_most: Euros | None
    """Null: no amount is known."""
    period: str
    prices_of: tuple[str, ...]
    """The years that the amounts hold for, the newest first."""
    certainty: Certainty
    certainty_words: str
    why: tuple[str, ...]
    missing: tuple[str, ...]
    """Facts that would decide it."""
    counted_at_least: Euros
    counted_at_most: Euros
    """What it adds to the two ends of the total: two amounts that do not go together are never both in it."""
    record: str
    sources: tuple[str, ...]
    """Ids, of the picture's `sources`."""


class TotalTold(Frozen):
    """What the lines of one flow add up to, in whole euros."""

    flow: Flow
    who: str
    words: str
    at_least: Euros
    at_most: Euros
    is_incomplete: bool
    """Whether some line could not be added."""


class YearTold(Frozen):
    """One year of the route."""

    number: int
    title: str
    may_not_come: bool
    lines: tuple[LineTold, ...]
    totals: tuple[TotalTold, ...]


class MissingTold(Frozen):
    """A fact that would make the picture sharper."""

    fact: str
    label: str


class NotForYouTold(Frozen):
    """Something that goes with the route and not with this visitor."""

    title: str
    text: str
    record: str


class MissedTold(Frozen):
    """What somebody earns less by working less, in a year."""

    text: str
    per_year: Euros | None
    """Null: no wage was given, so `text` is an example."""


class PictureTold(Frozen):
    """All the money of one route for one visitor, in one language."""

    route: str
    title: str
    study_year: str
    """The study year that year 1 is counted as."""
    tuition: tuple[str, ...]
    years: tuple[YearTold, ...]
    whole: tuple[TotalTold, ...]
    is_whole: bool
    """Whether `whole` is the whole route; if not, nobody knows how many years it takes."""
    missed_income: MissedTold
    notes: tuple[str, ...]
    missing: tuple[MissingTold, ...]
    unknown: tuple[str, ...]
    not_for_you: tuple[NotForYouTold, ...]
    sources: tuple[SourceTold, ...]


def told(picture: MoneyPicture, catalogue: Catalogue, locale: Locale = "nl", work: Work | None = None) -> PictureTold:
    """
    The picture in Dutch or English; titles of sources stay as they are.

    :param work: The visitor's work now, if that was given: tells what working less costs.
    """
    missed = missed_income(work, locale)
    return PictureTold(
        route=picture.route,
        title=picture.title.in_locale(locale),
        study_year=picture.study_year,
        tuition=tuple(each.in_locale(locale) for each in picture.tuition),
        years=tuple(
            YearTold(
                number=year.number,
                title=_year_title(year.number, year.may_not_come, locale),
                may_not_come=year.may_not_come,
                lines=tuple(_line(line, locale) for line in year.lines),
                totals=_totals(year.totals, locale),
            )
            for year in picture.years
        ),
        whole=_totals(picture.whole, locale),
        is_whole=picture.is_whole,
        missed_income=MissedTold(text=missed.text, per_year=missed.per_year),
        notes=tuple(_notes(picture, locale)),
        missing=tuple(
            MissingTold(fact=name, label=catalogue.facts[name].label.in_locale(locale))
            for name in picture.missing
            if name in catalogue.facts
        ),
        unknown=tuple(each.in_locale(locale) for each in picture.unknown),
        not_for_you=tuple(
            NotForYouTold(title=each.title.in_locale(locale), text=each.says.in_locale(locale), record=each.record)
            for each in picture.not_for_you
        ),
        sources=_sources(picture, catalogue),
    )


def _line(line: MoneyLine, locale: Locale) -> LineTold:
    span = Span(line.low, line.high) if line.low is not None and line.high is not None else None
    return LineTold(
        item=line.item,
        title=line.title.in_locale(locale),
        flow=line.flow,
        who=FLOW_WORDS[locale][line.flow],
        amount=span_in_words(span, locale),
        at_least=line.low,
        at_most=line.high,
        period=PER_WORDS[locale][line.per] if span is not None else "",
        prices_of=line.prices_of,
        certainty=line.certainty,
        certainty_words=CERTAINTY_WORDS[locale][line.certainty],
        why=tuple(each.in_locale(locale) for each in line.why),
        missing=line.missing,
        counted_at_least=line.in_low,
        counted_at_most=line.in_high,
        record=line.record,
        sources=line.sources[:_MOST_SOURCES],
    )


def _totals(totals: Totals, locale: Locale) -> tuple[TotalTold, ...]:
    return tuple(
        TotalTold(
            flow=flow,
            who=FLOW_WORDS[locale][flow],
            words=total_in_words(span, flow in totals.incomplete, locale),
            at_least=span.low,
            at_most=span.high,
            is_incomplete=flow in totals.incomplete,
        )
        for flow, span in totals.by_flow.items()
    )


def _year_title(number: int, may_not_come: bool, locale: Locale) -> str:
    title = f"{'Jaar' if locale == 'nl' else 'Year'} {number}"
    if not may_not_come:
        return title
    return f"{title} ({'als het zo lang duurt' if locale == 'nl' else 'if it takes that long'})"


def _notes(picture: MoneyPicture, locale: Locale) -> Iterable[str]:
    """What holds for all amounts."""
    is_dutch = locale == "nl"
    if len(picture.years) > 1:
        yield (
            f"We rekenen elk jaar met de bedragen van {picture.study_year} of ouder: die van latere jaren zijn er nog niet."
            if is_dutch
            else f"We count every year with the amounts of {picture.study_year} or older: later ones do not exist yet."
        )
    start = first_year(picture.study_year)
    old = sorted({year for line in picture.lines() for year in line.prices_of if first_year(year) < start})
    if old:
        listed = ", ".join(old)
        yield (
            f"Sommige bedragen zijn van een ouder jaar ({listed}). Het jaar staat erbij; nu kan het meer of minder zijn."
            if is_dutch
            else f"Some amounts are of an older year ({listed}). The year is given; now it may be more or less."
        )
    if any(line.flow == "earn" for line in picture.lines()):
        yield (
            "Lonen zijn bruto, zonder vakantiegeld en eindejaarsuitkering."
            if is_dutch
            else "Wages are gross, without holiday pay and year-end pay."
        )


def _sources(picture: MoneyPicture, catalogue: Catalogue) -> tuple[SourceTold, ...]:
    ids = dict.fromkeys(source for line in picture.lines() for source in line.sources[:_MOST_SOURCES])
    found = (catalogue.sources[each] for each in ids)
    return tuple(
        SourceTold(id=each.id, title=each.title, publisher=each.publisher, url=each.address, as_of=each.as_of)
        for each in found
    )


def money_summary(picture: MoneyPicture, locale: Locale = "nl") -> tuple[str, ...]:
    """
    What somebody wants to know at a glance, a short sentence each: what one pays, gets and earns.

    :returns: For the whole route, or for one year where nobody knows how long it takes; without what a school pays.
    """
    totals, span = picture.whole, _whole_words(picture, locale)
    told_ = []
    for flow in ("pay", "receive", "borrow", "earn"):
        found = totals.by_flow.get(flow)
        if found is not None and found.high:
            told_.append(
                f"{FLOW_WORDS[locale][flow]} {span}: {total_in_words(found, flow in totals.incomplete, locale)}."
            )
    if "pay" not in totals.by_flow or not totals.of("pay").high:
        told_[:0] = [each.in_locale(locale) for each in picture.tuition[:1]]
    return tuple(told_)


def _whole_words(picture: MoneyPicture, locale: Locale) -> str:
    if not picture.is_whole or len(picture.years) == 1:
        return {"nl": "in een jaar", "en": "in a year"}[locale]
    return {"nl": "in de hele route", "en": "over the whole route"}[locale]
