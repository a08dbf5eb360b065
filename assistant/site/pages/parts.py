"""What several pages show: chips, cards, sources, amounts, and where sources disagree."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.site.wording import partial_date_in_words
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


@dataclass(frozen=True)
class AmountRow:
    """A sum of money with the period and the year it holds for."""

    label: str
    sum: str
    per: str
    year: str
    sources: tuple[SourceRow, ...] = ()
    """Its own ones; empty: those of the record."""


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


def source_rows(catalogue: Catalogue, ids: Iterable[str]) -> tuple[SourceRow, ...]:
    """The sources with those ids, in that order, each once."""
    return tuple(_source_row(catalogue, each) for each in dict.fromkeys(ids))


def sources_of(catalogue: Catalogue, *records: Record) -> tuple[SourceRow, ...]:
    """All sources that these records lean on, each once."""
    return source_rows(catalogue, (each for record in records for each in record.sources))


def amount_rows(catalogue: Catalogue, amounts: Iterable[Amount]) -> tuple[AmountRow, ...]:
    """The amounts, in the order of the record: the latest year first."""
    return tuple(
        AmountRow(
            label=amount.label[:1].upper() + amount.label[1:],
            sum=amount.sum_in_words(),
            per=PER_WORDS[amount.per].removeprefix("per "),
            year=amount.year,
            sources=source_rows(catalogue, amount.sources),
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
    return SourceRow(source.title, source.publisher, source.address, partial_date_in_words(as_of or source.as_of))
