"""Asking cases over one content, in processes of their own; those that cannot be answered otherwise are left out."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context

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
from evaluation.consequences.leant import Leant, WatchedCatalogue, digest_of, found_in, leant_on
from evaluation.product import Product
from knowledge.catalogue import Content
from knowledge.gazetteer import dutch_places
from knowledge.reader import publish
from knowledge.record import Frozen

Advance = Callable[[int, int], None]
"""Told of what is done, and of how much in all."""
_CHUNK = 16
_FEW = 250
"""So many cases are asked sooner in one process than several are opened."""
_LOOKING_AGAIN = 0.4
"""What looking again at a message costs beside answering it."""


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


def looked(look: Look, places: Sequence[int], advance: Advance) -> Iterator[tuple[str, CaseAnswer | None]]:
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
