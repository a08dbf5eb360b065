"""Amounts to count with: which of a record's hold for a study year, from least to most, and how they are rounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.finance import matching
from knowledge.money import Amount, Money, Per

ZERO = Decimal(0)
ONCE: frozenset[str] = frozenset({"eenmalig", "traject", "kandidaat", "toets"})
"""Periods of what is paid one time, however long a study takes."""
_TOO_OLD_YEARS = 5
"""An amount this many years older than the study year is shown with its year, and never added up."""
_FIRST_MONTH = 9
_WHOLE_EURO = Decimal(1)


@dataclass(frozen=True, slots=True)
class Span:
    """From least to most, in euros."""

    low: Decimal = ZERO
    high: Decimal = ZERO

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    def times(self, low: Decimal, high: Decimal | None = None) -> "Span":
        """The span multiplied, the two ends by factors of their own."""
        return Span(self.low * low, self.high * (low if high is None else high))

    def rounded(self) -> "Span":
        """In whole euros."""
        return Span(whole_euros(self.low), whole_euros(self.high))


@dataclass(frozen=True, slots=True)
class Found:
    """What a record says of an amount for one study year."""

    span: Span
    per: Per
    years: tuple[str, ...]
    """The years the amounts hold for, the newest first."""
    is_older: bool
    """Whether some of them hold for a year before the study year."""
    is_too_old: bool
    """Whether none is recent enough to count with."""
    sources: tuple[str, ...]
    """Ids of the sources of these amounts."""


def whole_euros(value: Decimal) -> Decimal:
    """Rounded to whole euros, halves up, as people do."""
    return value.quantize(_WHOLE_EURO, rounding=ROUND_HALF_UP)


def study_year(on: date) -> int:
    """The calendar year in which the study year of that day began: 2026 is study year 2026-2027, from 1 September."""
    return on.year if on.month >= _FIRST_MONTH else on.year - 1


def year_words(first: int) -> str:
    """`2026-2027`."""
    return f"{first}-{first + 1}"


def first_year(year: str) -> int:
    """The calendar year of an amount; of a study year, the one it begins in."""
    return int(year[:4])


def found_in(record: Money, labels: Sequence[str], year: int) -> Found | None:
    """
    The amounts that a record gives for a study year: of each label meant the newest one up to that year.

    :param labels: As `FinanceItem.labels`; empty means every label of the record.
    :param year: The calendar year in which the study year begins.
    :returns: None if the record gives no amount up to that year. Amounts that are too old are left out when there are
        recent ones.
    """
    newest = list(_newest(record, labels, year))
    recent = [amount for amount in newest if first_year(amount.year) > year - _TOO_OLD_YEARS]
    taken = recent or newest
    if not taken:
        return None
    taken = [amount for amount in taken if amount.per == taken[0].per]
    years = tuple(sorted({amount.year for amount in taken}, reverse=True))
    return Found(
        span=Span(min(_least(amount) for amount in taken), max(_most(amount) for amount in taken)),
        per=taken[0].per,
        years=years,
        is_older=first_year(years[-1]) < year,
        is_too_old=not recent,
        sources=tuple(dict.fromkeys(source for amount in taken for source in amount.sources or record.sources)),
    )


def _newest(record: Money, labels: Sequence[str], year: int) -> Iterable[Amount]:
    existing = tuple(dict.fromkeys(amount.label for amount in record.amounts))
    groups = [matching(existing, wanted) for wanted in labels] if labels else [(label,) for label in existing]
    for group in groups:
        known = [each for each in record.amounts if each.label in group and first_year(each.year) <= year]
        if known:
            yield max(known, key=lambda each: first_year(each.year))


def _least(amount: Amount) -> Decimal:
    """The least it can be: nothing, for an amount of which only the most is known."""
    if amount.value is not None:
        return amount.value
    return amount.at_least if amount.at_least is not None else ZERO


def _most(amount: Amount) -> Decimal:
    """The most it can be. An amount without an upper end counts for its lower one: more is not known."""
    if amount.value is not None:
        return amount.value
    return amount.at_most if amount.at_most is not None else amount.at_least or ZERO
