"""What several pages show: chips, cards, sources, amounts, and where sources disagree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.site.wording import SECTORS, date_in_words, first_upper, partial_date_in_words
from knowledge.catalogue import Catalogue
from knowledge.money import PER_WORDS, Amount
from knowledge.record import Conflict, Record

Tone = Literal["", "sun", "good", "doubt", "bad"]


@dataclass(frozen=True)
class Chip:
    """A small label."""

    label: str
    tone: Tone = ""


@dataclass(frozen=True)
class Card:
    """What leads on to a page of its own."""

    address: str
    title: str
    text: str
    chips: tuple[Chip, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Pairs of a term and its words."""
    tone: str = ""
    """A sector, which colours the edge."""


@dataclass(frozen=True)
class SourceRow:
    """Where something comes from, as a reader can find it."""

    title: str
    publisher: str
    address: str | None
    as_of: str
    """In words, as precise as the source is."""
    iso: str
    """The same for machines: `2026-09`."""


@dataclass(frozen=True)
class AmountRow:
    """A sum of money with the period and the year it holds for."""

    label: str
    sum: str
    per: str
    year: str
    sources: tuple[SourceRow, ...] = ()
    """Its own ones, or the best one of its record."""


@dataclass(frozen=True)
class ClaimRow:
    """What one source says."""

    says: str
    source: SourceRow


@dataclass(frozen=True)
class ConflictRow:
    """Where sources disagree."""

    about: str
    claims: tuple[ClaimRow, ...]
    sure: str
    ask: str


@dataclass(frozen=True)
class DoubtRow:
    """All that is not sure about a record: its own words, whether it holds today, and where sources disagree."""

    uncertain: str
    validity: str
    conflicts: tuple[ConflictRow, ...]


def doubt_row(catalogue: Catalogue, record: Record, on: date) -> DoubtRow:
    """What a visitor has to be told before leaning on the record."""
    return DoubtRow(record.uncertain, validity(record, on), conflict_rows(catalogue, record.conflicts))


def validity(record: Record, on: date) -> str:
    """A sentence for a record that does not hold on the day; else empty."""
    if record.valid_until is not None and on >= record.valid_until:
        last = record.valid_until - timedelta(days=1)
        return f"Dit gold tot en met {date_in_words(last)}. Vraag na hoe het nu is."
    if record.valid_from is not None and on < record.valid_from:
        return f"Dit geldt vanaf {date_in_words(record.valid_from)}."
    return ""


def updated(rows: Iterable[SourceRow]) -> str:
    """When the newest of the sources speaks of, in words; empty without sources."""
    newest = max(rows, key=lambda row: row.iso, default=None)
    return newest.as_of if newest else ""


def sector_chips(sectors: Iterable[str]) -> tuple[Chip, ...]:
    """A label for each kind of school."""
    return tuple(Chip(SECTORS[sector]) for sector in sectors)


def known_pairs(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The pairs of a term and its words in which something is told."""
    return tuple((term, words) for term, words in pairs if words)


def source_rows(catalogue: Catalogue, ids: Iterable[str]) -> tuple[SourceRow, ...]:
    """The sources with those ids, in that order, each once."""
    return tuple(_source_row(catalogue, each) for each in dict.fromkeys(ids))


def sources_of(catalogue: Catalogue, *records: Record) -> tuple[SourceRow, ...]:
    """All sources that these records lean on, each once."""
    return source_rows(catalogue, (each for record in records for each in record.sources))


def amount_rows(catalogue: Catalogue, amounts: Iterable[Amount], sources: Sequence[str]) -> tuple[AmountRow, ...]:
    """
    The amounts, in the order of the record: the latest year first.

    :param sources: Of the record, the best one first: for amounts without sources of their own.
    """
    return tuple(
        AmountRow(
            label=first_upper(amount.label),
            sum=amount.sum_in_words(),
            per=PER_WORDS[amount.per].removeprefix("per "),
            year=amount.year,
            sources=source_rows(catalogue, amount.sources or sources[:1]),
        )
        for amount in amounts
    )


def conflict_rows(catalogue: Catalogue, conflicts: Iterable[Conflict]) -> tuple[ConflictRow, ...]:
    """Where sources disagree, each claim with its source and the moment that it speaks of."""
    return tuple(
        ConflictRow(
            about=conflict.about,
            claims=tuple(
                ClaimRow(claim.says, _source_row(catalogue, claim.source, claim.as_of)) for claim in conflict.claims
            ),
            sure=conflict.sure,
            ask=conflict.ask,
        )
        for conflict in conflicts
    )


def _source_row(catalogue: Catalogue, source_id: str, as_of: str = "") -> SourceRow:
    source = catalogue.sources[source_id]
    moment = as_of or source.as_of
    return SourceRow(source.title, source.publisher, source.address, partial_date_in_words(moment), moment)
