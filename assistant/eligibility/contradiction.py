"""Things a visitor told that cannot both be true, said kindly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.eligibility.profile import Profile
from knowledge.fact import Facts, FactValue


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that do not go together, and the sentence that asks which one is right."""

    facts: tuple[str, ...]
    text: str
    text_en: str


_SCHOOL = frozenset({"geen", "vmbo", "havo", "vwo", "mbo-2", "mbo-3", "mbo-4"})
_BEFORE_BACHELOR = _SCHOOL | {"associate-degree", "hbo-propedeuse"}
_DUTCH_TEACHER = frozenset({"pabo", "beperkt-tweedegraads", "tweedegraads", "eerstegraads"})
_YOUNGEST: Mapping[str, int] = {
    "mbo-2": 16, "mbo-3": 17, "mbo-4": 17, "havo": 15, "vwo": 15, "associate-degree": 18, "hbo-propedeuse": 16,
    "hbo-bachelor": 18, "hbo-master": 19, "wo-bachelor": 18, "wo-master": 19, "phd": 21,
}  # fmt: skip
"""The age under which having that diploma is a slip of the finger, in years; quick pupils are left room."""
_FIRST_JOB = 12
"""Nobody has worked in a trade before this age, in years."""


def _is_in(value: FactValue, listed: frozenset[str]) -> bool:
    return isinstance(value, str) and value in listed


def _qualified_without_degree(facts: Facts) -> bool:
    return _is_in(facts["teaching_qualification"], _DUTCH_TEACHER) and _is_in(facts["diploma_level"], _BEFORE_BACHELOR)


def _degree_field_without_degree(facts: Facts) -> bool:
    return facts["previous_degree_in_education_or_care"] is True and _is_in(facts["diploma_level"], _BEFORE_BACHELOR)


def _qualified_without_education_degree(facts: Facts) -> bool:
    return (
        _is_in(facts["teaching_qualification"], frozenset({"pabo", "tweedegraads"}))
        and facts["previous_degree_in_education_or_care"] is False
    )


def _match_without_diploma(facts: Facts) -> bool:
    return facts["diploma_level"] == "geen" and facts["diploma_matches_subject"] == "verwant"


def _too_young_for_diploma(facts: Facts) -> bool:
    age, level = facts["age"], facts["diploma_level"]
    return isinstance(age, int) and age < _YOUNGEST.get(str(level), 0)


def _worked_before_birth(facts: Facts) -> bool:
    age, years = facts["age"], facts["work_experience_years"]
    return isinstance(age, int) and isinstance(years, int) and years > max(0, age - _FIRST_JOB)


_CHECKS: tuple[tuple[Contradiction, Callable[[Facts], bool]], ...] = (
    (
        Contradiction(
            ("teaching_qualification", "diploma_level"),
            "Je zegt dat je een bevoegdheid hebt. Daar hoort een hbo- of universitair diploma bij, en dat staat er niet. "
            "Wat klopt: je bevoegdheid of je hoogste diploma?",
            "You say you have a teaching qualification. It comes with a higher education degree, and you named a lower "
            "diploma. Which one is right?",
        ),
        _qualified_without_degree,
    ),
    (
        Contradiction(
            ("previous_degree_in_education_or_care", "diploma_level"),
            "Je zegt dat je een hbo- of universitair diploma in onderwijs of zorg hebt. Maar je hoogste diploma is "
            "lager. Wat klopt?",
            "You say you have a higher education degree in education or care, but your highest diploma is a lower one. "
            "Which one is right?",
        ),
        _degree_field_without_degree,
    ),
    (
        Contradiction(
            ("teaching_qualification", "previous_degree_in_education_or_care"),
            "Je hebt een bevoegdheid. Dan is je diploma meestal een diploma in het onderwijs. Klopt het dat je nee zei?",
            "You are a qualified teacher, so your degree is usually one in education. Is it right that you said no?",
        ),
        _qualified_without_education_degree,
    ),
    (
        Contradiction(
            ("diploma_level", "diploma_matches_subject"),
            "Je zegt dat je geen diploma hebt, en ook dat je diploma bij het vak past. Wat klopt?",
            "You say you have no diploma, and also that your diploma matches the subject. Which one is right?",
        ),
        _match_without_diploma,
    ),
    (
        Contradiction(
            ("age", "diploma_level"),
            "Je leeftijd en je diploma passen niet goed bij elkaar. Wil je ze allebei nog eens bekijken?",
            "Your age and your diploma do not go together well. Would you check both?",
        ),
        _too_young_for_diploma,
    ),
    (
        Contradiction(
            ("work_experience_years", "age"),
            "Je hebt meer jaren gewerkt dan bij je leeftijd kan. Wil je die twee nog eens bekijken?",
            "You have worked more years than fits your age. Would you check both?",
        ),
        _worked_before_birth,
    ),
)


def contradictions(profile: Profile) -> tuple[Contradiction, ...]:
    """
    What a visitor told that cannot go together. Nothing is changed: a verdict is still given on what was told.

    :returns: One for each pair of facts that needs another look; mostly none.
    """
    facts = profile.facts()
    return tuple(found for found, holds in _CHECKS if all(name in facts for name in found.facts) and holds(facts))
