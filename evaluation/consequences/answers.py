"""The cases that a change can touch, asked before and after it, in processes of their own."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from assistant.answering.leaning import watched_turn
from assistant.answering.pipeline import Answered
from assistant.answering.published import Publication
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.answering.understand.intents import Part
from assistant.answering.understand.questions import asking_part
from assistant.settings import Settings
from evaluation.answering.generate import Conversed, Said, evidence_of
from evaluation.answering.marks import mark
from evaluation.answering.numbers import shown
from evaluation.case import Case
from evaluation.casebook import read_casebook
from evaluation.consequences.found import AnswerChange, Warning
from evaluation.consequences.leant import Leant, WatchedCatalogue, digest_of, found_in, leant_on
from evaluation.consequences.reach import reach_of
from evaluation.product import Product
from knowledge.catalogue import Content
from knowledge.gazetteer import dutch_places
from knowledge.index.files import replace_bytes
from knowledge.reader import publish
from knowledge.record import Frozen

Advance = Callable[[int, int], None]
"""Told of what is done, and of how much in all."""
_CHUNK = 16
_FEW = 250
"""So many cases are asked sooner in one process than several are opened."""
_LOOKING_AGAIN = 0.4
"""What looking again at a message costs beside answering it."""
_KEPT = 5
_SHOWN = 1200
_LONGEST_SECONDS = 900


class CaseAnswer(Frozen):
    """What one case was answered."""

    id: str
    text: str
    status: str
    cited: tuple[str, ...]
    right: bool = False
    unsupported: tuple[str, ...] = ()
    leant: Leant | None = None

    def tells(self) -> tuple[str, str, tuple[str, ...]]:
        """What a visitor gets of it."""
        return self.text, self.status, self.cited


_ANSWERS = TypeAdapter(tuple[CaseAnswer, ...])


@dataclass(frozen=True)
class Look:
    """What a process needs to ask the cases: picklable, unlike what it opens with it."""

    content: Content
    settings: Settings
    on: date
    cases: tuple[Case, ...]
    before: Mapping[str, CaseAnswer]
    """What was answered before the change; empty where that is what is looked for."""
    surely: frozenset[str]
    """Ids of cases that are asked anyway; the others only if their message is read otherwise, or finds something else."""


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
            found = {id_: answer for id_, answer in _looked(look, range(len(cases)), advance) if answer is not None}
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
    for id_, answer in _looked(look, places, advance):
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


def compared(
    cases: Sequence[Case], before: Mapping[str, CaseAnswer], after: Mapping[str, CaseAnswer]
) -> tuple[list[AnswerChange], list[Warning]]:
    """The answers that differ, and what to look at in them."""
    changes, warnings = list[AnswerChange](), list[Warning]()
    for case in cases:
        old, new = before[case.id], after[case.id]
        if old.tells() == new.tells():
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
        if old.status.startswith("answered") and new.status.startswith("unanswerable"):
            warnings.append(
                Warning(kind="unanswered", dutch=f"Op ‘{asked}’ weten we straks geen antwoord meer.", about=case.id)
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


def _looked(look: Look, places: Sequence[int], advance: Advance) -> Iterator[tuple[str, CaseAnswer | None]]:
    """By case its answer; None where it was not asked, as nothing that it leans on is otherwise."""
    chunks = [places[at : at + _CHUNK] for at in range(0, len(places), _CHUNK)]
    advance(0, max(len(places), 1))
    if not chunks:
        return
    surely = sum(look.cases[place].id in look.surely for place in places)
    is_little = surely + _LOOKING_AGAIN * (len(places) - surely) <= _FEW
    processes = 1 if is_little else len(os.sched_getaffinity(0))
    done = 0
    # Spawned: the engine of the index may not be forked while it is open.
    with _one_thread_each(), get_context("spawn").Pool(processes, _open, (look,)) as pool:
        for answers in pool.imap_unordered(_asked, chunks):
            yield from answers
            done += len(answers)
            advance(done, len(places))


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that share the cores among them do not start threads for all cores each."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


_looks: list[Look] = []
_opened: list["Asker"] = []


def _open(look: Look) -> None:
    if hasattr(os, "nice"):
        os.nice(5)
    _looks[:] = [look]


def _asked(places: Sequence[int]) -> list[tuple[str, CaseAnswer | None]]:
    [look] = _looks
    if not _opened:
        _opened.append(Asker(look))
    [asker] = _opened
    return list(asked_of(asker, look, places))


def asked_of(asker: "Asker", look: Look, places: Sequence[int]) -> Iterator[tuple[str, CaseAnswer | None]]:
    """By case its answer, asked in this process; None where it was not asked."""
    for case in (look.cases[place] for place in places):
        yield case.id, asker.look_at(case, look.before.get(case.id), case.id in look.surely)


class Asker:
    """
    The assistant over one content. Its index is apart, so that what is served stays what it is; the vectors are shared.
    """

    def __init__(self, look: Look) -> None:
        self._on = look.on
        settings = look.settings
        home = replace(
            settings.index_home(), index=settings.var / "previews" / "index", qdrant_url="", keeps_questions=True
        )
        made = publish(look.content)
        self._catalogue = WatchedCatalogue(made.version, made.content, made.drafts)
        self._publication = Publication(
            self._catalogue,
            home,
            clock=lambda: look.on,
            max_message_chars=settings.max_message_chars,
            places_elsewhere=dutch_places(settings.var),
        )
        self._product = Product(settings, look.on, publication=self._publication)
        _ = self._product.ready

    def look_at(self, case: Case, before: CaseAnswer | None, surely: bool) -> CaseAnswer | None:
        """
        The answer; None where it is not asked, as its message is read the same and finds the same.

        :param before: What was answered before the change.
        :param surely: Whether it is asked anyway.
        """
        leant = before.leant if before is not None and not surely else None
        if leant is not None and self._reads_and_finds(case, leant) == (
            leant.understood,
            [each.found for each in leant.searches],
        ):
            return None
        read = self._catalogue.watch()
        with watched_turn() as leaning:
            turns = list(self._product.converse(case))
        last = turns[-1].reply
        answer = CaseAnswer(
            id=case.id,
            text=shown(last.as_json()),
            status=str(last.status),
            cited=tuple(dict.fromkeys(each.record_id for each in last.citations)),
            leant=leant_on(case, read, turns, leaning),
        )
        if before is not None and before.tells() == answer.tells():
            return answer.model_copy(update={"right": before.right, "unsupported": before.unsupported})
        marks = mark(case, self._conversed(case, turns))
        return answer.model_copy(update={"right": marks.right, "unsupported": marks.unsupported})

    def _reads_and_finds(self, case: Case, leant: Leant) -> tuple[str, list[str]]:
        """How the message is read, and what its searches find."""
        published = self._product.ready.now()
        text, part = case.question, asking_part(case.question)
        vector = published.search.embed(text)
        asking = Part(part, published.search.embed(part)) if part else None
        asked = Asked(state=ConversationState(region=case.region), today=self._on, text=text)
        understood = digest_of(published.answering.understander.understand(asked, text, vector, asking))
        found = [
            found_in(
                published.search.search(
                    text,
                    on=self._on,
                    kinds=each.kinds,
                    region=each.region,
                    sectors=each.sectors,
                    limit=each.limit,
                    vector=vector,
                )
            )
            for each in leant.searches
        ]
        return understood, found

    def _conversed(self, case: Case, turns: Sequence[Answered]) -> Conversed:
        """The replies with the full text of what they cite, to be held against what is expected."""
        said, own_words = list[Said](), ""
        for text, turn in zip(case.said, turns, strict=True):
            own_words = f"{own_words}\n{text}"
            known = " ".join(str(seen.value) for seen in turn.reply.understanding.facts.values())
            said.append(
                Said(
                    reply=turn.reply.as_json(),
                    evidence=tuple(evidence_of(self._product, case.region, text, turn)),
                    own_words=f"{own_words}\n{known}",
                    template=str(turn.trace.get("template", "")),
                    milliseconds=0,
                    explained=tuple(turn.trace.get("explained", ())),
                )
            )
        return Conversed(id=case.id, turns=tuple(said))


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
