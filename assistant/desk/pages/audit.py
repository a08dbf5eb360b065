"""The log of who saw and changed what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from assistant.accounts.audit import Action, AuditEntry
from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.account import regions_in_words
from assistant.desk.pages.parts import Choice, Moment, Shell, choices, moment_of, shell
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class AuditLine:
    """One deed."""

    at: Moment
    actor: str
    deed: str
    detail: str
    regions: str
    subject: str
    subject_address: str
    """Empty: there is no page of it."""


@dataclass(frozen=True)
class AuditPage:
    """The newest deeds first."""

    shell: Shell
    lines: tuple[AuditLine, ...]
    actors: tuple[Choice, ...]
    actions: tuple[Choice, ...]
    since: str
    until: str
    subject: str
    is_filtered: bool
    begins: str
    """From when on the log is whole, in words; empty: from the beginning."""
    older: str
    csv: str


def audit_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    entries: Sequence[AuditEntry],
    actors: Mapping[str, str],
    filled: Mapping[str, str],
    begins_at: datetime | None,
    has_older: bool,
    now: datetime,
) -> AuditPage:
    """The page of the log. `filled` are the fields of the filter by name."""
    chosen = {name: value for name, value in filled.items() if value}
    older = f"/desk/logboek?{urlencode({**chosen, 'voor': entries[-1].id})}" if has_older and entries else ""
    return AuditPage(
        shell=shell("Logboek", adviser),
        lines=tuple(_line(each, catalogue, now) for each in entries),
        actors=choices(actors, filled["wie"]),
        actions=choices({action.value: words for action, words in wording.ACTIONS.items()}, filled["wat"]),
        since=filled["vanaf"],
        until=filled["tot"],
        subject=filled["van"],
        is_filtered=bool(chosen),
        begins=wording.moment_in_words(begins_at) if begins_at else "",
        older=older,
        csv=f"/desk/logboek.csv?{urlencode(chosen)}".rstrip("?"),
    )


def _line(entry: AuditEntry, catalogue: Catalogue, now: datetime) -> AuditLine:
    address = ""
    if entry.subject and entry.action.value.startswith("lead_"):
        address = f"/desk/leads/{entry.subject}"
    elif entry.subject and entry.action.value.startswith("account_"):
        address = f"/desk/team/{entry.subject}"
    return AuditLine(
        at=moment_of(entry.at, now),
        actor=entry.actor,
        deed=wording.ACTIONS.get(entry.action, Action(entry.action).value),
        detail=entry.detail,
        regions=regions_in_words(entry.regions, catalogue),
        subject=entry.subject,
        subject_address=address,
    )
