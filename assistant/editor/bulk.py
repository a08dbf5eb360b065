"""Bulk: one change over many items, worked out for each of them before anything is kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.editor import notation, wording
from assistant.editor.shape import shapes_of
from knowledge.money import Year, euros
from knowledge.publishing.item import ItemKey, Json, dumped, parsed

MOST = 500
"""Items that are changed at once."""
_SUMS = ("value", "at_least", "at_most")
_TEXTS = ("title", "summary", "body", "uncertain", "conditions", "translations")
_YEAR: TypeAdapter[str] = TypeAdapter(Year)


class Act(StrEnum):
    """What can be done to many items at once."""

    NEW_YEAR = "nieuw-jaar"
    PERCENT = "procent"
    AMOUNT = "bedrag"
    YEAR = "jaar"
    ADD_SOURCE = "bron-erbij"
    SWAP_SOURCE = "bron-vervangen"
    REVIEW_BY = "nakijken"
    VALID_FROM = "geldig-vanaf"
    VALID_UNTIL = "geldig-tot"
    ADD_REGION = "regio-erbij"
    DROP_REGION = "regio-weg"
    ADD_NAME = "naam-erbij"
    RETIRE = "weghalen"


NEEDS: Mapping[Act, str] = {
    Act.NEW_YEAR: "amounts", Act.PERCENT: "amounts", Act.AMOUNT: "amounts", Act.YEAR: "amounts",
    Act.ADD_SOURCE: "sources", Act.SWAP_SOURCE: "sources", Act.REVIEW_BY: "review_by",
    Act.VALID_FROM: "valid_from", Act.VALID_UNTIL: "valid_until", Act.ADD_REGION: "regions",
    Act.DROP_REGION: "regions", Act.ADD_NAME: "also_called", Act.RETIRE: "",
}  # fmt: skip
"""The field that an item must have."""


class LeftAlone(Exception):
    """An item stays as it is; the message says why, in Dutch."""


class NotFilledIn(Exception):
    """What was typed cannot be; the message is Dutch."""


Edit = Callable[[Json], Json | None]
"""The item after the change; None takes it away. Raises `LeftAlone`."""


@dataclass(frozen=True)
class Outcome:
    """What a change does to one item."""

    key: ItemKey
    before: Json
    after: Json | None
    why_not: str = ""
    """Why it stays as it is; empty: it changes."""
    note: str = ""
    """What the editor still has to look at."""

    @property
    def is_changed(self) -> bool:
        """Whether anything becomes of it."""
        return not self.why_not and self.after != self.before


def acts_for(model: type[BaseModel]) -> tuple[Act, ...]:
    """What can be done to items of a model."""
    has = {shape.name for shape in shapes_of(model)}
    return tuple(act for act, field in NEEDS.items() if not field or field in has)


def edit_of(act: Act, given: Mapping[str, str], sources: Collection[str], regions: Collection[str]) -> Edit:
    """
    The change that was filled in.

    :param given: By name what stands in the fields of that act.
    :param sources, regions: The ids that there are.
    :raises NotFilledIn: If something in it cannot be.
    """
    match act:
        case Act.NEW_YEAR:
            return _new_year(
                _year(given, "van"), _year(given, "naar"), _percent(given, is_needed=False), _places(given)
            )
        case Act.PERCENT:
            percent, places = _percent(given), _places(given)
            return _each_amount(given, lambda amount: _raised(amount, percent, places))
        case Act.AMOUNT:
            value = _typed(notation.number, given.get("bedrag", ""))
            return _each_amount(given, lambda amount: _worth(amount, value))
        case Act.YEAR:
            year = _year(given, "jaar")
            return _each_amount(given, lambda amount: {**amount, "year": year})
        case Act.ADD_SOURCE:
            return _added("sources", _known(given, "bron", sources, "Deze bron is er niet. Kies er een uit de lijst."))
        case Act.SWAP_SOURCE:
            new = _known(given, "nieuw", sources, "Deze bron is er niet. Kies er een uit de lijst.")
            return _swapped(given.get("oud", "").strip(), new)
        case Act.REVIEW_BY | Act.VALID_FROM | Act.VALID_UNTIL:
            text = given.get("dag", "").strip()
            return _set(NEEDS[act], _typed(notation.day, text) if text else None)
        case Act.ADD_REGION:
            return _added("regions", _known(given, "regio", regions, "Kies een regio."))
        case Act.DROP_REGION:
            return _dropped("regions", _known(given, "regio", regions, "Kies een regio."))
        case Act.ADD_NAME:
            name = " ".join(given.get("naam", "").split())
            if not name:
                raise NotFilledIn("Vul de naam in.")
            return _added("also_called", name)
        case Act.RETIRE:
            return lambda _: None


def worked_out(
    items: Mapping[ItemKey, Json], edit: Edit, may_change: Callable[[Json | None, Json | None], bool]
) -> tuple[Outcome, ...]:
    """
    What a change does to each of these items.

    :param may_change: Whether the editor may make this of that.
    """
    return tuple(_one(key, before, edit, may_change) for key, before in items.items())


def _one(key: ItemKey, before: Json, edit: Edit, may_change: Callable[[Json | None, Json | None], bool]) -> Outcome:
    try:
        after = edit(before)
        if after is not None:
            after = dumped(parsed(key.group, after))
    except LeftAlone as reason:
        return Outcome(key, before, before, str(reason))
    except ValidationError as error:
        return Outcome(key, before, before, refusal(error))
    if after == before:
        return Outcome(key, before, before, "Hier staat dit al zo.")
    if not may_change(before, after):
        return Outcome(key, before, before, "Dit hoort bij een andere regio.")
    return Outcome(key, before, after, note=still_told(before, after))


def refusal(error: ValidationError) -> str:
    """Why a model does not take an item, in one Dutch sentence."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = next((str(part) for part in first["loc"] if str(part) in wording.FIELDS), "")
    words = wording.mistake_in_words(first["type"], first["msg"])
    return f"{wording.FIELDS[field][0]}: {words}" if field else words


def still_told(before: Json, after: Json | None) -> str:
    """A sum that no longer holds and still stands in the text."""
    if after is None:
        return ""
    gone = _sums(before) - _sums(after)
    text = str([after.get(name) for name in _TEXTS])
    told = sorted(euros(each) for each in gone if euros(each) in text)
    return f"In de tekst staat nog {' en '.join(told)}. Kijk die na." if told else ""


def _sums(item: Json) -> set[Decimal]:
    return {
        Decimal(str(each[name])) for each in item.get("amounts", ()) for name in _SUMS if each.get(name) is not None
    }


# ---- amounts


def _each_amount(given: Mapping[str, str], change: Callable[[Json], Json]) -> Edit:
    """A change of the amounts that are meant: all, or those of a year or with some words in their label."""
    year, words = given.get("van-jaar", "").strip(), given.get("omschrijving", "").strip().casefold()

    def edited(item: Json) -> Json:
        meant = [_is_meant(amount, year, words) for amount in item.get("amounts", ())]
        if not any(meant):
            raise LeftAlone("Geen bedrag dat hierbij past.")
        amounts = [
            change(amount) if is_meant else amount for amount, is_meant in zip(item["amounts"], meant, strict=True)
        ]
        return {**item, "amounts": amounts}

    return edited


def _is_meant(amount: Json, year: str, words: str) -> bool:
    return (not year or str(amount.get("year")) == year) and words in str(amount.get("label", "")).casefold()


def _raised(amount: Json, percent: Decimal, places: Decimal) -> Json:
    factor = 1 + percent / 100
    sums = {
        name: _rounded(Decimal(str(amount[name])) * factor, places) for name in _SUMS if amount.get(name) is not None
    }
    return {**amount, **sums}


def _rounded(value: Decimal, places: Decimal) -> str:
    """With cents only where there are any."""
    found = value.quantize(places, ROUND_HALF_UP)
    return f"{found:.2f}" if found % 1 else f"{found:.0f}"


def _worth(amount: Json, value: str) -> Json:
    if amount.get("value") is None:
        raise LeftAlone("Hier staat ‘minstens’ of ‘hoogstens’. Wijzig dit met de hand.")
    return {**amount, "value": value}


def _new_year(old: str, new: str, percent: Decimal, places: Decimal) -> Edit:
    """The amounts of a year once more for another one, above those: the latest year stands first."""

    def edited(item: Json) -> Json:
        amounts: Sequence[Json] = item.get("amounts", ())
        first = next((at for at, each in enumerate(amounts) if str(each.get("year")) == old), None)
        if first is None:
            raise LeftAlone(f"Geen bedragen van {old}.")
        if any(str(each.get("year")) == new for each in amounts):
            raise LeftAlone(f"Er staan al bedragen van {new}.")
        made = [
            {**(_raised(each, percent, places) if percent else each), "year": new}
            for each in amounts
            if str(each.get("year")) == old
        ]
        return {**item, "amounts": [*amounts[:first], *made, *amounts[first:]]}

    return edited


# ---- other fields


def _set(field: str, value: str | None) -> Edit:
    def edited(item: Json) -> Json:
        rest = {name: each for name, each in item.items() if name != field}
        return rest if value is None else {**rest, field: value}

    return edited


def _added(field: str, value: str) -> Edit:
    def edited(item: Json) -> Json:
        there = list(item.get(field, ()))
        if field == "regions" and not there:
            raise LeftAlone("Dit geldt al in het hele land.")
        return item if value in there else {**item, field: [*there, value]}

    return edited


def _dropped(field: str, value: str) -> Edit:
    def edited(item: Json) -> Json:
        there = list(item.get(field, ()))
        if value not in there:
            raise LeftAlone("Hier staat dit niet.")
        if there == [value]:
            # Without any region it would hold in the whole country.
            raise LeftAlone("Dit is de enige regio. Haal het onderdeel dan weg.")
        return {**item, field: [each for each in there if each != value]}

    return edited


def _swapped(old: str, new: str) -> Edit:
    if not old:
        raise NotFilledIn("Vul in welke bron weg moet.")

    def swapped(data: Any) -> Any:
        if isinstance(data, Mapping):
            return {
                name: _in_sources(value) if name in ("sources", "source") else swapped(value)
                for name, value in data.items()
            }
        return [swapped(each) for each in data] if isinstance(data, list | tuple) else data

    def _in_sources(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(dict.fromkeys(new if each == old else each for each in value))
        return new if value == old else value

    def edited(item: Json) -> Json:
        found: Json = swapped(item)
        if found == item:
            raise LeftAlone("Deze bron staat hier niet.")
        return found

    return edited


# ---- what was typed


def _typed(convert: Callable[[str], str], text: str) -> str:
    try:
        return convert(text)
    except ValueError as error:
        raise NotFilledIn(str(error)) from None


def _known(given: Mapping[str, str], name: str, known: Collection[str], otherwise: str) -> str:
    value = given.get(name, "").strip()
    if value not in known:
        raise NotFilledIn(otherwise)
    return value


def _year(given: Mapping[str, str], name: str) -> str:
    try:
        return _YEAR.validate_python(given.get(name, "").strip())
    except ValidationError:
        raise NotFilledIn("Schrijf een jaar zo: 2026, of 2026-2027 voor een schooljaar.") from None


def _percent(given: Mapping[str, str], is_needed: bool = True) -> Decimal:
    text = given.get("procent", "").strip().rstrip("%").strip()
    if not text and not is_needed:
        return Decimal(0)
    percent = Decimal(_typed(notation.number, text))
    if not -90 <= percent <= 200 or (is_needed and not percent):
        raise NotFilledIn("Schrijf een percentage tussen -90 en 200, bijvoorbeeld 2,5.")
    return percent


def _places(given: Mapping[str, str]) -> Decimal:
    return {"euro": Decimal(1), "tien": Decimal("1E1")}.get(given.get("rond-af", ""), Decimal("0.01"))
