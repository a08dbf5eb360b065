"""
What stands next to our zelftest, on the same visitors: two route wizards and a rule engine.

The wizards are models of ours, made from what is public about them: Get Into Teaching (England) always asks three
questions and leads to one of five results; the national Onderwijsloket always asks four, and shows a route if the answers
that it requires are among those given. The engine is zen-engine itself, on our rules written as its decision tables.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import product
from random import Random
from typing import Literal, Protocol

import numpy as np

from assistant.eligibility.diagram import FAILS, HIDDEN
from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.receipt import receipt_of
from assistant.zelftest.result import zelftest_result
from evaluation.zelftest.tables import refusing_rows, zen_input, zen_table
from evaluation.zelftest.walk import Walked, Walker
from knowledge.fact import Facts, FactValue
from knowledge.record import Frozen

VISITORS, WARM_UP = 1_000, 200
PEERS = 5
"""How many rows are compared."""
_SEED = 7
_ENGINE = "zen-engine on our rules"
_DEGREES = ("hbo-bachelor", "hbo-master", "wo-bachelor", "wo-master", "phd")


class PeerMeasured(Frozen):
    """How one of them did on the same visitors, in the same process, after the same warming up."""

    kind: Literal["peer"] = "peer"
    name: str
    microseconds: tuple[float, ...]
    """Of each visitor; empty if it is not installed."""
    questions: float | None
    """How many are asked, on average."""
    idle: float | None
    """How many of those could not have changed the result of this visitor, on average."""
    results: int | None
    dead_ends: int | None
    reasons: str
    unknown: str
    near_miss: str
    receipt: str
    note: str = ""


class Peer(Protocol):
    """Something that answers a visitor who has told all."""

    def result(self, facts: Facts) -> object:
        """What the visitor is shown; equal for visitors who are shown the same, and false if it is nothing."""
        ...


def peers(eligibility: Eligibility, visitors: int | None = None) -> Iterator[PeerMeasured]:
    """Everything that is compared, ours first."""
    drawn = list(_visitors(eligibility, (visitors or VISITORS) + WARM_UP))
    walker, draw = Walker(eligibility), Random(_SEED)  # noqa: S311 - a visitor, not a secret
    yield _ours(eligibility, drawn, [walker.walk(draw, "as visitors") for _ in drawn])
    yield _whole(eligibility, drawn)
    wizard = ThreeQuestions()
    yield _wizard("Get Into Teaching, our model: 3 fixed questions", wizard, wizard.asked, drawn)
    required = RequiredAnswers(eligibility)
    yield _wizard(
        f"Onderwijsloket, our model: 4 fixed questions, {len(required.rows)} rows", required, required.asked, drawn
    )
    yield _zen(eligibility, drawn)


def profile_with(facts: Facts) -> Profile:
    """A visitor who chose these answers."""
    return Profile(known=tuple(KnownFact(name=name, value=value, origin="chosen") for name, value in facts.items()))


def _visitors(eligibility: Eligibility, count: int) -> Iterator[Facts]:
    """Visitors who answered the zelftest to its end and then told all the rest."""
    walker, draw = Walker(eligibility), Random(_SEED)  # noqa: S311 - a visitor, not a secret
    for _ in range(count):
        yield walker.whole_visitor(draw)


def _timed(answer: Callable[[Facts], object], drawn: Sequence[Facts]) -> tuple[tuple[float, ...], list[object]]:
    """Microseconds of each visitor after the first ones, and what they were shown."""
    took, shown = [], []
    for facts in drawn:
        began = time.perf_counter()
        result = answer(facts)
        took.append(1e6 * (time.perf_counter() - began))
        shown.append(result)
    return tuple(took[WARM_UP:]), shown[WARM_UP:]


# ---- ours


def _ours(eligibility: Eligibility, drawn: Sequence[Facts], walked: Sequence[Walked]) -> PeerMeasured:
    took, shown = _timed(eligibility.verdicts, drawn)
    verdicts = [each for each in shown if isinstance(each, tuple)]
    return PeerMeasured(
        name="Loketgids: every route judged, with reasons and near misses",
        microseconds=took,
        questions=float(np.mean([len(each.asked) for each in walked])),
        idle=float(np.mean([len(each.idle) for each in walked])),
        results=len({frozenset((each.route.id, each.verdict) for each in found) for found in verdicts}),
        dead_ends=sum(found[0].verdict == "does_not_fit" and not found[0].changes for found in verdicts),
        reasons="yes, of every rule" if all(each.rules for found in verdicts for each in found) else "no",
        unknown="yes, and what would decide it",
        near_miss="yes, with time and money" if any(each.changes for found in verdicts for each in found) else "no",
        receipt="yes",
    )


def _whole(eligibility: Eligibility, drawn: Sequence[Facts]) -> PeerMeasured:
    profiles = {id(facts): profile_with(facts) for facts in drawn}
    took, shown = _timed(lambda facts: zelftest_result(eligibility, profiles[id(facts)]), drawn)
    receipt = receipt_of(eligibility, profiles[id(drawn[0])])
    return PeerMeasured(
        name="Loketgids: the same in words, with steps, money and advice",
        microseconds=took,
        questions=None,
        idle=None,
        results=None,
        dead_ends=sum(not getattr(each, "advice", "") for each in shown),
        reasons="yes, in plain Dutch with source",
        unknown="yes, and the question that decides most",
        near_miss="yes, with time and money",
        receipt="yes" if receipt else "no",
    )


# ---- the wizards


class ThreeQuestions:
    """Whether somebody has a degree, whether they are qualified, and where their papers are from; five results."""

    asked: Mapping[str, tuple[FactValue, ...]] = {
        "diploma_level": ("hbo-propedeuse", "havo", "hbo-bachelor"),
        "teaching_qualification": ("geen", "tweedegraads"),
        "diploma_country": ("nederland", "buitenland"),
    }

    def result(self, facts: Facts) -> str:
        """One of five pages; without a degree nothing else is looked at."""
        level = facts["diploma_level"]
        if level == "hbo-propedeuse":
            return "finish your degree"
        if level not in _DEGREES:
            return "get a degree"
        if facts["diploma_country"] == "buitenland":
            return "come from abroad"
        return "train to teach" if facts["teaching_qualification"] == "geen" else "return to teaching"


class RequiredAnswers:
    """Four questions; a route is shown for a row of answers that are all among those given."""

    asked: Mapping[str, tuple[FactValue, ...]]

    def __init__(self, eligibility: Eligibility) -> None:
        names = ("sector", "role", "diploma_level", "teaching_qualification")
        domains = {name: eligibility.domains[eligibility.levels[name]] for name in names}
        self.asked = {name: tuple(domains[name].values[code] for code in domains[name].likely()) for name in names}
        self.rows = tuple(self._rows(eligibility, names))

    def result(self, facts: Facts) -> frozenset[str]:
        """The routes whose required answers are a subset of what was answered."""
        given = frozenset((name, each) for name in self.asked for each in _answers(facts[name]))
        return frozenset(route for route, required in self.rows if required <= given)

    def _rows(
        self, eligibility: Eligibility, names: Sequence[str]
    ) -> Iterator[tuple[str, frozenset[tuple[str, FactValue]]]]:
        """For each route the answers that leave it open, without those that make no difference to it."""
        asked = [eligibility.levels[name] for name in names]
        diagram = eligibility.diagram
        nothing = [HIDDEN if level not in asked else -1 for level in range(len(eligibility.domains))]
        for route, node in zip(eligibility.routes, eligibility.ahead(tuple(nothing)), strict=True):
            matter = [level for level in asked if level in diagram.matters[node]]
            for codes in product(*(eligibility.domains[level].likely() for level in matter)):
                left = node
                for level, code in zip(matter, codes, strict=True):
                    left = diagram.filled(left, level, code)
                if diagram.outcomes[left] != FAILS:
                    yield (
                        route.id,
                        frozenset(
                            (str(eligibility.domains[level].fact.name), eligibility.domains[level].values[code])
                            for level, code in zip(matter, codes, strict=True)
                        ),
                    )


def _answers(value: FactValue) -> Sequence[FactValue]:
    """The answers that were given to one question: of a set each part by itself."""
    return [frozenset([each]) for each in value] if isinstance(value, frozenset) else [value]


def _wizard(name: str, peer: Peer, asked: Mapping[str, tuple[FactValue, ...]], drawn: Sequence[Facts]) -> PeerMeasured:
    took, shown = _timed(peer.result, drawn)
    some = drawn[WARM_UP : WARM_UP + 200]
    idle = [
        all(peer.result({**facts, question: value}) == result for value in answers)
        for facts in some
        for result in [peer.result(facts)]
        for question, answers in asked.items()
    ]
    return PeerMeasured(
        name=name,
        microseconds=took,
        questions=len(asked),
        idle=len(asked) * float(np.mean(idle)),
        results=len(set(shown)),
        dead_ends=sum(not each for each in shown),
        reasons="no",
        unknown="no, every question must be answered",
        near_miss="no",
        receipt="no",
    )


# ---- the engine


def _zen(eligibility: Eligibility, drawn: Sequence[Facts]) -> PeerMeasured:
    if find_spec("zen") is None:
        return PeerMeasured(
            name=_ENGINE, microseconds=(), questions=None, idle=None, results=None, dead_ends=None, reasons="-",
            unknown="-", near_miss="-", receipt="-", note="not installed: pip install zen-engine",
        )  # fmt: skip
    import zen

    rows = list(refusing_rows(eligibility))
    decision = zen.ZenEngine().create_decision(json.dumps(zen_table(eligibility, rows)))
    given = {id(facts): zen_input(eligibility, facts) for facts in drawn}
    took, shown = _timed(lambda facts: decision.evaluate(given[id(facts)])["result"], drawn)
    verdicts = [zen_verdicts(eligibility, each) for each in shown]
    ours = [{each.route.id: each.verdict for each in eligibility.verdicts(facts)} for facts in drawn[WARM_UP:]]
    same = np.mean([one == other for one, other in zip(verdicts, ours, strict=True)])
    return PeerMeasured(
        name=f"{_ENGINE}, {len(rows)} rows",
        microseconds=took,
        questions=None,
        idle=None,
        results=len({tuple(sorted(each.items())) for each in verdicts}),
        dead_ends=sum(set(each.values()) == {"does_not_fit"} for each in verdicts),
        reasons="the rows that refuse",
        unknown="no, what is not told is not refused",
        near_miss="no",
        receipt="no",
        note=f"its verdicts are ours for {same:.1%} of these visitors, who told all",
    )


def zen_verdicts(eligibility: Eligibility, result: object) -> dict[str, str]:
    """The verdict on each route, from the rows that refuse."""
    found = dict.fromkeys((route.id for route in eligibility.routes), "fits")
    for row in result if isinstance(result, list) else []:
        if found[row["route"]] != "does_not_fit":
            found[row["route"]] = "ask_adviser" if row["adviser"] else "does_not_fit"
    return found
