"""Reading a form: what was filled in as the data of an item, and which of it cannot be data at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from assistant.editor import condition, notation
from assistant.editor.pasted import as_markdown
from assistant.editor.shape import Shape, Widget, shapes_of
from knowledge.fact import Fact

Form = Mapping[str, list[str]]
"""Every value that was sent, by the name of its field: `amounts.0.value`."""
MOST_ROWS = 200
_CONVERTED: Mapping[Widget, Callable[[str], Any]] = {
    Widget.MONEY: notation.number,
    Widget.DAY: notation.day,
    Widget.DAYS: notation.days,
}


@dataclass(frozen=True)
class Read:
    """What a form says."""

    data: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    """By field what it cannot be, in Dutch."""


def read(model: type[BaseModel], form: Form, facts: Mapping[str, Fact]) -> Read:
    """
    The data that was filled in, without what was left empty.

    It is not valid by that: the model still has to look at it.
    """
    errors: dict[str, str] = {}
    data = _group(model, "", form, facts, errors)
    return Read(data if isinstance(data, dict) else {}, errors)


def _group(
    model: type[BaseModel], prefix: str, form: Form, facts: Mapping[str, Fact], errors: dict[str, str]
) -> dict[str, Any]:
    found = {}
    for shape in shapes_of(model):
        value = _value(shape, f"{prefix}{shape.name}", form, facts, errors)
        if value not in (None, "", [], {}):
            found[shape.name] = value
    return found


def _value(shape: Shape, name: str, form: Form, facts: Mapping[str, Fact], errors: dict[str, str]) -> Any:
    given = [each.replace("\r\n", "\n").strip() for each in form.get(name, ())]
    first = given[0] if given else ""
    match shape.widget:
        case Widget.FIXED:
            return shape.options[0]
        case Widget.GROUP if shape.model:
            return _group(shape.model, f"{name}.", form, facts, errors)
        case Widget.ROWS if shape.model:
            return _rows(shape.model, name, form, facts, errors)
        case Widget.CONDITION:
            return condition.read(name, form, facts)
        case Widget.TICK:
            return bool(first) if bool(first) is not bool(shape.default) else None
        case Widget.YES_NO:
            return {"ja": True, "nee": False}.get(first)
        case Widget.CHOICES | Widget.REFERENCES:
            return list(dict.fromkeys(each for each in given if each))
        case Widget.LINES:
            return [line.strip() for line in first.split("\n") if line.strip()]
        case Widget.PAIRS:
            return _pairs(name, first, errors)
        case Widget.NUMBER:
            return int(first) if first.lstrip("-").isdigit() else first
    if first and (convert := _CONVERTED.get(shape.widget)):
        try:
            return convert(first)
        except ValueError as error:
            errors[name] = str(error)
    return first


def _rows(
    model: type[BaseModel], name: str, form: Form, facts: Mapping[str, Fact], errors: dict[str, str]
) -> list[dict[str, Any]]:
    own = [each[len(name) + 1 :].split(".")[0] for each in form if each.startswith(f"{name}.")]
    numbers = {int(number) for number in own if number.isdigit() and len(number) < 5}
    rows, removed = [], set(form.get("weg", ()))
    for at in sorted(numbers)[:MOST_ROWS]:
        if f"{name}.{at}" not in removed:
            row = _group(model, f"{name}.{at}.", form, facts, errors)
            if any(not _is_preset(model, field_name, value) for field_name, value in row.items()):
                rows.append(row)
    return rows


def _is_preset(model: type[BaseModel], name: str, value: Any) -> bool:
    """Whether a value stands in an empty row by itself: the first of a choice, a number that is usual."""
    shape = next(each for each in shapes_of(model) if each.name == name)
    return shape.widget is Widget.FIXED or (
        shape.widget is Widget.CHOICE and value in (shape.default, shape.options[0])
    )


def _pairs(name: str, text: str, errors: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not key or not value:
            errors[name] = "Schrijf op elke regel een naam, een dubbele punt en een waarde."
            continue
        found[key] = {"waar": True, "onwaar": False}.get(value, value)
    return found


def as_before(model: type[BaseModel], data: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """
    What was read, with the white space and the order of before where only those differ: nothing typed, nothing changed.

    Markdown that was changed is rid of what a word processor left in it.
    """
    unordered = {shape.name for shape in shapes_of(model) if shape.widget is Widget.CHOICES}
    prose = {shape.name for shape in shapes_of(model) if shape.widget is Widget.MARKDOWN}
    found: dict[str, Any] = {}
    for name, value in data.items():
        was = before.get(name)
        if name in unordered and isinstance(was, list | tuple) and set(was) == set(value):
            found[name] = list(was)
        else:
            found[name] = _spaced(value, was)
        if name in prose and found[name] != was:
            found[name] = as_markdown(found[name])
    return found


def _spaced(data: Any, before: Any) -> Any:
    if isinstance(data, str) and isinstance(before, str):
        return before if data.strip() == before.strip().replace("\r\n", "\n") else data
    if isinstance(data, dict) and isinstance(before, Mapping):
        return {name: _spaced(value, before.get(name)) for name, value in data.items()}
    if isinstance(data, list) and isinstance(before, list | tuple):
        return [_spaced(value, before[at]) if at < len(before) else value for at, value in enumerate(data)]
    return data
