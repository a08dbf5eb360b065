"""Run: each part generated, kept, read back and scored, in a folder of its own."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from evaluation.answering.evaluate import evaluate as evaluate_answering
from evaluation.answering.generate import Conversed
from evaluation.answering.generate import generate as generate_answering
from evaluation.casebook import Casebook
from evaluation.dialogue.evaluate import evaluate as evaluate_dialogue
from evaluation.dialogue.generate import Talked
from evaluation.dialogue.generate import generate as generate_dialogue
from evaluation.eligibility.evaluate import evaluate as evaluate_eligibility
from evaluation.eligibility.generate import JudgedRoutes
from evaluation.eligibility.generate import generate as generate_eligibility
from evaluation.guards.evaluate import evaluate as evaluate_guards
from evaluation.guards.generate import Guarded
from evaluation.guards.generate import generate as generate_guards
from evaluation.ingestion.evaluate import evaluate as evaluate_ingestion
from evaluation.ingestion.generate import PageRead
from evaluation.ingestion.generate import generate as generate_ingestion
from evaluation.load.evaluate import evaluate as evaluate_load
from evaluation.load.generate import Measured
from evaluation.load.generate import generate as generate_load
from evaluation.load.server import machine
from evaluation.product import Product
from evaluation.result import PartResult, RunResult
from evaluation.retrieval.evaluate import evaluate as evaluate_retrieval
from evaluation.retrieval.generate import Found
from evaluation.retrieval.generate import generate as generate_retrieval
from evaluation.understanding.evaluate import evaluate as evaluate_understanding
from evaluation.understanding.generate import Heard
from evaluation.understanding.generate import generate as generate_understanding
from evaluation.zelftest.evaluate import evaluate as evaluate_zelftest
from evaluation.zelftest.generate import Generated
from evaluation.zelftest.generate import generate as generate_zelftest
from evaluation.zelftest.generate import size as size_of_zelftest

RESULTS = "results.json"
REPORT = "report.html"
Advance = Callable[[str, int, int], None]
"""Told of progress: the part, how many outputs it has, and how many there will be at most."""


@dataclass(frozen=True)
class Part:
    """What is scored on its own, so that a bad score names its part."""

    name: str
    output: type[BaseModel]
    generate: Callable[[Product, Casebook], Iterable[Any]]
    evaluate: Callable[[Casebook, Sequence[Any]], PartResult]
    size: Callable[[Casebook], int]


def _cases(casebook: Casebook) -> int:
    return len(casebook.cases)


def _personas(casebook: Casebook) -> int:
    return len(casebook.personas)


PARTS = {
    part.name: part
    for part in (
        Part("understanding", Heard, generate_understanding, evaluate_understanding, _cases),
        Part("retrieval", Found, generate_retrieval, evaluate_retrieval, _cases),
        Part("eligibility", JudgedRoutes, generate_eligibility, evaluate_eligibility, _personas),
        Part("answering", Conversed, generate_answering, evaluate_answering, _cases),
        Part("dialogue", Talked, generate_dialogue, evaluate_dialogue, lambda casebook: len(casebook.conversations)),
        Part("guards", Guarded, generate_guards, evaluate_guards, lambda casebook: len(casebook.guards)),
        Part("ingestion", PageRead, generate_ingestion, evaluate_ingestion, lambda casebook: len(casebook.pages)),
        Part("zelftest", Generated, generate_zelftest, evaluate_zelftest, size_of_zelftest),
        Part("load", Measured, generate_load, evaluate_load, lambda _: 1),
    )
}


def name_of_run(started_at: datetime, catalogue: str) -> str:
    """The moment and the catalogue: `20261122-0714-bd1d2218`."""
    return f"{started_at:%Y%m%d-%H%M%S}-{catalogue[:8]}"


def run(
    product: Product,
    casebook: Casebook,
    parts: Sequence[str],
    out: Path,
    split: Literal["dev", "test", "all"],
    advance: Advance = lambda _part, _done, _of: None,
) -> RunResult:
    """
    Run and score these parts.

    :param out: The folder of all runs; this one gets a folder in it with outputs, scores and `results.json`.
    :raises ContentError, IndexProblem, ServerProblem: If the product cannot be opened or served.
    """
    started_at = datetime.now(UTC)
    catalogue = product.publication.catalogue.version
    name = name_of_run(started_at, catalogue)
    results = []
    for each in parts:
        folder = out / name / each
        folder.mkdir(parents=True, exist_ok=True)
        generate(PARTS[each], product, casebook, folder / "output.json", advance)
        results.append(evaluate(PARTS[each], casebook, folder / "output.json"))
    result = RunResult(
        run=name,
        started_at=started_at,
        catalogue=catalogue,
        split=split,
        machine=machine(),
        parts=tuple(results),
    )
    (out / name / RESULTS).write_text(result.model_dump_json(indent=1), encoding="utf-8")
    return result


def generate(part: Part, product: Product, casebook: Casebook, path: Path, advance: Advance) -> None:
    """Let the product do a part, and keep what it did in a file."""
    outputs = []
    size = part.size(casebook)
    advance(part.name, 0, size)
    for output in part.generate(product, casebook):
        outputs.append(output.model_dump(mode="json"))
        advance(part.name, len(outputs), size)
    advance(part.name, size, size)
    path.write_text(json.dumps(outputs, ensure_ascii=False, indent=1), encoding="utf-8")


def evaluate(part: Part, casebook: Casebook, path: Path) -> PartResult:
    """Score what a file holds."""
    outputs = [part.output.model_validate(each) for each in json.loads(path.read_text(encoding="utf-8"))]
    return part.evaluate(casebook, outputs)


class NoSuchRun(Exception):
    """There is no run of that name; the message lists the ones there are."""


def earlier_run(out: Path, name: str, split: Literal["dev", "test", "all"], parts: Sequence[str]) -> RunResult:
    """
    A run to compare with.

    :param name: The name of a run, or `latest` for the newest one of this split that has one of these parts.
    :raises NoSuchRun: If there is none.
    """
    found = sorted(path.parent.name for path in out.glob(f"*/{RESULTS}"))
    wanted = found[::-1] if name == "latest" else [each for each in found if each == name]
    for each in wanted:
        result = RunResult.model_validate_json((out / each / RESULTS).read_text(encoding="utf-8"))
        if name != "latest" or (result.split == split and any(map(result.find, parts))):
            return result
    raise NoSuchRun(f"--against {name}: no such run in {out}; there is {', '.join(found) or 'none yet'}")
