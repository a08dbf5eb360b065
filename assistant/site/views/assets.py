"""The stylesheet of the public pages."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.site.rendering import STYLESHEET, published

router = APIRouter(prefix="/site/static", include_in_schema=False)
_A_YEAR = 31_536_000


@router.api_route("/site.css", methods=["GET", "HEAD"])
def stylesheet(request: Request) -> Response:
    """The look of the site; its address changes with its content."""
    return published(request, STYLESHEET, "text/css; charset=utf-8", max_age=_A_YEAR)
