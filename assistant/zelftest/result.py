"""Where the zelftest stands: what to ask next, how much is still to come, every route as it is now, and what to do."""

from collections.abc import Mapping, Sequence
from typing import Literal
from weakref import WeakKeyDictionary

from pydantic import Field

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict
from assistant.zelftest.advice import advice
from assistant.zelftest.flow import Remaining, next_question, remaining
from assistant.zelftest.outcome import AtLoket, Outcome, OutcomeWriter, at_loket
from assistant.zelftest.question import Locale, Question
from knowledge.fact import Facts, FactValue
from knowledge.record import Frozen
from knowledge.routing import RoutedTo, choose_loket

NEAREST = 3
"""Of how many routes that do not fit, and that something can open, everything is told."""
FIRST_TOLD = 6
"""Of how many routes everything is told while there are still questions."""
Detail = Literal["all", "open"]
"""`all`: every route with its reasons. `open`: of the routes of which not everything is told, the verdict alone."""


class Doubt(Frozen):
    """Facts that do not go together, and the question which one is right."""

    facts: tuple[str, ...]
    text: str


class ZelftestResult(Frozen):
    """Where the zelftest stands: the next question, or none, and every route as it is now, the best first."""

    next_question: Question | None
    outcomes: tuple[Outcome, ...]
    complete: bool
    """Whether no further answer changes anything."""
    remaining: Remaining | None = None
    """How many questions are still to come, and why; null once it is complete."""
    doubts: tuple[Doubt, ...] = ()
    advice: str = Field(default="")
    """What to do now, in a few sentences; there once the zelftest is complete, whatever the outcome."""
    loket: AtLoket | None = None
    """Whom to go to; null if where the visitor lives is not known."""


_writers: WeakKeyDictionary[Eligibility, OutcomeWriter] = WeakKeyDictionary()


def zelftest_result(
    eligibility: Eligibility, profile: Profile, locale: Locale = "nl", region: str = "", detail: Detail = "all"
) -> ZelftestResult:
    """
    The zelftest on what a visitor told so far.

    Everything (steps, money, loket) is told of the first routes while there are questions, and of every route that may
    still fit once there are none; and of the nearest that do not fit.

    :param locale: `nl` or `en`; what has no English words is told in Dutch.
    :param region: The onderwijsregio of the page, for a visitor who did not say where they live; empty if unknown.
    """
    question = next_question(eligibility, profile, locale)
    told = profile.facts()
    verdicts = eligibility.verdicts(told, profile.unknown)
    desks = _Desks(eligibility, told, region)
    return ZelftestResult(
        next_question=question,
        outcomes=_outcomes(eligibility, verdicts, desks, locale, detail, FIRST_TOLD if question else len(verdicts)),
        complete=question is None,
        remaining=remaining(eligibility, profile, locale) if question else None,
        doubts=tuple(
            Doubt(facts=each.facts, text=each.text_en if locale == "en" else each.text)
            for each in contradictions(profile, eligibility.entailment)
        ),
        advice=advice(eligibility, verdicts, desks.own, locale) if question is None else "",
        loket=at_loket(desks.own, locale) if desks.own else None,
    )


def _outcomes(
    eligibility: Eligibility,
    verdicts: Sequence[RouteVerdict],
    desks: "_Desks",
    locale: Locale,
    detail: Detail,
    most: int,
) -> tuple[Outcome, ...]:
    """
    Every route in words.

    :param most: Of how many routes within reach everything is told.
    """
    writer = _writers.get(eligibility) or _writers.setdefault(eligibility, OutcomeWriter(eligibility))
    known = eligibility.known(desks.told)
    open_ = [each for each in verdicts if each.verdict != "does_not_fit"][:most]
    nearest = [each for each in verdicts if each.verdict == "does_not_fit" and each.changes][:NEAREST]
    told = {id(each) for each in (*open_, *nearest)}

    def written(verdict: RouteVerdict) -> Outcome:
        if id(verdict) in told:
            return writer.whole(verdict, locale, known, desks.region, desks.of(verdict.route.sectors))
        return writer.brief(verdict, locale) if detail == "open" else writer.reasoned(verdict, locale)

    return tuple(map(written, verdicts))


class _Desks:
    """Which loket is the visitor's own, for the whole and for the sectors of a route."""

    def __init__(self, eligibility: Eligibility, told: Facts, region: str) -> None:
        self._catalogue = eligibility.catalogue
        self._page_region = region
        self._by_sectors: dict[frozenset[str], RoutedTo | None] = {}
        self.told = told
        self.own = self._found(told)
        self.region = self.own.region if self.own else None

    def of(self, sectors: Sequence[str]) -> RoutedTo | None:
        """The loket for a route in these sectors, of which the visitor's own count if there are any."""
        wanted = self.told.get("sector")
        of_route = frozenset(sectors)
        asked = (wanted & of_route or of_route) if isinstance(wanted, frozenset) else of_route
        if asked == wanted:
            return self.own
        if asked not in self._by_sectors:
            self._by_sectors[asked] = self._found({**self.told, "sector": asked})
        return self._by_sectors[asked]

    def _found(self, facts: Mapping[str, FactValue]) -> RoutedTo | None:
        if not self._page_region and "municipality" not in facts:
            return None
        return choose_loket(self._catalogue, facts, self._page_region)
