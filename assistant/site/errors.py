"""What a visitor sees when a page is not there, or cannot be made: a page with the way on."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.errors import LoketError, NotFound, StoreUnavailable
from assistant.site.pages.error import error_page, not_found_page
from assistant.site.rendering import render
from assistant.site.visit import visit_of

_log = logging.getLogger(__name__)
_NOT_UNDERSTOOD = "Wat je stuurde, past niet in dit formulier. Ga terug en kijk het na."


class SiteRoute(APIRoute):
    """A route whose errors are pages. Every router of the site has `route_class=SiteRoute`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the errors caught around it."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                # As on the desk: what fails is taken back before it becomes a page, not kept by FastAPI's own stack after it.
                async with AsyncExitStack() as stack:
                    request.scope["fastapi_function_astack"] = stack
                    return await handle(request)
            except NotFound:
                return render(request, "not_found.html", not_found_page(visit_of(request)), 404)
            except RequestValidationError:
                return _failed(request, 422, "Dat klopt niet", _NOT_UNDERSTOOD)
            except LoketError as error:
                if error.status_code >= 500:
                    _log.error("%s %s: %s", request.method, request.url.path, error)
                return _failed(request, error.status_code, "Dat lukt niet", error.visitor_message)
            except HTTPException as error:
                return _failed(request, error.status_code, "Dat lukt niet", LoketError.visitor_message)
            except SQLAlchemyError as error:
                # Statement and parameters stay out of the log: they may hold what a visitor typed.
                reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
                _log.error("%s %s: %s", request.method, request.url.path, StoreUnavailable(reason))
                return _failed(request, 503, "Dat lukt niet", StoreUnavailable.visitor_message)

        return guarded


def install(app: FastAPI) -> None:
    """
    Let a browser that asks for an address that nobody has get a page; a program keeps getting its problem.

    Call it after the problems of the API were installed.
    """
    problem = cast(Callable[[Request, Exception], Awaitable[Response]], app.exception_handlers[HTTPException])

    async def missing(request: Request, error: Exception) -> Response:
        if request.method in ("GET", "HEAD") and _is_browser(request):
            return render(request, "not_found.html", not_found_page(visit_of(request)), 404)
        return await problem(request, error)

    app.add_exception_handler(404, missing)


def _is_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def _failed(request: Request, status_code: int, heading: str, text: str) -> Response:
    return render(request, "error.html", error_page(visit_of(request), heading, text), status_code)
