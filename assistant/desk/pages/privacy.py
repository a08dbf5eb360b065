"""What is erased when, and one person's data."""

from dataclasses import dataclass
from datetime import timedelta

from assistant.desk.pages.parts import Shell


@dataclass(frozen=True)
class PeriodRow:
    """How long a region keeps one kind of thing."""

    region: str
    region_title: str
    kind: str
    title: str
    days: str
    """As the region chose; empty: as long as the installation does."""
    longest: int
    soon: str
    """What goes in the coming time; empty: not counted."""


@dataclass(frozen=True)
class PrivacyPage:
    """The periods, and the form to find a person."""

    shell: Shell
    rows: tuple[PeriodRow, ...]
    others: tuple[tuple[str, str], ...]
    """What is the same in every region: what, and how long."""
    done: str
    error: str


@dataclass(frozen=True)
class PersonPage:
    """What is kept of somebody, to give or to erase."""

    shell: Shell
    email: str
    leads: int
    conversations: int
    error: str


def period_in_words(period: timedelta) -> str:
    """`30 dagen`."""
    return "1 dag" if period.days == 1 else f"{period.days} dagen"
