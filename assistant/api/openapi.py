"""The description of the API: what FastAPI derives from the routes, with every way in which a call can fail."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from assistant.api.problem import ProblemResponse

_PROBLEM = {ProblemResponse.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_DERIVED = ("HTTPValidationError", "ValidationError")
"""FastAPI's own errors, which this application never sends."""


def install(app: FastAPI) -> None:
    """Let the application describe itself; what limits and crash guard answer for every route needs no mention there."""
    derive = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            description = derive()
            for path, operations in description["paths"].items():
                for operation in operations.values():
                    _complete(operation, path)
            for name in _DERIVED:
                description["components"]["schemas"].pop(name, None)
            app.openapi_schema = description
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(operation: dict[str, Any], path: str) -> None:
    """Name the failures of one operation, all as problems."""
    responses = operation["responses"]
    failures = {status for status in responses if status.isdigit() and int(status) >= HTTPStatus.BAD_REQUEST}
    failures.add("500")
    if path.startswith("/api/"):
        failures.add("429")
    if "requestBody" in operation:
        failures |= {"400", "413", "422", "503"}
    for status in failures:
        responses[status] = {"description": HTTPStatus(int(status)).phrase, "content": _PROBLEM}
    operation["responses"] = dict(sorted(responses.items()))
