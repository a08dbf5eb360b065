"""Numbers in a reply that nothing it cites supports: found apart from the assistant's own check, to catch its faults."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_MARKER = re.compile(r"\[\d+\]|(?m:^\s*\d+\. )")
"""`[2]` points at a source, `2. ` counts a list: neither says anything about the world."""
_UNREAD = frozenset({
    "html", "url", "email", "id", "type", "route", "fact", "value", "source", "citation", "met", "verdict", "missing",
    "status", "locale", "input",
})  # fmt: skip
"""Keys of a block that a visitor does not read, or reads in another of its fields."""
_ASKING = frozenset({"question", "lead_form"})


def shown(reply: Mapping[str, Any]) -> str:
    """Everything that a reply, as the API sends it, tells its visitor; one piece a line. Questions tell nothing."""
    return "\n".join(text for block in reply["blocks"] if block["type"] not in _ASKING for text in _texts(block))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in _UNREAD:
                yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


def unsupported(text: str, evidence: Iterable[str], own_words: str) -> list[str]:
    """
    The numbers in a text, as written there, that stand neither in the evidence nor in what the visitor said.

    What is written `2.694` or `2,694` is two thousand; evidence may mean either that or a decimal fraction.
    """
    supported = {
        reading for each in (*evidence, own_words) for number in _numbers(each) for reading in _all_readings(number)
    }
    return [number for number in _numbers(_MARKER.sub(" ", text)) if _reading(number) not in supported]


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _reading(number: str) -> Decimal | str:
    """The value that a visitor takes a number for; itself, where it is none: `1.2.3`."""
    if _GROUPED.fullmatch(number):
        return Decimal(re.sub("[.,]", "", number))
    whole, mark, fraction = _split_last(number)
    if _GROUPED.fullmatch(whole) or whole.isdigit():
        digits = re.sub("[.,]", "", whole)
        return Decimal(f"{digits}.{fraction}" if mark else digits).normalize()
    return number


def _all_readings(number: str) -> Iterator[Decimal | str]:
    yield _reading(number)
    if number.count(".") + number.count(",") == 1:
        yield Decimal(number.replace(",", ".")).normalize()


def _split_last(number: str) -> tuple[str, str, str]:
    """`1.234,50` -> `1.234` and `50`."""
    at = max(number.rfind("."), number.rfind(","))
    return (number[:at], number[at], number[at + 1 :]) if at > 0 else (number, "", "")
