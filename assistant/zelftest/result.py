"""From facts to routes: what fits, why, what is open, what would change it, what it costs, what to do tomorrow."""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from weakref import WeakKeyDictionary

from pydantic import Field

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.engine import RuleVerdict, Unmet
from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict, Verdict
from assistant.zelftest.advice import advice
from assistant.zelftest.flow import next_question
from assistant.zelftest.question import JsonValue, Question, as_json
from knowledge.catalogue import Catalogue
from knowledge.money import Amount, Cost, Money, Subsidy
from knowledge.record import Frozen
from knowledge.route import Months
from knowledge.source import Source

_NEAREST = 3
_REMEMBERED = 2_000
"""How many outcomes are kept, as written; a few kB each."""


class Reason(Frozen):
    """One rule: met (`true`), unmet (`false`) or still open (`null`); a drawback that holds is `false` too."""

    text: str
    met: bool | None
    fact: str | None
    source: str | None
    """The address of the source, or its title if it has none."""


class WouldChange(Frozen):
    """One fact that would have to be otherwise. All of a route's changes together bring it within reach."""

    fact: str
    value: JsonValue
    text: str


class MoneyItem(Frozen):
    """A cost or a subsidy with its amounts of the newest year."""

    id: str
    title: str
    amount: str
    """In Dutch, with the year; empty if no source gives an amount."""
    who: str
    """For a cost who pays it, for a subsidy who receives it."""
    source: str | None


class Outcome(Frozen):
    """One route for one visitor."""

    route: str
    title: str
    verdict: Verdict
    score: int
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    would_change: tuple[WouldChange, ...]
    duration_months: Months | None
    costs: tuple[MoneyItem, ...]
    subsidies: tuple[MoneyItem, ...]
    next_step: str


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
    doubts: tuple[Doubt, ...] = ()
    advice: str = Field(default="")
    """What to do now, in a few sentences; there once the zelftest is complete, whatever the outcome."""


class _Outcomes:
    """Remembers how verdicts were written: from one question to the next most of them read the same."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._by_words: dict[Hashable, Outcome] = {}
        self.of = lru_cache(maxsize=_REMEMBERED)(self._write)

    def _write(self, verdict: RouteVerdict, locale: str, with_money: bool) -> Outcome:
        """The outcome of an equal-sounding verdict, if there was one: two verdicts may differ in what is not told."""
        rules = tuple((each.rule.id, each.met) for each in _told(verdict))
        told = (verdict.route.id, verdict.verdict, rules, verdict.missing, verdict.changes, verdict.score)
        key = (*told, locale, with_money)
        found = self._by_words.get(key)
        if found is None:
            if len(self._by_words) >= _REMEMBERED:
                self._by_words.clear()
            found = self._by_words[key] = outcome_of(self._catalogue, verdict, locale, with_money)
        return found


_written: WeakKeyDictionary[Eligibility, _Outcomes] = WeakKeyDictionary()


def zelftest_result(eligibility: Eligibility, profile: Profile, locale: str = "nl") -> ZelftestResult:
    """
    The zelftest on what a visitor told so far.

    Money is told of every route that may still fit, and of the nearest ones when none does.

    :param locale: `nl` or `en`; what has no English words is told in Dutch.
    """
    question = next_question(eligibility, profile, locale)
    verdicts = eligibility.verdicts(profile.facts())
    nearest = verdicts[:_NEAREST] if all(each.verdict == "does_not_fit" for each in verdicts) else ()
    outcomes = _written.get(eligibility) or _written.setdefault(eligibility, _Outcomes(eligibility.catalogue))
    return ZelftestResult(
        next_question=question,
        outcomes=tuple(
            outcomes.of(each, locale, each.verdict != "does_not_fit" or each in nearest) for each in verdicts
        ),
        complete=question is None,
        doubts=tuple(
            Doubt(facts=each.facts, text=each.text_en if locale == "en" else each.text)
            for each in contradictions(profile)
        ),
        advice=advice(eligibility, verdicts, locale) if question is None else "",
    )


def outcome_of(catalogue: Catalogue, verdict: RouteVerdict, locale: str = "nl", with_money: bool = True) -> Outcome:
    """
    A route's verdict as the contract writes it.

    Of a route that does not fit, the reasons are the rules that refuse it; of another, those that decide come first.
    """
    route = verdict.route
    return Outcome(
        route=route.id,
        title=route.in_locale(locale).title,
        verdict=verdict.verdict,
        score=verdict.score,
        reasons=reasons_of(catalogue, verdict, locale),
        missing=verdict.missing,
        would_change=tuple(
            WouldChange(fact=each.fact, value=as_json(each.value), text=each.text_en if locale == "en" else each.text)
            for each in verdict.changes
        ),
        duration_months=route.duration,
        costs=_costs(catalogue, route.costs) if with_money else (),
        subsidies=_subsidies(catalogue, route.subsidies) if with_money else (),
        next_step=route.next_step,
    )


def reasons_of(catalogue: Catalogue, verdict: RouteVerdict, locale: str = "nl") -> tuple[Reason, ...]:
    """The rules behind a verdict in words, those that decide it first; of the preferences those that hold."""
    return tuple(
        Reason(
            text=reason_text(each, locale),
            met=_speaks_for(each),
            fact=min(each.rule.facts(), default=None, key=lambda name: (name not in verdict.missing, name)),
            source=address_of(catalogue.sources.get(each.rule.sources[0])),
        )
        for each in _told(verdict)
    )


def _told(verdict: RouteVerdict) -> Sequence[RuleVerdict]:
    deciding = verdict.deciding()
    if verdict.verdict == "does_not_fit":
        return deciding or verdict.rules
    told = [each for each in verdict.rules if each.rule.kind != "preference" or each.met]
    return (*deciding, *(each for each in told if not any(each is one for one in deciding)))


def reason_text(verdict: RuleVerdict, locale: str = "nl") -> str:
    """The rule's sentence; where it is not met, followed by what to do, or by why a person has to look."""
    rule = verdict.rule
    english = locale == "en"
    statement = rule.statement_en or rule.statement if english else rule.statement
    if not isinstance(verdict, Unmet) or rule.kind == "preference":
        return statement
    otherwise = rule.otherwise_en or rule.otherwise if english else rule.otherwise
    return f"{statement} {rule.needs_adviser or otherwise}".strip()


def _speaks_for(verdict: RuleVerdict) -> bool | None:
    """Whether a rule speaks for the route: a preference of negative weight that holds speaks against it."""
    is_drawback = verdict.rule.kind == "preference" and verdict.rule.weight < 0
    return not verdict.met if is_drawback and verdict.met is not None else verdict.met


def address_of(source: Source | None) -> str | None:
    """Where a visitor can read the source: its address, else the name of the document."""
    return None if source is None else source.address or source.title


def newest(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """The amounts of the latest year there is; a school year counts from its first year."""
    latest = max((amount.year for amount in amounts), default="")
    return tuple(amount for amount in amounts if amount.year[:4] == latest[:4])


def _costs(catalogue: Catalogue, ids: Sequence[str]) -> tuple[MoneyItem, ...]:
    current = (cost for cost in catalogue.linked(ids, Cost) if cost.status == "current")
    return tuple(_item(catalogue, cost, cost.paid_by) for cost in current)


def _subsidies(catalogue: Catalogue, ids: Sequence[str]) -> tuple[MoneyItem, ...]:
    running = (each for each in catalogue.linked(ids, Subsidy) if each.status != "ended")
    return tuple(_item(catalogue, subsidy, subsidy.recipient) for subsidy in running)


def _item(catalogue: Catalogue, money: Money, who: str) -> MoneyItem:
    return MoneyItem(
        id=money.id,
        title=money.title,
        amount="; ".join(amount.in_words() for amount in newest(money.amounts)),
        who=who,
        source=address_of(catalogue.sources.get(money.sources[0])),
    )
