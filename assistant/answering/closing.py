"""Closing: after a publication, questions that had no good answer are asked again, and those answered by now are noted."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.answering.gaps import Unanswered
from assistant.answering.published import Publication, Published
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked

_READY_SECONDS = 600.0
_log = logging.getLogger(__name__)


class OpenQuestions(Protocol):
    """Where questions without a good answer are kept. The storage has one."""

    def open(self) -> Sequence[Unanswered]:
        """Those that have none yet, of every region."""
        ...

    def found(self, question: Unanswered, record_id: str) -> bool:
        """Note that it is answered by now; False if somebody else did, or it is gone."""
        ...


class Closing:
    """Asks again behind whatever else goes on, one publication at a time."""

    def __init__(self, publication: Publication, questions: OpenQuestions, number: Callable[[], int]) -> None:
        """:param number: Of the publication that holds: what goes live by itself is no reason to ask again."""
        self._publication = publication
        self._questions = questions
        self._number = number
        self._seen = number()
        self._busy = threading.Lock()

    def published(self) -> threading.Thread | None:
        """Something else is served: ask again if editors published it. The thread that does."""
        number = self._number()
        if number == self._seen:
            return None
        self._seen = number
        thread = threading.Thread(target=self._ask_all, name="questions asked again", daemon=True)
        thread.start()
        return thread

    def ask_again(self) -> int:
        """Ask every open question of what is served now; how many are answered."""
        now, closed = self._publication.now(), 0
        for question in self._questions.open():
            record = answering_record(question, now)
            if record:
                closed += self._questions.found(question, record)
        return closed

    def _ask_all(self) -> None:
        with self._busy:
            try:
                # As a visitor will be answered from now on: with what sentences mean, once that is learnt.
                self._publication.search.wait_until_built(_READY_SECONDS)
                self._publication.wait_until_learnt(_READY_SECONDS)
                if closed := self.ask_again():
                    _log.info("%d questions that had no good answer are answered by now", closed)
            except Exception:
                _log.exception("questions without an answer could not be asked again; they stay on the list")


def answering_record(question: Unanswered, now: Published) -> str:
    """
    The record that answers a question, asked by itself; empty if none does.

    For a reply that did not help it has to be another one than it leaned on then.
    """
    locale = "en" if question.locale == "en" else "nl"
    state = ConversationState(region=question.region, locale=locale)
    reply = now.answering.answer(Asked(state=state, today=now.on, text=question.question), from_memory=False).reply
    if not reply.status.value.startswith("answered_"):
        return ""
    cited = [each.record_id for each in reply.citations if each.record_id]
    return next((each for each in cited if question.why != "unhelpful" or each not in question.cited), "")
