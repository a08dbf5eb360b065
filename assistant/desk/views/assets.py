"""What the pages of the desk look like."""

from fastapi import APIRouter
from starlette.responses import Response

from assistant.desk.rendering import STYLESHEET

router = APIRouter(prefix="/desk", include_in_schema=False)


@router.get("/static/desk.css")
def stylesheet() -> Response:
    """The look of the desk; its address changes with its content."""
    return Response(STYLESHEET, media_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})
