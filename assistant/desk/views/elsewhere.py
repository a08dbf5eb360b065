"""Every address of the desk that is none."""

from fastapi import APIRouter
from starlette.responses import Response

from assistant.desk.dependencies import Colleague
from assistant.desk.routes import DeskRoute
from assistant.errors import NotFound

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)


@router.get("/{path:path}")
def nothing_here(path: str, _: Colleague) -> Response:
    """Any other address."""
    raise NotFound("page", path)
