"""Numbers as Dutch people write them: `42`, `tweeenveertig`, `twaalf jaar`, `24u`, `drie en half jaar`, `begin veertig`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.answering.understand.text import Text
from knowledge.numeral import ONES, TENS, to_ninety_nine

Unit = Literal["", "year", "month", "week", "day", "hour", "age"]

_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("jaar", "jr", "jaren", "j", "year", "years", "yrs", "jaartjes", "jarige", "jarig", "jarigen"), "year"),
    **dict.fromkeys(("maanden", "maand", "mnd", "month", "months"), "month"),
    **dict.fromkeys(("week", "weken", "weeks"), "week"),
    **dict.fromkeys(("dagen", "dag", "days", "day", "daagjes", "dagjes"), "day"),
    **dict.fromkeys(("uur", "uren", "u", "uurs", "hours", "hour", "hrs", "h", "uurtjes", "uurtje"), "hour"),
}  # fmt: skip
_ATTACHED = re.compile(r"(\d{1,4})([a-z]+)")
_HALF = frozenset({"half", "halve", "halfs"})
_STAGES = {
    "begin": 2, "vooraan": 2, "early": 2, "midden": 5, "half": 5, "halverwege": 5, "mid": 5, "in": 5, "achterin": 8, "eind": 8,
    "late": 8,
}  # fmt: skip
"""How far into a decade: `begin veertig` is about 42."""
_BETWEEN_STAGE_AND_TENS = frozenset({"de", "in", "my", "the", "van"})
_ABOUT = frozenset({"ongeveer", "rond", "circa", "ca", "bijna", "about", "around", "almost", "nearly", "zon"})
_RANGE = frozenset({"tot", "a", "of", "to", "or"})
_LABELS = frozenset({
    "niveau", "mbo", "groep", "cluster", "nummer", "nr", "huisnummer", "postcode", "programma", "klas", "leerjaar", "level", "vmbo",
    "staatsexamen",
})  # fmt: skip
"""Words whose number is a name: `mbo 4`."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, and the tokens it takes up."""

    value: float
    unit: Unit
    start: int
    end: int
    is_rough: bool = False
    """`begin veertig`, `ongeveer 40`, `24 tot 32`: to be confirmed."""
    unit_word: str = ""


@cache
def number_words() -> dict[str, int]:
    """Every whole number from 1 to 99 in Dutch (folded: `tweeentwintig`), and the common English ones."""
    return to_ninety_nine() | _ENGLISH


@cache
def _decades() -> dict[str, int]:
    """`veertig`, `40` and `forties` as the decade of a life."""
    tens = dict(TENS) | {str(ten): ten for ten in TENS.values()}
    english = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies")
    return (
        tens
        | {word: 20 + 10 * place for place, word in enumerate(english)}
        | {"30s": 30, "40s": 40, "50s": 50, "60s": 60}
    )


def number_of(word: str) -> int | None:
    """
    The whole number that a folded word stands for.

    :param word: One token: `42`, `tweeenveertig`.
    :returns: None if it is no number of at most six digits.
    """
    if word.isdecimal():
        return int(word) if len(word) <= 6 else None
    return number_words().get(word)


def quantities(text: Text) -> Iterator[Quantity]:
    """Every number in a message that counts something, in reading order. `een` counts only before a unit."""
    index = 0
    while index < len(text.words):
        found = _decade(text, index) or _half(text, index) or _counted(text, index)
        if found is not None:
            yield found
        index = found.end if found is not None else index + 1


def _decade(text: Text, index: int) -> Quantity | None:
    word = text.words[index]
    for ending in ("ers", "er"):
        if word.endswith(ending) and (ten := TENS.get(word.removesuffix(ending))):
            return Quantity(ten + 5, "age", index, index + 1, is_rough=True)
    following = "".join(text.words[index + 1 : index + 2])
    ten = number_of(word)
    if ten is not None and ten % 10 == 0 and following.startswith("plus"):
        return Quantity(ten, "age", index, index + 2, is_rough=True)
    if word not in _STAGES:
        return None
    place = index + 1
    while place < len(text.words) and text.words[place] in _BETWEEN_STAGE_AND_TENS:
        place += 1
    decade = _decades().get("".join(text.words[place : place + 1]))
    if decade is None or (word in {"in", "half"} and place == index + 1):
        return None  # "in 40 dagen" is no decade
    if _unit(text, place + 1) not in ("", "year"):
        return None
    return Quantity(decade + _STAGES[word], "age", index, place + 1, is_rough=True)


def _half(text: Text, index: int) -> Quantity | None:
    word, unit = text.words[index], _unit(text, index + 1)
    if word == "anderhalf" and unit:
        return Quantity(1.5, unit, index, index + 2, unit_word=text.words[index + 1])
    if word in _HALF and unit in ("week", "year"):
        return Quantity(0.5, unit, index, index + 2, is_rough=True)
    return None


def _counted(text: Text, index: int) -> Quantity | None:
    if index and text.words[index - 1] in _LABELS:
        return None
    word = text.words[index]
    if (attached := _ATTACHED.fullmatch(word)) and (unit := _UNITS.get(attached.group(2))):
        return Quantity(int(attached.group(1)), unit, index, index + 1, unit_word=attached.group(2))
    read = _value(text, index)
    if read is None:
        return None
    value, end = read
    rough = bool(set(text.words[max(0, index - 2) : index]) & _ABOUT)
    upper_end = _range_end(text, end)
    if upper_end is not None:
        end, rough = upper_end, True
    unit = _unit(text, end)
    if word == "een" and not unit:
        return None
    unit_word = text.words[end] if unit else ""
    return Quantity(value, unit, index, end + bool(unit), is_rough=rough, unit_word=unit_word)


def _value(text: Text, index: int) -> tuple[float, int] | None:
    """The number that starts at a token, and the token after it."""
    words = text.words
    value = number_of(words[index])
    if value is None:
        return None
    following = words[index + 1 : index + 4]
    if words[index].isdecimal() and _touches(text, index, ".,") and number_of(words[index + 1]) is not None:
        return float(f"{words[index]}.{words[index + 1]}"), index + 2
    if following[:1] == ("en",) and len(following) > 1:
        if words[index] in ONES and following[1] in TENS:
            return value + TENS[following[1]], index + 3
        if following[1] in _HALF:
            return value + 0.5, index + 3
        if following[1] == "een" and following[2:] and following[2] in _HALF:
            return value + 0.5, index + 4
    return float(value), index + 1


def _range_end(text: Text, end: int) -> int | None:
    """The token after the upper number of `24 tot 32` or `2-3`, if there is one."""
    words = text.words
    if end < len(words) and words[end] in _RANGE and "".join(words[end + 1 : end + 2]) != "een":
        upper = _value(text, end + 1) if end + 1 < len(words) else None
        return upper[1] if upper is not None else None
    if end < len(words) and _touches(text, end - 1, "-/") and number_of(words[end]) is not None:
        return end + 1
    return None


def _touches(text: Text, index: int, marks: str) -> bool:
    """Whether a token is joined to the next by one of these marks."""
    tokens = text.tokens
    return (
        index + 1 < len(tokens)
        and tokens[index + 1].start == tokens[index].end + 1
        and text.folded[tokens[index].end] in marks
    )


def _unit(text: Text, index: int) -> Unit:
    return _UNITS.get(text.words[index], "") if index < len(text.words) else ""
