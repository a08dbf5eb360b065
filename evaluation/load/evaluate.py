"""Holds what was measured against what was promised."""

from collections.abc import Iterator, Sequence

import numpy as np

from evaluation.casebook import Casebook
from evaluation.load.desk import PROMISED_MS, DeskMeasured
from evaluation.load.generate import Measured
from evaluation.result import Histogram, PartResult, Score, Table, Unit

TURN_P50_MS, TURN_P95_MS, ZELFTEST_P95_MS = 30, 60, 5
CROWD_P95_MS, STREAMS_MB = 250, 100
MEMORY_MB, START_SECONDS, WIDGET_KB = 500, 4, 20


def evaluate(_: Casebook, outputs: Sequence[Measured]) -> PartResult:
    """Percentiles of the last measurement."""
    measured = outputs[-1]
    turns, steps = measured.turn_ms, measured.zelftest_ms
    counts, edges = np.histogram(turns, bins=20)
    return PartResult(
        part="load",
        scores=(
            _score("a turn over HTTP, p50", _percentile(turns, 50), len(turns), "ms", TURN_P50_MS),
            _score("a turn over HTTP, p95", _percentile(turns, 95), len(turns), "ms", TURN_P95_MS),
            _score("a zelftest step over HTTP, p50", _percentile(steps, 50), len(steps), "ms", None),
            _score("a zelftest step over HTTP, p95", _percentile(steps, 95), len(steps), "ms", ZELFTEST_P95_MS),
            _score("memory of the server", measured.memory_mb, 1, "MB", MEMORY_MB),
            _score("memory of the server, at its highest", measured.memory_peak_mb, 1, "MB", None),
            _score("start to first answer, index built", measured.start_seconds, 1, "s", START_SECONDS),
            _score("widget, gzipped", measured.widget_kb, 1, "kB", WIDGET_KB),
            _score("a repeated question over HTTP, p50", _percentile(measured.repeated_ms, 50), len(measured.repeated_ms),
                   "ms", None),
            *_at_once(measured),
        ),
        tables=(_levels(measured), *map(_desk, measured.desk)),
        histograms=(
            Histogram(
                title="How long a turn takes over HTTP, one visitor", unit="ms", edges=tuple(map(float, edges)),
                counts=tuple(map(int, counts)),
            ),
        ),
    )  # fmt: skip


def _at_once(measured: Measured) -> Iterator[Score]:
    if measured.crowd is not None:
        turns, many = measured.crowd.turn_ms, measured.crowd.conversations
        yield _score(f"a turn with {many} conversations at once, p50", _percentile(turns, 50), len(turns), "ms", None)
        yield _score(
            f"a turn with {many} conversations at once, p95", _percentile(turns, 95), len(turns), "ms", CROWD_P95_MS
        )
        yield _score(f"turns lost with {many} conversations at once", measured.crowd.lost, len(turns), "count", 0)
    if measured.levels:
        most = max(each.turns_per_second for each in measured.levels)
        yield Score(name="turns a second at saturation", value=most, of=len(measured.levels), unit="count")
    if measured.streams is not None and measured.streams.memory_before_mb and measured.streams.memory_after_mb:
        grown = measured.streams.memory_after_mb - measured.streams.memory_before_mb
        yield _score("memory that open event streams cost", grown, measured.streams.opened, "MB", STREAMS_MB)
        yield _score("a turn beside open event streams, p50", measured.streams.turn_ms, 10, "ms", None)

    for desk in measured.desk:
        name = f"slowest page of a desk with {desk.leads:,} leads in {desk.store}, p95"
        yield _score(name, desk.p95(desk.pages[0]), len(desk.pages), "ms", PROMISED_MS[desk.store])


def _desk(measured: DeskMeasured) -> Table:
    took = measured.milliseconds
    return Table(
        title=f"Pages of a desk with {measured.leads:,} leads in {measured.store}",
        columns=("page", "p50, ms", "p95, ms"),
        rows=tuple((page, *(f"{np.percentile(took[page], each):.0f}" for each in (50, 95))) for page in measured.pages),
    )


def _levels(measured: Measured) -> Table:
    return Table(
        title="Visitors who ask on without a pause",
        columns=("visitors", "turns a second", "a turn, p95"),
        rows=tuple(
            (str(each.visitors), f"{each.turns_per_second:.1f}", f"{each.turn_ms_p95:.0f} ms")
            for each in measured.levels
        ),
    )


def _percentile(values: Sequence[float], percentile: float) -> float | None:
    return float(np.percentile(values, percentile)) if values else None


def _score(name: str, value: float | None, of: int, unit: Unit, promise: float | None) -> Score:
    return Score(name=name, value=value, of=of, unit=unit, better="lower", promise=promise)
