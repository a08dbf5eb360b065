"""Mail about new vacancies: asking for it, confirming it, and stopping it. It works without JavaScript."""

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import Response

from assistant.leads.alert import as_data, confirming_mail
from assistant.leads.contact import parse_email
from assistant.settings import Settings
from assistant.site.errors import SiteRoute
from assistant.site.pages.alerts import alert_page
from assistant.site.pages.result import message_page
from assistant.site.pages.vacancies import search_of, vacancies_page
from assistant.site.rendering import render, render_own
from assistant.site.visit import CurrentVisit, Visit
from assistant.storage.alerts import AlertStore
from assistant.storage.outbox import put_mail
from assistant.storage.session import Sessions, drop_traces
from knowledge.job_search import open_jobs
from knowledge.vacancy import Vacancy

router = APIRouter(prefix="/vacatures/bericht", route_class=SiteRoute, include_in_schema=False)

_Code = Annotated[str, Path(max_length=64)]
_SENT = (
    "Als dit adres klopt, krijg je een mail. Bevestig met de link in die mail dat je bericht wilt. Pas daarna mailen wij je "
    "over nieuwe vacatures. Krijg je niets? Kijk bij de ongewenste mail, of probeer het morgen opnieuw."
)
_STOPPED = "Je krijgt geen mail meer over vacatures. Je adres en je zoekopdracht zijn gewist."
_GONE = "Deze link opent niets (meer). De mail is gestopt, of is vanzelf afgelopen. Vraag hem opnieuw aan op de pagina met vacatures."


@router.post("")
def ask(
    request: Request,
    visit: CurrentVisit,
    email: Annotated[str, Form(max_length=254)] = "",
    akkoord: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Ask for mail; what is looked for stands in the address, as the filters of the page do."""
    address = parse_email(email) if email.strip() else None
    problem = "" if address else "Vul je e-mailadres in, met een @ erin."
    if not problem and not akkoord:
        problem = "Zet een vinkje als je wilt dat wij je mailen. Zonder je toestemming doen wij dat niet."
    if problem or address is None:
        return render(request, "vacancies.html", vacancies_page(visit, problem, email), 422)
    wanted = search_of(visit)
    region = visit.region.id if visit.region else ""
    open_now = [each.id for each in open_jobs(visit.catalogue.all(Vacancy), visit.on)]
    with _sessions(request).begin() as session:
        alert = AlertStore(session).ask(address, region, as_data(wanted), open_now)
        if alert is not None:
            put_mail(session, confirming_mail(alert, visit.catalogue, _settings(request).public_url))
    # The same words whether there is such an alert or not: a page does not tell who asked for what.
    return render_own(request, "message.html", message_page(visit, "Kijk in je mail", _SENT))


@router.api_route("/{code}", methods=["GET", "HEAD"])
def look(request: Request, visit: CurrentVisit, code: _Code) -> Response:
    """What is asked for, with buttons; looking changes nothing, since mail programs look too."""
    with _sessions(request)() as session:
        alert = AlertStore(session).opened_by(code)
    if alert is None:
        return _gone(request, visit)
    return render_own(request, "alert.html", alert_page(visit, alert))


@router.post("/{code}")
def decide(
    request: Request, visit: CurrentVisit, code: _Code, wat: Annotated[Literal["bevestig", "stop"], Form()]
) -> Response:
    """Begin or stop the mail."""
    sessions = _sessions(request)
    with sessions.begin() as session:
        store = AlertStore(session)
        alert = store.opened_by(code)
        if alert is None:
            return _gone(request, visit)
        if wat == "stop":
            store.stop(alert)
        else:
            store.confirm(alert)
            alert = store.opened_by(code)
    if wat == "stop" or alert is None:
        drop_traces(sessions)
        return render_own(request, "message.html", message_page(visit, "De mail is gestopt", _STOPPED))
    return render_own(request, "alert.html", alert_page(visit, alert))


def _gone(request: Request, visit: Visit) -> Response:
    return render_own(request, "message.html", message_page(visit, "Deze mail is er niet meer", _GONE), 404)


def _sessions(request: Request) -> Sessions:
    return cast(Sessions, request.app.state.sessions)


def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)
