"""Shapes: what kind of input each field of a model asks for, read off its type."""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from knowledge.publishing.uses import REFERRED
from knowledge.rule import AllOf, AnyOf, Atom, Not

_LONG_TEXT = 161
"""A text that may be longer than this gets several lines."""
_CONDITION = frozenset({Atom, AllOf, AnyOf, Not})


class Widget(StrEnum):
    """How a field is filled in."""

    FIXED = "fixed"
    LINE = "line"
    TEXT = "text"
    MARKDOWN = "markdown"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    DAYS = "days"
    """A length of time in whole days."""
    TICK = "tick"
    YES_NO = "yes_no"
    """Yes, no, or not known."""
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"
    """Several short texts, one a line."""
    REFERENCE = "reference"
    REFERENCES = "references"
    PAIRS = "pairs"
    """`name: value`, one a line."""
    GROUP = "group"
    ROWS = "rows"
    """Several groups below each other."""
    CONDITION = "condition"


@dataclass(frozen=True)
class Shape:
    """One field of a model as a form sees it."""

    name: str
    """As data has it: the alias, where there is one."""
    widget: Widget
    is_required: bool = False
    options: tuple[str, ...] = ()
    """The values of a choice."""
    default: str = ""
    """The value of a choice that is left alone; of a tick `ja` where it is usually on."""
    model: type[BaseModel] | None = None
    """Of a group or of rows."""
    refers_to: str = ""
    """Of what a reference is the id: a kind of record, or a group of items."""
    max_length: int = 0


@cache
def shapes_of(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Every field of a model, in the order in which the fields stand."""
    return tuple(_shape(model, name, field) for name, field in model.model_fields.items())


def _shape(model: type[BaseModel], name: str, field: FieldInfo) -> Shape:
    named = field.alias or name
    kind, is_optional = _bare(field.annotation)
    limit = max((getattr(each, "max_length", None) or 0 for each in field.metadata), default=0)
    required = field.is_required() and not is_optional
    if _is_condition(field.annotation):
        return Shape(named, Widget.CONDITION, required)
    origin = get_origin(kind)
    if origin is Literal:
        return _choice(named, tuple(map(_value, get_args(kind))), required, field)
    if origin is tuple:
        return _several(named, get_args(kind)[0], required)
    if origin is dict and _is_model(get_args(kind)[1]):
        # Words in another language, by the language: English is the only one.
        return Shape(named, Widget.GROUP, model=_english(get_args(kind)[1]))
    if origin in (dict, Mapping, types.MappingProxyType) or kind is Mapping:
        return Shape(named, Widget.PAIRS)
    if origin in (Union, types.UnionType):
        options = [_value(each) for part in get_args(kind) for each in get_args(part) if get_origin(part) is Literal]
        return _choice(named, tuple(options), required, field) if options else Shape(named, Widget.LINE, required)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(named, tuple(str(each.value) for each in kind), required, field)
    if _is_model(kind):
        return Shape(named, Widget.GROUP, required, model=kind)
    simple = {bool: Widget.YES_NO if is_optional else Widget.TICK, int: Widget.NUMBER, Decimal: Widget.MONEY,
              date: Widget.DAY, datetime: Widget.MOMENT, time: Widget.TIME, timedelta: Widget.DAYS}  # fmt: skip
    if kind in simple:
        is_usually_on = kind is bool and field.default is True
        return Shape(named, simple[kind], required and kind is not bool, default="ja" if is_usually_on else "")
    if name in REFERRED:
        return Shape(named, Widget.REFERENCE, required, refers_to=REFERRED[name])
    if name == "body":
        return Shape(named, Widget.MARKDOWN, required, max_length=limit)
    return Shape(
        named, Widget.TEXT if limit >= _LONG_TEXT or _is_prose(model, name) else Widget.LINE, required, max_length=limit
    )


def _choice(named: str, options: tuple[str, ...], required: bool, field: FieldInfo) -> Shape:
    if len(options) == 1:
        return Shape(named, Widget.FIXED, options=options)
    default = "" if field.is_required() or field.default is None else str(_value(field.default))
    return Shape(named, Widget.CHOICE, required, options=options, default=default)


def _several(named: str, item: Any, required: bool) -> Shape:
    kind, _ = _bare(item)
    if get_origin(kind) is Literal:
        return Shape(named, Widget.CHOICES, required, options=tuple(map(_value, get_args(kind))))
    if _is_model(kind):
        return Shape(named, Widget.ROWS, required, model=kind)
    if named in REFERRED:
        return Shape(named, Widget.REFERENCES, required, refers_to=REFERRED[named])
    return Shape(named, Widget.LINES, required)


@cache
def _english(model: type[BaseModel]) -> type[BaseModel]:
    return create_model(f"{model.__name__}ByLanguage", en=(model | None, None))  # type: ignore[arg-type]


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The type without `Annotated` and `None`, and whether None was allowed."""
    is_optional = False
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType) and type(None) in get_args(annotation):
            rest = tuple(each for each in get_args(annotation) if each is not type(None))
            is_optional = True
            if len(rest) > 1:
                return Union[rest], True  # noqa: UP007 - made of types that are known only here
            annotation = rest[0]
        else:
            return annotation, is_optional


def _is_condition(annotation: Any) -> bool:
    found, waiting = set(), [annotation]
    while waiting:
        each = waiting.pop()
        if isinstance(each, type):
            found.add(each)
        elif get_origin(each) in (Union, types.UnionType, Annotated):
            waiting += [part for part in get_args(each) if isinstance(part, type) or get_origin(part)]
    return found >= _CONDITION


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_prose(model: type[BaseModel], name: str) -> bool:
    return name in _PROSE or model.__name__ == "Localised"


_PROSE = frozenset({
    "text", "uncertain", "otherwise", "otherwise_en", "statement_en", "needs_adviser", "admission", "information",
    "next_step", "apply_at", "income", "summary",
})  # fmt: skip


def _value(value: Any) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
