"""Things a visitor told that cannot both be true, said kindly."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.eligibility.entailed import Entailment
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


_YOUNGEST_TEACHER = 18
"""Nobody has a teaching qualification or a job as a teacher before this age, in years."""
_FULL_JOB = 40
_FULL_WEEK = 60
"""Hours: more than this for work and study together is a slip of the finger, or too much for anybody."""
_WITHOUT_INSTRUCTORS = frozenset({"po", "so"})


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


def _too_young_to_be_qualified(facts: Facts) -> bool:
    age = facts["age"]
    return isinstance(age, int) and age < _YOUNGEST_TEACHER and facts["teaching_qualification"] != "geen"


def _too_young_to_teach(facts: Facts) -> bool:
    age = facts["age"]
    return isinstance(age, int) and age < _YOUNGEST_TEACHER and facts["works_in_education"] == "leraar"


def _instructor_elsewhere(facts: Facts) -> bool:
    sector = facts["sector"]
    return facts["role"] == "instructeur" and isinstance(sector, frozenset) and sector <= _WITHOUT_INSTRUCTORS


def _field_without_diploma(facts: Facts) -> bool:
    return facts["diploma_level"] == "geen"


def _none_and_something(facts: Facts) -> bool:
    ticked = facts["situation"]
    return isinstance(ticked, frozenset) and "geen-van-deze" in ticked and len(ticked) > 1


def _more_hours_than_a_week_has(facts: Facts) -> bool:
    hours = facts["hours_per_week"]
    return isinstance(hours, int) and hours > _FULL_WEEK


def _no_hours(facts: Facts) -> bool:
    return facts["hours_per_week"] == 0


def _full_job_beside(facts: Facts) -> bool:
    hours = facts["hours_per_week"]
    works = facts["works_in_education"]
    return isinstance(hours, int) and _FULL_JOB + 8 < hours <= _FULL_WEEK and works not in ("nee", "anders")


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
    (
        Contradiction(
            ("age", "teaching_qualification"),
            "Met deze leeftijd heeft bijna niemand al een bevoegdheid. Wat klopt: je leeftijd of je bevoegdheid?",
            "Hardly anybody has a teaching qualification at this age. Which one is right: your age or the qualification?",
        ),
        _too_young_to_be_qualified,
    ),
    (
        Contradiction(
            ("age", "works_in_education"),
            "Met deze leeftijd is bijna niemand leraar. Wat klopt: je leeftijd of je werk?",
            "Hardly anybody is a teacher at this age. Which one is right: your age or your work?",
        ),
        _too_young_to_teach,
    ),
    (
        Contradiction(
            ("role", "sector"),
            "Instructeur word je in het mbo, en je koos een ander soort onderwijs. Wat klopt?",
            "Instructors work in mbo, and you chose another kind of school. Which one is right?",
        ),
        _instructor_elsewhere,
    ),
    (
        Contradiction(
            ("diploma_level", "diploma_field"),
            "Je zegt dat je geen diploma hebt, en je noemt ook een richting van je diploma. Wat klopt?",
            "You say you have no diploma, and you name the field of your diploma too. Which one is right?",
        ),
        _field_without_diploma,
    ),
    (
        Contradiction(
            ("situation",),
            "Je koos 'geen van deze dingen' en ook iets anders. Wat klopt?",
            "You chose 'none of these' and something else too. Which one is right?",
        ),
        _none_and_something,
    ),
    (
        Contradiction(
            ("hours_per_week",),
            "Meer dan 60 uur per week voor werk en studie houdt bijna niemand vol. Klopt dit getal?",
            "Hardly anybody can do more than 60 hours a week of work and study. Is this number right?",
        ),
        _more_hours_than_a_week_has,
    ),
    (
        Contradiction(
            ("hours_per_week",),
            "Je hebt 0 uur per week voor werk en studie samen. Dan past er geen route. Klopt dit getal?",
            "You have 0 hours a week for work and study together, and no route fits in that. Is this number right?",
        ),
        _no_hours,
    ),
    (
        Contradiction(
            ("hours_per_week", "works_in_education"),
            "Je werkt al op een school, en je hebt samen meer dan 48 uur per week. Tel je je baan mee? Klopt dit getal?",
            "You work at a school, and you have more than 48 hours a week in all. Do you count your job? Is this right?",
        ),
        _full_job_beside,
    ),
)


def contradictions(profile: Profile, entailment: Entailment | None = None) -> tuple[Contradiction, ...]:
    """
    What a visitor told that cannot go together. Nothing is changed: a verdict is still given on what was told.

    :param entailment: What follows from an answer, so that an answer that denies it is found too.
    :returns: One for each pair of facts that needs another look; mostly none.
    """
    facts = profile.facts()
    found = [each for each, holds in _CHECKS if all(name in facts for name in each.facts) and holds(facts)]
    if entailment is not None:
        said = {frozenset(each.facts) for each in found}
        found += [each for each in _against_what_follows(facts, entailment) if frozenset(each.facts) not in said]
    return tuple(found)


def _against_what_follows(facts: Facts, entailment: Entailment) -> Iterator[Contradiction]:
    """Answers that deny what follows from another answer."""
    for name, value in facts.items():
        for other, follows in entailment.completed({name: value}).items():
            if facts.get(other, follows) != follows:
                one, two = entailment.vocabulary[name].label, entailment.vocabulary[other].label
                yield Contradiction(
                    (name, other),
                    f"Je antwoorden bij ‘{one.nl}’ en bij ‘{two.nl}’ passen niet bij elkaar. Wat klopt?",
                    f"Your answers about ‘{one.en}’ and ‘{two.en}’ do not go together. Which one is right?",
                )
