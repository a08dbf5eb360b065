"""Sheets: items as rows of a spreadsheet, and back with what was changed there. What is not touched stays exactly as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from hashlib import sha256
from json import dumps
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from assistant.editor import notation, wording
from assistant.editor.filling import mistakes, shown_value
from assistant.editor.reading import read
from assistant.editor.shape import Shape, Widget, shapes_of
from assistant.editor.spreadsheet import Fault, Grid, Table, cleaned
from knowledge.fact import Fact
from knowledge.money import Amount
from knowledge.publishing.item import ItemKey, Json, dumped, parsed, titled, type_of

What = Literal["onderdelen", "bedragen"]
"""A row an item, or a row an amount."""
_FLAT = frozenset(Widget) - {Widget.FIXED, Widget.GROUP, Widget.ROWS, Widget.CONDITION, Widget.PAIRS}
NUMBER, TITLE, NEW, AWAY, CHECK = "Nummer", "Hoort bij", "Nieuw", "Weg", "Controle"
_YES = frozenset({"ja", "j", "x", "yes", "waar", "true"})
_RENAMED = "Laat de namen van de kolommen zoals ze zijn."


@dataclass(frozen=True)
class Column:
    """A column that holds a field."""

    label: str
    shape: Shape


@dataclass(frozen=True)
class Change:
    """What a file makes of one item; None: it was not there, or is taken away."""

    key: ItemKey
    before: Json | None
    after: Json | None


@dataclass(frozen=True)
class Read:
    """What a file says: changes if nothing is wrong in it, else what is."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]


def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """The fields of a model that fit in a cell, each with a name of its own."""
    found: dict[str, Column] = {}
    key = _key_of(model)
    for shape in shapes_of(model):
        if shape.widget in _FLAT:
            # The name of an item is written as it is, also where it is one of a few.
            shape = replace(shape, widget=Widget.LINE) if shape.name == key else shape
            label = wording.label_of(model.__name__, shape.name)[0]
            label = label if label not in found else f"{label} ({shape.name})"
            found[label] = Column(label, shape)
    return tuple(found.values())


def fits_in_rows(model: type[BaseModel]) -> bool:
    """Whether its items can be rows of a sheet: they have a name of their own, apart from what they say."""
    return bool(_key_of(model))


def _key_of(model: type[BaseModel]) -> str:
    """The field that holds the name of an item; empty: it has none of its own."""
    return next((shape.name for shape in shapes_of(model) if shape.name in ("id", "name")), "")


def has_amounts(model: type[BaseModel]) -> bool:
    """Whether its amounts can be rows of a sheet."""
    return any(shape.name == "amounts" and shape.model is Amount for shape in shapes_of(model))


# ---- out


def item_table(group: str, kind: str, items: Mapping[ItemKey, Json]) -> Table:
    """A row an item."""
    columns = columns_of(type_of(group, kind))
    rows = tuple(
        (*(_cell(each.shape, data.get(each.shape.name)) for each in columns), "", "", _check(data))
        for data in items.values()
    )
    return _table(wording.SORTS[wording.sort_of(group, kind)], (), columns, (NEW, AWAY, CHECK), rows)


def amount_table(kind: str, items: Mapping[ItemKey, Json]) -> Table:
    """A row an amount."""
    columns = columns_of(Amount)
    rows = tuple(
        (
            key.id,
            cleaned(titled(key.group, data)),
            str(at),
            *(_cell(each.shape, amount.get(each.shape.name)) for each in columns),
            "",
            _check(data.get("amounts", [])),
        )
        for key, data in items.items()
        for at, amount in enumerate(data.get("amounts", ()), start=1)
    )
    return _table(f"{wording.SORTS[kind]}, bedragen", (_id_label(), TITLE, NUMBER), columns, (AWAY, CHECK), rows)


def _table(
    title: str,
    before: tuple[str, ...],
    columns: tuple[Column, ...],
    after: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
) -> Table:
    return Table(
        title.replace("/", " "),
        (*before, *(each.label for each in columns), *after),
        rows,
        frozenset(each.label for each in columns if each.shape.widget is Widget.MONEY),
        frozenset(each.label for each in columns if each.shape.widget is Widget.DAY),
    )


def _cell(shape: Shape, value: Any) -> str:
    """A value as it stands in a cell."""
    if shape.widget is Widget.TICK:
        return "ja" if (value if value is not None else bool(shape.default)) else "nee"
    if value is None or value == "":
        return ""
    if shape.widget is Widget.YES_NO:
        return "ja" if value else "nee"
    if shape.widget is Widget.CHOICE:
        return _words(shape).get(str(value), str(value))
    if shape.widget is Widget.CHOICES:
        return ", ".join(_words(shape).get(str(each), str(each)) for each in value)
    if shape.widget is Widget.REFERENCES:
        return ", ".join(map(str, value))
    if shape.widget is Widget.DAY:
        year, month, day = str(value)[:10].split("-")
        return f"{day}-{month}-{year}"
    return cleaned(shown_value(shape.widget, value))


def _words(shape: Shape) -> dict[str, str]:
    """What the values of a choice are called, where each has a name of its own that a list can hold."""
    words = {value: wording.value_in_words(value) for value in shape.options}
    is_plain = len({each.casefold() for each in words.values()}) == len(words) and not any(
        "," in each for each in words.values()
    )
    return words if is_plain else {}


def _check(data: Any) -> str:
    """A few letters that change with the data: whether somebody else changed it since the sheet was made."""
    return sha256(dumps(data, sort_keys=True).encode()).hexdigest()[:10]


# ---- in


def read_items(group: str, kind: str, grid: Grid, there: Mapping[ItemKey, Json], facts: Mapping[str, Fact]) -> Read:
    """
    What a sheet with a row an item says.

    :param there: Every item of that list as it is published.
    """
    model = type_of(group, kind)
    reading = _Reading(grid, {each.label: each for each in columns_of(model)}, (NEW, AWAY, CHECK), facts)
    id_label = _id_label(model)
    if reading.faults or not reading.has(id_label):
        return reading.ended(id_label)
    changes: dict[ItemKey, Change] = {}
    for number, row in reading.rows():
        key = ItemKey(group, row.get(id_label, ""))
        before = there.get(key)
        is_new = reading.is_yes(row, NEW)
        if before is None and not is_new:
            reading.fault(
                number,
                id_label,
                f"‘{key.id[:60]}’ bestaat niet. Is het nieuw? Zet dan ‘ja’ in de kolom {NEW}."
                if key.id
                else "Vul dit in.",
            )
            continue
        if before is not None and is_new:
            reading.fault(
                number, id_label, f"‘{key.id[:60]}’ bestaat al. Kies een andere naam, of haal ‘ja’ weg bij {NEW}."
            )
            continue
        if key in changes:
            reading.fault(number, id_label, f"‘{key.id[:60]}’ staat er twee keer in.")
            continue
        start: Json = before if before is not None else ({"kind": kind} if kind else {})
        after = None if reading.is_yes(row, AWAY) else reading.filled(number, row, model, start)
        if after is not None:
            after = reading.sound(number, group, after)
        changes[key] = Change(key, before, after)
        if before is not None and after != before and row.get(CHECK, "") != _check(before):
            reading.fault(number, CHECK, _OUTDATED)
    return reading.ended(id_label, tuple(each for each in changes.values() if each.before != each.after))


def read_amounts(grid: Grid, there: Mapping[ItemKey, Json], facts: Mapping[str, Fact]) -> Read:
    """
    What a sheet with a row an amount says. A row without a number is a new amount; rows that are left out stay as they are.

    :param there: Every record of that kind as it is published.
    """
    reading = _Reading(
        grid, {each.label: each for each in columns_of(Amount)}, (_id_label(), TITLE, NUMBER, AWAY, CHECK), facts
    )
    id_label = _id_label()
    if reading.faults or not (reading.has(id_label) and reading.has(NUMBER)):
        return reading.ended(id_label, (), NUMBER)
    made: dict[ItemKey, dict[int, Json | None]] = {}
    new: dict[ItemKey, list[Json]] = {}
    last: dict[ItemKey, int] = {}
    for number, row in reading.rows():
        key = ItemKey("records", row.get(id_label, ""))
        before = there.get(key)
        if before is None:
            reading.fault(number, id_label, f"‘{key.id[:60]}’ bestaat niet." if key.id else "Vul dit in.")
            continue
        amounts, at = before.get("amounts", []), row.get(NUMBER, "")
        if at and not (at.isdigit() and 1 <= int(at) <= len(amounts)):
            reading.fault(number, NUMBER, "Dit nummer is er niet. Laat het leeg voor een nieuw bedrag.")
            continue
        if at and int(at) - 1 in made.get(key, {}):
            reading.fault(number, NUMBER, "Dit nummer staat er twee keer in.")
            continue
        was: Json = amounts[int(at) - 1] if at else {}
        amount = None if reading.is_yes(row, AWAY) else reading.filled(number, row, Amount, was)
        if amount is not None and amount != was:
            amount = reading.sound_amount(number, amount)
        if at:
            made.setdefault(key, {})[int(at) - 1] = amount
        elif amount is not None:
            new.setdefault(key, []).append(amount)
        last[key] = number
        if amount != was and row.get(CHECK, "") != _check(amounts) and at:
            reading.fault(number, CHECK, _OUTDATED)
    changes = []
    for key in dict.fromkeys([*made, *new]):
        before = there[key]
        after = {**before, "amounts": _together(before.get("amounts", []), made.get(key, {}), new.get(key, []))}
        if after != before and not reading.faults:
            sound = reading.sound(last[key], "records", after)
            changes.append(Change(key, before, sound))
    return reading.ended(id_label, tuple(each for each in changes if each.before != each.after), NUMBER)


_OUTDATED = "Ondertussen is dit gewijzigd. Download de tabel opnieuw, dan gaat er niets verloren."


def _together(there: list[Json], made: Mapping[int, Json | None], new: list[Json]) -> list[Json]:
    """The amounts with those changed in their places, and new ones above the first of an earlier year."""
    found = [amount for at, each in enumerate(there) if (amount := made.get(at, each)) is not None]
    for amount in new:
        year = str(amount.get("year", ""))
        at = next((at for at, each in enumerate(found) if str(each.get("year", "")) < year), len(found))
        found.insert(at, amount)
    return found


def _id_label(model: type[BaseModel] | None = None) -> str:
    return wording.label_of(model.__name__, _key_of(model))[0] if model else wording.label_of("", "id")[0]


class _Reading:
    """Reads the rows of one grid, and gathers what is wrong in it."""

    def __init__(
        self, grid: Grid, columns: Mapping[str, Column], also: tuple[str, ...], facts: Mapping[str, Fact]
    ) -> None:
        self._grid = grid
        self._columns = columns
        self._facts = facts
        self.faults = list(grid.faults)
        known = {name.casefold(): name for name in (*columns, *also)}
        self._names = [known.get(" ".join(name.split()).casefold(), "") for name in grid.columns]
        for given, name in zip(grid.columns, self._names, strict=True):
            if not name and given:
                near = get_close_matches(given, [*columns, *also], 1)
                hint = f"Bedoel je ‘{near[0]}’? " if near else ""
                self.fault(grid.head, given[:60], f"Deze kolom kennen wij niet. {hint}{_RENAMED}")
            elif name and self._names.count(name) > 1:
                self.fault(grid.head, name, f"Deze kolom staat er twee keer in. {_RENAMED}")
        if not self.has(CHECK):
            self.fault(grid.head, CHECK, f"Deze kolom ontbreekt. {_RENAMED}")

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self._names

    def fault(self, row: int, column: str, text: str) -> None:
        """Remember what is wrong."""
        self.faults.append(Fault(row, column, text))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row by the names of its columns."""
        for number, cells in self._grid.rows:
            yield number, {name: cell for name, cell in zip(self._names, cells, strict=True) if name}

    def is_yes(self, row: Mapping[str, str], name: str) -> bool:
        """Whether somebody ticked that column."""
        return row.get(name, "").casefold() in _YES

    def filled(self, number: int, row: Mapping[str, str], model: type[BaseModel], before: Json) -> Json:
        """What was, with the cells that were changed."""
        changed = {
            column.shape.name: (column, row[label])
            for label, column in self._columns.items()
            if label in row and not _is_same(column.shape, row[label], before.get(column.shape.name))
        }
        sent = {name: self._sent(number, column, text) for name, (column, text) in changed.items()}
        found = read(model, sent, self._facts)
        for name, text in found.errors.items():
            self.fault(number, changed[name][0].label, text)
        kept = {name: value for name, value in before.items() if name not in changed}
        return kept | {name: found.data[name] for name in changed if name in found.data}

    def _sent(self, number: int, column: Column, text: str) -> list[str]:
        """A cell as a form would send it."""
        shape = column.shape
        if shape.widget in (Widget.TICK, Widget.YES_NO):
            if text and text.casefold() not in _YES | {"nee", "n", "no", "onwaar", "false"}:
                self.fault(number, column.label, "Schrijf ja of nee.")
            is_yes = text.casefold() in _YES
            return (
                ["ja" if is_yes else ""] if shape.widget is Widget.TICK else ["ja" if is_yes else "nee" if text else ""]
            )
        if shape.widget in (Widget.CHOICE, Widget.CHOICES):
            values = {word.casefold(): value for value, word in _words(shape).items()} | {
                each.casefold(): each for each in shape.options
            }
            parts = [text] if shape.widget is Widget.CHOICE else [part.strip() for part in text.split(",")]
            for part in parts:
                if part and part.casefold() not in values:
                    options = ", ".join(_words(shape).values() or shape.options)
                    self.fault(number, column.label, f"‘{part[:40]}’ kennen wij niet. Kies uit: {options}.")
            return [values.get(part.casefold(), "") for part in parts]
        if shape.widget is Widget.REFERENCES:
            return [part.strip() for part in text.replace("\n", ",").split(",")]
        if shape.widget is Widget.MONEY and (wrong := notation.doubtful(text)):
            self.fault(number, column.label, wrong)
        return [text]

    def sound(self, number: int, group: str, data: Json) -> Json:
        """The item as its model has it; what the model refuses is told at the column."""
        try:
            return dumped(parsed(group, data))
        except ValidationError as error:
            self._refused(number, error)
        return data

    def sound_amount(self, number: int, data: Json) -> Json:
        """The amount as its model has it."""
        try:
            return Amount.model_validate(data).model_dump(mode="json", by_alias=True, exclude_defaults=True)
        except ValidationError as error:
            self._refused(number, error)
        return data

    def _refused(self, number: int, error: ValidationError) -> None:
        labels = {column.shape.name: label for label, column in self._columns.items()}
        told = {fault.column for fault in self.faults if fault.row == number}
        fields = {str(each["loc"][0]) for each in error.errors(include_url=False) if each["loc"]}
        for name, text in mistakes(error, {*labels, *fields}).items():
            label = labels.get(name) or wording.FIELDS.get(name, ("", ""))[0]
            if label not in told:
                self.fault(number, label, text)

    def ended(self, id_label: str, changes: tuple[Change, ...] = (), *needed: str) -> Read:
        """What came of it: changes, or else everything that is wrong, from the top down."""
        for name in (id_label, *needed):
            if not self.has(name) and not any(fault.column == name for fault in self.faults):
                self.fault(self._grid.head, name, f"Deze kolom ontbreekt. {_RENAMED}")
        faults = tuple(sorted(self.faults, key=lambda each: each.row))
        return Read(() if faults else changes, faults)


def _is_same(shape: Shape, text: str, value: Any) -> bool:
    """Whether a cell says what the item says: then the item keeps it to the letter."""
    shown = _cell(shape, value)
    if cleaned(text) == shown:
        return True
    if shape.widget is Widget.MONEY and value is not None:
        try:
            return Decimal(notation.number(text)) == Decimal(str(value)) and not notation.doubtful(text)
        except (ValueError, ArithmeticError):
            return False
    return False
