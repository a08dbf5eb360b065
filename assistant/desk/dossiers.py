"""One lead's dossier, gathered from the stores: what every form on it goes back to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.answering.published import Publication
from assistant.desk.dependencies import (
    Advices,
    Adviser,
    Audit,
    Auditing,
    CurrentAdvices,
    CurrentSettings,
    Leads,
    SignedInAdviser,
    StoreSession,
)
from assistant.desk.pages.dossier import DossierPage, Shown, dossier_page
from assistant.desk.pages.known import Dossier
from assistant.desk.rendering import render
from assistant.eligibility.verdict import Eligibility
from assistant.leads.consent import Purpose
from assistant.leads.lead import Lead
from assistant.leads.mail import best_first
from assistant.money.finances import finances_of
from assistant.money.shown import ShownPicture, shown
from assistant.money.telling import told
from assistant.settings import Settings
from assistant.storage.answers import AnswerStore
from assistant.storage.bookings import BookingStore
from assistant.storage.clock import utc_now
from assistant.storage.consents import ConsentStore
from assistant.storage.days_along import DayAlongStore
from assistant.storage.earlier import EarlierStore
from assistant.storage.leads import LeadStore
from assistant.storage.needs import NeedStore
from assistant.storage.same_person import SamePersonStore
from assistant.storage.work import WorkStore

_OVERTAKEN = "Een collega heeft deze aanmelding net aangepast. Hieronder staat hoe het nu is; er is niets veranderd."


@dataclass(frozen=True)
class Dossiers:
    """The leads that one adviser may see, with the page about each."""

    adviser: SignedInAdviser
    leads: LeadStore
    work: WorkStore
    people: SamePersonStore
    _answers: AnswerStore
    _needs: NeedStore
    _consents: ConsentStore
    _bookings: BookingStore
    _days: DayAlongStore
    _earlier: EarlierStore
    _audit: Auditing
    _advices: Advices
    _settings: Settings
    _eligibility: Eligibility

    def lead(self, lead_id: str) -> Lead:
        """
        The lead with that id.

        :raises NotFound: If there is none in the regions of this adviser.
        """
        return self.leads.get(lead_id, self.adviser.account.regions)

    def record(self, action: Action, lead: Lead, detail: str = "") -> None:
        """Write down what the adviser saw or did."""
        self._audit.record(action, lead.id, [lead.region], detail)

    def allows(self, lead_id: str, purpose: Purpose) -> bool:
        """Whether the visitor agrees to that now."""
        return self._consents.allows(lead_id, purpose)

    def page(
        self, lead_id: str, done: str = "", error: str = "", note: str = "", new_since: datetime | None = None
    ) -> DossierPage:
        """Everything about one lead; mail that came in after `new_since` is marked as new."""
        lead, now = self.lead(lead_id), utc_now()
        known = Dossier(
            lead=lead,
            notes=tuple(self.leads.notes(lead_id)),
            changes=tuple(self.leads.changes(lead_id)),
            mails=tuple(self.leads.mails(lead_id)),
            undoable=self.leads.undoable(lead_id),
            advice=self._advices.of(lead.receipt),
            interactions=tuple(self.work.interactions(lead_id)),
            tasks=tuple(self.work.tasks(lead_id)),
            letters=tuple(self.work.letters(lead_id)),
            answers=tuple(self._answers.of_lead(lead_id)),
            new_since=new_since,
            alike=tuple(self.people.alike(lead, self.adviser.account.regions)),
            merged=tuple(self.people.merged(lead_id)),
            earlier=self._earlier.of(lead_id),
            needs=tuple(self._needs.open((lead.region,), now.date())),
            agreed=self._consents.of(lead_id),
            money=self._money(lead),
            bookings=tuple(self._bookings.of_lead(lead_id)),
            day_along=self._days.of_lead(lead_id),
        )
        has_mail_server = bool(self._settings.smtp_host)
        return dossier_page(
            self.adviser, self._eligibility.catalogue, known, has_mail_server, now, Shown(done, error, note)
        )

    def show(
        self,
        lead_id: str,
        error: str = "",
        note: str = "",
        status_code: int = 200,
        done: str = "",
        new_since: datetime | None = None,
    ) -> Response:
        """The page, with what just happened."""
        return render("dossier.html", self.page(lead_id, done, error, note, new_since), status_code)

    def overtaken(self, lead_id: str) -> Response:
        """The page as it is now, for who was second."""
        return self.show(lead_id, error=_OVERTAKEN, status_code=409)

    def _money(self, lead: Lead) -> ShownPicture | None:
        """What the best route costs and brings this visitor; None if no route may fit."""
        best = next((each for each in best_first(lead.verdicts) if each.verdict != "does_not_fit"), None)
        if best is None:
            return None
        try:
            picture = finances_of(self._eligibility).picture(best.route, {fact.name: fact.value for fact in lead.facts})
        except KeyError:  # The route is not published any more.
            return None
        return shown(told(picture, self._eligibility.catalogue, "nl"), "nl")


def back_to(lead_id: str, done: str = "") -> Response:
    """To the dossier, after a form that was kept."""
    return RedirectResponse(f"/desk/leads/{lead_id}" + (f"?gedaan={done}" if done else ""), status_code=303)


def _work(session: StoreSession) -> WorkStore:
    return WorkStore(session)


def _needs(session: StoreSession) -> NeedStore:
    return NeedStore(session)


def _consents(session: StoreSession) -> ConsentStore:
    return ConsentStore(session)


Work = Annotated[WorkStore, Depends(_work)]
Needs = Annotated[NeedStore, Depends(_needs)]


def _dossiers(
    request: Request,
    adviser: Adviser,
    leads: Leads,
    work: Work,
    needs: Needs,
    consents: Annotated[ConsentStore, Depends(_consents)],
    audit: Audit,
    advices: CurrentAdvices,
    settings: CurrentSettings,
    session: StoreSession,
) -> Dossiers:
    eligibility = cast(Publication, request.app.state.knowledge).eligibility
    return Dossiers(
        adviser,
        leads,
        work,
        SamePersonStore(session),
        AnswerStore(session),
        needs,
        consents,
        BookingStore(session),
        DayAlongStore(session),
        EarlierStore(session),
        audit,
        advices,
        settings,
        eligibility,
    )


CurrentDossiers = Annotated[Dossiers, Depends(_dossiers)]
