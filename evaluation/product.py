"""Product: the assistant as it is installed, run inside this process."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from assistant.answering.pipeline import Answered
from assistant.answering.published import Publication
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.app import open_publication, today
from assistant.settings import Settings
from evaluation.case import Case
from knowledge.index.engine import IndexProblem
from knowledge.index.generation import Progress

_PATIENCE_SECONDS = 900


class Product:
    """Opened with the first question, so that rules are judged without waiting for the index."""

    def __init__(
        self,
        settings: Settings,
        on: date | None = None,
        on_progress: Progress | None = None,
        publication: Publication | None = None,
        configurations: Sequence[str] = (),
    ) -> None:
        """
        :param on: The day that visitors ask on; None is today.
        :param on_progress: Told of the index being built, if it is not there yet.
        :param configurations: Set-ups of the search to compare with its own: names of `evaluation.retrieval.configurations`.
        :param publication: One that is open already, and that others close; None opens it.
        """
        self.settings = settings
        self.on = on or today()
        self._on_progress = on_progress
        self._given = publication
        self.configurations = tuple(configurations)

    @cached_property
    def publication(self) -> Publication:
        """
        What is published: records and rules are there; the index may still be getting better.

        :raises ContentError, IndexProblem: As `open_publication`.
        """
        return self._given or open_publication(self.settings, self._on_progress)

    @cached_property
    def ready(self) -> Publication:
        """
        The same with the whole index and the intents learnt: nothing gets better while it is measured.

        :raises IndexProblem: If the index is not whole in time: half an index would be scored as the product.
        """
        if not self.publication.search.wait_until_built(_PATIENCE_SECONDS):
            raise IndexProblem(f"the index was not built within {_PATIENCE_SECONDS} s; run `loket index build` first")
        self.publication.wait_until_learnt(_PATIENCE_SECONDS)
        return self.publication

    def converse(self, case: Case) -> Iterator[Answered]:
        """The reply to every message of a case, each with the state that the one before left."""
        state = ConversationState(region=case.region)
        for text in case.said:
            answered = self.answer(state, text)
            state = answered.state
            yield answered

    def answer(self, state: ConversationState, text: str = "", choice: tuple[str, object] | None = None) -> Answered:
        """
        The reply to one message or one tapped choice.

        :raises Refused: If the fact or the value of the choice does not exist.
        """
        return self.ready.now().answering.answer(
            Asked(state=state, today=self.on, text=text, choice=choice), from_memory=False
        )

    def close(self) -> None:
        """Close the index, if it was opened here."""
        if self._given is None and "publication" in self.__dict__:
            self.publication.close()
