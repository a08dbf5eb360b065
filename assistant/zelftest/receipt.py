"""The receipt of an advice: what it was given on, by which rules and which engine, and what came of it."""

import json
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict, Verdict
from assistant.eligibility.version import ENGINE
from assistant.zelftest.listed import is_listed, read_again
from assistant.zelftest.question import JsonValue, as_json
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType, FactValue
from knowledge.record import Frozen

RuleState = Literal["met", "unmet", "open"]


class JudgedRoute(Frozen):
    """One route: its verdict, and the ids of its rules by how they were judged, each list in alphabetical order."""

    route: str
    verdict: Verdict
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @classmethod
    def of(cls, judged: RouteVerdict) -> "JudgedRoute":
        """The route as the rules judged it."""
        by_state: dict[RuleState, list[str]] = {"met": [], "unmet": [], "open": []}
        for each in judged.rules:
            by_state[each.state].append(each.rule.id)
        return cls(
            route=judged.route.id,
            verdict=judged.verdict,
            **{state: tuple(sorted(ids)) for state, ids in by_state.items()},
        )

    def states(self) -> dict[str, RuleState]:
        """How each rule was judged, by its id."""
        listed: dict[RuleState, tuple[str, ...]] = {"met": self.met, "unmet": self.unmet, "open": self.open}
        return {rule: state for state, rules in listed.items() for rule in rules}


class Receipt(Frozen):
    """
    Everything that an advice followed from, and the advice itself, to be replayed later.

    Routes stand in the order of their ids, facts in that of their names: the same advice gives the same `digest`.
    """

    form: Literal[1] = 1
    day: date
    catalogue: str
    """The version of the catalogue that was published then."""
    engine: str
    region: str | None = None
    facts: dict[str, JsonValue]
    """What was told, without municipality and free text."""
    unknown: tuple[str, ...] = ()
    """What was answered with "weet ik niet"."""
    asked: tuple[str, ...] = ()
    """The facts in the order in which they were told. Two who told the same in another order got the same advice."""
    routes: tuple[JudgedRoute, ...]

    def canonical(self) -> bytes:
        """The advice as JSON that is written in one way only: sorted keys, no spaces, UTF-8; without `asked`."""
        told = self.model_dump(mode="json", exclude={"asked"})
        return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the canonical form, in hex: equal for equal advice."""
        return sha256(self.canonical()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """JSON-ready, for the store and for programs."""
        return self.model_dump(mode="json")


def receipt_of(eligibility: Eligibility, profile: Profile, region: str | None = None) -> Receipt:
    """
    The receipt of the advice on what a visitor told.

    Judged once more on the facts that are kept, so that replaying it gives the same: a rule that looks at free text is
    open here.

    :param region: The visitor's region, if it is known.
    """
    kept = {known.name: known.value for known in profile.known if _is_kept(eligibility, known.name, known.value)}
    return Receipt(
        day=eligibility.on,
        catalogue=eligibility.catalogue.version,
        engine=ENGINE,
        region=region,
        facts={name: as_json(kept[name]) for name in sorted(kept)},
        unknown=tuple(sorted(name for name in profile.unknown if is_listed(eligibility.catalogue, name, None))),
        asked=tuple(kept),
        routes=judged_routes(eligibility, kept),
    )


def judged_routes(eligibility: Eligibility, facts: dict[str, FactValue]) -> tuple[JudgedRoute, ...]:
    """Every route on these facts, in the order of their ids."""
    verdicts = sorted(eligibility.verdicts(facts), key=lambda each: each.route.id)
    return tuple(JudgedRoute.of(each) for each in verdicts)


def told_again(receipt: Receipt, catalogue: Catalogue) -> tuple[Profile, tuple[str, ...]]:
    """
    What the visitor told, read with the questions of a catalogue.

    :returns: The profile, in the order of telling; and the names that this catalogue does not ask, or not with that
        answer, which are left out.
    """
    told: dict[str, JsonValue | None] = {**receipt.facts, **dict.fromkeys(receipt.unknown)}
    in_order = {name: told[name] for name in receipt.asked if name in told}
    return read_again(catalogue, {**in_order, **told})


def _is_kept(eligibility: Eligibility, name: str, value: FactValue) -> bool:
    """Whether it says nothing about who or where somebody is."""
    fact = eligibility.vocabulary.get(name)
    is_place = fact is not None and fact.type is FactType.MUNICIPALITY
    return not is_place and is_listed(eligibility.catalogue, name, value)
