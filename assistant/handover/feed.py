"""Tells the event streams of this process that there is something new, with one look at the store for all of them."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from assistant.handover.handover import Handover, Person, State
from assistant.handover.stream import AnswerShown, LeadShown, MessageShown, Onlooker, TalksShown

_LOOK_SECONDS = 0.5
_BEAT = timedelta(seconds=15)
_SWEEP = timedelta(seconds=5)
_OVERLAP = timedelta(seconds=10)
"""How far a look reaches back: other machines' clocks differ, and a transaction takes its time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Said:
    """Something said, with its number within the conversation."""

    number: int
    message: MessageShown
    for_visitor: bool


@dataclass(frozen=True)
class Present:
    """Somebody who is there; `person_id` is empty for the visitor."""

    person_id: str
    onlooker: Onlooker


@dataclass(frozen=True)
class Moment:
    """A conversation as it stands, and what was said since."""

    handover: Handover
    locale: str
    said: tuple[Said, ...]
    there: tuple[Present, ...]

    @property
    def is_live(self) -> bool:
        """Whether somebody waits for a person or has one."""
        return self.handover.state in (State.WAITING, State.CONNECTED)


@dataclass(frozen=True)
class Changes:
    """What changed since a moment: marks that differ whenever something does."""

    talks: dict[str, str]
    """By conversation."""
    desk: str
    """Of everything that the desk lists."""
    reachable: frozenset[str]
    """The regions with an adviser who can be called."""


@dataclass(frozen=True)
class Here:
    """Somebody who listens to a conversation; `person` None is its visitor."""

    conversation_id: str
    person: Person | None


class LiveStore(Protocol):
    """Where the streams' news comes from. The storage has one; each call is a transaction of its own."""

    def moment(self, conversation_id: str, after: int) -> Moment | None:
        """The conversation with what was said since that number; None if it is no more."""
        ...

    def talks(self, regions: Sequence[str]) -> TalksShown:
        """Every live conversation of these regions."""
        ...

    def leads_since(self, regions: Sequence[str], moment: datetime) -> list[LeadShown]:
        """The leads of these regions that came in after that moment, oldest first."""
        ...

    def answers_since(self, regions: Sequence[str], moment: datetime) -> list[AnswerShown]:
        """The mail about leads of these regions that came in after that moment, oldest first."""
        ...

    def arrive(self, here: Here) -> None:
        """Somebody began to listen."""
        ...

    def changes(self, since: datetime) -> Changes:
        """What changed since that moment."""
        ...

    def beat(self, here: Collection[Here], desks: Collection[str]) -> None:
        """These are still listening, and these accounts have their desk open."""
        ...

    def gone(self, conversation_ids: Collection[str]) -> set[str]:
        """Which of these conversations are no more."""
        ...

    def sweep(self) -> int:
        """Let time do its work in conversations that wait."""
        ...

    def leave(self, here: Here) -> None:
        """Somebody stopped listening."""
        ...


class Watch:
    """What one stream waits for. `is_over` once its conversation is gone or the process stops."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self.is_over = False
        self.is_forgotten = False

    def call(self) -> None:
        """There is something new."""
        self._news.set()

    async def news(self, within_seconds: float) -> bool:
        """Wait for something new. Returns whether there is."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), within_seconds)
        had_news = self._news.is_set()
        self._news.clear()
        return had_news


class Feed:
    """One a process. Without listeners it looks at nothing but who waits too long."""

    def __init__(self, store: LiveStore, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._talks: dict[str, set[Watch]] = {}
        self._desks: set[Watch] = set()
        self._here: dict[Watch, Here] = {}
        self._accounts: dict[Watch, str] = {}
        self._left: set[Here] = set()
        self._marks: dict[str, str] = {}
        self._desk_mark = ""
        self._is_stopping = False
        self.reachable: frozenset[str] = frozenset()
        """The regions with an adviser who can be called, as of the last look."""

    @contextlib.contextmanager
    def talk(self, here: Here) -> Iterator[Watch]:
        """Listen to one conversation."""
        watch = Watch()
        watch.is_over = self._is_stopping
        self._talks.setdefault(here.conversation_id, set()).add(watch)
        self._here[watch] = here
        try:
            yield watch
        finally:
            del self._here[watch]
            others = self._talks[here.conversation_id]
            others.discard(watch)
            if not others:
                del self._talks[here.conversation_id]
                self._marks.pop(here.conversation_id, None)
            if here not in self._here.values():
                # Told to the store at the next look: a stream that is cut off cannot wait for anything itself.
                self._left.add(here)

    @contextlib.contextmanager
    def desk(self, account_id: str) -> Iterator[Watch]:
        """Listen to everything that the desk lists."""
        watch = Watch()
        watch.is_over = self._is_stopping
        self._desks.add(watch)
        self._accounts[watch] = account_id
        try:
            yield watch
        finally:
            self._desks.discard(watch)
            del self._accounts[watch]

    def wake(self, conversation_ids: Collection[str]) -> None:
        """Something changed in these conversations. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._call, tuple(conversation_ids))

    def forget(self, conversation_id: str) -> None:
        """A conversation was erased: its streams end. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._over, conversation_id)

    def stop(self) -> None:
        """End every stream, so that the server can stop."""
        self._is_stopping = True
        for watch in (*self._here, *self._desks):
            watch.is_over = True
            watch.call()

    async def run(self, stop: asyncio.Event) -> None:
        """Look twice a second while somebody listens, until `stop` is set. A failing store is logged and waited out."""
        self._loop = asyncio.get_running_loop()
        looked_at = beaten_at = swept_at = self._clock() - _SWEEP
        while not stop.is_set():
            now = self._clock()
            try:
                if now - swept_at >= _SWEEP:
                    swept_at = now
                    await asyncio.to_thread(self._store.sweep)
                for here in self._left - set(self._here.values()):
                    await asyncio.to_thread(self._store.leave, here)
                self._left.clear()
                if self._here or self._desks:
                    if now - beaten_at >= _BEAT:
                        beaten_at = now
                        await self._beat()
                    self._look(await asyncio.to_thread(self._store.changes, looked_at - _OVERLAP))
                    looked_at = now
            except Exception:
                _log.exception("the live conversations could not be read; trying again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
        self.stop()

    async def _beat(self) -> None:
        here, desks = frozenset(self._here.values()), frozenset(self._accounts.values())
        await asyncio.to_thread(self._store.beat, here, desks)
        for conversation_id in await asyncio.to_thread(self._store.gone, tuple(self._talks)):
            self._over(conversation_id)

    def _look(self, changes: Changes) -> None:
        for conversation_id, mark in changes.talks.items():
            if conversation_id in self._talks and self._marks.get(conversation_id) != mark:
                self._marks[conversation_id] = mark
                self._call((conversation_id,))
        if changes.reachable != self.reachable:
            self.reachable = changes.reachable
            self._call(tuple(self._talks))
        if changes.desk != self._desk_mark:
            self._desk_mark = changes.desk
            for watch in self._desks:
                watch.call()

    def _call(self, conversation_ids: tuple[str, ...]) -> None:
        for conversation_id in conversation_ids:
            for watch in self._talks.get(conversation_id, ()):
                watch.call()
        for watch in self._desks:
            watch.call()

    def _over(self, conversation_id: str) -> None:
        for watch in self._talks.get(conversation_id, ()):
            watch.is_over = watch.is_forgotten = True
            watch.call()
