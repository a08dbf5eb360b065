"""What the editor's forms do beyond HTML. The address changes with the content."""

from fastapi import APIRouter
from starlette.responses import Response

from assistant.editor.rendering import SCRIPT

router = APIRouter(prefix="/desk/static", include_in_schema=False)


@router.get("/editor.js")
def script() -> Response:
    """Keeps what is typed, adds rows in place, and shows a text as it will look."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(SCRIPT, media_type="text/javascript", headers=headers)
