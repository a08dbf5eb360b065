"""The short address of the editor's pages. They stand under the desk, so that one login is enough for both."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse

router = APIRouter(include_in_schema=False)


@router.get("/redactie")
def short() -> RedirectResponse:
    """To where an editor begins."""
    return RedirectResponse("/desk/redactie", status_code=308)
