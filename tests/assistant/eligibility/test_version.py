"""The version of the engine says when verdicts may differ: this judges a fixed world and compares."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from itertools import product
from typing import Any

from assistant.eligibility.verdict import Eligibility
from assistant.eligibility.version import ENGINE
from knowledge.fact import FactValue
from knowledge.rule import Rule

VERDICTS_OF = {"1": "84b447f843974080"}
"""By version of the engine, a fingerprint of all that it says of the world below. Add a line, and keep the old ones."""

TOLD: Mapping[str, tuple[FactValue | None, ...]] = {
    "sector": (None, frozenset({"po"}), frozenset({"po", "vo"}), frozenset({"mbo"})),
    "diploma_level": (None, "geen", "mbo-4", "hbo-bachelor", "wo-master"),
    "employer_commitment": (None, False, True),
    "age": (None, 20, 21),
    "subject": (None, "wiskunde", "muziek"),
}
RULES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("een", {"fact": "diploma_level", "at_least": "hbo-bachelor"}, {}),
    ("een", {"fact": "sector", "one_of": ["po"]}, {"kind": "preference", "weight": 2}),
    ("twee", {"any_of": [{"fact": "age", "at_least": 21}, {"fact": "diploma_level", "at_least": "mbo-4"}]}, {}),
    ("twee", {"fact": "subject", "one_of": ["wiskunde"]}, {"needs_adviser": "Dit moet een mens bekijken."}),
    ("drie", {"fact": "employer_commitment", "is": False}, {"kind": "exclusion"}),
    ("drie", {"not": {"all_of": [{"fact": "age", "at_most": 20}, {"fact": "sector", "none_of": ["vo"]}]}}, {}),
    ("drie", {"fact": "age", "is": 21}, {"kind": "exclusion", "needs_adviser": "Dit moet een mens bekijken."}),
)


def test_the_engine_still_says_what_its_version_says(
    rule: Callable[..., Rule], judged: Callable[..., Eligibility]
) -> None:
    engine = judged(
        *(rule(test, id=f"{route}-{n}", route=route, **more) for n, (route, test, more) in enumerate(RULES))
    )
    said = sha256()

    for values in product(*TOLD.values()):
        facts = {name: value for name, value in zip(TOLD, values, strict=True) if value is not None}
        for each in sorted(engine.verdicts(facts), key=lambda one: one.route.id):
            states = sorted((one.rule.id, one.state) for one in each.rules)
            said.update(repr((each.route.id, each.verdict, states)).encode())

    assert VERDICTS_OF.get(ENGINE) == said.hexdigest()[:16], (
        "the engine judges otherwise than it did: raise ENGINE in assistant/eligibility/version.py, so that receipts "
        "tell old verdicts from new ones, and add its fingerprint here"
    )
