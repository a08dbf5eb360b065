"""Answers that come from a list or are a number: the only ones that are kept without a name beside them."""

from collections.abc import Mapping
from typing import Any

from assistant.eligibility.profile import Profile, parse_facts
from assistant.zelftest.question import JsonValue
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType, FactValue


def is_listed(catalogue: Catalogue, name: str, value: JsonValue | FactValue | None) -> bool:
    """Whether it is an answer to a question of this catalogue, and nobody's own words; None is "weet ik niet"."""
    fact = catalogue.facts.get(name)
    if fact is None or fact.type is FactType.TEXT:
        return False
    if value is None:
        return True
    try:
        parsed = fact.parse(value)
    except ValueError:
        return False
    if fact.type is FactType.SUBJECT:
        return parsed in catalogue.subjects
    if fact.type is FactType.MUNICIPALITY:
        places = catalogue.municipalities
        return parsed in places or any(place.name == parsed for place in places.values())
    return True


def read_again(catalogue: Catalogue, answers: Mapping[str, Any]) -> tuple[Profile, tuple[str, ...]]:
    """
    Answers that were kept, read with the questions of this catalogue.

    :returns: The profile, in the order of the answers; and the names of what is not asked any more, or not with that
        answer, which is left out.
    """
    readable = {name: value for name, value in answers.items() if is_listed(catalogue, name, value)}
    return parse_facts(readable, catalogue.facts), tuple(name for name in answers if name not in readable)
