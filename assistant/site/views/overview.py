"""What a visitor keeps of a zelftest: the overview to print, and the link to go on with later."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.errors import NotFound
from assistant.site.answers import Answers
from assistant.site.errors import SiteRoute
from assistant.site.pages.question import ADDRESS
from assistant.site.pages.result import message_page, recap_of_receipt, recap_page, saved_page
from assistant.site.rendering import render_own
from assistant.site.sitting import CurrentSitting, OwnSitting
from assistant.site.views.zelftest import State, go_on, read_carried
from assistant.storage.saved import NothingSaved
from assistant.zelftest.receipt_id import read_receipt_id
from assistant.zelftest.saved import SavedAnswers, until_in_words

router = APIRouter(prefix=ADDRESS, route_class=SiteRoute, include_in_schema=False)

_Code = Annotated[str, Path(max_length=200)]
_Number = Annotated[str, Path(max_length=80)]
_NO_NUMBER = (
    "Dit is geen nummer van een advies. Het heeft 12 letters en cijfers, zoals 7K3M-9QXA-2FVV. Kijk het nog eens na."
)
_GONE = (
    "Onder dit nummer vinden we geen advies (meer). Misschien staat er een typefout in, of is het te lang geleden: we bewaren "
    "een advies niet voor altijd."
)


@router.post("/overzicht")
def overview(request: Request, sitting: CurrentSitting, state: State = "") -> Response:
    """Everything on one page, to print or to save as PDF."""
    answers, _ = read_carried(sitting, state)
    advice, number = sitting.advise(answers, on_paper=True)
    return render_own(request, "recap.html", recap_page(sitting.visit, sitting.eligibility, answers, advice, number))


@router.api_route("/overzicht", methods=["GET", "HEAD"])
def find_overview(
    request: Request, sitting: CurrentSitting, nummer: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """Asks for the number of an advice, and goes there."""
    number = read_receipt_id(nummer)
    if number:
        return RedirectResponse(sitting.visit.shell("", "").link(f"{ADDRESS}/overzicht/{number}"), status_code=303)
    title, text = "Vind je advies terug", "Het nummer staat op je overzicht, en op het scherm als de zelftest klaar is."
    page = message_page(sitting.visit, title, _NO_NUMBER if nummer else text, asks_number=True, typed=nummer)
    return render_own(request, "message.html", page, 404 if nummer else 200)


@router.api_route("/overzicht/{number:path}", methods=["GET", "HEAD"])
def overview_again(request: Request, sitting: CurrentSitting, number: _Number) -> Response:
    """An advice that was given before, as it was, with what changed since."""
    try:
        with sitting.receipts() as receipts:
            kept = receipts.get(number)
    except NotFound:
        text = _GONE if read_receipt_id(number) else _NO_NUMBER
        page = message_page(sitting.visit, "Dit advies vinden we niet", text, asks_number=True, typed=number)
        return render_own(request, "message.html", page, 404)
    page_of = recap_of_receipt(sitting.visit, kept, sitting.replayer, sitting.eligibility)
    return render_own(request, "recap.html", page_of)


@router.post("/bewaren")
def save(request: Request, sitting: OwnSitting, state: State = "") -> Response:
    """Keep the answers under a code, and show the link that opens them."""
    answers, _ = read_carried(sitting, state)
    catalogue = sitting.eligibility.catalogue
    region = sitting.visit.region.id if sitting.visit.region else None
    with sitting.saved() as saved:
        code, kept = saved.save(SavedAnswers.of_facts(answers.facts, catalogue, region), answers.code)
    answers = answers.saved_as(code)
    sitting.recent.keep(answers)
    return render_own(request, "saved.html", saved_page(sitting.visit, answers, kept))


@router.api_route("/verder/{code:path}", methods=["GET", "HEAD"])
def open_again(request: Request, sitting: CurrentSitting, code: _Code) -> Response:
    """The zelftest where the visitor left it."""
    try:
        with sitting.saved() as saved:
            kept = saved.open(code)
    except NothingSaved as nothing:
        page = message_page(sitting.visit, "Deze link werkt niet (meer)", nothing.visitor_message)
        return render_own(request, "message.html", page, 404)
    _, lost = kept.answers.profile(sitting.eligibility.catalogue)
    facts = {name: value for name, value in kept.answers.facts.items() if name not in lost}
    notice = f"Je antwoorden staan er nog. We bewaren ze {until_in_words(kept.expires_at)}."
    if lost:
        notice += " Een vraag is veranderd sinds je dit bewaarde: die stellen we opnieuw."
    return go_on(request, sitting, Answers(facts=facts, code=code), notice)


@router.post("/verwijderen")
def erase(
    request: Request, sitting: OwnSitting, state: State = "", code: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Erase what was saved, at once."""
    answers, _ = read_carried(sitting, state)
    try:
        with sitting.saved() as saved:
            saved.erase(code)
    except NothingSaved:
        text = "Er is onder deze link niets (meer) bewaard. Er hoeft dus niets weg."
    else:
        text = "Wat je bewaard had, is weg. De link werkt niet meer."
    sitting.recent.forget(answers.run)
    return render_own(request, "message.html", message_page(sitting.visit, "Je zelftest is verwijderd", text))
