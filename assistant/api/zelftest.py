"""The zelftest: facts in, routes with reasons and the next question out. Of a complete one the receipt is kept."""

from typing import Annotated, Any, Protocol, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.api.dependencies import CurrentSettings, PeopleStore
from assistant.api.problem import problems
from assistant.eligibility.profile import FactsRefused, Profile, parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.errors import FieldsRefused
from assistant.storage.receipts import keep_receipt
from assistant.zelftest.question import Locale, Question, question_about
from assistant.zelftest.receipt import receipt_of
from assistant.zelftest.result import Detail, ZelftestResult, zelftest_result
from knowledge.place import Region

router = APIRouter(prefix="/api/v1/zelftest", tags=["zelftest"])

MOST_FACTS = 50


class _Judging(Protocol):
    """What the application publishes at this moment (`app.state.knowledge`), as far as the zelftest needs it."""

    @property
    def eligibility(self) -> Eligibility:
        """The rules of the published catalogue, made ready; another one after the next publication."""
        ...


def _eligibility(request: Request) -> Eligibility:
    return cast(_Judging, request.app.state.knowledge).eligibility


CurrentEligibility = Annotated[Eligibility, Depends(_eligibility)]


class ZelftestIn(BaseModel):
    """What a visitor told so far."""

    facts: dict[str, Any] = Field(
        max_length=MOST_FACTS,
        description="Facts by name, with the values that `GET /zelftest/questions` lists; `null` is: I do not know.",
        examples=[{"sector": ["po"], "role": "leraar", "diploma_level": "hbo-bachelor", "needs_income": None}],
    )
    locale: Locale | None = None
    region: Annotated[str, Field(max_length=60)] | None = None
    """The onderwijsregio of the page: decides the loket of a visitor who did not say where they live."""
    detail: Detail = "all"
    """`open`: of routes out of reach only the verdict, so that a step is light."""


class ZelftestOut(ZelftestResult):
    """Where the zelftest stands."""

    receipt: str | None = None
    """Once it is complete: the number by which this advice can be read back and replayed."""


@router.post("", response_model=ZelftestOut, responses=problems(413, 422, 429, 503))
def take_zelftest(
    given: ZelftestIn, eligibility: CurrentEligibility, people: PeopleStore, settings: CurrentSettings
) -> Response:
    """Judge every route on these facts, and say what to ask next."""
    profile = profile_of(given.facts, eligibility)
    known_regions = {each.id for each in eligibility.catalogue.all(Region)}
    told = given.region if given.region in known_regions else None
    result = zelftest_result(eligibility, profile, given.locale or "nl", told or settings.region, given.detail)
    number = keep_receipt(people, receipt_of(eligibility, profile, told)) if result.complete else None
    # Not checked and copied once more, and written by pydantic itself: either takes longer than the judging.
    answer = ZelftestOut.model_construct(**dict(result), receipt=number)
    return Response(answer.model_dump_json(), media_type="application/json")


@router.get("/questions", responses=problems(422, 429, 503))
def list_questions(eligibility: CurrentEligibility, locale: Annotated[Locale, Query()] = "nl") -> list[Question]:
    """Every fact with its question and what can be answered, in the order in which a person would ask."""
    subjects = tuple(eligibility.catalogue.subjects.values())
    return [question_about(fact, subjects, locale) for fact in eligibility.vocabulary.values()]


def profile_of(facts: dict[str, Any], eligibility: Eligibility) -> Profile:
    """
    What a visitor told, from the body of a request.

    :raises FieldsRefused: If a fact or a value is not in the vocabulary.
    """
    try:
        profile = parse_facts(facts, eligibility.vocabulary)
    except FactsRefused as error:
        raise FieldsRefused({f"facts.{name}": problem for name, problem in error.problems.items()}) from error
    subject = profile.facts().get("subject")
    if subject is not None and subject not in eligibility.catalogue.subjects:
        raise FieldsRefused({"facts.subject": "Dit schoolvak kennen we niet. Kies een vak uit de lijst met vragen."})
    return profile
