"""The municipality that a postcode lies in: `2512 AB`, `postcode 2711`."""

import re
from collections.abc import Iterable, Iterator

from assistant.answering.understand.text import Text
from assistant.eligibility.profile import KnownFact
from knowledge.place import Municipality

_WHOLE = re.compile(r"\b([1-9]\d{3})(?:[a-z]{2}| ?[A-Z]{2})\b")
"""With its letters: small ones only without a space, for `2015 is` is no postcode."""
_NAMED = re.compile(r"\bpost ?(?:code|kode)\b(?: is|:)? ?([1-9]\d{3})\b", re.IGNORECASE)


def living_at(text: Text, municipalities: Iterable[Municipality]) -> Iterator[tuple[int, KnownFact]]:
    """The municipality of ours that each postcode lies in, with the token it stands at."""
    for match in (*_WHOLE.finditer(text.raw), *_NAMED.finditer(text.raw)):
        found = next((each for each in municipalities if each.has_postcode(int(match.group(1)))), None)
        if found is not None:
            words = match.group()
            yield (
                text.token_at(match.start()),
                KnownFact(name="municipality", value=found.id, origin="said", words=words),
            )
