"""Where a visitor answers, with the code from their mail, whether the loket may read what they sent earlier. Without JavaScript."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.accounts.network import network_of
from assistant.accounts.signed import signing_secret
from assistant.leads.earlier import EARLIER_ADDRESS
from assistant.site.errors import SiteRoute
from assistant.site.office import CurrentOffice, Office
from assistant.site.own_form import OwnForm
from assistant.site.pages.earlier import code_page, earlier_page
from assistant.site.pages.result import message_page
from assistant.site.pages.withdraw import EARLIER
from assistant.site.rendering import render_own
from assistant.storage.attempts import AttemptStore, Guessing
from assistant.storage.audit import record_audit
from assistant.storage.earlier import EarlierStore, OpenedEarlier
from assistant.storage.session import drop_traces
from assistant.zelftest.receipt_id import read_receipt_id

router = APIRouter(prefix=EARLIER_ADDRESS, route_class=SiteRoute, include_in_schema=False)

_Code = Annotated[str, Path(max_length=80)]
_NO_CODE = "Deze code klopt niet, of werkt niet meer. Kijk hem na: hij staat in de kopie in je mail."
_TOO_OFTEN = "Er is te vaak een code geprobeerd. Probeer het over een kwartier opnieuw."
_REFUSED = "Je eerdere aanmelding blijft apart. De code werkt niet meer."
_FREE_TRIES = 20
"""From one address on the internet: a household mistypes, and a school or a library has many at once."""


@router.api_route("", methods=["GET", "HEAD"])
def ask(request: Request, office: CurrentOffice) -> Response:
    """The form for the code. It is the same for everybody: it does not tell whose address is known."""
    return render_own(request, "earlier_code.html", code_page(office.visit))


@router.post("")
def typed(
    request: Request, office: CurrentOffice, _: OwnForm, code: Annotated[str, Form(max_length=80)] = ""
) -> Response:
    """To what the code opens; one that opens nothing comes back as it was typed."""
    with office.sessions.begin() as session:
        if wait := _begin(request, office, session):
            return _refused(request, office, code, wait)
        opened = _opened(request, office, session, code)
    if opened is None:
        return _refused(request, office, code)
    return RedirectResponse(office.visit.in_language(f"{EARLIER_ADDRESS}/{read_receipt_id(code)}"), status_code=303)


@router.api_route("/{code}", methods=["GET", "HEAD"])
def look(request: Request, office: CurrentOffice, code: _Code) -> Response:
    """What would be read together, with buttons; looking changes nothing, since mail programs look too."""
    with office.sessions.begin() as session:
        if wait := _begin(request, office, session):
            return _refused(request, office, "", wait)
        opened = _opened(request, office, session, code)
    if opened is None:
        return _refused(request, office, "", status_code=404)
    return render_own(request, "earlier.html", earlier_page(office.visit, opened, code))


@router.post("/{code}")
def decide(
    request: Request,
    office: CurrentOffice,
    _: OwnForm,
    code: _Code,
    do: Annotated[Literal["agree", "refuse", "withdraw"], Form()],
) -> Response:
    """Put them together, leave them apart, or take them apart again."""
    with office.sessions.begin() as session:
        if wait := _begin(request, office, session):
            return _refused(request, office, "", wait)
        opened = _opened(request, office, session, code)
        if opened is None:
            return _refused(request, office, "", status_code=404)
        store = EarlierStore(session)
        if do == "refuse" and not opened.earlier.holds:
            store.refuse(opened.lead.id)
        elif do == "agree" and not opened.earlier.holds:
            store.agree(opened)
            record_audit(session, None, Action.LEAD_MERGED, opened.lead.id, [opened.lead.region], "door de bezoeker")
        elif do == "withdraw" and opened.earlier.holds:
            store.withdraw(opened.lead.id)
            record_audit(session, None, Action.LEAD_CONSENT_WITHDRAWN, opened.lead.id, [opened.lead.region], EARLIER)
        after = store.opened_by(code)
    drop_traces(office.sessions)
    if after is None:
        page = message_page(office.visit, "Je eerdere aanmelding blijft apart", _REFUSED, has_english=True)
        return render_own(request, "message.html", page)
    return render_own(request, "earlier.html", earlier_page(office.visit, after, code))


def _begin(request: Request, office: Office, session: Session) -> timedelta:
    """Count a try before it is looked at. Returns nothing if it may be made; else how long to wait."""
    return AttemptStore(session).begin(_guessing(request, office))


def _opened(request: Request, office: Office, session: Session, code: str) -> OpenedEarlier | None:
    opened = EarlierStore(session).opened_by(code)
    if opened is not None:
        AttemptStore(session).take_back(_guessing(request, office))
    return opened


def _guessing(request: Request, office: Office) -> Guessing:
    host = network_of(request.client.host if request.client else "")
    # With the secret of the installation: from what is kept nobody finds an address by trying them all.
    return Guessing("earlier", f"{signing_secret(office.settings)}\0{host}", free=_FREE_TRIES)


def _refused(
    request: Request, office: Office, code: str, wait: timedelta = timedelta(), status_code: int = 422
) -> Response:
    page = code_page(office.visit, code, _TOO_OFTEN if wait else _NO_CODE)
    return render_own(request, "earlier_code.html", page, 429 if wait else status_code)
