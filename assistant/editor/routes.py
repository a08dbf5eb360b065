"""How an error on the editor's pages ends: as a page, with what the store says in Dutch."""

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from assistant.desk.pages.error import ErrorPage
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from knowledge.publishing.errors import EditorialProblem, NoSuchItem


class EditorRoute(DeskRoute):
    """A route of the desk that knows the editors' problems too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the errors caught around it."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except EditorialProblem as problem:
                status = 404 if isinstance(problem, NoSuchItem) else 409
                heading = "Niet gevonden" if status == 404 else "Dat lukt niet"
                return render("error.html", ErrorPage(shell(heading), heading, problem.dutch), status)

        return guarded
