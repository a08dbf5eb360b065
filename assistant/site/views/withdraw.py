"""Where a visitor withdraws what they agreed to, with the link from their mail. It works without JavaScript."""

from typing import Annotated, cast

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import Response

from assistant.accounts.audit import Action
from assistant.errors import NotFound
from assistant.leads.consent import Purpose
from assistant.site.errors import SiteRoute
from assistant.site.pages.result import message_page
from assistant.site.pages.withdraw import EARLIER, withdraw_page
from assistant.site.rendering import render_own
from assistant.site.visit import CurrentVisit, Visit
from assistant.storage.audit import record_audit
from assistant.storage.consents import ConsentStore
from assistant.storage.earlier import EarlierStore
from assistant.storage.session import Sessions, drop_traces

router = APIRouter(prefix="/aanmelding", route_class=SiteRoute, include_in_schema=False)

_Code = Annotated[str, Path(max_length=100)]
_GONE = (
    "Deze link opent niets (meer). Je aanmelding is al ingetrokken, of is gewist omdat het lang geleden was. "
    "Twijfel je? Vraag het aan het loket."
)
_ERASED = "Je naam, je contactgegevens, je vraag en je gesprek zijn gewist. Het loket kan er niet meer bij."


@router.api_route("/{code}", methods=["GET", "HEAD"])
def look(request: Request, visit: CurrentVisit, code: _Code) -> Response:
    """What was sent and agreed to, with a button for each; looking changes nothing."""
    with _sessions(request)() as session:
        consents = ConsentStore(session)
        try:
            lead = consents.opened_by(code)
        except NotFound:
            return _gone(request, visit)
        page = withdraw_page(visit, lead, consents.of(lead.id), EarlierStore(session).of(lead.id), code)
    return render_own(request, "withdraw.html", page)


@router.post("/{code}")
def withdraw(
    request: Request, visit: CurrentVisit, code: _Code, purpose: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Take one consent back, or all of it."""
    sessions = _sessions(request)
    with sessions.begin() as session:
        consents = ConsentStore(session)
        try:
            lead = consents.opened_by(code)
        except NotFound:
            return _gone(request, visit)
        if purpose in (EARLIER, *Purpose):
            if purpose == EARLIER:
                EarlierStore(session).withdraw(lead.id)
            else:
                consents.withdraw(lead, Purpose(purpose))
            record_audit(session, None, Action.LEAD_CONSENT_WITHDRAWN, lead.id, [lead.region], purpose)
        is_erased = purpose == Purpose.CONTACT
        page = None
        if not is_erased:
            earlier = EarlierStore(session).of(lead.id)
            page = withdraw_page(visit, consents.opened_by(code), consents.of(lead.id), earlier, code)
    drop_traces(sessions)
    if page is None:
        erased = message_page(visit, "Je aanmelding is gewist", _ERASED, has_english=True)
        return render_own(request, "message.html", erased)
    return render_own(request, "withdraw.html", page)


def _gone(request: Request, visit: Visit) -> Response:
    page = message_page(visit, "Deze aanmelding is er niet meer", _GONE, has_english=True)
    return render_own(request, "message.html", page, 404)


def _sessions(request: Request) -> Sessions:
    return cast(Sessions, request.app.state.sessions)
