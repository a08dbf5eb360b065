"""What a zij-instromer costs a school: a calculation on the desk, with figures that an adviser may change. Nothing is kept."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from assistant.answering.published import Publication, Published
from assistant.desk.dependencies import DocumentMaker
from assistant.desk.pages.parts import Choice, Shell, shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import NotFound
from assistant.money.amount import study_year
from assistant.money.assumption import Key, OutOfRange
from assistant.money.school import school_scenarios
from assistant.money.school_shown import ShownScenarios, shown_scenarios
from knowledge.finance import SchoolCosts

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_LONGEST = 20
_KEYS: tuple[Key, ...] = (
    "subsidy", "training", "assessment", "guidance", "months", "delay", "stop", "training-due", "repayment", "salary", "fte"
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One assumption as it can be filled in."""

    key: str
    title: str
    usual: str
    """What counts when it is left empty."""
    basis: str
    typed: str
    error: str


@dataclass(frozen=True)
class SchoolCostsPage:
    """The form and what comes of it."""

    shell: Shell
    kinds: tuple[Choice, ...]
    kind: str
    fields: tuple[Field, ...]
    is_changed: bool
    errors: tuple[str, ...]
    shown: ShownScenarios


def _published(request: Request) -> Published:
    return cast(Publication, request.app.state.knowledge).now()


@router.get("/kosten-zij-instroom")
def school_costs(
    request: Request,
    adviser: DocumentMaker,
    now: Annotated[Published, Depends(_published)],
    soort: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Three ways a trajectory may go. What is filled in and makes no sense is named, and the usual figure counts instead."""
    kinds = now.catalogue.content.school_costs
    if not kinds:
        raise NotFound("school costs", soort)
    costs = next((each for each in kinds if each.id == soort), kinds[0])
    typed = {str(key): request.query_params.get(key, "")[:_LONGEST] for key in _KEYS}
    first_year = study_year(now.on)
    errors: dict[str, str] = {}
    try:
        scenarios = school_scenarios(now.catalogue, costs, first_year, typed)
    except OutOfRange as error:
        errors = error.errors
        good = {key: text for key, text in typed.items() if key not in errors}
        scenarios = school_scenarios(now.catalogue, costs, first_year, good)
    usual = shown_scenarios(school_scenarios(now.catalogue, costs, first_year), now.catalogue)
    page = SchoolCostsPage(
        shell=shell("Kosten van zij-instroom", adviser),
        kinds=_kinds(kinds, costs),
        kind=costs.id,
        fields=tuple(
            Field(row.key, row.title, row.words, row.basis, typed[row.key], errors.get(row.key, ""))
            for row in usual.assumptions
        ),
        is_changed=any(text.strip() for text in typed.values()),
        errors=tuple(errors.values()),
        shown=shown_scenarios(scenarios, now.catalogue),
    )
    return render("school_costs.html", page, 422 if errors else 200)


def _kinds(kinds: tuple[SchoolCosts, ...], chosen: SchoolCosts) -> tuple[Choice, ...]:
    return tuple(Choice(each.id, each.title.nl, each is chosen) for each in kinds)
