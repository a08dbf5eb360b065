"""Scores what was understood: the intent of every message, and the facts that it tells."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.calibration import calibration_scores, reliability
from evaluation.case import Case
from evaluation.casebook import Casebook
from evaluation.interval import bootstrap, bootstrap_mean
from evaluation.result import Judged, PartResult, Table, score
from evaluation.understanding.generate import Heard


@dataclass(frozen=True)
class FactCount:
    """The facts of one case: found and right, found and not told, told and not found."""

    right: int
    invented: int
    missed: int


def evaluate(casebook: Casebook, outputs: Sequence[Heard]) -> PartResult:
    """Intent accuracy, and precision, recall and F1 of facts, each with its interval over cases."""
    heard = {each.id: each for each in outputs}
    cases = [case for case in casebook.cases if case.id in heard]
    with_intent = [case for case in cases if case.expect.intent]
    hits = [float(heard[case.id].intent in case.expect.intent) for case in with_intent]
    sure, right = [heard[case.id].confidence for case in with_intent], [bool(each) for each in hits]
    with_facts = [case for case in cases if case.expect.facts is not None]
    counts = [count_facts(case, heard[case.id].facts) for case in with_facts]
    matrix = np.array([(each.right, each.invented, each.missed) for each in counts], dtype=float).reshape(-1, 3)
    return PartResult(
        part="understanding",
        scores=(
            score("intent right", bootstrap_mean(hits), len(hits)),
            *calibration_scores(sure, right),
            score("facts: precision", bootstrap(len(counts), lambda drawn: _precision(matrix[drawn])), len(counts)),
            score("facts: recall", bootstrap(len(counts), lambda drawn: _recall(matrix[drawn])), len(counts)),
            score("facts: F1", bootstrap(len(counts), lambda drawn: _f1(matrix[drawn])), len(counts)),
        ),
        judged=tuple(_judged(case, heard[case.id]) for case in cases if case.expect.intent or case.expect.facts),
        tables=(_by("style", with_intent, hits), _by("visitor", with_intent, hits), _confused(with_intent, heard)),
        curves=(reliability("How sure of the intent, and how often it is right", "intent", sure, right),),
    )


def count_facts(case: Case, found: Mapping[str, object]) -> FactCount:
    """A fact with another value than was told is both invented and missed; what `may_know` names does not count."""
    told = case.expect.facts or {}
    right = sum(name in found and _same(found[name], value) for name, value in told.items())
    named = [name for name in found if name in told or name not in case.expect.may_know]
    return FactCount(right=right, invented=len(named) - right, missed=len(told) - right)


def _same(found: object, told: object) -> bool:
    if isinstance(found, str) and isinstance(told, str):
        # Free text, such as a field of study, is right if it holds the word that was told.
        return told.casefold() in found.casefold()
    if isinstance(found, (list, tuple)) and isinstance(told, list):
        return sorted(found) == sorted(told)
    return found == told


def _precision(counts: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    right, invented, _ = counts.sum(axis=0)
    return float(right / (right + invented)) if right + invented else 1.0


def _recall(counts: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    right, _, missed = counts.sum(axis=0)
    return float(right / (right + missed)) if right + missed else 1.0


def _f1(counts: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    precision, recall = _precision(counts), _recall(counts)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _judged(case: Case, heard: Heard) -> Judged:
    wrong = []
    if case.expect.intent and heard.intent not in case.expect.intent:
        wrong.append(f"read as {heard.intent} ({heard.confidence:.2f}), meant {' or '.join(case.expect.intent)}")
    severity = 1 if wrong else 0
    if case.expect.facts is not None:
        for name, value in case.expect.facts.items():
            if name not in heard.facts:
                wrong.append(f"missed {name} = {value}")
                severity = max(severity, 1)
            elif not _same(heard.facts[name], value):
                wrong.append(f"took {name} for {heard.facts[name]}, told was {value}")
                severity = 2
        for name in heard.facts.keys() - case.expect.facts.keys() - set(case.expect.may_know):
            wrong.append(f"made up {name} = {heard.facts[name]}")
            severity = 2
    return Judged(
        id=case.id,
        topic=case.topic,
        asked=" / ".join(case.said),
        right=not wrong,
        wrong=tuple(wrong),
        got=f"{heard.intent} {heard.confidence:.2f} {heard.facts or ''}".strip(),
        source=case.source,
        severity=severity,
    )


def _by(field: str, cases: Sequence[Case], hits: Sequence[float]) -> Table:
    groups: dict[str, list[float]] = defaultdict(list)
    for case, hit in zip(cases, hits, strict=True):
        groups[getattr(case, field)].append(hit)
    return Table(
        title=f"Intent by {field}",
        columns=(field, "cases", "right"),
        rows=tuple(
            (name, str(len(values)), f"{100 * sum(values) / len(values):.0f}%")
            for name, values in sorted(groups.items())
        ),
    )


def _confused(cases: Sequence[Case], heard: Mapping[str, Heard]) -> Table:
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for case in cases:
        if heard[case.id].intent not in case.expect.intent:
            pairs[case.expect.intent[0], heard[case.id].intent] += 1
    ordered = sorted(pairs.items(), key=lambda pair: -pair[1])
    return Table(
        title="Intents taken for another",
        columns=("meant", "read as", "cases"),
        rows=tuple((meant, read, str(count)) for (meant, read), count in ordered),
    )
