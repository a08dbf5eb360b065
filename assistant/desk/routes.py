"""How an error on the desk ends: as a page for people, not as JSON."""

import logging
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, cast
from urllib.parse import urlencode

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.dependencies import FormExpired, LoginNeeded, SecondStepNeeded, desk_sessions
from assistant.desk.kept import LONGEST_SEALED, KeptForm, kept_of
from assistant.desk.login_form import login_page
from assistant.desk.pages.error import ErrorPage
from assistant.desk.pages.login import kept_page, too_long_page, unsent_page
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.signing import session_token
from assistant.errors import LoketError, StoreUnavailable
from assistant.settings import Settings
from assistant.storage.session import Sessions

_ENDS_WITH_THE_HANDLER = "fastapi_function_astack"
"""FastAPI's name for it; a test holds that a form that fails halfway changes nothing."""
_log = logging.getLogger(__name__)


class DeskRoute(APIRoute):
    """A route whose errors are pages, and that sends who is not logged in to the login page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the errors caught around it."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                # A stack of its own for what ends with the request: FastAPI's would end after this, and so keep half of what
                # went wrong, and what cannot be stored would not be a page.
                async with AsyncExitStack() as stack:
                    request.scope[_ENDS_WITH_THE_HANDLER] = stack
                    return await handle(request)
            except (LoginNeeded, FormExpired) as error:
                kept = await kept_of(request, await run_in_threadpool(_whose, request))
                if kept is not None:
                    return _keeping(request, kept, error)
                if isinstance(error, FormExpired):
                    return _of(error)
                needed = error
                return RedirectResponse(f"/desk/login?{urlencode({'next': needed.wanted})}", status_code=303)
            except SecondStepNeeded as error:
                if request.method == "GET":
                    return RedirectResponse("/desk/account/tweede-stap", status_code=303)
                return _of(error)
            except RequestValidationError:
                return _page(
                    422, "Dat klopt niet", "Wat je stuurde, past niet in dit formulier. Ga terug en kijk het na."
                )
            except LoketError as error:
                return _of(error)
            except HTTPException as error:
                return _page(error.status_code, "Dat lukt niet", LoketError.visitor_message)
            except SQLAlchemyError as error:
                reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
                ours = StoreUnavailable(reason)
                _log.error("%s %s: %s", request.method, request.url.path, ours)
                kept = await kept_of(request, "")
                return _unsent(kept, (await request.form()).get("csrf")) if kept else _of(ours)

        return guarded


def _whose(request: Request) -> str:
    """Whose session a browser carries, over or not."""
    with cast(Sessions, request.app.state.sessions)() as session:
        return desk_sessions(session, request.app.state.settings).whose(session_token(request))


def _keeping(request: Request, kept: KeptForm, error: LoginNeeded | FormExpired) -> Response:
    """What was being sent goes along: with the login form, or with a new form for who is logged in."""
    settings = cast(Settings, request.app.state.settings)
    if isinstance(error, FormExpired):
        return render("kept.html", kept_page(error.colleague, kept), error.status_code)
    sealed = kept.sealed(settings)
    if len(sealed) > LONGEST_SEALED:
        return render("kept.html", too_long_page(kept), 401)
    return login_page(
        settings,
        "",
        error="Je was te lang weg. Log in, je tekst staat er dan nog.",
        status_code=401,
        kept=sealed,
    )


def _unsent(kept: KeptForm, csrf: UploadFile | str | None) -> Response:
    """What could not be stored stays in the form."""
    page = unsent_page(kept, csrf if isinstance(csrf, str) else "")
    return render("kept.html", page, StoreUnavailable.status_code)


def _of(error: LoketError) -> Response:
    heading = "Niet gevonden" if error.status_code == 404 else "Dat lukt niet"
    return _page(error.status_code, heading, error.visitor_message)


def _page(status_code: int, heading: str, text: str) -> Response:
    return render("error.html", ErrorPage(shell=shell(heading), heading=heading, text=text), status_code)
