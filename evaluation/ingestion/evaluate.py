"""Scores reading: precision and recall by kind of fact, fields that are right, and the kind of page."""

from collections.abc import Callable, Sequence

import numpy as np

from evaluation.casebook import Casebook
from evaluation.ingestion.case import KINDS, PageCase
from evaluation.ingestion.generate import PageRead
from evaluation.ingestion.score import Scored, scored
from evaluation.interval import Interval, bootstrap, bootstrap_mean
from evaluation.result import Judged, PartResult, Score, Table, score

Page = tuple[PageCase, PageRead, Scored]


def evaluate(casebook: Casebook, outputs: Sequence[PageRead]) -> PartResult:
    """Recall and precision over all facts and by kind; intervals are over pages, for the facts of one page go together."""
    by_id = {each.id: each for each in outputs}
    pages = [
        (case, by_id[case.id], scored(case, by_id[case.id].findings)) for case in casebook.pages if case.id in by_id
    ]
    per_second, timed = _speed(pages)
    right_kind = [float(read.kind is case.kind) for case, read, _ in pages]
    return PartResult(
        part="ingestion",
        scores=(
            _recall("recall", pages, None),
            _precision("precision", pages, None),
            _fields("fields right", pages),
            score("kind of page right", bootstrap_mean(right_kind), len(right_kind)),
            score("pages a second", Interval(per_second, per_second, per_second), timed, 20.0, unit="count"),
            *(
                each
                for kind in KINDS
                for each in (_recall(f"recall {kind}", pages, kind), _precision(f"precision {kind}", pages, kind))
            ),
        ),
        judged=tuple(_judged(*page) for page in pages),
        tables=(
            _by("By kind of document", pages, lambda case: case.format),
            _by("By topic", pages, lambda case: case.topic),
        ),
    )


def _speed(pages: Sequence[Page]) -> tuple[float, int]:
    """
    Pages a second, and over how many.

    Without PDFs, each of which is read in a process of its own, and without the first page of a format, which loads the
    libraries for it.
    """
    seen: set[str] = {"pdf"}
    seconds = []
    for case, read, _ in pages:
        if case.format in seen - {"pdf"}:
            seconds.append(read.seconds)
        seen.add(case.format)
    return (len(seconds) / sum(seconds) if seconds else 0.0), len(seconds)


def _ratio(name: str, hits: Sequence[int], wholes: Sequence[int]) -> Score:
    """A share of facts, with its interval over pages."""
    top, bottom = np.asarray(hits, dtype=float), np.asarray(wholes, dtype=float)
    total = int(bottom.sum())
    if not total:
        return score(name, Interval(0.0, 0.0, 0.0), 0)
    return score(name, bootstrap(len(hits), lambda drawn: _share(top[drawn].sum(), bottom[drawn].sum())), total)


def _share(hits: float, whole: float) -> float:
    return float(hits / whole) if whole else float("nan")


def _recall(name: str, pages: Sequence[Page], kind: str | None) -> Score:
    expected = [[each for each in found.matches if kind in (None, each.kind)] for _, _, found in pages]
    return _ratio(
        name, [sum(each.finding is not None for each in one) for one in expected], [len(one) for one in expected]
    )


def _precision(name: str, pages: Sequence[Page], kind: str | None) -> Score:
    hits = [
        sum(each.finding is not None and kind in (None, each.kind) for each in found.matches) for _, _, found in pages
    ]
    false = [sum(kind in (None, each.kind) for each in found.surplus) for _, _, found in pages]
    return _ratio(name, hits, [hit + wrong for hit, wrong in zip(hits, false, strict=True)])


def _fields(name: str, pages: Sequence[Page]) -> Score:
    told = [sum(each.fields for each in found.matches if each.finding) for _, _, found in pages]
    wrong = [sum(len(each.wrong) for each in found.matches if each.finding) for _, _, found in pages]
    return _ratio(name, [all_ - bad for all_, bad in zip(told, wrong, strict=True)], told)


def _judged(case: PageCase, read: PageRead, found: Scored) -> Judged:
    wrong = [f"missed {each.expected}" for each in found.matches if each.finding is None]
    wrong += [f"{each.kind}: {fault}" for each in found.matches for fault in each.wrong]
    wrong += [f"found {each.kind} that is not there: {each.words[:120]!r}" for each in found.surplus]
    wrong += [f"taken for {read.kind}, is {case.kind}"] if read.kind is not case.kind else []
    return Judged(
        id=case.id,
        topic=f"ingestion/{case.topic}",
        asked=f"a page as {case.format}, {len(case.expect)} facts",
        right=not wrong,
        wrong=tuple(map(str, wrong)),
        got=f"{len(read.findings)} findings",
        source="what the page says",
        severity=(2 if found.surplus else 1) if wrong else 0,
    )


def _by(title: str, pages: Sequence[Page], name: Callable[[PageCase], str]) -> Table:
    rows = []
    for each in sorted({name(case) for case, _, _ in pages}):
        own = [found for case, _, found in pages if name(case) == each]
        facts = sum(len(found.matches) for found in own)
        hits = sum(match.finding is not None for found in own for match in found.matches)
        rows.append((each, str(len(own)), str(facts), str(hits), str(sum(len(found.surplus) for found in own))))
    return Table(title=title, columns=("", "pages", "facts", "recovered", "found wrongly"), rows=tuple(rows))
