"""The zelftest as plain forms: one question a page, then the outcome. Answers go in the body, never in an address."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from rapidfuzz import fuzz, process, utils
from starlette.responses import Response

from assistant.leads.routing import find_municipality
from assistant.site.answers import Answers, NoAnswer, read_answer, read_answers
from assistant.site.errors import SiteRoute
from assistant.site.pages.question import question_again, question_page
from assistant.site.pages.result import result_page
from assistant.site.rendering import render_own
from assistant.site.sitting import CurrentSitting, Sitting
from assistant.zelftest.flow import next_question

router = APIRouter(prefix="/zelftest", route_class=SiteRoute, include_in_schema=False)

State = Annotated[str, Form(alias="stand", max_length=20_000)]
"""The hidden field with the answers so far."""
_Words = Annotated[str, Form(max_length=80)]
_UNREADABLE = (
    "Een deel van je antwoorden konden we niet meer lezen. Kijk of het nog klopt: je kunt elk antwoord wijzigen."
)
_NO_PLACE = (
    "Deze gemeente of plaats kennen we niet. Kijk of er een typefout in staat. Woon je buiten onze regio's? Het landelijk "
    "Onderwijsloket weet wie daar helpt."
)
_ALIKE, _SUGGESTIONS = 70, 3


@router.api_route("", methods=["GET", "HEAD"])
def start(request: Request, sitting: CurrentSitting) -> Response:
    """The first question."""
    return go_on(request, sitting, Answers())


@router.post("")
def step(
    request: Request,
    sitting: CurrentSitting,
    state: State = "",
    vraag: _Words = "",
    antwoord: Annotated[list[_Words] | None, Form(max_length=80)] = None,
    doe: _Words = "",
    wijzig: _Words = "",
    klopt: _Words = "",
    plaats: Annotated[str | None, Form(max_length=80)] = None,
) -> Response:
    """
    Take one answer, and ask what comes next.

    :param vraag: The fact that was asked.
    :param doe: `onbekend` ("weet ik niet"), `terug`, or nothing.
    :param wijzig: A fact to ask again; what was answered after it stays.
    :param klopt: A pair of facts that look at odds, and are right all the same.
    :param plaats: Where the visitor lives, as they typed it.
    """
    answers, is_whole = read_carried(sitting, state)
    notice = "" if is_whole else _UNREADABLE
    if wijzig or doe == "terug":
        return _asked_again(request, sitting, answers, wijzig or answers.before(vraag) or "", notice)
    if klopt:
        answers = answers.with_settled(klopt)
    elif plaats is not None:
        return _placed(request, sitting, answers, plaats)
    elif vraag:
        question = question_again(sitting.eligibility, answers, vraag)
        if question is None:
            return go_on(request, sitting, answers, notice)
        if doe == "onbekend":
            answers = answers.with_answer(vraag, None)
        else:
            typed = antwoord or []
            try:
                fact = sitting.eligibility.vocabulary[vraag]
                answers = answers.with_answer(vraag, read_answer(fact, typed, sitting.eligibility.catalogue))
            except NoAnswer as error:
                page = question_page(
                    sitting.visit, sitting.eligibility, answers, question, error=str(error), typed="".join(typed[:1])
                )
                return render_own(request, "question.html", page, 422)
    sitting.recent.keep(answers)
    return go_on(request, sitting, answers, notice)


def read_carried(sitting: Sitting, state: str) -> tuple[Answers, bool]:
    """The answers that a form carried, with those given after it was made; and whether all could be read."""
    answers, is_whole = read_answers(state, sitting.eligibility.catalogue)
    return answers.with_later(sitting.recent.latest(answers.run)), is_whole


def go_on(request: Request, sitting: Sitting, answers: Answers, notice: str = "") -> Response:
    """The next question; the outcome when no question can change it any more."""
    question = next_question(sitting.eligibility, answers.profile(sitting.eligibility.catalogue))
    if question is not None:
        page = question_page(sitting.visit, sitting.eligibility, answers, question, notice=notice)
        return render_own(request, "question.html", page)
    advice, number = sitting.advise(answers)
    return render_own(
        request, "result.html", result_page(sitting.visit, sitting.eligibility, answers, advice, number, notice=notice)
    )


def _asked_again(request: Request, sitting: Sitting, answers: Answers, name: str, notice: str) -> Response:
    if name == "municipality":
        return go_on(request, sitting, answers, notice)
    question = question_again(sitting.eligibility, answers, name)
    if question is None:
        return go_on(request, sitting, answers, notice)
    page = question_page(sitting.visit, sitting.eligibility, answers, question, notice=notice)
    return render_own(request, "question.html", page)


def _placed(request: Request, sitting: Sitting, answers: Answers, typed: str) -> Response:
    """The outcome with the loket of where the visitor lives; with a sentence if we do not know that place."""
    catalogue = sitting.visit.catalogue
    place = find_municipality(catalogue, typed.strip()) if typed.strip() else None
    if place is not None:
        answers = answers.with_answer("municipality", place.id)
        sitting.recent.keep(answers)
        return go_on(request, sitting, answers)
    if not typed.strip():
        return go_on(request, sitting, answers.without("municipality"))
    names = [name for each in catalogue.municipalities.values() for name in (each.name, *each.places)]
    found = process.extract(
        typed, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=_SUGGESTIONS, score_cutoff=_ALIKE
    )
    advice, number = sitting.advise(answers)
    place_form = (typed, _NO_PLACE, tuple(dict.fromkeys(name for name, _, _ in found)))
    page = result_page(sitting.visit, sitting.eligibility, answers, advice, number, place=place_form)
    return render_own(request, "result.html", page, 422)
