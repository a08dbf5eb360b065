"""A question of the zelftest as a visitor sees it."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from knowledge.fact import Fact, FactType, FactValue, Subject
from knowledge.record import Frozen

Locale = Literal["nl", "en"]
JsonValue = str | int | bool | list[str]

_DO_NOT_KNOW = {"nl": "Weet ik niet", "en": "I do not know"}
_YES = {"nl": "Ja", "en": "Yes"}
_NO = {"nl": "Nee", "en": "No"}


class Answer(Frozen):
    """One answer that can be given; `null` is "weet ik niet"."""

    value: str | bool | None
    label: str


class Question(Frozen):
    """What is asked, why, and what can be answered."""

    fact: str
    text: str
    why: str
    input: Literal["choice", "set", "number", "flag", "subject", "municipality", "text"]
    options: tuple[Answer, ...] = ()
    """Empty for a number or a free text, but for "weet ik niet"."""
    minimum: int | None = None
    maximum: int | None = None
    decides: int = Field(default=0, ge=0)
    """For how many routes the answer can still change something; 0 in the list of all questions."""


def question_about(fact: Fact, subjects: Iterable[Subject] = (), locale: str = "nl", decides: int = 0) -> Question:
    """
    The question that asks for a fact.

    :param subjects: What may be chosen for a subject, in order.
    """
    is_number = fact.type is FactType.NUMBER
    known = Answer(value=None, label=_DO_NOT_KNOW["en" if locale == "en" else "nl"])
    return Question(
        fact=fact.name,
        text=fact.question.in_locale(locale),
        why=fact.why.in_locale(locale),
        input=fact.type.value,
        options=(*_answers(fact, subjects, locale), known),
        minimum=fact.minimum if is_number else None,
        maximum=fact.maximum if is_number else None,
        decides=decides,
    )


def as_json(value: FactValue) -> JsonValue:
    """A value as JSON can hold it: a set becomes a sorted list."""
    return sorted(value) if isinstance(value, frozenset) else value


def _answers(fact: Fact, subjects: Iterable[Subject], locale: str) -> tuple[Answer, ...]:
    if fact.type is FactType.FLAG:
        language = "en" if locale == "en" else "nl"
        return (Answer(value=True, label=_YES[language]), Answer(value=False, label=_NO[language]))
    if fact.type is FactType.SUBJECT:
        return tuple(Answer(value=subject.id, label=subject.title) for subject in subjects)
    return tuple(Answer(value=option.value, label=option.label.in_locale(locale)) for option in fact.options)
