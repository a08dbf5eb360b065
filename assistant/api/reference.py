"""`/api/docs`: the API for people who build on it, as a page without scripts or other people's servers."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

router = APIRouter(include_in_schema=False)

_ROOT = Path(__file__).parents[1]
_templates = Environment(loader=FileSystemLoader(_ROOT / "templates"), autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True)
class Parameter:
    """Something an operation takes."""

    name: str
    where: str
    is_required: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    body: str
    """The JSON schema of what is sent, or empty."""
    answers: tuple[tuple[str, str], ...]
    """Status codes with what they mean."""

    @property
    def anchor(self) -> str:
        """Where the operation stands on the page."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


@dataclass(frozen=True)
class ReferencePage:
    """What the template may use."""

    title: str
    text: str
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]


@router.get("/api/docs")
def reference(request: Request) -> HTMLResponse:
    """Every operation with what it takes and gives, made of the OpenAPI description."""
    page = reference_of(request.app.openapi())
    return HTMLResponse(_templates.get_template("reference.html").render(page=page))


def reference_of(schema: dict[str, Any]) -> ReferencePage:
    """
    The page of an OpenAPI description.

    :param schema: As FastAPI makes it: `paths`, each with its methods; `components` with the models.
    """
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            group = next(iter(operation.get("tags", [])), "other")
            groups.setdefault(group, []).append(_operation(schema, method, path, operation))
    info = schema["info"]
    found = tuple((name, tuple(operations)) for name, operations in groups.items())
    return ReferencePage(f"{info['title']} API, version {info['version']}", info.get("description", ""), found)


def _operation(schema: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Operation:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        method=method.upper(),
        path=path,
        title=operation.get("summary", path),
        text=operation.get("description", ""),
        parameters=tuple(
            Parameter(each["name"], each["in"], each.get("required", False), each.get("description", ""))
            for each in operation.get("parameters", [])
        ),
        body=json.dumps(_resolved(schema, content), indent=2, ensure_ascii=False) if content else "",
        answers=tuple((status, answer.get("description", "")) for status, answer in operation["responses"].items()),
    )


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The model that a part refers to, one level deep: enough to see what to send."""
    reference = part.get("$ref", "")
    if not reference:
        return part
    model: dict[str, Any] = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
    return model
