"""Many visitors at once: conversations with time to read in between, as many turns as fit, and open event streams."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import cycle
from random import Random

import httpx

from evaluation.casebook import Casebook
from evaluation.load.server import MeasuredServer
from knowledge.record import Frozen

CONVERSATIONS, STREAMS = 50, 500
_SECONDS = 45.0
_READING_SECONDS = (2.0, 10.0)
_LEVELS = (1, 2, 4, 8, 16)
_LEVEL_SECONDS = 4.0
_REGIONS = ("haaglanden", "ldb", "hak")
"""The levels ask on pages of one region after another, so that no answer comes from memory."""
_REPEATS = 20
_SEED = 20261128
_TIMEOUT = httpx.Timeout(60)


class Crowd(Frozen):
    """Conversations at once, each with 2 to 10 seconds between two turns."""

    conversations: int
    turn_ms: tuple[float, ...]
    lost: int
    """Turns that had no reply, and replies that the transcript does not hold."""


class Level(Frozen):
    """So many visitors who ask on without a pause."""

    visitors: int
    turns_per_second: float
    turn_ms_p95: float


class Streams(Frozen):
    """Event streams open at once on one worker."""

    opened: int
    memory_before_mb: float | None
    memory_after_mb: float | None
    turn_ms: float
    """A turn of somebody else meanwhile, the median of ten."""


def crowd(server: MeasuredServer, casebook: Casebook) -> Crowd:
    """Fifty conversations for three quarters of a minute, every question another one."""
    return asyncio.run(_crowd(server.address, questions_of(casebook)))


def levels(server: MeasuredServer, casebook: Casebook) -> tuple[Level, ...]:
    """More and more visitors who do not pause, to find how many turns a second there can be."""
    questions, regions = questions_of(casebook), cycle(_REGIONS[1:])
    return tuple(asyncio.run(_level(server.address, questions, next(regions), visitors)) for visitors in _LEVELS)


def repeated(server: MeasuredServer, question: str) -> tuple[float, ...]:
    """Milliseconds of one question in twenty new conversations, after it was asked once."""
    return asyncio.run(_repeated(server.address, question))


def streams(server: MeasuredServer, casebook: Casebook) -> Streams:
    """Five hundred streams of as many conversations, and what that costs."""
    return asyncio.run(_streams(server, questions_of(casebook)))


def questions_of(casebook: Casebook) -> Iterator[str]:
    """Every first question, shuffled, again and again."""
    questions = [case.said[0] for case in casebook.cases]
    Random(_SEED).shuffle(questions)  # noqa: S311 - an order, no secret
    return cycle(questions)


class _Visitor:
    """One conversation over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._path, self._headers = "", dict[str, str]()
        self.answered = 0

    async def begin(self, region: str = _REGIONS[0]) -> "_Visitor":
        start = await self._client.post("/api/v1/conversations", json={"region": region})
        begun = start.raise_for_status().json()
        self._path = f"/api/v1/conversations/{begun['conversation_id']}"
        self._headers = {"Authorization": f"Bearer {begun['token']}"}
        return self

    async def ask(self, text: str) -> float | None:
        """Milliseconds; None if no reply came."""
        began = time.perf_counter()
        try:
            answer = await self._client.post(f"{self._path}/messages", json={"text": text}, headers=self._headers)
        except httpx.TransportError:
            return None
        took = 1000 * (time.perf_counter() - began)
        if answer.status_code != 200 or not answer.json()["blocks"]:
            return None
        self.answered += 1
        return took

    async def kept(self) -> int:
        """How many of its turns the transcript holds."""
        return len((await self._client.get(self._path, headers=self._headers)).raise_for_status().json()["turns"])

    async def listen(self, stack: AsyncExitStack) -> None:
        """Open the stream of events and read its first words; it stays open until the stack ends."""
        stream = self._client.stream("GET", f"{self._path}/events", headers=self._headers)
        response = await stack.enter_async_context(stream)
        response.raise_for_status()
        await anext(response.aiter_bytes())


async def _crowd(address: str, questions: Iterator[str]) -> Crowd:
    random, took, lost = Random(_SEED), list[float](), 0  # noqa: S311 - pauses, no secret
    async with _client(address, CONVERSATIONS) as client:

        async def converse() -> int:
            await asyncio.sleep(random.uniform(0, _READING_SECONDS[1]))
            visitor, missed, until = await _Visitor(client).begin(), 0, time.perf_counter() + _SECONDS
            while time.perf_counter() < until:
                milliseconds = await visitor.ask(next(questions))
                missed += milliseconds is None
                took.extend([] if milliseconds is None else [milliseconds])
                await asyncio.sleep(random.uniform(*_READING_SECONDS))
            return missed + visitor.answered - await visitor.kept()

        lost = sum(await asyncio.gather(*(converse() for _ in range(CONVERSATIONS))))
    return Crowd(conversations=CONVERSATIONS, turn_ms=tuple(took), lost=lost)


async def _level(address: str, questions: Iterator[str], region: str, visitors: int) -> Level:
    took = list[float]()
    async with _client(address, visitors) as client:
        began = time.perf_counter()

        async def ask_on() -> None:
            visitor = await _Visitor(client).begin(region)
            while time.perf_counter() - began < _LEVEL_SECONDS:
                took.extend(filter(None, [await visitor.ask(next(questions))]))

        await asyncio.gather(*(ask_on() for _ in range(visitors)))
        seconds = time.perf_counter() - began
    return Level(visitors=visitors, turns_per_second=len(took) / seconds, turn_ms_p95=_percentile(took, 95))


async def _repeated(address: str, question: str) -> tuple[float, ...]:
    async with _client(address, 1) as client:
        took = [await (await _Visitor(client).begin()).ask(question) for _ in range(_REPEATS + 1)]
    return tuple(each for each in took[1:] if each is not None)


async def _streams(server: MeasuredServer, questions: Iterator[str]) -> Streams:
    before, _ = server.memory()
    async with _client(server.address, STREAMS + 10) as client, AsyncExitStack() as stack:
        listening = await _together([_Visitor(client).begin for _ in range(STREAMS)])
        opened = 0
        for at in range(0, STREAMS, 25):
            await asyncio.gather(*(each.listen(stack) for each in listening[at : at + 25]))
            opened += len(listening[at : at + 25])
        asking = await _Visitor(client).begin()
        took = [await asking.ask(next(questions)) for _ in range(10)]
        after, _ = server.memory()
    return Streams(
        opened=opened,
        memory_before_mb=before,
        memory_after_mb=after,
        turn_ms=_percentile([each for each in took if each is not None], 50),
    )


async def _together(calls: Sequence[Callable[[], Awaitable[_Visitor]]]) -> list[_Visitor]:
    """All of them, ten at a time."""
    done: list[_Visitor] = []
    for at in range(0, len(calls), 10):
        done += await asyncio.gather(*(call() for call in calls[at : at + 10]))
    return done


def _client(address: str, connections: int) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx.AsyncClient(base_url=address, timeout=_TIMEOUT, limits=limits)


def _percentile(values: Sequence[float], percentile: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percentile / 100))] if values else 0.0
