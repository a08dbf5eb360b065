"""Mail when the outcome of a zelftest changes: asking for it, confirming it, and stopping it. It works without JavaScript."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.errors import NotFound
from assistant.leads.outcome_alert import OutcomeAlert, confirming_mail
from assistant.site.errors import SiteRoute
from assistant.site.pages.outcome_alert import OUTCOME_ADDRESS, AskedOutcome, ask_again_page, outcome_alert_page
from assistant.site.pages.result import message_page
from assistant.site.rendering import render_own
from assistant.site.second_yes import Code, Decision, SecondYes, wished
from assistant.site.sitting import CurrentSitting, OwnSitting, Sitting
from assistant.site.views.zelftest import State, read_carried
from assistant.storage.outbox import put_mail
from assistant.zelftest.receipt import Receipt, receipt_of, told_again

router = APIRouter(prefix=OUTCOME_ADDRESS, route_class=SiteRoute, include_in_schema=False)

_PAGES = SecondYes[OutcomeAlert](
    template="outcome_alert.html",
    page=outcome_alert_page,
    sent=(
        "Als dit adres klopt, krijg je een mail. Bevestig met de link in die mail dat je bericht wilt. Pas daarna mailen wij je "
        "als je uitkomst verandert. Krijg je niets? Kijk bij de ongewenste mail, of probeer het morgen opnieuw."
    ),
    stopped="Je krijgt geen mail meer over je uitkomst. Je adres en je antwoorden bij deze mail zijn gewist.",
    gone="Deze link opent niets (meer). De mail is gestopt, of is vanzelf afgelopen. Doe de zelftest opnieuw als je weer mail wilt.",
)
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
    address, problem = wished(email, akkoord)
    if address is None:
        asked = AskedOutcome(sitting.visit.shell("", "").link(OUTCOME_ADDRESS), state, nummer, problem, email)
        return render_own(request, "outcome_ask.html", ask_again_page(sitting.visit, asked), 422)
    receipt = _receipt(sitting, state, nummer)
    if receipt is None:
        return render_own(request, "message.html", message_page(sitting.visit, "Nog geen uitkomst", _NOTHING), 422)
    with sitting.outcome_alerts() as (session, alerts):
        alert = alerts.ask(address, receipt)
        if alert is not None:
            put_mail(session, confirming_mail(alert, sitting.visit.public_url))
    return _PAGES.asked(request, sitting.visit)


@router.api_route("/{code}", methods=["GET", "HEAD"])
def look(request: Request, sitting: CurrentSitting, code: Code) -> Response:
    """What is asked for, with buttons."""
    with sitting.outcome_alerts() as (_, alerts):
        alert = alerts.opened_by(code)
    return _PAGES.look(request, sitting.visit, alert)


@router.post("/{code}")
def decide(request: Request, sitting: CurrentSitting, code: Code, wat: Decision) -> Response:
    """Begin or stop the mail."""
    with sitting.outcome_alerts() as (_, alerts):
        alert, is_stopped = _PAGES.decide(alerts, code, wat)
    if is_stopped:
        sitting.drop_traces()
    return _PAGES.decided(request, sitting.visit, alert, is_stopped)


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
