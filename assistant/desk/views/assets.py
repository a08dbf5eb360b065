"""What the pages of the desk look like, and what they do beyond HTML. Both addresses change with their content."""

from fastapi import APIRouter
from starlette.responses import Response

from assistant.desk.rendering import SCRIPT, STYLESHEET

router = APIRouter(prefix="/desk", include_in_schema=False)

_FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/static/desk.css")
def stylesheet() -> Response:
    """The look."""
    return Response(STYLESHEET, media_type="text/css", headers=_FOR_A_YEAR)


@router.get("/static/desk.js")
def script() -> Response:
    """Shortcuts, and word that more came in."""
    return Response(SCRIPT, media_type="text/javascript", headers=_FOR_A_YEAR)
