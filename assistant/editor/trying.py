"""Trying: the assistant over a change that is not published, for an editor alone; nothing of it is kept or counted."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic

from assistant.answering.leaning import Leaning, watched_turn
from assistant.answering.pipeline import Answered
from assistant.answering.published import Publication
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked, Locale
from assistant.errors import Refused
from assistant.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.gazetteer import dutch_places

_LEFT_ALONE_SECONDS = 600.0
"""A draft that nobody tried for so long is closed."""
_HELD_SECONDS = 60.0
_PATIENCE_SECONDS = 300.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Said:
    """What an editor says as a visitor: words, or a tapped answer."""

    text: str = ""
    choice: tuple[str, object] | None = None


@dataclass(frozen=True)
class TriedTurn:
    """One turn, with all that the answer leaned on."""

    said: Said
    answered: Answered
    leaning: Leaning


def tried(
    publication: Publication, said: Sequence[Said], region: str, locale: Locale, on: date
) -> tuple[list[TriedTurn], str]:
    """
    The conversation from its beginning: so nothing of it has to be kept between two turns.

    :returns: The turns, and what is wrong with the last thing that was said; empty if nothing is.
    """
    turns = list[TriedTurn]()
    state = ConversationState(region=region, locale=locale)
    answering = publication.now().answering
    for each in said:
        with watched_turn() as leaning:
            try:
                answered = answering.answer(
                    Asked(state=state, today=on, text=each.text, choice=each.choice), from_memory=False
                )
            except Refused as refused:
                return turns, refused.visitor_message
        turns.append(TriedTurn(each, answered, leaning))
        state = answered.state
    return turns, ""


@dataclass
class _Draft:
    key: str
    ready: threading.Event = field(default_factory=threading.Event)
    publication: Publication | None = None
    failed: bool = False
    used_at: float = field(default_factory=monotonic)


class Drafts:
    """
    Opens what a change would publish, behind the page that asks for it; one at a time, so that memory stays bounded.

    Its index is apart from the one that is served, and shares the vectors.
    """

    def __init__(self, settings: Settings, clock: Callable[[], date]) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._draft: _Draft | None = None
        self._retired: list[tuple[Publication, float]] = []

    def opened(self, key: str, catalogue: Callable[[], Catalogue]) -> Publication | None:
        """
        The assistant over a change; None while it is still being made.

        :param key: Of the change as it is now.
        :param catalogue: Makes what it would publish.
        :raises OSError: If it could not be made; the log says why. Asking again tries again.
        """
        with self._lock:
            self._close_old()
            draft = self._draft
            if draft is None or draft.key != key:
                self._retire()
                draft = self._draft = _Draft(key)
                threading.Thread(target=self._open, args=(draft, catalogue), name="draft", daemon=True).start()
            draft.used_at = monotonic()
        if draft.failed:
            with self._lock:
                self._draft = None
            raise OSError("the draft could not be opened")
        return draft.publication if draft.ready.is_set() else None

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            self._retire()
            for publication, _ in self._retired:
                publication.close()
            self._retired = []

    def wait(self, timeout_seconds: float) -> None:
        """Wait until what was asked for last is there. For tests."""
        if self._draft is not None:
            self._draft.ready.wait(timeout_seconds)

    def _open(self, draft: _Draft, catalogue: Callable[[], Catalogue]) -> None:
        try:
            settings = self._settings
            home = replace(settings.index_home(), index=settings.var / "previews" / "index", qdrant_url="")
            publication = Publication(
                catalogue(),
                home,
                clock=self._clock,
                max_message_chars=settings.max_message_chars,
                places_elsewhere=dutch_places(settings.var),
            )
            publication.search.wait_until_built(_PATIENCE_SECONDS)
            publication.wait_until_learnt(_PATIENCE_SECONDS)
            draft.publication = publication
        except Exception:
            _log.exception("a draft could not be opened for trying out")
            draft.failed = True
        finally:
            draft.ready.set()

    def _retire(self) -> None:
        """Put away what is open; a page may still be asking it."""
        if self._draft is not None and self._draft.publication is not None:
            self._retired.append((self._draft.publication, monotonic()))
        self._draft = None

    def _close_old(self) -> None:
        now = monotonic()
        if self._draft is not None and now - self._draft.used_at > _LEFT_ALONE_SECONDS:
            self._retire()
        for publication, since in self._retired:
            if now - since > _HELD_SECONDS:
                publication.close()
        self._retired = [each for each in self._retired if now - each[1] <= _HELD_SECONDS]
