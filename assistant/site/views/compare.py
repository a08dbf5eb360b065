"""Routes side by side."""

import json
from typing import Annotated, cast

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from assistant.answering.published import Publication
from assistant.eligibility.profile import Profile, parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.site.errors import SiteRoute
from assistant.site.pages.compare import compare_page
from assistant.site.rendering import render, render_private
from assistant.site.visit import CurrentVisit
from knowledge.route import Route

router = APIRouter(prefix="/vergelijk", route_class=SiteRoute, include_in_schema=False)

Ids = Annotated[list[Annotated[str, Query(max_length=200)]], Query(max_length=20)]


@router.api_route("", methods=["GET", "HEAD"])
def compare(
    request: Request,
    visit: CurrentVisit,
    route: Ids = [],  # noqa: B006 - FastAPI copies it
    erbij: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The routes in the address, and one more if the form added it."""
    ids = [each for each in (*route, erbij) if each.strip()]
    page = compare_page(visit, _eligibility(request), ids)
    # Who comes from the page of one route has only begun to choose: that is no mistake.
    is_begun = len(ids) == 1 and isinstance(visit.catalogue.find(ids[0]), Route)
    return render(request, "compare.html", page, 422 if page.error and not is_begun else 200)


@router.post("")
def compare_for_visitor(
    request: Request,
    visit: CurrentVisit,
    route: Annotated[list[str], Form(max_length=20)],
    facts: Annotated[str, Form(max_length=8_000)] = "{}",
) -> Response:
    """The same with the verdict of each route, for who comes from the zelftest; nothing of it is in the address."""
    eligibility = _eligibility(request)
    profile, notice = _profile(facts, eligibility)
    page = compare_page(visit.with_notices(*notice), eligibility, route, profile)
    return render_private("compare.html", page, 422 if page.error else 200)


def _eligibility(request: Request) -> Eligibility:
    return cast(Publication, request.app.state.knowledge).eligibility


def _profile(facts: str, eligibility: Eligibility) -> tuple[Profile | None, tuple[str, ...]]:
    """What a visitor told; a text that we cannot read is left aside, and the visitor is told."""
    try:
        told = json.loads(facts)
        return parse_facts(told if isinstance(told, dict) else {}, eligibility.vocabulary), ()
    except ValueError:
        return None, ("Je antwoorden uit de zelftest konden we niet lezen. Je ziet nu de routes zonder oordeel.",)
