"""Every case of the casebook asked before and after a change, in processes of their own."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from assistant.answering.published import Publication
from assistant.settings import Settings
from evaluation.answering.generate import Conversed, generate
from evaluation.answering.marks import mark
from evaluation.answering.numbers import shown
from evaluation.case import Case
from evaluation.casebook import Casebook, read_casebook
from evaluation.consequences.found import AnswerChange, Warning
from evaluation.product import Product
from knowledge.catalogue import Content
from knowledge.gazetteer import dutch_places
from knowledge.index.files import replace_bytes
from knowledge.reader import publish
from knowledge.record import Frozen

Side = Literal["before", "after"]
_CHUNK = 16
_KEPT = 5
_SHOWN = 1200


class CaseAnswer(Frozen):
    """What one case was answered."""

    id: str
    text: str
    status: str
    cited: tuple[str, ...]
    right: bool
    unsupported: tuple[str, ...]


_ANSWERS = TypeAdapter(tuple[CaseAnswer, ...])


@dataclass(frozen=True)
class Look:
    """What a process needs to ask the cases: picklable, unlike what it opens with it."""

    contents: Mapping[Side, Content]
    settings: Settings
    on: date
    cases: tuple[Case, ...]


def cases_to_ask() -> tuple[Case, ...]:
    """The development cases. Those that test stay unseen: shown old beside new they would test nothing any more."""
    return read_casebook().only("dev").cases


def changed_answers(
    before: Content,
    after: Content,
    settings: Settings,
    on: date,
    cases: Sequence[Case],
    advance: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[list[AnswerChange], list[Warning]]:
    """
    What is answered otherwise.

    What the published content answers is kept in the data folder, and asked once.

    :param advance: Told of answers done, and to be asked in all.
    """
    look = Look({"before": before, "after": after}, settings, on, tuple(cases))
    kept_in = settings.var / "previews" / f"{_digest(before, on, cases)}.json"
    old = _kept(kept_in)
    sides: tuple[Side, ...] = ("after",) if old else ("before", "after")
    chunks = [(side, at) for side in sides for at in range(0, len(cases), _CHUNK)]
    found: dict[Side, dict[str, CaseAnswer]] = {"before": {each.id: each for each in old}, "after": {}}
    done, total = 0, len(sides) * len(cases)
    advance(0, total)
    # Spawned: the engine of the index may not be forked while it is open.
    with get_context("spawn").Pool(len(os.sched_getaffinity(0)), _open, (look,)) as pool:
        for side, answers in pool.imap_unordered(_asked, chunks):
            found[side] |= {each.id: each for each in answers}
            done += len(answers)
            advance(done, total)
    if not old:
        ordered = tuple(found["before"][case.id] for case in cases)
        replace_bytes(kept_in, _ANSWERS.dump_json(ordered))
        _drop_old(kept_in.parent)
    return compared(cases, found["before"], found["after"])


def compared(
    cases: Sequence[Case], before: Mapping[str, CaseAnswer], after: Mapping[str, CaseAnswer]
) -> tuple[list[AnswerChange], list[Warning]]:
    """The answers that differ, and what to look at in them."""
    changes, warnings = list[AnswerChange](), list[Warning]()
    for case in cases:
        old, new = before[case.id], after[case.id]
        if (old.text, old.status, old.cited) == (new.text, new.status, new.cited):
            continue
        asked = " / ".join(case.said)
        lost = tuple(each for each in old.cited if each not in new.cited)
        changes.append(
            AnswerChange(
                id=case.id,
                asked=asked,
                before=old.text[:_SHOWN],
                after=new.text[:_SHOWN],
                before_status=old.status,
                after_status=new.status,
                lost=lost,
                gained=tuple(each for each in new.cited if each not in old.cited),
                became="" if old.right == new.right else "right" if new.right else "wrong",
            )
        )
        if old.status.startswith("answered") and old.cited and not new.cited:
            warnings.append(
                Warning(kind="lost_citation", dutch=f"Het antwoord op ‘{asked}’ heeft geen bron meer.", about=case.id)
            )
        if old.right and not new.right:
            warnings.append(
                Warning(
                    kind="became_wrong",
                    dutch=f"Het antwoord op ‘{asked}’ klopte met wat adviseurs verwachten, en nu niet meer.",
                    about=case.id,
                )
            )
        if new.unsupported and not old.unsupported:
            warnings.append(
                Warning(
                    kind="unverified",
                    dutch=f"In het antwoord op ‘{asked}’ staat een getal zonder bron: {', '.join(new.unsupported)}.",
                    about=case.id,
                )
            )
    return changes, warnings


_looks: list[Look] = []
_opened: dict[Side, Product] = {}


def _open(look: Look) -> None:
    if hasattr(os, "nice"):
        os.nice(5)
    _looks[:] = [look]


def _asked(task: tuple[Side, int]) -> tuple[Side, tuple[CaseAnswer, ...]]:
    side, at = task
    [look] = _looks
    if side not in _opened:
        _opened[side] = _product(look, side)
    cases = look.cases[at : at + _CHUNK]
    answers = generate(_opened[side], Casebook(cases=cases, personas=()))
    return side, tuple(_answer(*each) for each in zip(cases, answers, strict=True))


def _product(look: Look, side: Side) -> Product:
    """
    The assistant over one side. Its index is apart, so that what is served stays what it is; the vectors are shared.
    """
    settings = look.settings
    home = replace(
        settings.index_home(), index=settings.var / "previews" / "index", qdrant_url="", keeps_questions=True
    )
    publication = Publication(
        publish(look.contents[side]),
        home,
        clock=lambda: look.on,
        max_message_chars=settings.max_message_chars,
        places_elsewhere=dutch_places(settings.var),
    )
    return Product(settings, look.on, publication=publication)


def _answer(case: Case, said: Conversed) -> CaseAnswer:
    last = said.turns[-1].reply
    marks = mark(case, said)
    return CaseAnswer(
        id=case.id,
        text=shown(last),
        status=str(last["status"]),
        cited=tuple(dict.fromkeys(each["record_id"] for each in last["citations"])),
        right=marks.right,
        unsupported=marks.unsupported,
    )


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
