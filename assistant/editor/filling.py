"""Filling a form: an item's data, and what is wrong with it, as the fields that a template shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.desk.pages.parts import Choice
from assistant.editor import notation, wording
from assistant.editor.condition import ConditionForm, explained, filled
from assistant.editor.difference import told
from assistant.editor.shape import Shape, Widget, shapes_of
from knowledge.fact import Fact


@dataclass(frozen=True)
class FormField:
    """One field as it is shown."""

    name: str
    """Of its input: `amounts.0.value`."""
    label: str
    help: str
    widget: Widget
    is_required: bool
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    fields: tuple["FormField", ...] = ()
    rows: tuple["FormRow", ...] = ()
    refers_to: str = ""
    max_length: int = 0
    condition: ConditionForm | None = None
    explained: str = ""
    """A condition in words."""
    error: str = ""

    @property
    def input_id(self) -> str:
        """For its label."""
        return "veld-" + self.name.replace(".", "-")

    @property
    def has_error(self) -> bool:
        """Whether something in it is wrong."""
        return bool(self.error) or any(
            each.has_error for each in (*self.fields, *(f for row in self.rows for f in row.fields))
        )


@dataclass(frozen=True)
class FormRow:
    """One of several groups."""

    name: str
    title: str
    is_new: bool
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class Filler:
    """Makes the fields of one form."""

    facts: Mapping[str, Fact]
    errors: Mapping[str, str]

    def fields(self, model: type[BaseModel], data: Mapping[str, Any], prefix: str = "") -> tuple[FormField, ...]:
        """Every field of the model with what the data says."""
        return tuple(
            self._field(model, shape, data.get(shape.name), f"{prefix}{shape.name}") for shape in shapes_of(model)
        )

    def _field(self, model: type[BaseModel], shape: Shape, value: Any, name: str) -> FormField:
        label, help_ = wording.label_of(model.__name__, shape.name)
        more: dict[str, Any] = {}
        match shape.widget:
            case Widget.GROUP if shape.model:
                more["fields"] = self.fields(shape.model, value if isinstance(value, Mapping) else {}, f"{name}.")
            case Widget.ROWS if shape.model:
                more["rows"] = self._rows(shape.model, value if isinstance(value, list | tuple) else [], name)
            case Widget.CONDITION:
                more |= {"condition": filled(name, value), "explained": explained(value, self.facts)}
            case Widget.CHOICE:
                chosen = shape.default if value in (None, "") else str(value)
                more["options"] = tuple(
                    Choice(each, wording.value_in_words(each), each == chosen) for each in shape.options
                )
                if not (shape.is_required or shape.default):
                    more["options"] = (Choice("", "–", not chosen), *more["options"])
            case Widget.CHOICES:
                chosen_ones = tuple(value or ())
                more["options"] = tuple(
                    Choice(each, wording.value_in_words(each), each in chosen_ones) for each in shape.options
                )
            case Widget.TICK:
                more["value"] = "ja" if (value if value is not None else bool(shape.default)) else ""
            case Widget.REFERENCES:
                more["values"] = (*map(str, value or ()), "")
            case Widget.YES_NO:
                more["options"] = tuple(
                    Choice(word, label_, value is truth)
                    for word, label_, truth in (("", "Niet bekend", None), ("ja", "Ja", True), ("nee", "Nee", False))
                )
            case _:
                more["value"] = shown_value(shape.widget, value)
        return FormField(
            name=name,
            label=label,
            help=help_,
            widget=shape.widget,
            is_required=shape.is_required,
            refers_to=shape.refers_to,
            max_length=shape.max_length,
            error=self.errors.get(name, ""),
            **more,
        )

    def _rows(self, model: type[BaseModel], items: list[Any] | tuple[Any, ...], name: str) -> tuple[FormRow, ...]:
        rows = [
            FormRow(
                f"{name}.{at}",
                f"{at + 1}. {', '.join(told(each))[:70]}",
                False,
                self.fields(model, each if isinstance(each, Mapping) else {}, f"{name}.{at}."),
            )
            for at, each in enumerate(items)
        ]
        new = f"{name}.{len(items)}"
        return (*rows, FormRow(new, "Nog een", True, self.fields(model, {}, f"{new}.")))


def mistakes(error: ValidationError, names: set[str]) -> dict[str, str]:
    """
    By field what a model found wrong, in Dutch.

    :param names: Of the fields that the form has: what is deeper is told at the field around it.
    """
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        parts = [str(part) for part in detail["loc"] if not str(part).startswith("[")]
        while parts and ".".join(parts) not in names:
            parts.pop()
        found.setdefault(".".join(parts), wording.mistake_in_words(detail["type"], detail["msg"]))
    return found


def names_in(fields: tuple[FormField, ...]) -> set[str]:
    """The name of every field, those inside others too; not of rows: what is wrong with one is told at their field."""
    found = set()
    for each in fields:
        found |= {each.name} | names_in(each.fields)
        for row in each.rows:
            found |= names_in(row.fields)
    return found


def shown_value(widget: Widget, value: Any) -> str:
    """A value as it stands in an input."""
    if value is None:
        return ""
    match widget:
        case Widget.LINES:
            return "\n".join(map(str, value))
        case Widget.PAIRS:
            return "\n".join(f"{key}: {_yes_no(each)}" for key, each in value.items())
        case Widget.MONEY:
            return notation.shown_number(str(value))
        case Widget.DAYS:
            return notation.shown_days(str(value))
        case Widget.MOMENT:
            return str(value)[:16]
        case Widget.TIME:
            return str(value)[:5]
    return str(value)


def _yes_no(value: Any) -> str:
    return {True: "waar", False: "onwaar"}[value] if isinstance(value, bool) else str(value)
