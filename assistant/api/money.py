"""The money of a route for one visitor. Nothing is kept."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.api.problem import problems
from assistant.api.zelftest import MOST_FACTS, CurrentEligibility, profile_of
from assistant.errors import FieldsRefused, NotFound
from assistant.money.finances import finances_of
from assistant.money.missed import Work
from assistant.money.telling import PictureTold, told
from assistant.zelftest.question import Locale
from knowledge.place import Region

router = APIRouter(prefix="/api/v1/money", tags=["zelftest"])

Days = Annotated[int, Field(ge=1, le=7)]


class WorkIn(BaseModel):
    """The visitor's work now, for who wants to know what working less costs. It is not kept."""

    model_config = ConfigDict(extra="forbid")

    gross_per_month: Decimal = Field(gt=0, le=100_000, max_digits=8, decimal_places=2, examples=[3000])
    days: Days = 5
    days_less: Days = 1

    @model_validator(mode="after")
    def _has_days_to_give_up(self) -> "WorkIn":
        if self.days_less > self.days:
            raise ValueError("days_less is more than days")
        return self


class MoneyIn(BaseModel):
    """Which route, and what is known of the visitor."""

    route: str = Field(max_length=100, examples=["zij-instroom-po"])
    facts: dict[str, Any] = Field(
        default_factory=dict,
        max_length=MOST_FACTS,
        description="Facts by name, as for the zelftest; what is left out stays open.",
        examples=[{"diploma_level": "hbo-bachelor", "previous_degree_in_education_or_care": True}],
    )
    region: str | None = Field(
        default=None, max_length=60, description="The onderwijsregio; left out, that of the municipality in the facts."
    )
    work: WorkIn | None = None
    locale: Locale | None = None


@router.post("", response_model=PictureTold, responses=problems(404, 413, 422, 429, 503))
def money_of_route(given: MoneyIn, eligibility: CurrentEligibility) -> Response:
    """What a route costs and brings, year by year: each amount with its year, its source and how certain it is."""
    if given.route not in {route.id for route in eligibility.routes}:
        raise NotFound("route", given.route)
    regions = [each.id for each in eligibility.catalogue.all(Region)]
    if given.region is not None and given.region not in regions:
        raise FieldsRefused({"region": f"Kies voor region uit: {', '.join(regions)}."})
    facts = eligibility.known(profile_of(given.facts, eligibility).facts())
    picture = finances_of(eligibility).picture(given.route, facts, given.region)
    work = Work(given.work.gross_per_month, given.work.days, given.work.days_less) if given.work else None
    answer = told(picture, eligibility.catalogue, given.locale or "nl", work)
    return Response(answer.model_dump_json(), media_type="application/json")
