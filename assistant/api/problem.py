"""Every error of the API as one problem+json (RFC 9457): Dutch for the visitor, a log line for the operator."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import FieldsRefused, LoketError, StoreUnavailable, TooMany

_log = logging.getLogger(__name__)

_DETAIL_BY_STATUS = {
    400: "Dit kunnen we niet lezen. Stuur de gegevens als JSON, in UTF-8.",
    401: "Log eerst in, of begin een nieuw gesprek.",
    403: "Dit mag je niet bekijken.",
    404: "Dit bestaat niet of niet meer.",
    405: "Zo kan dit niet worden opgevraagd.",
    415: "Stuur de gegevens als JSON.",
}
_DETAIL_BY_TYPE = {
    "missing": "Dit veld ontbreekt.",
    "json_invalid": "Dit is geen geldige JSON.",
    "string_too_long": "Dit is te lang. Gebruik hoogstens {max_length} tekens.",
    "string_too_short": "Dit is te kort. Gebruik minstens {min_length} tekens.",
    "string_type": "Dit moet tekst zijn.",
    "bool_type": "Dit moet true of false zijn.",
    "bool_parsing": "Dit moet true of false zijn.",
    "int_type": "Dit moet een heel getal zijn.",
    "int_parsing": "Dit moet een heel getal zijn.",
    "literal_error": "Kies een van: {expected}.",
    "greater_than_equal": "Dit moet minstens {ge} zijn.",
    "less_than_equal": "Dit mag hoogstens {le} zijn.",
    "extra_forbidden": "Dit veld kennen we niet.",
}


class FieldError(BaseModel):
    """What is wrong with one field, by its dotted name."""

    field: str
    message: str


class Problem(BaseModel):
    """A problem as RFC 9457 writes it; `detail` and the messages are Dutch and can be shown."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


class ProblemResponse(JSONResponse):
    """A problem with its own content type."""

    media_type = "application/problem+json"


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": HTTPStatus(status).phrase, "content": {"application/problem+json": {}}}
    for status in (401, 404, 409, 413, 422, 429, 503)
}
"""For `responses=` of a route: `{status: PROBLEMS[status] for status in (401, 404)}`."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says in `responses` about the ways in which it can fail."""
    return {status: PROBLEMS[status] for status in statuses}


def problem_of(error: LoketError) -> ProblemResponse:
    """The response to an error of ours."""
    fields = error.errors if isinstance(error, FieldsRefused) else {}
    headers = {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.retry_after_seconds)
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return _response(error.status_code, error.title, error.visitor_message, fields, headers)


def install(app: FastAPI) -> None:
    """
    Let every error of the application end as a problem.

    Call it before `security.install`: then a crash too leaves with the security headers on it.
    """

    @app.exception_handler(LoketError)
    async def _ours(request: Request, error: LoketError) -> ProblemResponse:
        if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("%s %s: %s", request.method, request.url.path, error)
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    async def _not_understood(_: Request, error: RequestValidationError) -> ProblemResponse:
        fields = {_field(each["loc"]): _sentence(each) for each in error.errors()}
        return _response(422, "Not accepted", "Er klopt iets nog niet in wat je stuurde.", fields)

    @app.exception_handler(HTTPException)
    async def _of_starlette(_: Request, error: HTTPException) -> ProblemResponse:
        title = HTTPStatus(error.status_code).phrase
        detail = _DETAIL_BY_STATUS.get(error.status_code, LoketError.visitor_message)
        return _response(error.status_code, title, detail, headers=error.headers)

    @app.exception_handler(SQLAlchemyError)
    async def _of_the_store(request: Request, error: SQLAlchemyError) -> ProblemResponse:
        # Statement and parameters stay out of the log: they hold what a visitor typed.
        reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        ours = StoreUnavailable(reason)
        _log.error("%s %s: %s", request.method, request.url.path, ours)
        return problem_of(ours)

    app.add_middleware(_CrashGuard)


class _CrashGuard:
    """Turns what nobody caught into a problem, while the response can still be chosen."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = False

        async def watch(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            if has_started:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            ours = error if isinstance(error, LoketError) else LoketError(type(error).__name__)
            await problem_of(ours)(scope, receive, send)


def _response(
    status: int,
    title: str,
    detail: str,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    errors = [FieldError(field=field, message=message) for field, message in (fields or {}).items()]
    problem = Problem(title=title, status=status, detail=detail, errors=errors)
    return ProblemResponse(problem.model_dump(), status_code=status, headers=headers)


def _field(location: tuple[int | str, ...]) -> str:
    """`("body", "consent", "given")` is `consent.given`."""
    return ".".join(str(part) for part in location[1:]) or str(location[0])


def _sentence(error: Mapping[str, Any]) -> str:
    """What to do about one error of pydantic. Its own message is English and may quote what was typed."""
    sentence = _DETAIL_BY_TYPE.get(error["type"], "Dit klopt niet. Kijk het even na.")
    return sentence.format(**error.get("ctx", {}))
