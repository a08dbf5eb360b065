"""What working less costs: of the visitor's own wage if it was given, else as an example that says it is one."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.money.amount import whole_euros
from assistant.money.wording import Locale, euros_in

_MONTHS = 12


@dataclass(frozen=True)
class Work:
    """The visitor's work now. It is counted with, and kept nowhere."""

    gross_per_month: Decimal
    """In euros, for all the days together."""
    days: int
    """Days of work a week now, from 1."""
    days_less: int
    """Days a week less because of the route, from 1 to `days`."""


@dataclass(frozen=True)
class MissedIncome:
    """What somebody earns less in a year."""

    per_year: Decimal | None
    """Gross, in whole euros; None for an example."""
    text: str


def missed_income(work: Work | None, locale: Locale = "nl") -> MissedIncome:
    """What is missed in a year, or an example without an amount when the visitor gave none."""
    if work is None:
        return MissedIncome(None, _EXAMPLE[locale])
    missed = whole_euros(work.gross_per_month * _MONTHS * work.days_less / work.days)
    wage, lost = euros_in(work.gross_per_month, locale), euros_in(missed, locale)
    return MissedIncome(missed, _MISSED[locale].format(wage=wage, days=work.days, less=work.days_less, lost=lost))


_EXAMPLE: dict[Locale, str] = {
    "nl": "Een voorbeeld: werk je nu vijf dagen en straks vier, dan mis je een vijfde van je bruto loon. Wat jij mist, hangt "
    "af van je loon en van hoeveel dagen je inlevert.",
    "en": "An example: if you work five days now and four later, you miss a fifth of your gross wage. What you miss depends "
    "on your wage and on how many days you give up.",
}
_MISSED: dict[Locale, str] = {
    "nl": "Je verdient nu {wage} bruto per maand met {days} dagen werk. Lever je er {less} in, dan mis je {lost} per jaar.",
    "en": "You earn {wage} gross a month now with {days} days of work. If you give up {less}, you miss {lost} a year.",
}
