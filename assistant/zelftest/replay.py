"""A receipt judged again: as it was on its own day, and on what is published now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.eligibility.verdict import Eligibility, Verdict
from assistant.eligibility.version import ENGINE
from assistant.zelftest.receipt import JudgedRoute, Receipt, RuleState, judged_routes, told_again
from knowledge.catalogue import Catalogue
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.record import Frozen
from knowledge.route import Route
from knowledge.rule import Rule

ReplayState = Literal["same", "differs", "retired"]
_READY = 8
"""How many archived catalogues, each on one day, are kept ready to judge."""


class RuleDifference(Frozen):
    """One rule that is new, gone, says something else or is judged otherwise."""

    rule: str
    statement: str
    """In Dutch, as it is now; as it was, if it is gone. Empty if the catalogue of then is no longer kept."""
    what: Literal["new", "gone", "changed", "judged_otherwise"]
    then: RuleState | None = None
    now: RuleState | None = None


class AmountDifference(Frozen):
    """A cost, subsidy or salary of the route of which an amount or the status is another one."""

    record: str
    title: str
    then: tuple[str, ...]
    """Amounts in Dutch with their year, after the status of a scheme; empty if the record is new."""
    now: tuple[str, ...]
    """Empty if the record is gone."""


class RouteDifference(Frozen):
    """One route of which something is not what it was."""

    route: str
    title: str
    then: Verdict | None
    """None: the route was not there."""
    now: Verdict | None
    rules: tuple[RuleDifference, ...] = ()
    amounts: tuple[AmountDifference, ...] = ()

    @property
    def is_another_verdict(self) -> bool:
        """Whether the route itself came out otherwise."""
        return self.then != self.now

    @property
    def is_within_reach(self) -> bool:
        """Whether it fitted or may have, then or now; what happens to other routes is of less interest."""
        return any(each not in (None, "does_not_fit") for each in (self.then, self.now))


class Replay(Frozen):
    """
    The advice judged once more on the day and the catalogue of the receipt.

    `same`: it comes out as it did. `differs`: it does not, and `routes` says where. `retired`: its catalogue is no longer
    kept, so that nobody can tell.
    """

    state: ReplayState
    engine_then: str
    engine_now: str = ENGINE
    routes: tuple[RouteDifference, ...] = ()


class Since(Frozen):
    """What the same facts lead to now, beside what they led to then."""

    day: date
    catalogue: str
    routes: tuple[RouteDifference, ...]
    """Only those of which something changed: other verdicts first, then what is within reach."""
    forgotten: tuple[str, ...] = ()
    """Facts that are not asked any more, or not with that answer: left out now."""
    knows_amounts: bool
    """Whether the catalogue of then is there to compare rules and amounts with, word for word."""

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return not self.routes and not self.forgotten


class Replayer:
    """Judges receipts again. Thread-safe; it keeps nothing of a visitor."""

    def __init__(self, archived: Callable[[str], Catalogue | None]) -> None:
        """
        :param archived: The catalogue of a version, None if it is not kept any more.
        """
        self._archived = archived
        self._ready = lru_cache(maxsize=_READY)(self._make_ready)

    def then(self, receipt: Receipt) -> Eligibility | None:
        """The rules as they held when the receipt was written; None if its catalogue is not kept any more."""
        try:
            return self._ready(receipt.catalogue, receipt.day)
        except LookupError:
            return None

    def replay(self, receipt: Receipt) -> Replay:
        """The advice judged once more as it was."""
        eligibility = self.then(receipt)
        if eligibility is None:
            return Replay(state="retired", engine_then=receipt.engine)
        profile, lost = told_again(receipt, eligibility.catalogue)
        again = {each.route: each for each in judged_routes(eligibility, profile.facts())}
        found = tuple(_judged_otherwise(receipt, again, eligibility.catalogue))
        state: ReplayState = "differs" if found or lost else "same"
        return Replay(state=state, engine_then=receipt.engine, routes=found)

    def since(self, receipt: Receipt, today: Eligibility) -> Since:
        """What changed between the receipt and today."""
        then = self.then(receipt)
        profile, forgotten = told_again(receipt, today.catalogue)
        again = {each.route: each for each in judged_routes(today, profile.facts())}
        if then is None:
            found = list(_judged_otherwise(receipt, again, today.catalogue))
        else:
            found = list(_changed(receipt, again, then, today))
        found.sort(key=lambda each: (not each.is_another_verdict, not each.is_within_reach, each.title))
        return Since(
            day=today.on,
            catalogue=today.catalogue.version,
            routes=tuple(found),
            forgotten=forgotten,
            knows_amounts=then is not None,
        )

    def _make_ready(self, version: str, day: date) -> Eligibility:
        catalogue = self._archived(version)
        if catalogue is None:
            # Raised, for what is raised is not remembered: a catalogue may be put back.
            raise LookupError(version)
        return Eligibility(catalogue, day)


def _judged_otherwise(
    receipt: Receipt, again: Mapping[str, JudgedRoute], catalogue: Catalogue
) -> Iterator[RouteDifference]:
    """The routes and rules that come out otherwise, by what the receipt itself says of then."""
    statements = {rule.id: rule.statement for rule in catalogue.rules}
    before = {each.route: each for each in receipt.routes}
    for id_ in sorted(before.keys() | again.keys()):
        then, now = before.get(id_), again.get(id_)
        if then == now:
            continue
        states_then, states_now = then.states() if then else {}, now.states() if now else {}
        rules = [
            RuleDifference(
                rule=rule,
                statement=statements.get(rule, ""),
                what="judged_otherwise"
                if rule in states_then and rule in states_now
                else _came_or_went(rule, states_now),
                then=states_then.get(rule),
                now=states_now.get(rule),
            )
            for rule in sorted(states_then.keys() | states_now.keys())
            if states_then.get(rule) != states_now.get(rule)
        ]
        yield RouteDifference(
            route=id_,
            title=_title(id_, catalogue),
            then=then.verdict if then else None,
            now=now.verdict if now else None,
            rules=tuple(rules),
        )


def _changed(
    receipt: Receipt, again: Mapping[str, JudgedRoute], then: Eligibility, today: Eligibility
) -> Iterator[RouteDifference]:
    """The routes, rules and amounts that changed, by the records of both catalogues."""
    before = {each.route: each for each in receipt.routes}
    for id_ in sorted(before.keys() | again.keys()):
        was, is_ = before.get(id_), again.get(id_)
        difference = RouteDifference(
            route=id_,
            title=_title(id_, today.catalogue, then.catalogue),
            then=was.verdict if was else None,
            now=is_.verdict if is_ else None,
            rules=tuple(_rules(was, is_, _rules_of(then, id_), _rules_of(today, id_))),
            amounts=tuple(_amounts(then.catalogue, today.catalogue, id_)),
        )
        if difference.is_another_verdict or difference.rules or difference.amounts:
            yield difference


def _rules(
    was: JudgedRoute | None, is_: JudgedRoute | None, before: Mapping[str, Rule], after: Mapping[str, Rule]
) -> Iterator[RuleDifference]:
    states_then, states_now = was.states() if was else {}, is_.states() if is_ else {}
    for id_ in sorted(before.keys() | after.keys()):
        then, now = before.get(id_), after.get(id_)
        states = states_then.get(id_), states_now.get(id_)
        if then is not None and now is not None and _reads_the_same(then, now):
            if states[0] != states[1]:
                yield RuleDifference(
                    rule=id_, statement=now.statement, what="judged_otherwise", then=states[0], now=states[1]
                )
            continue
        shown = now or then
        if shown is not None:
            what: Literal["new", "gone", "changed"] = "changed" if then and now else "new" if now else "gone"
            yield RuleDifference(rule=id_, statement=shown.statement, what=what, then=states[0], now=states[1])


def _reads_the_same(one: Rule, other: Rule) -> bool:
    """Whether two versions of a rule say and do the same; a better source or other dates, which hold today, are no change."""
    aside: dict[str, object] = {
        "sources": (),
        "confidence": "medium",
        "statement_en": "",
        "otherwise_en": "",
        "legal_basis": None,
        "valid_from": None,
        "valid_until": None,
    }
    return one.model_copy(update=aside) == other.model_copy(update=aside)


def _rules_of(eligibility: Eligibility, route_id: str) -> dict[str, Rule]:
    try:
        return {rule.id: rule for rule in eligibility.rules(route_id)}
    except KeyError:
        return {}


def _amounts(then: Catalogue, now: Catalogue, route_id: str) -> Iterator[AmountDifference]:
    before, after = _money_of(then, route_id), _money_of(now, route_id)
    for id_ in dict.fromkeys((*after, *before)):
        was, is_ = before.get(id_), after.get(id_)
        told_then, told_now = _told(was), _told(is_)
        shown = is_ or was
        if told_then != told_now and shown is not None:
            yield AmountDifference(record=id_, title=shown.title, then=told_then, now=told_now)


def _money_of(catalogue: Catalogue, route_id: str) -> dict[str, Money]:
    route = catalogue.find(route_id)
    if not isinstance(route, Route):
        return {}
    listed: Sequence[Money] = (
        *catalogue.linked(route.costs, Cost),
        *catalogue.linked(route.subsidies, Subsidy),
        *catalogue.linked(route.salaries, Salary),
    )
    return {each.id: each for each in listed}


def _told(money: Money | None) -> tuple[str, ...]:
    if money is None:
        return ()
    status = _STATUS_WORDS.get(str(getattr(money, "status", "")))
    return (*([status] if status else ()), *(amount.in_words() for amount in money.amounts))


_STATUS_WORDS = {
    "ended": "gestopt",
    "closed": "nu niet aan te vragen",
    "open": "loopt",
    "unknown": "niet zeker of dit loopt",
}


def _came_or_went(rule: str, now: Mapping[str, RuleState]) -> Literal["new", "gone"]:
    return "new" if rule in now else "gone"


def _title(route_id: str, *catalogues: Catalogue) -> str:
    found = (catalogue.find(route_id) for catalogue in catalogues)
    return next((record.title for record in found if record is not None), route_id)
