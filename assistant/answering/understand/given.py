"""An answer in words to the question that was just asked: `ja`, `nee`, `24`, `hbo`, `weet ik niet`."""

import re

from rapidfuzz import fuzz, process

from assistant.answering.understand.numbers import number_of
from assistant.answering.understand.text import Text, fold
from assistant.eligibility.profile import KnownFact
from knowledge.fact import Fact, FactType, FactValue

_YES = re.compile(
    r"^(?:ja|jazeker|yes|yep|klopt|zeker|jawel|inderdaad|natuurlijk|graag|ja hoor|sure|correct|jep|akkoord|ik ga akkoord|tuurlijk|absoluut|oke|ok)\b|^[\U0001f44d\U0001f44c\u2705]"
)
_NO = re.compile(r"^(?:nee|neen|no|nope|nog niet|niet|helaas niet|nee hoor|geen)\b")
_UNKNOWN = re.compile(
    r"\b(?:weet (?:ik|het) (?:het )?(?:nog )?niet|geen idee|weet niet|don'?t know|dont know|no idea|overslaan|skip|sla over|wil ik niet zeggen|(?:zeg|vertel) ik (?:liever )?niet|liever niet|prefer not|rather not)\b"
)

_TOO_SHORT_TO_BE_MISSPELT = 4
"""Letters: `mbo` is no misspelt `vmbo`."""


_SHORT = 8
"""A longer message that says `weet ik niet` says more besides."""


def is_yes(text: str) -> bool:
    """Whether the message starts with a yes."""
    return bool(_YES.search(fold(text).strip()))


def is_no(text: str) -> bool:
    """Whether the message starts with a no."""
    return bool(_NO.search(fold(text).strip()))


def is_unknown(text: str) -> bool:
    """Whether the visitor says not to know."""
    return len(text.split()) <= _SHORT and bool(_UNKNOWN.search(fold(text)))


def answer_to(fact: Fact, text: Text) -> KnownFact | None:
    """
    The value that a short message gives to the question about this fact.

    :returns: None if the message does not look like an answer to it (more than eight words, nothing that fits).
    """
    if len(text.words) > 8:
        return None
    value = _value(fact, text)
    if value is None:
        return None
    return KnownFact(name=str(fact.name), value=value, origin="said", words=text.raw[:300], confirmed=True)


def _value(fact: Fact, text: Text) -> FactValue | None:
    if fact.type is FactType.NUMBER:
        numbers = [number for word in text.words if (number := number_of(word)) is not None]
        return numbers[0] if len(numbers) == 1 and fact.minimum <= numbers[0] <= fact.maximum else None
    if fact.type is FactType.FLAG:
        return True if is_yes(text.raw) else False if is_no(text.raw) else None
    if fact.type in (FactType.CHOICE, FactType.SET):
        if fact.name == "diploma_country":
            return "nederland" if is_yes(text.raw) else "buitenland" if is_no(text.raw) else _option(fact, text)
        if is_no(text.raw) and {"geen", "nee", "niet-verwant"} & set(fact.values()):
            return next(value for value in fact.values() if value in ("geen", "nee", "niet-verwant"))
        if is_yes(text.raw) and "verwant" in fact.values() and len(text.words) <= 3:
            return "verwant"
        if is_no(text.raw) and (none := fact.none_of_all()):
            return none
        chosen = _option(fact, text)
        return frozenset({chosen}) if chosen and fact.type is FactType.SET else chosen
    return (
        text.raw.strip()[:200] if fact.type is FactType.TEXT and len(text.words) <= 8 and "?" not in text.raw else None
    )


def _option(fact: Fact, text: Text) -> str | None:
    names: dict[str, str] = {}
    for option in fact.options:
        for name in (option.value, option.label.nl, option.label.en, *option.also_called):
            names.setdefault(fold(name).replace("-", " "), option.value)
    said = " ".join(text.words)
    if len(said) <= _TOO_SHORT_TO_BE_MISSPELT:
        return names.get(said)
    best = process.extractOne(said, list(names), scorer=fuzz.ratio, score_cutoff=78)
    return names[best[0]] if best else None
