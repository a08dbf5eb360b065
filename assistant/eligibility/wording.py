"""Facts and values in the words of a visitor, in Dutch and English."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from assistant.eligibility.domain import ANOTHER
from knowledge.fact import Fact, FactType, FactValue, Subject

_YES_NO = {"nl": ("nee", "ja"), "en": ("no", "yes")}
_JOINED = {"or": {"nl": " of ", "en": " or "}, "and": {"nl": " en ", "en": " and "}}
_ANOTHER = {"nl": "iets anders", "en": "something else"}


def value_in_words(
    fact: Fact,
    value: FactValue,
    locale: str = "nl",
    subjects: Mapping[str, Subject] | None = None,
    by: Literal["or", "and"] = "or",
) -> str:
    """
    A value as a visitor reads it: the label of an option, `ja` or `nee`, a number, the title of a subject.

    :param locale: `nl` or `en`; titles of subjects are Dutch in both.
    :param by: What joins the parts of a set.
    """
    if isinstance(value, bool):
        return _YES_NO[locale][value]
    if isinstance(value, frozenset):
        return listed([value_in_words(fact, each, locale) for each in fact.values() if each in value], locale, by)
    if value == ANOTHER:
        return _ANOTHER[locale]
    if fact.type is FactType.SUBJECT and subjects and value in subjects:
        return subjects[str(value)].title
    label = next((option.label.in_locale(locale) for option in fact.options if option.value == value), None)
    return label or str(value)


def listed(words: Sequence[str], locale: str = "nl", by: Literal["or", "and"] = "or") -> str:
    """`a, b of c`, or `a, b en c`."""
    *first, last = words
    return _JOINED[by][locale].join([", ".join(first), last]) if first else last


def lowered(label: str) -> str:
    """A label inside a sentence: `Basisonderwijs` becomes `basisonderwijs`, `PDG` stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def needed_in_words(fact: Fact, value: FactValue, locale: str, subjects: Mapping[str, Subject]) -> str:
    """What would have to be so: `Hoogste diploma: Hbo-bachelor`."""
    words = value_in_words(fact, value, locale, subjects)
    if fact.type is FactType.NUMBER:
        words = f"{words} {'or more' if locale == 'en' else 'of meer'}"
    return f"{fact.label.in_locale(locale)}: {words}"


def change_in_words(needed: str, advice: Iterable[str]) -> str:
    """
    What would have to be otherwise: the fact with the value it needs, then what the rule advises.

    :param advice: What the rules that refuse on this fact say about it.
    """
    return " ".join([f"{needed}.", *dict.fromkeys(each for each in advice if each)])
