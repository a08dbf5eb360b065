"""Routes side by side; for who tells facts also with the verdicts. Nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from assistant.api.problem import problems
from assistant.api.zelftest import CurrentEligibility, profile_of
from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility
from assistant.errors import FieldsRefused
from assistant.zelftest.comparison import Comparison, NotComparable, comparison
from assistant.zelftest.question import Locale
from knowledge.place import Region

router = APIRouter(prefix="/api/v1/compare", tags=["zelftest"])

_MOST_FACTS = 50
_MOST_IDS = 20
"""More than can be compared, so that the answer may say how many can."""

RouteId = Annotated[str, Field(max_length=100)]


class CompareIn(BaseModel):
    """Which routes, and what is known of the visitor."""

    routes: list[RouteId] = Field(max_length=_MOST_IDS, examples=[["zij-instroom-po", "pabo-deeltijd"]])
    facts: dict[str, Any] = Field(
        default_factory=dict,
        max_length=_MOST_FACTS,
        description="Facts by name, as for the zelftest; with none there are no verdicts.",
        examples=[{"sector": ["po"], "diploma_level": "hbo-bachelor"}],
    )
    region: str | None = Field(default=None, max_length=60, description="The programmes of this region come first.")
    locale: Locale | None = None


@router.get("", responses=problems(422, 429, 503))
def compare_routes(
    eligibility: CurrentEligibility,
    routes: Annotated[str, Query(max_length=600, description="Two to four ids with commas between them.")],
    region: Annotated[str | None, Query(max_length=60)] = None,
    locale: Annotated[Locale, Query()] = "nl",
) -> Comparison:
    """Two to four routes side by side."""
    ids = [each.strip() for each in routes.split(",") if each.strip()]
    return _compared(eligibility, ids, None, region, locale)


@router.post("", responses=problems(413, 422, 429, 503))
def compare_for_visitor(given: CompareIn, eligibility: CurrentEligibility) -> Comparison:
    """Two to four routes side by side, with the verdict on each for this visitor and what is still open."""
    profile = profile_of(given.facts, eligibility)
    return _compared(eligibility, given.routes, profile, given.region, given.locale or "nl")


def _compared(
    eligibility: Eligibility, ids: list[str], profile: Profile | None, region: str | None, locale: Locale
) -> Comparison:
    regions = [each.id for each in eligibility.catalogue.all(Region)]
    if region is not None and region not in regions:
        raise FieldsRefused({"region": f"Kies voor region uit: {', '.join(regions)}."})
    try:
        return comparison(eligibility, ids, profile, region, locale)
    except NotComparable as error:
        hint = f" Misschien bedoel je: {', '.join(error.suggestions)}." if error.suggestions else ""
        raise FieldsRefused({"routes": f"{error}{hint}"}) from error
