"""What the pages of the desk share: the shell around them, moments, tags, choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.menu import MenuItem, menu_of
from assistant.leads.lead import Phase


@dataclass(frozen=True)
class Shell:
    """What stands around every page: who is there, and the token for the log-out button."""

    title: str
    adviser: str = ""
    """Empty: nobody is logged in."""
    csrf: str = ""
    menu: tuple[MenuItem, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One option of a filter or a form."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Moment:
    """A moment for people and for machines."""

    iso: str
    words: str
    age: str


@dataclass(frozen=True)
class Tag:
    """A small label: its words, and the state that colours it."""

    state: str
    word: str


def shell(title: str, adviser: SignedInAdviser | None = None) -> Shell:
    """The frame of a page."""
    if adviser is None:
        return Shell(title)
    return Shell(title, adviser.account.name, adviser.csrf, menu_of(adviser.account))


def choices(words: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    """Options by their value, one of them chosen."""
    return tuple(Choice(value, label, value == chosen) for value, label in words.items())


def moment_of(at: datetime, now: datetime) -> Moment:
    """A moment as the desk tells it."""
    return Moment(at.isoformat(timespec="seconds"), wording.moment_in_words(at), wording.age_in_words(at, now))


def verdict_tag(verdict: str) -> Tag:
    """What the rules say of a route, in a word."""
    return Tag(verdict.replace("_", "-"), wording.VERDICTS[verdict])


def phase_tag(phase: Phase) -> Tag:
    """How far somebody is."""
    return Tag(f"phase-{phase.value}", wording.PHASES[phase])


def waiting_tag(is_waiting: bool, due_at: datetime, now: datetime) -> Tag | None:
    """That somebody waits for a first contact, and how long they still may; None if nobody does."""
    if not is_waiting:
        return None
    words, is_late = wording.waiting_in_words(due_at, now)
    return Tag("late" if is_late else "waiting", words)


def sectors_in_words(sectors: tuple[str, ...]) -> str:
    """`Basisonderwijs, Mbo`."""
    return ", ".join(wording.SECTORS.get(sector, sector) for sector in sectors)


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that are not empty."""
    return tuple(line for line in text.split("\n") if line.strip())


def web_address(url: str | None) -> str | None:
    """Only what a browser may follow from here; `javascript:` and the like become plain text."""
    return url if url and url.startswith(("https://", "http://")) else None
