"""The looks of regions as they are published, for every page that the widget stands on."""

import json

from fastapi import APIRouter
from starlette.responses import Response

from assistant.api.dependencies import CurrentCatalogue
from assistant.errors import NotFound
from knowledge.place import Region

router = APIRouter(include_in_schema=False)


@router.get("/brand/{region}.css")
def brand(region: str, catalogue: CurrentCatalogue) -> Response:
    """The colours of a region as they are published: a site that links to this follows them by itself."""
    found = catalogue.find(region[:80])
    if not isinstance(found, Region):
        raise NotFound("region", region)
    return _published(found.brand.stylesheet() if found.brand else "", "text/css; charset=utf-8")


@router.get("/widget/brands.js")
def brands(catalogue: CurrentCatalogue) -> Response:
    """The look of each region for the snippet page, as it is published; in the file of this name as it is delivered."""
    found = {
        each.id: {"title": each.title, "colours": each.brand.colours} for each in catalogue.all(Region) if each.brand
    }
    return _published(f"export const BRANDS = {json.dumps(found)}\n", "text/javascript; charset=utf-8")


def _published(text: str, media_type: str) -> Response:
    """Text that changes with what is published, asked for anew each time."""
    return Response(
        text, media_type=media_type, headers={"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
    )
