"""Programmes and institutions: what one can enrol in near a place, and who trains and employs there."""

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.api.problem import problems
from assistant.api.published import Now
from assistant.api.records import RecordsOut, Text, add_one, public, refuse_unknown
from knowledge.place import Institution
from knowledge.programme import Programme
from knowledge.record import Record

router = APIRouter(prefix="/api/v1", tags=["knowledge"])

Limit = Annotated[int, Query(ge=1, le=200)]
Place = Annotated[str | None, Query(max_length=60, description="A town or municipality: `Delft`, `den-haag`.")]


@router.get("/programmes", responses=problems(422))
def list_programmes(
    now: Now,
    route: Text = None,
    region: Annotated[str | None, Query(max_length=60, description="From which people can travel to it.")] = None,
    place: Place = None,
    form: Text = None,
    sector: Text = None,
    limit: Limit = 100,
) -> RecordsOut:
    """Every published programme: a route as one institution offers it, with place, form, start and admission."""
    refuse_unknown(now, route=route, region=region, form=form, sector=sector)
    towns = _towns(now, place)
    found = [
        each
        for each in now.catalogue.all(Programme)
        if (route is None or route in each.routes)
        and (region is None or region in each.near)
        and (towns is None or towns & _folded(each.places))
        and (form is None or form in each.forms)
    ]
    return _listed(now, found, sector, limit)


@router.get("/institutions", responses=problems(422))
def list_institutions(
    now: Now,
    type: Annotated[str | None, Query(max_length=60, description="For instance `schoolbestuur`.")] = None,
    region: Text = None,
    place: Place = None,
    sector: Text = None,
    limit: Limit = 100,
) -> RecordsOut:
    """Every published institution: schools of teachers, school boards, partnerships that train together."""
    refuse_unknown(now, type=type, region=region, sector=sector)
    towns = _towns(now, place)
    found = [
        each
        for each in now.catalogue.all(Institution)
        if (type is None or each.type == type)
        and (region is None or each.holds_in(region))
        and (towns is None or towns & _folded((*each.places, *each.municipalities)))
    ]
    return _listed(now, found, sector, limit)


def _listed(now: Now, found: list[Programme] | list[Institution], sector: str | None, limit: int) -> RecordsOut:
    records: list[Record] = [
        each
        for each in found
        if each.is_valid_on(now.on) and (sector is None or not each.sectors or sector in each.sectors)
    ]
    return RecordsOut(items=[public(now, each) for each in records[:limit]])


def _towns(now: Now, place: str | None) -> set[str] | None:
    """The names under which programmes and boards may have the place: a municipality goes by its id too."""
    if place is None:
        return None
    asked = place.strip().casefold()
    same = {
        name
        for each in now.catalogue.municipalities.values()
        if asked in (each.id, each.name.casefold())
        for name in (each.id, each.name.casefold())
    }
    return same or {asked}


def _folded(names: tuple[str, ...]) -> set[str]:
    return {name.casefold() for name in names}


add_one(router, "programmes", Programme)
add_one(router, "institutions", Institution)
