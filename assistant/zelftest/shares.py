"""How often visitors give each answer: it orders the questions, and never touches a verdict."""

from collections.abc import Mapping
from functools import lru_cache

from assistant.eligibility.domain import ANOTHER, Domain

SHARES: Mapping[str, Mapping[str | bool, float]] = {
    "role": {"leraar": 0.7},
    "subject": {ANOTHER: 0.6},
    "diploma_matches_subject": {"verwant": 0.6},
    "diploma_level": {"hbo-bachelor": 0.35, "wo-master": 0.15, "mbo-4": 0.15, "havo": 0.05, "wo-bachelor": 0.05},
    "diploma_country": {"nederland": 0.9},
    "teaching_qualification": {"geen": 0.8},
    "works_in_education": {"nee": 0.75},
    "employer_commitment": {False: 0.8},
    "dutch_level": {"moedertaal": 0.75, "C1": 0.1},
    "statushouder": {False: 0.95},
    "enrolled_in_teacher_training": {"nee": 0.9},
}
"""
Estimates, by fact and value; what is left is divided evenly over the other values, and a fact that is not here is taken
to be even. Each loket may find other shares among its visitors; a wrong one costs a question more, nothing else.
"""


@lru_cache(maxsize=256)
def weights(domain: Domain) -> tuple[float, ...]:
    """What each code of `domain.likely()` counts for; together 1."""
    named = SHARES.get(domain.fact.name, {})
    values = [domain.values[code] for code in domain.likely()]
    known = {value: named[value] for value in values if isinstance(value, str | bool) and value in named}
    others = len(values) - len(known)
    rest = (1 - sum(known.values())) / others if others else 0.0
    return tuple(known[value] if isinstance(value, str | bool) and value in known else rest for value in values)
