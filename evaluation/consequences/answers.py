"""The cases that a change can touch, asked before and after it."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from assistant.settings import Settings
from evaluation.case import Case
from evaluation.casebook import read_casebook
from evaluation.consequences.asking import Advance, CaseAnswer, Look, looked
from evaluation.consequences.compared import compared
from evaluation.consequences.found import AnswerChange, Warning
from evaluation.consequences.reach import reach_of
from knowledge.catalogue import Content
from knowledge.index.files import replace_bytes
from knowledge.reader import publish

_KEPT = 5
_LONGEST_SECONDS = 900


_ANSWERS = TypeAdapter(tuple[CaseAnswer, ...])


@dataclass(frozen=True)
class AnswersLooked:
    """What was found of the answers."""

    changes: tuple[AnswerChange, ...]
    warnings: tuple[Warning, ...]
    asked: int
    """How many cases were asked after the change."""
    why: str
    """Why the others cannot change, or why all were asked; in Dutch."""


def cases_to_ask(kept: Sequence[Mapping[str, Any]] = ()) -> tuple[Case, ...]:
    """
    The development cases, and those that editors keep.

    Those that test stay unseen: shown old beside new they would test nothing any more.

    :param kept: Entries as they stand in a casebook. One that is no case (of another version of it) is left out.
    """
    delivered = read_casebook().only("dev").cases
    own = list[Case]()
    for entry in kept:
        with suppress(ValidationError):
            own.append(Case.model_validate({"topic": "redactie"} | dict(entry)))
    ids = {case.id for case in delivered}
    return (*delivered, *(case for case in own if case.id not in ids))


def answers_before(
    content: Content,
    settings: Settings,
    on: date,
    cases: Sequence[Case],
    advance: Advance = lambda _done, _of: None,
) -> Mapping[str, CaseAnswer]:
    """
    What is answered from this content, with what each answer leans on: asked once, and kept in the data folder.

    Whoever comes while they are being asked waits for them.
    """
    kept_in = settings.var / "previews" / f"{_digest(content, on, cases)}.json"
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(kept_in.with_suffix(".lock"), timeout=_LONGEST_SECONDS):
        answers = _kept(kept_in)
        if not answers:
            look = Look(content, settings, on, tuple(cases), {}, frozenset(case.id for case in cases))
            found = {id_: answer for id_, answer in looked(look, range(len(cases)), advance) if answer is not None}
            answers = tuple(found[case.id] for case in cases)
            replace_bytes(kept_in, _ANSWERS.dump_json(answers))
            _drop_old(kept_in.parent)
    return {each.id: each for each in answers}


def changed_answers(
    before: Content,
    after: Content,
    settings: Settings,
    on: date,
    cases: Sequence[Case],
    advance: Advance = lambda _done, _of: None,
    *,
    ask_all: bool = False,
) -> AnswersLooked:
    """
    What is answered otherwise.

    Only the cases that the change can touch are asked: those whose answer leaned on what changed. Where a change can
    alter how messages are read or what is found, both are looked at anew for every case, which takes a fraction of
    answering it; who reads and finds the same from the same records answers the same.

    :param advance: Told of cases done, and in all.
    :param ask_all: Ask every case, whatever it leans on.
    """
    old = answers_before(before, settings, on, cases, advance)
    reach = reach_of(publish(before), publish(after))
    leant = {each.id: each.leant for each in old.values()}
    surely = frozenset(
        case.id
        for case in cases
        if ask_all or (known := leant[case.id]) is None or reach.touches(case, known, old[case.id].text)
    )
    looks_again = reach.names or reach.passages
    places = [place for place, case in enumerate(cases) if looks_again or case.id in surely]
    look = Look(after, settings, on, tuple(cases), old, surely)
    new = dict(old)
    asked = 0
    for id_, answer in looked(look, places, advance):
        if answer is not None:
            asked += 1
            new[id_] = answer
    changes, warnings = compared(cases, old, new)
    return AnswersLooked(
        tuple(changes), tuple(warnings), asked, reach.everything or _why(len(cases) - asked, looks_again)
    )


def _why(left_out: int, looked_again: bool) -> str:
    if not left_out:
        return ""
    if looked_again:
        return (
            f"De andere {left_out} vragen lezen we nog hetzelfde, en we vinden er hetzelfde bij. Hun antwoorden steunen "
            "niet op wat je verandert."
        )
    return f"De antwoorden op de andere {left_out} vragen steunen niet op wat je verandert."


def _digest(content: Content, on: date, cases: Sequence[Case]) -> str:
    """What the answers of before hang on: the catalogue, the day, the cases, and this version of the program."""
    hashed = hashlib.sha256(f"{publish(content).version} {on}".encode())
    for case in cases:
        hashed.update(case.model_dump_json().encode())
    for package in ("assistant", "knowledge"):
        for file in sorted((Path(__file__).parents[2] / package).rglob("*.py")):
            hashed.update(f"{file.stat().st_mtime_ns} {file.stat().st_size}".encode())
    return hashed.hexdigest()[:24]


def _drop_old(folder: Path) -> None:
    """Keep the newest few: those of the states that are still gone back to."""
    for file in sorted(folder.glob("*.json"), key=lambda each: each.stat().st_mtime)[:-_KEPT]:
        file.unlink(missing_ok=True)


def _kept(file: Path) -> tuple[CaseAnswer, ...]:
    try:
        return _ANSWERS.validate_json(file.read_bytes())
    except (OSError, ValueError):
        return ()
