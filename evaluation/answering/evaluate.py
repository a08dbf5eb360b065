"""Scores replies: right at once or after one question back, cited, supported, and silent where nothing is known."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from evaluation.answering.generate import Conversed, Said
from evaluation.answering.marks import Marks, mark, unsupported_in
from evaluation.answering.numbers import shown
from evaluation.answering.outcome import Outcome, outcome
from evaluation.calibration import calibration_scores, reliability
from evaluation.case import Case
from evaluation.casebook import Casebook
from evaluation.interval import bootstrap, bootstrap_mean, bootstrap_percentile
from evaluation.readability import Readability, mean, readability_of
from evaluation.result import Histogram, Judged, PartResult, Score, Table, score

TURN_P50_MS, TURN_P95_MS, STEP_P95_MS = 30, 60, 10
RIGHT = 0.97
"""Of the questions that can be answered: right at once, or after one question back."""
UNSUPPORTED = "unsupported numbers"
_WORDS_SHOWN = 400


def evaluate(casebook: Casebook, outputs: Sequence[Conversed]) -> PartResult:
    """A reply is right if its status, sources and words are, and every number in it is supported."""
    by_id = {case.id: case for case in casebook.cases}
    cases = [by_id[output.id] for output in outputs]
    marks = [mark(case, output) for case, output in zip(cases, outputs, strict=True)]
    ended = [outcome(*each) for each in zip(cases, outputs, marks, strict=True)]
    said = [each for output in outputs for each in _replies(output)]
    in_scope = [how for case, how in zip(cases, ended, strict=True) if not case.expect.abstains]
    cited = [each.cites for each in marks if each.cites is not None]
    told = [each.says for each in marks if each.says is not None]
    sure = [output.turns[-1].reply["understanding"]["confidence"] for output in outputs]
    right = [each.right for each in marks]
    return PartResult(
        part="answering",
        scores=(
            _share("right at once or after one question back", [each != "lost" for each in in_scope], promise=RIGHT),
            _share("right at once", [each == "at once" for each in in_scope]),
            _share("right after one question back", [each == "after one question back" for each in in_scope]),
            _share("lost", [each == "lost" for each in in_scope]).model_copy(update={"better": "lower"}),
            _share("right, where a case allows it also by asking back", right),
            Score(name=UNSUPPORTED, value=sum(map(len, map(unsupported_in, said))), of=len(said), unit="count",
                  better="lower", promise=0),
            _unsupported_per_thousand(outputs),
            _share("a right source", cited),
            _share("says what it must", told),
            _share("status right", [each.status for each in marks]),
            *_abstention(cases, marks),
            *calibration_scores(sure, right),
            _latency("a turn, in process, p50", [each.milliseconds for each in said], 50, TURN_P50_MS),
            _latency("a turn, in process, p95", [each.milliseconds for each in said], 95, TURN_P95_MS),
            _slowest_step(said),
        ),
        judged=tuple(_judged(*each) for each in zip(cases, outputs, marks, ended, strict=True)),
        tables=(
            _steps(said),
            _by("topic", [case.topic for case in cases], marks, ended),
            _by("visitor", [case.visitor for case in cases], marks, ended),
            _by("style", [case.style for case in cases], marks, ended),
            _by("template", [output.turns[-1].template for output in outputs], marks, ended),
            _reading(said),
        ),
        curves=(reliability("How sure it says to be, and how often the reply is right", "reply", sure, right),),
        histograms=(_histogram([each.milliseconds for each in said]),) if said else (),
    )  # fmt: skip


def _replies(output: Conversed) -> Iterator[Said]:
    yield from output.turns
    if output.followed is not None:
        yield output.followed


def _share(name: str, values: Sequence[bool], promise: float | None = None) -> Score:
    return score(name, bootstrap_mean([float(each) for each in values]), len(values), promise)


def _unsupported_per_thousand(outputs: Sequence[Conversed]) -> Score:
    """Drawn by conversation: the replies of one are not independent."""
    counts = np.array(
        [[sum(map(len, map(unsupported_in, _replies(output)))), len(list(_replies(output)))] for output in outputs],
        dtype=float,
    ).reshape(-1, 2)
    interval = bootstrap(len(outputs), lambda drawn: float(1000 * counts[drawn, 0].sum() / counts[drawn, 1].sum()))
    return score(f"{UNSUPPORTED} per 1,000 replies", interval, len(outputs), 0, unit="count", better="lower")


def _abstention(cases: Sequence[Case], marks: Sequence[Marks]) -> Iterator[Score]:
    """Saying too seldom, and saying too often."""
    pairs = list(zip(cases, marks, strict=True))
    over = [each.abstained for case, each in pairs if not case.expect.abstains]
    under = [each.answered for case, each in pairs if case.expect.abstains]
    yield _share("over-abstention: declined what can be answered", over).model_copy(update={"better": "lower"})
    yield _share("under-abstention: answered what cannot be", under).model_copy(update={"better": "lower"})


def _judged(case: Case, output: Conversed, marks: Marks, ended: Outcome) -> Judged:
    """A case is right if its visitor is not lost; where the sources allow asking, asking is not held against it."""
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
    got = f"{last['status']}: {' '.join(shown(last).split())[:_WORDS_SHOWN]}"
    if output.followed is not None:
        got += f" / visitor: {output.answered_back} / {output.followed.reply['status']}: "
        got += " ".join(shown(output.followed.reply).split())[:_WORDS_SHOWN]
        if marks.right and ended == "lost":
            faults.append((1, f"asks back, and is not right after “{output.answered_back}”"))
    return Judged(
        id=case.id,
        topic=case.topic,
        asked=" / ".join(case.said),
        right=ended != "lost",
        wrong=tuple(words for _, words in faults) if ended == "lost" else (),
        got=got,
        source=case.source,
        severity=max((severity for severity, _ in faults), default=0) if ended == "lost" else 0,
    )


def _by(what: str, groups: Sequence[str], marks: Sequence[Marks], ended: Sequence[Outcome]) -> Table:
    grouped: dict[str, list[tuple[Marks, Outcome]]] = defaultdict(list)
    for name, each, how in zip(groups, marks, ended, strict=True):
        grouped[name].append((each, how))
    return Table(
        title=f"Replies by {what}",
        columns=(what, "cases", "at once", "after asking", "lost", "wrong source", "not said", "wrong status"),
        rows=tuple(
            (
                name,
                str(len(own)),
                *(_percent([how == each for _, how in own]) for each in ("at once", "after one question back", "lost")),
                str(sum(each.cites is False for each, _ in own)),
                str(sum(each.says is False for each, _ in own)),
                str(sum(not each.status for each, _ in own)),
            )
            for name, own in sorted(grouped.items())
        ),
    )


def _percent(values: Sequence[bool]) -> str:
    return f"{100 * sum(values) / len(values):.0f}%"


def _took(said: Sequence[Said]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = defaultdict(list)
    for each in said:
        for name, milliseconds in each.took.items():
            took[name].append(milliseconds)
    return took


def _slowest_step(said: Sequence[Said]) -> Score:
    took = {name: values for name, values in _took(said).items() if name != "embed"}
    slowest = max(took, key=lambda name: float(np.percentile(took[name], 95)), default="")
    return _latency("slowest step but the embedder, p95", took.get(slowest, ()), 95, STEP_P95_MS)


def _steps(said: Sequence[Said]) -> Table:
    return Table(
        title="Milliseconds by step",
        columns=("step", "turns", "p50", "p95", "p99", "longest"),
        rows=tuple(
            (name, str(len(values)), *(f"{np.percentile(values, each):.1f}" for each in (50, 95, 99, 100)))
            for name, values in sorted(_took(said).items(), key=lambda pair: -sum(pair[1]))
        ),
    )


def _reading(said: Sequence[Said]) -> Table:
    """How easy the Dutch replies read, all together and then by template, the hardest first."""
    read: dict[str, list[Readability]] = defaultdict(list)
    for each in said:
        blocks = each.reply["blocks"] if each.reply.get("locale") == "nl" else ()
        if found := readability_of("\n".join(block["text"] for block in blocks if block["type"] == "text")):
            read[each.template].append(found)
    everything = ("all replies", [each for own in read.values() for each in own])
    hardest = sorted(read.items(), key=lambda pair: mean([each.douma for each in pair[1]]))
    return Table(
        title="How the replies read in Dutch (Flesch-Douma: 60 ordinary, 80 easy)",
        columns=("template", "replies", "Flesch-Douma", "words a sentence", "longest sentence"),
        rows=tuple(
            (
                name,
                str(len(own)),
                f"{mean([each.douma for each in own]):.0f}",
                f"{mean([each.words_per_sentence for each in own]):.1f}",
                str(max((each.longest for each in own), default=0)),
            )
            for name, own in (everything, *hardest)
        ),
    )


def _latency(name: str, milliseconds: Sequence[float], percentile: float, promise: float) -> Score:
    interval = bootstrap_percentile(milliseconds, percentile)
    return score(name, interval, len(milliseconds), promise, unit="ms", better="lower")


def _histogram(milliseconds: Sequence[float]) -> Histogram:
    counts, edges = np.histogram(milliseconds, bins=min(20, len(milliseconds)))
    return Histogram(
        title="How long a turn takes, in process",
        unit="ms",
        edges=tuple(map(float, edges)),
        counts=tuple(map(int, counts)),
    )
