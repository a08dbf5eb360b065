"""Mail about new vacancies: asking for it, confirming it, and stopping it. It works without JavaScript."""

from typing import Annotated, cast

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.leads.alert import Alert, as_data, confirming_mail
from assistant.settings import Settings
from assistant.site.errors import SiteRoute
from assistant.site.pages.alerts import alert_page
from assistant.site.pages.vacancies import search_of, vacancies_page
from assistant.site.rendering import render
from assistant.site.second_yes import Code, Decision, SecondYes, wished
from assistant.site.visit import CurrentVisit
from assistant.storage.alerts import AlertStore
from assistant.storage.outbox import put_mail
from assistant.storage.session import Sessions, drop_traces
from knowledge.job_search import open_jobs
from knowledge.vacancy import Vacancy

router = APIRouter(prefix="/vacatures/bericht", route_class=SiteRoute, include_in_schema=False)

_PAGES = SecondYes[Alert](
    template="alert.html",
    page=alert_page,
    sent=(
        "Als dit adres klopt, krijg je een mail. Bevestig met de link in die mail dat je bericht wilt. Pas daarna mailen wij je "
        "over nieuwe vacatures. Krijg je niets? Kijk bij de ongewenste mail, of probeer het morgen opnieuw."
    ),
    stopped="Je krijgt geen mail meer over vacatures. Je adres en je zoekopdracht zijn gewist.",
    gone="Deze link opent niets (meer). De mail is gestopt, of is vanzelf afgelopen. Vraag hem opnieuw aan op de pagina met vacatures.",
)


@router.post("")
def ask(
    request: Request,
    visit: CurrentVisit,
    email: Annotated[str, Form(max_length=254)] = "",
    akkoord: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Ask for mail; what is looked for stands in the address, as the filters of the page do."""
    address, problem = wished(email, akkoord)
    if address is None:
        return render(request, "vacancies.html", vacancies_page(visit, problem, email), 422)
    wanted = search_of(visit)
    region = visit.region.id if visit.region else ""
    open_now = [each.id for each in open_jobs(visit.catalogue.all(Vacancy), visit.on)]
    with _sessions(request).begin() as session:
        alert = AlertStore(session).ask(address, region, as_data(wanted), open_now)
        if alert is not None:
            put_mail(session, confirming_mail(alert, visit.catalogue, _settings(request).public_url))
    return _PAGES.asked(request, visit)


@router.api_route("/{code}", methods=["GET", "HEAD"])
def look(request: Request, visit: CurrentVisit, code: Code) -> Response:
    """What is asked for, with buttons."""
    with _sessions(request)() as session:
        alert = AlertStore(session).opened_by(code)
    return _PAGES.look(request, visit, alert)


@router.post("/{code}")
def decide(request: Request, visit: CurrentVisit, code: Code, wat: Decision) -> Response:
    """Begin or stop the mail."""
    sessions = _sessions(request)
    with sessions.begin() as session:
        alert, is_stopped = _PAGES.decide(AlertStore(session), code, wat)
    if is_stopped:
        drop_traces(sessions)
    return _PAGES.decided(request, visit, alert, is_stopped)


def _sessions(request: Request) -> Sessions:
    return cast(Sessions, request.app.state.sessions)


def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)
