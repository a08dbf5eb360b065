"""Holds what was measured against what was promised."""

from collections.abc import Sequence

import numpy as np

from evaluation.casebook import Casebook
from evaluation.load.generate import Measured
from evaluation.result import Histogram, PartResult, Score, Unit

TURN_P50_MS, TURN_P95_MS, ZELFTEST_P95_MS = 30, 60, 5
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
        ),
        histograms=(
            Histogram(
                title="How long a turn takes over HTTP, one visitor", unit="ms", edges=tuple(map(float, edges)),
                counts=tuple(map(int, counts)),
            ),
        ),
    )  # fmt: skip


def _percentile(values: Sequence[float], percentile: float) -> float | None:
    return float(np.percentile(values, percentile)) if values else None


def _score(name: str, value: float | None, of: int, unit: Unit, promise: float | None) -> Score:
    return Score(name=name, value=value, of=of, unit=unit, better="lower", promise=promise)
