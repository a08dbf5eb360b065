"""Mail when the outcome of a zelftest changes: asking for it, confirming it, and stopping it. It works without JavaScript."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import Response

from assistant.errors import NotFound
from assistant.leads.contact import parse_email
from assistant.leads.outcome_alert import confirming_mail
from assistant.site.errors import SiteRoute
from assistant.site.pages.outcome_alert import OUTCOME_ADDRESS, AskedOutcome, ask_again_page, outcome_alert_page
from assistant.site.pages.result import message_page
from assistant.site.rendering import render_own
from assistant.site.sitting import CurrentSitting, OwnSitting, Sitting
from assistant.site.views.zelftest import State, read_carried
from assistant.storage.outbox import put_mail
from assistant.zelftest.receipt import Receipt, receipt_of, told_again

router = APIRouter(prefix=OUTCOME_ADDRESS, route_class=SiteRoute, include_in_schema=False)

_Code = Annotated[str, Path(max_length=64)]
_SENT = (
    "Als dit adres klopt, krijg je een mail. Bevestig met de link in die mail dat je bericht wilt. Pas daarna mailen wij je "
    "als je uitkomst verandert. Krijg je niets? Kijk bij de ongewenste mail, of probeer het morgen opnieuw."
)
_STOPPED = "Je krijgt geen mail meer over je uitkomst. Je adres en je antwoorden bij deze mail zijn gewist."
_GONE = "Deze link opent niets (meer). De mail is gestopt, of is vanzelf afgelopen. Doe de zelftest opnieuw als je weer mail wilt."
_NOTHING = "Beantwoord eerst een paar vragen van de zelftest. Dan weten wij van welke uitkomst je bericht wilt."


@router.post("")
def ask(
    request: Request,
    sitting: OwnSitting,
    state: State = "",
    nummer: Annotated[str, Form(max_length=80)] = "",
    email: Annotated[str, Form(max_length=254)] = "",
    akkoord: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Ask for mail about the outcome of these answers."""
    address = parse_email(email) if email.strip() else None
    problem = "" if address else "Vul je e-mailadres in, met een @ erin."
    if not problem and not akkoord:
        problem = "Zet een vinkje als je wilt dat wij je mailen. Zonder je toestemming doen wij dat niet."
    if problem or address is None:
        asked = AskedOutcome(sitting.visit.shell("", "").link(OUTCOME_ADDRESS), state, nummer, problem, email)
        return render_own(request, "outcome_ask.html", ask_again_page(sitting.visit, asked), 422)
    receipt = _receipt(sitting, state, nummer)
    if receipt is None:
        return render_own(request, "message.html", message_page(sitting.visit, "Nog geen uitkomst", _NOTHING), 422)
    with sitting.outcome_alerts() as (session, alerts):
        alert = alerts.ask(address, receipt)
        if alert is not None:
            put_mail(session, confirming_mail(alert, sitting.visit.public_url))
    # The same words whether there is such an alert or not: a page does not tell who asked for what.
    return render_own(request, "message.html", message_page(sitting.visit, "Kijk in je mail", _SENT))


@router.api_route("/{code}", methods=["GET", "HEAD"])
def look(request: Request, sitting: CurrentSitting, code: _Code) -> Response:
    """What is asked for, with buttons; looking changes nothing, since mail programs look too."""
    with sitting.outcome_alerts() as (_, alerts):
        alert = alerts.opened_by(code)
    if alert is None:
        return _gone(request, sitting)
    return render_own(request, "outcome_alert.html", outcome_alert_page(sitting.visit, alert))


@router.post("/{code}")
def decide(
    request: Request, sitting: CurrentSitting, code: _Code, wat: Annotated[Literal["bevestig", "stop"], Form()]
) -> Response:
    """Begin or stop the mail."""
    with sitting.outcome_alerts() as (_, alerts):
        alert = alerts.opened_by(code)
        if alert is None:
            return _gone(request, sitting)
        if wat == "stop":
            alerts.stop(alert)
        else:
            alerts.confirm(alert)
            alert = alerts.opened_by(code)
    if wat == "stop" or alert is None:
        sitting.drop_traces()
        return render_own(request, "message.html", message_page(sitting.visit, "De mail is gestopt", _STOPPED))
    return render_own(request, "outcome_alert.html", outcome_alert_page(sitting.visit, alert))


def _receipt(sitting: Sitting, state: str, number: str) -> Receipt | None:
    """The outcome of now: of the answers of an advice that was given before, or of those that the form carries."""
    if number:
        try:
            with sitting.receipts() as receipts:
                before = receipts.get(number).receipt
        except NotFound:
            return None
        profile, _ = told_again(before, sitting.eligibility.catalogue)
        return receipt_of(sitting.eligibility, profile, before.region)
    answers, _ = read_carried(sitting, state)
    return sitting.receipt(answers) if answers.facts else None


def _gone(request: Request, sitting: Sitting) -> Response:
    return render_own(request, "message.html", message_page(sitting.visit, "Deze mail is er niet meer", _GONE), 404)
