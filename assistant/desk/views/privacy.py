"""How long things are kept, and giving or erasing what is known of one person."""

from datetime import datetime, timedelta
from typing import Annotated, cast

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.accounts.export import archive_of
from assistant.desk.dependencies import (
    Audit,
    CurrentCatalogue,
    CurrentSettings,
    PrivacyAdmin,
    PrivacyAdminWithForm,
    SignedInAdviser,
    StoreSession,
)
from assistant.desk.pages.account import region_title
from assistant.desk.pages.parts import shell
from assistant.desk.pages.privacy import PeriodRow, PersonPage, PrivacyPage, period_in_words
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import Refused
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.periods import Kept, PeriodStore
from assistant.storage.person import PersonStore
from assistant.storage.retention import going
from assistant.storage.session import Sessions, drop_traces
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk/privacy", route_class=DeskRoute, include_in_schema=False)

_TITLES = {
    Kept.CONVERSATIONS: "Gesprekken, na het laatste bericht",
    Kept.LEADS: "Aanmeldingen, na het laatste contact",
    Kept.AUDIT: "Het logboek",
}
_DONE = {"bewaard": "De bewaartermijn is aangepast.", "gewist": "Alles over deze persoon in jouw regio's is gewist."}
_SOON = timedelta(days=30)
Email = Annotated[str, Form(max_length=254)]


@router.get("")
def privacy(
    adviser: PrivacyAdmin,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """What is erased when, and the way to one person."""
    return _page(adviser, session, catalogue, settings, done=_DONE.get(gedaan, ""))


@router.post("/termijn")
def set_period(
    adviser: PrivacyAdminWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    audit: Audit,
    region: Annotated[str, Form(max_length=80)],
    kind: Annotated[Kept, Form()],
    days: Annotated[str, Form(max_length=6)] = "",
) -> Response:
    """Keep something for a shorter time in a region. Longer would break what visitors agreed to."""
    if region not in adviser.account.regions:
        raise Refused("Deze regio is niet van jou.")
    longest = _longest(settings)[kind].days
    chosen = int(days) if days.isascii() and days.isdigit() else None
    if days.strip() and (chosen is None or not 1 <= chosen <= longest):
        error = f"Kies een heel aantal dagen van 1 tot en met {longest}, of laat het leeg."
        return _page(adviser, session, catalogue, settings, error=error, status_code=422)
    PeriodStore(session).set(region, kind, chosen)
    audit.record(Action.RETENTION_CHANGED, regions=[region], detail=f"{_TITLES[kind]}: {chosen or longest} dagen")
    return RedirectResponse("/desk/privacy?gedaan=bewaard", status_code=303)


@router.post("/persoon")
def find_person(adviser: PrivacyAdminWithForm, session: StoreSession, audit: Audit, email: Email = "") -> Response:
    """What is kept of somebody in one's regions. By POST: an address does not belong in a link or a log."""
    found = PersonStore(session).find(email, adviser.account.regions)
    audit.record(
        Action.PERSON_SOUGHT, detail=f"{len(found.leads)} aanmelding(en), {len(found.conversations)} gesprek(ken)"
    )
    return render("person_found.html", _person(adviser, email, len(found.leads), len(found.conversations)))


@router.post("/persoon/geven")
def give_person(adviser: PrivacyAdminWithForm, session: StoreSession, audit: Audit, email: Email = "") -> Response:
    """Everything of somebody, as a page to read and a file for programs."""
    store = PersonStore(session)
    found = store.find(email, adviser.account.regions)
    if not found:
        return render("person_found.html", _person(adviser, email, 0, 0), 404)
    audit.record(Action.PERSON_EXPORTED, detail=f"{len(found.leads)} aanmelding(en)")
    headers = {"Content-Disposition": 'attachment; filename="gegevens.zip"'}
    return Response(archive_of(store.records(found), utc_now()), media_type="application/zip", headers=headers)


@router.post("/persoon/wissen")
def erase_person(
    request: Request,
    adviser: PrivacyAdminWithForm,
    session: StoreSession,
    audit: Audit,
    email: Email = "",
    again: Email = "",
) -> Response:
    """Erase somebody, once the address has been typed a second time."""
    store = PersonStore(session)
    found = store.find(email, adviser.account.regions)
    if not found or email.strip().lower() != again.strip().lower():
        error = "Typ het e-mailadres nog een keer, precies zo. Er is niets gewist." if found else ""
        page = _person(adviser, email, len(found.leads), len(found.conversations), error)
        return render("person_found.html", page, 422 if found else 404)
    store.erase(found)
    audit.record(
        Action.PERSON_ERASED, detail=f"{len(found.leads)} aanmelding(en), {len(found.conversations)} gesprek(ken)"
    )
    session.commit()
    drop_traces(cast(Sessions, request.app.state.sessions))
    return RedirectResponse("/desk/privacy?gedaan=gewist", status_code=303)


def _longest(settings: Settings) -> dict[Kept, timedelta]:
    return {
        Kept.CONVERSATIONS: settings.conversation_retention,
        Kept.LEADS: settings.lead_retention,
        Kept.AUDIT: settings.audit_retention,
    }


def _page(
    adviser: SignedInAdviser,
    session: StoreSession,
    catalogue: Catalogue,
    settings: Settings,
    done: str = "",
    error: str = "",
    status_code: int = 200,
) -> Response:
    now = utc_now()
    chosen = PeriodStore(session).all()
    rows = tuple(
        PeriodRow(
            region=region,
            region_title=region_title(region, catalogue),
            kind=kind.value,
            title=title,
            days=str(chosen[region, kind].days) if (region, kind) in chosen else "",
            longest=_longest(settings)[kind].days,
            soon=_soon(session, kind, region, now, min(chosen.get((region, kind), longest), longest)),
        )
        for region in adviser.account.regions
        for kind, title in _TITLES.items()
        for longest in [_longest(settings)[kind]]
    )
    others = (
        ("Adviezen (zonder persoonsgegevens)", period_in_words(settings.receipt_retention)),
        ("Bewaarde zelftests, na de laatste keer bewaren", period_in_words(settings.saved_retention)),
        ("Verstuurde e-mail: adres en onderwerp", period_in_words(settings.outbox_retention)),
        ("Inloggen op de adviesdesk", period_in_words(timedelta(days=2))),
    )
    page = PrivacyPage(shell("Privacy", adviser), rows, others, done, error)
    return render("privacy.html", page, status_code)


def _soon(session: StoreSession, kind: Kept, region: str, now: datetime, period: timedelta) -> str:
    if kind is Kept.AUDIT:
        return ""
    count = going(session, kind, region, now - period + _SOON)
    return f"{count} in de komende 30 dagen" if count else "niets in de komende 30 dagen"


def _person(adviser: SignedInAdviser, email: str, leads: int, conversations: int, error: str = "") -> PersonPage:
    return PersonPage(shell("Gegevens van een persoon", adviser), email.strip(), leads, conversations, error)
