"""For search engines: what there is, and what is not for them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.site.pages.sitemap import addresses
from assistant.site.rendering import published, sitemap_xml
from assistant.site.visit import CurrentVisit

router = APIRouter(include_in_schema=False)
_CLOSED = ("/api/", "/desk", "/redactie", "/metrics")


@router.api_route("/sitemap.xml", methods=["GET", "HEAD"])
def sitemap(request: Request, visit: CurrentVisit) -> Response:
    """Every public page."""
    return published(request, sitemap_xml(addresses(visit)), "application/xml; charset=utf-8")


@router.api_route("/robots.txt", methods=["GET", "HEAD"])
def robots(request: Request, visit: CurrentVisit) -> Response:
    """Everything may be found but what is for staff and for programs."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _CLOSED),
        f"Sitemap: {visit.public_url}/sitemap.xml",
        "",
    ]
    return published(request, "\n".join(lines).encode(), "text/plain; charset=utf-8")
