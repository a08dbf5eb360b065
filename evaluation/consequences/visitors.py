"""Visitors who are drawn once for a content, and kept: they are the same at every look at a change of it."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from assistant.eligibility.verdict import Eligibility
from evaluation.zelftest.walk import Drawn, Walker
from knowledge.catalogue import Catalogue
from knowledge.fact import Facts, FactType
from knowledge.index.files import replace_bytes

_CHUNKS = 40
_SEED = 20261128
_KEPT = 5
Key = tuple[tuple[str, Any], ...]


def drawn_visitors(
    catalogue: Catalogue, on: date, profiles: int, kept_in: Path | None = None
) -> list[tuple[Facts, int]]:
    """
    Visitors who answer the zelftest of this catalogue to the end, each with how many there are of them.

    Half of them answer as visitors do, half evenly.

    :param kept_in: A folder; None draws them anew. The same ones come out.
    """
    file = kept_in / f"visitors-{_digest(catalogue, on, profiles)}.json" if kept_in is not None else None
    told = _read(file)
    if told is None:
        told = _drawn(catalogue, on, profiles)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_bytes(file, json.dumps(told).encode())
            for old in sorted(file.parent.glob("visitors-*.json"), key=lambda each: each.stat().st_mtime)[:-_KEPT]:
                old.unlink(missing_ok=True)
    return [(_parsed(facts), count) for facts, count in told]


def _drawn(catalogue: Catalogue, on: date, profiles: int) -> list[tuple[dict[str, Any], int]]:
    size = -(-profiles // _CHUNKS)
    _work[0] = _Drawing(Eligibility(catalogue, on))
    drawn: Counter[Key] = Counter()
    # Forked: the rules are shared, and no index is open in this process.
    with get_context("fork").Pool(len(os.sched_getaffinity(0))) as pool:
        for part in pool.imap(_chunk, [(chunk, size) for chunk in range(_CHUNKS)]):
            drawn.update(part)
    return [({name: _plain(value) for name, value in facts}, count) for facts, count in drawn.items()]


class _Drawing:
    def __init__(self, eligibility: Eligibility) -> None:
        self._eligibility = eligibility
        self._walker = Walker(eligibility)

    def visitor(self, draw: Random, as_drawn: Drawn) -> Facts:
        """One visitor. Of a number the rules tell the piece: what it is within that piece is drawn as well."""
        told = dict(self._walker.visitor(draw, as_drawn))
        for name, value in told.items():
            fact = self._eligibility.vocabulary[name]
            if fact.type is FactType.NUMBER and isinstance(value, int):
                domain = self._eligibility.domains[self._eligibility.levels[name]]
                above = [int(each) for each in domain.values if isinstance(each, int) and each > value]
                told[name] = draw.randint(value, min(above, default=fact.maximum + 1) - 1)
        return told


_work: dict[int, _Drawing] = {}
"""What a forked process finds."""


def _chunk(task: tuple[int, int]) -> Counter[Key]:
    chunk, size = task
    draw = Random(_SEED + chunk)  # noqa: S311 - a visitor, not a secret
    kind: Drawn = "as visitors" if chunk % 2 else "evenly"
    return Counter(tuple(_work[0].visitor(draw, kind).items()) for _ in range(size))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _parsed(facts: Mapping[str, Any]) -> Facts:
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in facts.items()}


def _digest(catalogue: Catalogue, on: date, profiles: int) -> str:
    """What the drawing hangs on: the questions and rules, the day, and this version of the zelftest."""
    hashed = hashlib.sha256(f"{catalogue.version} {on} {profiles}".encode())
    for file in _program():
        hashed.update(f"{file.stat().st_mtime_ns} {file.stat().st_size}".encode())
    return hashed.hexdigest()[:24]


def _program() -> Iterator[Path]:
    top = Path(__file__).parents[2]
    for folder in ("assistant/eligibility", "assistant/zelftest", "evaluation/zelftest"):
        yield from sorted((top / folder).rglob("*.py"))


def _read(file: Path | None) -> list[tuple[dict[str, Any], int]] | None:
    if file is None:
        return None
    with suppress(OSError, ValueError):
        return [(facts, count) for facts, count in json.loads(file.read_bytes())]
    return None
