"""What a change would do to answers and outcomes, as an editor reads it before publishing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Moment, Shell, moment_of, shell
from assistant.editor.looking import is_running
from knowledge.publishing.change_sets import ChangeSet
from knowledge.publishing.consequences import Looked

_BECAME = {"right": "Klopt nu met wat adviseurs verwachten", "wrong": "Klopt niet meer met wat adviseurs verwachten"}


@dataclass(frozen=True)
class ChangedAnswer:
    """One question, with its answer old beside new."""

    asked: str
    before: str
    after: str
    became: str
    is_worse: bool
    lost: str
    """Sources that are no longer named."""


@dataclass(frozen=True)
class ChangedOutcome:
    """A group of visitors for whom the same changes."""

    profiles: str
    routes: tuple[str, ...]
    example: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConsequencesPage:
    """The page of what a change would do."""

    shell: Shell
    id: str
    title: str
    stage: Literal["none", "running", "failed", "done"]
    percent: int
    summary: str
    how: str
    """How many test questions were asked, and why the others need not be."""
    seconds: str
    is_old: bool
    """The change, or what is published, is another one since."""
    looked_at: Moment | None
    warnings: tuple[str, ...]
    answers: tuple[ChangedAnswer, ...]
    outcomes: tuple[ChangedOutcome, ...]
    problems: tuple[str, ...]


def consequences_page(
    editor: SignedInAdviser,
    change: ChangeSet,
    looked: Looked | None,
    digest: str,
    problems: Sequence[str],
    now: datetime,
) -> ConsequencesPage:
    """
    What was found, or how far the looking is.

    :param digest: Of the change as it is now.
    :param problems: What keeps it from being published: then there is nothing to look at.
    """
    stage: Literal["none", "running", "failed", "done"] = "none"
    if looked is not None:
        stage = "running" if is_running(looked, now) else "done" if looked.state == "done" else "failed"
    result: Mapping[str, Any] = (looked.result if looked else None) or {}
    return ConsequencesPage(
        shell=shell(f"Gevolgen van {change.title}", editor),
        id=change.id,
        title=change.title,
        stage=stage,
        percent=100 * looked.done // looked.of if looked and looked.of else 0,
        summary=str(result.get("in_dutch", "")),
        how=str(result.get("how_in_dutch", "")),
        seconds=str(round(float(result.get("seconds", 0)))),
        is_old=looked is not None and looked.digest != digest,
        looked_at=moment_of(looked.ended_at, now) if looked and looked.ended_at else None,
        warnings=tuple(str(each["dutch"]) for each in result.get("warnings", ())),
        answers=tuple(_answer(each) for each in result.get("answers", ())),
        outcomes=tuple(_outcome(each) for each in result.get("outcomes", ())),
        problems=tuple(problems),
    )


def _answer(each: Mapping[str, Any]) -> ChangedAnswer:
    return ChangedAnswer(
        asked=each["asked"],
        before=each["before"],
        after=each["after"],
        became=_BECAME.get(each["became"], ""),
        is_worse=each["became"] == "wrong",
        lost=", ".join(each["lost"]),
    )


def _outcome(each: Mapping[str, Any]) -> ChangedOutcome:
    count = f"{each['profiles']:,}".replace(",", ".")
    return ChangedOutcome(count, tuple(each["routes"]), tuple(each["example"].items()))
