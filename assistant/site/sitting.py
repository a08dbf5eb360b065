"""A visitor at the zelftest: what they are asked, advised and kept by, for one request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from assistant.answering.published import Publication
from assistant.eligibility.verdict import Eligibility
from assistant.settings import Settings
from assistant.site.answers import Answers
from assistant.site.own_form import OwnForm
from assistant.site.pages.outcome import Advice, advice_for, region_of
from assistant.site.recent import RecentAnswers
from assistant.site.visit import Visit, visit_of
from assistant.storage.outcome_alerts import OutcomeAlertStore
from assistant.storage.receipts import ReceiptStore, keep_receipt
from assistant.storage.saved import SavedStore
from assistant.storage.session import Sessions, drop_traces
from assistant.zelftest.receipt import Receipt, receipt_of
from assistant.zelftest.replay import Replayer


@dataclass(frozen=True)
class Sitting:
    """One request to the zelftest."""

    visit: Visit
    eligibility: Eligibility
    recent: RecentAnswers
    replayer: Replayer
    _sessions: Sessions
    _settings: Settings

    @property
    def page_region(self) -> str:
        """The region that counts for a visitor who has not told where they live."""
        return self.visit.region.id if self.visit.region else self.visit.home_region

    def advise(self, answers: Answers, *, on_paper: bool = False) -> tuple[Advice, str | None]:
        """The advice on these answers, and the number of its receipt; None if that could not be kept."""
        catalogue = self.eligibility.catalogue
        profile = answers.profile(catalogue)
        advice, routed = advice_for(self.visit, self.eligibility, profile, self.page_region, on_paper=on_paper)
        receipt = receipt_of(self.eligibility, profile, region_of(self.visit, catalogue, profile, routed))
        return advice, keep_receipt(self._sessions, receipt)

    def receipt(self, answers: Answers) -> Receipt:
        """What the advice on these answers would be kept as."""
        profile = answers.profile(self.eligibility.catalogue)
        _, routed = advice_for(self.visit, self.eligibility, profile, self.page_region)
        return receipt_of(self.eligibility, profile, region_of(self.visit, self.eligibility.catalogue, profile, routed))

    @contextmanager
    def receipts(self) -> Iterator[ReceiptStore]:
        """The receipts, in a transaction."""
        with self._sessions.begin() as session:
            yield ReceiptStore(session)

    @contextmanager
    def outcome_alerts(self) -> Iterator[tuple[Session, OutcomeAlertStore]]:
        """Who asked to be told of their outcome, in a transaction, with the session for the mail that goes along."""
        with self._sessions.begin() as session:
            yield session, OutcomeAlertStore(session)

    def drop_traces(self) -> None:
        """After something was erased: leave nothing of it in the database's files."""
        drop_traces(self._sessions)

    @contextmanager
    def saved(self) -> Iterator[SavedStore]:
        """The saved zelftests, in a transaction."""
        with self._sessions.begin() as session:
            yield SavedStore(session, self._settings.saved_retention)


def _sitting(request: Request) -> Sitting:
    state = request.app.state
    return Sitting(
        visit=visit_of(request),
        eligibility=cast(Publication, state.knowledge).now().eligibility,
        recent=cast(RecentAnswers, state.recent_answers),
        replayer=cast(Replayer, state.replayer),
        _sessions=cast(Sessions, state.sessions),
        _settings=cast(Settings, state.settings),
    )


CurrentSitting = Annotated[Sitting, Depends(_sitting)]


def _own_sitting(sitting: CurrentSitting, _: OwnForm) -> Sitting:
    """The sitting, of a form of this site alone."""
    return sitting


OwnSitting = Annotated[Sitting, Depends(_own_sitting)]
"""For a form that keeps or erases something."""
