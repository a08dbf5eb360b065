"""Scores replies: right, cited, supported, and silent where nothing is known."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.answering.generate import Conversed, Said
from evaluation.answering.numbers import shown, unsupported
from evaluation.case import Case
from evaluation.casebook import Casebook
from evaluation.interval import bootstrap_mean
from evaluation.result import Histogram, Judged, PartResult, Score, Table, score

TURN_P50_MS, TURN_P95_MS = 30, 60
UNSUPPORTED = "unsupported numbers"
_ABSTAINED = ("unanswerable", "guarded")
_WORDS_SHOWN = 400


@dataclass(frozen=True)
class Marks:
    """What of a case's last reply is as expected; None is not expected of it."""

    status: bool
    asked_back: bool
    cites: bool | None
    says: bool | None
    never: bool
    unsupported: tuple[str, ...]
    """Over all its replies."""
    abstained: bool

    @property
    def right(self) -> bool:
        """Whether everything is."""
        return (
            self.status and self.cites is not False and self.says is not False and self.never and not self.unsupported
        )


def evaluate(casebook: Casebook, outputs: Sequence[Conversed]) -> PartResult:
    """A reply is right if its status, sources and words are, and every number in it is supported."""
    cases = {case.id: case for case in casebook.cases}
    marks = {output.id: mark(cases[output.id], output) for output in outputs}
    replies = sum(len(output.turns) for output in outputs)
    milliseconds = [said.milliseconds for output in outputs for said in output.turns]
    answerable = [marks[each.id] for each in outputs if not cases[each.id].expect.abstains]
    unanswerable = [marks[each.id] for each in outputs if cases[each.id].expect.abstains]
    answers = [
        marks[each.id]
        for each in outputs
        if any(status.startswith("answered") for status in cases[each.id].expect.status)
    ]
    faults = sum(len(each.unsupported) for each in marks.values())
    cited = [each.cites for each in marks.values() if each.cites is not None]
    told = [each.says for each in marks.values() if each.says is not None]
    return PartResult(
        part="answering",
        scores=(
            score("right", bootstrap_mean([float(each.right) for each in marks.values()]), len(marks)),
            score("right without asking back", bootstrap_mean([float(each.right and not each.asked_back) for each in answers]),
                  len(answers)),
            Score(name=UNSUPPORTED, value=faults, of=replies, unit="count", better="lower", promise=0),
            score("a right source", bootstrap_mean([float(each) for each in cited]), len(cited)),
            score("says what it must", bootstrap_mean([float(each) for each in told]), len(told)),
            score("status right", bootstrap_mean([float(each.status) for each in marks.values()]), len(marks)),
            score("answered, of what can be", bootstrap_mean([float(not each.abstained) for each in answerable]),
                  len(answerable)),
            score("declined, of what cannot be", bootstrap_mean([float(each.abstained) for each in unanswerable]),
                  len(unanswerable)),
            _latency("a turn, in process, p50", milliseconds, 50, TURN_P50_MS),
            _latency("a turn, in process, p95", milliseconds, 95, TURN_P95_MS),
        ),
        judged=tuple(_judged(cases[output.id], output, marks[output.id]) for output in outputs),
        tables=(
            _by("topic", cases, marks), _by("visitor", cases, marks), _by("style", cases, marks),
            _by("template", cases, marks, {output.id: output.turns[-1].template for output in outputs}),
        ),
        histograms=(_histogram(milliseconds),) if milliseconds else (),
    )  # fmt: skip


def mark(case: Case, output: Conversed) -> Marks:
    """Hold the last reply of a case against its expectation, and every reply against its own sources."""
    last, expect = output.turns[-1].reply, case.expect
    text, status = shown(last), str(last["status"])
    cited = {citation["record_id"] for citation in last["citations"]}
    asks = _asks_back(case, status)
    return Marks(
        status=status.startswith(expect.status),
        asked_back=asks,
        cites=not cited.isdisjoint(expect.cites_any) if expect.cites_any and not asks else None,
        says=all(re.search(each, text, re.IGNORECASE) for each in expect.says) if expect.says and not asks else None,
        never=not any(re.search(each, text, re.IGNORECASE) for each in expect.never),
        unsupported=tuple(number for said in output.turns for number in _unsupported(said)),
        abstained=status.startswith(_ABSTAINED),
    )


def _asks_back(case: Case, status: str) -> bool:
    """Whether it asks first where it may: what it will say and cite is not there to be judged yet."""
    return status.startswith("asked") and any(each.startswith("asked") for each in case.expect.status)


def _unsupported(said: Said) -> list[str]:
    return unsupported(shown(said.reply), said.evidence, said.own_words)


def _judged(case: Case, output: Conversed, marks: Marks) -> Judged:
    last, expect = output.turns[-1].reply, case.expect
    faults: list[tuple[int, str]] = []
    if marks.unsupported:
        faults.append((4, f"numbers without a source: {', '.join(marks.unsupported)}"))
    if not marks.never:
        faults.append((3, f"says what it may not: {' or '.join(expect.never)}"))
    if not marks.status:
        severity = 3 if expect.abstains and not marks.abstained else 2
        faults.append((severity, f"ended as {last['status']}, expected {' or '.join(expect.status)}"))
    if marks.cites is False:
        found = ", ".join(citation["record_id"] for citation in last["citations"]) or "nothing"
        faults.append((2, f"cites {found}; expected {' or '.join(expect.cites_any)}"))
    if marks.says is False:
        text = shown(last)
        unsaid = [each for each in expect.says if not re.search(each, text, re.IGNORECASE)]
        faults.append((2, f"does not say {' and '.join(unsaid)}"))
    return Judged(
        id=case.id,
        topic=case.topic,
        asked=" / ".join(case.said),
        right=marks.right,
        wrong=tuple(words for _, words in faults),
        got=f"{last['status']}: {' '.join(shown(last).split())[:_WORDS_SHOWN]}",
        source=case.source,
        severity=max((severity for severity, _ in faults), default=0),
    )


def _by(what: str, cases: dict[str, Case], marks: dict[str, Marks], groups: dict[str, str] | None = None) -> Table:
    grouped: dict[str, list[Marks]] = defaultdict(list)
    for id_, each in marks.items():
        grouped[groups[id_] if groups else getattr(cases[id_], what)].append(each)
    return Table(
        title=f"Replies by {what}",
        columns=(what, "cases", "right", "wrong source", "not said", "wrong status"),
        rows=tuple(
            (
                name,
                str(len(own)),
                f"{100 * sum(each.right for each in own) / len(own):.0f}%",
                str(sum(each.cites is False for each in own)),
                str(sum(each.says is False for each in own)),
                str(sum(not each.status for each in own)),
            )
            for name, own in sorted(grouped.items())
        ),
    )


def _latency(name: str, milliseconds: Sequence[float], percentile: float, promise: float) -> Score:
    value = float(np.percentile(milliseconds, percentile)) if milliseconds else None
    return Score(name=name, value=value, of=len(milliseconds), unit="ms", better="lower", promise=promise)


def _histogram(milliseconds: Sequence[float]) -> Histogram:
    counts, edges = np.histogram(milliseconds, bins=min(20, len(milliseconds)))
    return Histogram(
        title="How long a turn takes, in process",
        unit="ms",
        edges=tuple(map(float, edges)),
        counts=tuple(map(int, counts)),
    )
