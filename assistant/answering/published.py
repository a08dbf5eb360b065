"""Published: the catalogue, the rules, the index and the conversation over them, swapped as one."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from assistant.answering.consult.consultation import Knowledge
from assistant.answering.pipeline import Answering
from assistant.answering.rewording import Rewording
from assistant.eligibility.verdict import Eligibility
from knowledge.catalogue import Catalogue
from knowledge.index.cache import VectorCache
from knowledge.index.dense import vectors_of
from knowledge.index.generation import Progress
from knowledge.index.home import IndexHome
from knowledge.index.live import LiveSearch

_HELD_SECONDS = 120.0
"""No request is answered for so long: after this an index that was replaced is closed."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Published:
    """What visitors are answered from at this moment. Rules are judged as they hold on `on`."""

    catalogue: Catalogue
    eligibility: Eligibility
    search: LiveSearch
    answering: Answering
    on: date


class Publication:
    """
    Holds what is published now, and replaces it as a whole.

    A new day may bring other rules into force: with the first request of a day the rules are made ready anew.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        home: IndexHome,
        *,
        clock: Callable[[], date],
        max_message_chars: int = 2000,
        places_elsewhere: Sequence[str] = (),
        on_progress: Progress | None = None,
        rewording: Rewording | None = None,
    ) -> None:
        """
        :param clock: The day it is for visitors.
        :param rewording: A language model that says verified replies in other words, if the installation has one.
        :param on_progress: Told of the index being built behind the first questions: passages done, passages in all.
        """
        self._home = home
        self._clock = clock
        self._max_chars = max_message_chars
        self._places = tuple(places_elsewhere)
        self._rewording = rewording
        self._lock = threading.Lock()
        self._replacing = threading.Lock()
        self._on_progress = on_progress
        self._retired: list[tuple[LiveSearch, float]] = []
        self._published = self._made(catalogue, clock(), LiveSearch(catalogue, home, on_progress=on_progress))

    def now(self) -> Published:
        """What holds today."""
        day = self._clock()
        if self._published.on != day:
            with self._lock:
                if self._published.on != day:
                    self._published = self._made(self._published.catalogue, day, self._published.search)
        return self._published

    @property
    def catalogue(self) -> Catalogue:
        """The published records."""
        return self._published.catalogue

    @property
    def eligibility(self) -> Eligibility:
        """The rules as they hold today."""
        return self.now().eligibility

    @property
    def search(self) -> LiveSearch:
        """The index."""
        return self._published.search

    def replace(self, catalogue: Catalogue) -> None:
        """
        Serve another catalogue from now on, with its index and the conversation over it.

        Words are searched at once; the vectors that are missing come behind it. A request that is being answered, and
        whoever holds what `now` gave, goes on with the one before, which is closed after a while.

        :raises IndexProblem: If no index of it can be made; then the one before stays.
        """
        with self._replacing:
            if catalogue.version == self._published.catalogue.version:
                return
            search = LiveSearch(catalogue, self._home, on_progress=self._on_progress)
            try:
                made = self._made(catalogue, self._clock(), search)
            except BaseException:
                search.close()
                raise
            with self._lock:
                before, self._published = self._published, made
            before.search.retire()
            self._retired = [
                *(each for each in self._retired if not _closed_when_old(each)),
                (before.search, monotonic()),
            ]

    def close(self) -> None:
        """Close the index; requests must have ended."""
        for search, _ in self._retired:
            search.close()
        self._published.search.close()

    def _made(self, catalogue: Catalogue, day: date, search: LiveSearch) -> Published:
        eligibility = Eligibility(catalogue, day)
        knowledge = Knowledge(catalogue, eligibility, search)
        answering = Answering(
            knowledge,
            max_message_chars=self._max_chars,
            places_elsewhere=self._places,
            rewording=self._rewording,
        )
        self._learning = self._learn(answering, day)
        return Published(catalogue, eligibility, search, answering, day)

    def wait_until_learnt(self, timeout_seconds: float) -> None:
        """Wait until the intents know what their examples mean. For commands and tests."""
        self._learning.join(timeout_seconds)

    def _learn(self, answering: Answering, day: date) -> threading.Thread:
        """
        Let the intents learn what their examples mean, behind the first questions; words alone count till then.

        What else is made at first use is made then too, so that no visitor waits for it.
        """
        embedder, cache = self._home.model, VectorCache(self._home.var / "vectors.sqlite")

        def learn() -> None:
            folder = self._home.var / "understanding"
            if embedder is None:
                answering.intents.learn(None, folder)
            else:
                answering.intents.learn(lambda texts: vectors_of(embedder, cache, texts), folder, embedder.fingerprint)
            try:
                answering.warm_up(day)
            except Exception as error:
                # Nothing but time is lost; mostly the service stops meanwhile.
                _log.info("not everything was made ready behind the first questions: %s", error)

        thread = threading.Thread(target=learn, name="intents", daemon=True)
        thread.start()
        return thread


def _closed_when_old(retired: tuple[LiveSearch, float]) -> bool:
    """Whether nobody can hold it any more; then it is closed."""
    search, since = retired
    if monotonic() - since < _HELD_SECONDS:
        return False
    search.close()
    return True
