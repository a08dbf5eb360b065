"""How the product runs: one visitor at a time over HTTP, fifty at once, memory, start, and the weight of the widget."""

import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx

from assistant.eligibility.profile import parse_facts
from assistant.zelftest.question import as_json
from evaluation.casebook import Casebook
from evaluation.load.crowd import Crowd, Level, Streams, crowd, levels, repeated, streams
from evaluation.load.desk import DeskMeasured, measure_desk
from evaluation.load.postgresql import NoPostgreSQL, running_postgresql
from evaluation.load.server import MeasuredServer, build_index, machine, serving
from evaluation.product import Product
from evaluation.zelftest.generate import answer_of
from knowledge.fact import Fact
from knowledge.record import Frozen

_WARM_UP = 10
_SAID_BY_MANY = "wat kost de pabo?"
"""Answered from a record for whoever asks, and so from memory; an advice never is."""
_IMPORTED = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]+\.js)['"]""")


class Measured(Frozen):
    """One measurement of everything."""

    id: str = "load"
    machine: str
    turn_ms: tuple[float, ...]
    """Each turn that was answered with a search or could have been, seen from the client on loopback."""
    zelftest_ms: tuple[float, ...]
    start_seconds: float
    memory_mb: float | None
    memory_peak_mb: float | None
    widget_kb: float
    """All modules of the widget, gzipped, in kB of 1,000 bytes."""
    repeated_ms: tuple[float, ...] = ()
    """A question that was asked before, by visitors of whom nothing is known."""
    crowd: Crowd | None = None
    levels: tuple[Level, ...] = ()
    streams: Streams | None = None
    desk: tuple[DeskMeasured, ...] = ()
    """On each store that can run here."""


def generate(product: Product, casebook: Casebook) -> Iterator[Measured]:
    """Start a server twice: to build its index, and to be measured with the index there."""
    with tempfile.TemporaryDirectory(prefix="loketgids-load-") as folder:
        var = Path(folder)
        build_index(var, product.settings.var / "vectors.sqlite")
        with serving(var) as server, httpx.Client(base_url=server.address, timeout=30) as client:
            turns = list(_converse(client, casebook))
            steps = list(_take_zelftests(client, casebook, product.publication.eligibility.vocabulary))
            alone = _measured(server, turns, steps, widget_kb(client))
            alone = alone.model_copy(
                update={
                    "repeated_ms": repeated(server, _SAID_BY_MANY),
                    "crowd": crowd(server, casebook),
                    "levels": levels(server, casebook),
                    "streams": streams(server, casebook),
                }
            )
        yield alone.model_copy(update={"desk": tuple(_desks(var))})


def _desks(folder: Path) -> Iterator[DeskMeasured]:
    """In data folders of their own, so that no made-up lead comes into an installation's."""
    yield measure_desk(folder / "sqlite")
    try:
        with running_postgresql() as address:
            yield measure_desk(folder / "postgresql", address)
    except NoPostgreSQL:
        return


def widget_kb(client: httpx.Client) -> float:
    """What a page loads once the widget is opened: its tag and every module that is imported from there on."""
    waiting, seen, weight = ["/widget.js"], set[str](), 0
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path, headers={"Accept-Encoding": "gzip"}).raise_for_status()
        weight += answer.num_bytes_downloaded
        waiting += [urljoin(path, found) for found in _IMPORTED.findall(answer.text)]
    return weight / 1000


def _measured(server: MeasuredServer, turns: list[float], steps: list[float], widget: float) -> Measured:
    memory, peak = server.memory()
    return Measured(
        machine=machine(),
        turn_ms=tuple(turns[_WARM_UP:] or turns),
        zelftest_ms=tuple(steps[_WARM_UP:] or steps),
        start_seconds=server.first_answer_seconds,
        memory_mb=memory,
        memory_peak_mb=peak,
        widget_kb=widget,
    )


def _converse(client: httpx.Client, casebook: Casebook) -> Iterator[float]:
    """Milliseconds of each turn; one that the screen ended has searched nothing and does not count."""
    for case in casebook.cases:
        begun = client.post("/api/v1/conversations", json={"region": case.region}).raise_for_status().json()
        for text in case.said:
            began = time.perf_counter()
            answer = client.post(
                f"/api/v1/conversations/{begun['conversation_id']}/messages",
                json={"text": text},
                headers={"Authorization": f"Bearer {begun['token']}"},
            )
            took = 1000 * (time.perf_counter() - began)
            if not answer.raise_for_status().json()["status"].startswith("guarded"):
                yield took


def _take_zelftests(client: httpx.Client, casebook: Casebook, vocabulary: Mapping[str, Fact]) -> Iterator[float]:
    for persona in casebook.personas:
        facts: dict[str, Any] = {}
        answers = parse_facts(persona.facts, vocabulary)
        while True:
            began = time.perf_counter()
            answer = client.post("/api/v1/zelftest", json={"facts": facts, "detail": "open"})
            yield 1000 * (time.perf_counter() - began)
            question = answer.raise_for_status().json()["next_question"]
            if question is None:
                break
            known = answer_of(answers, question["fact"], vocabulary)
            facts[question["fact"]] = as_json(known.value) if known else None
