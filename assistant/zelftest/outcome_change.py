"""What changed in the outcome of a zelftest: routes that came out otherwise and why, and money that is another sum."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assistant.eligibility.verdict import Eligibility, Verdict
from assistant.money.finances import finances_of
from assistant.money.picture import MoneyPicture
from assistant.money.telling import LineTold, told
from assistant.zelftest.receipt import Receipt, told_again
from assistant.zelftest.replay import RouteDifference, RuleDifference, Since
from knowledge.fact import FactValue
from knowledge.record import Frozen
from knowledge.route import Route

LEAST_EUROS = Decimal(50)
"""Less than this in a year changes nobody's plans, and a mail about it would make the next one unread."""
_OWN = frozenset({"pay", "earn", "receive", "borrow"})
"""What the visitor's own purse notices."""


class MoneyChange(Frozen):
    """One amount of the first year that is another one."""

    what: str
    """`Je betaalt: wettelijk collegegeld`."""
    was: str
    """Empty: it was not there."""
    now: str
    """Empty: it is not there any more."""
    sources: tuple[str, ...] = ()
    """Ids, of how it is now."""


class OutcomeChange(Frozen):
    """One route of which a visitor's outcome is not what it was."""

    route: str
    title: str
    then: Verdict | None
    """None: the route was not there."""
    now: Verdict | None
    because: tuple[RuleDifference, ...] = ()
    """The rules that decide it."""
    money: tuple[MoneyChange, ...] = ()

    @property
    def is_another_verdict(self) -> bool:
        """Whether the route itself came out otherwise."""
        return self.then != self.now


def outcome_changes(
    receipt: Receipt, since: Since, then: Eligibility | None, today: Eligibility
) -> tuple[OutcomeChange, ...]:
    """
    What somebody has to know who was given that advice; other verdicts first.

    Only what fits or may fit, then or now. A rule in other words with the same verdict is no change of the outcome, and
    neither is an amount that differs less than `LEAST_EUROS` a year.

    :param then: The rules and amounts of the day of the receipt; None: they are no longer kept, and money is not compared.
    """
    by_route = {each.route: each for each in since.routes}
    found = [_change(each) for each in since.routes if each.is_another_verdict and each.is_within_reach]
    if then is not None:
        within = {each.route for each in receipt.routes if each.verdict != "does_not_fit"}
        for route in sorted(within):
            difference = by_route.get(route)
            if difference is not None and difference.is_another_verdict:
                continue
            if money := tuple(_money(receipt, route, then, today)):
                record = today.catalogue.find(route)
                verdict = next(each.verdict for each in receipt.routes if each.route == route)
                title = record.title if record is not None else route
                found.append(OutcomeChange(route=route, title=title, then=verdict, now=verdict, money=money))
    return tuple(sorted(found, key=lambda each: (not each.is_another_verdict, each.title)))


def _change(difference: RouteDifference) -> OutcomeChange:
    return OutcomeChange(
        route=difference.route,
        title=difference.title,
        then=difference.then,
        now=difference.now,
        because=tuple(each for each in difference.rules if each.statement and each.then != each.now),
    )


def _money(receipt: Receipt, route: str, then: Eligibility, today: Eligibility) -> Iterator[MoneyChange]:
    if not all(isinstance(each.catalogue.find(route), Route) for each in (then, today)):
        return
    before, after = (_lines(_picture(each, receipt, route), each) for each in (then, today))
    for item in dict.fromkeys((*after, *before)):
        was, now = before.get(item), after.get(item)
        shown = now or was
        if shown is not None and _differs(was, now):
            yield MoneyChange(
                what=f"{shown.who}: {shown.title}", was=_words(was), now=_words(now), sources=shown.sources
            )


def _picture(eligibility: Eligibility, receipt: Receipt, route: str) -> MoneyPicture:
    profile, _ = told_again(receipt, eligibility.catalogue)
    facts: Mapping[str, FactValue] = profile.facts()
    # Not remembered: a round goes through everybody once, on several catalogues.
    return finances_of(eligibility).picture(route, facts, receipt.region, remember=False)


def _lines(picture: MoneyPicture, eligibility: Eligibility) -> dict[str, LineTold]:
    """What the visitor's own purse notices in the first year, by item."""
    first, *_ = told(picture, eligibility.catalogue).years
    return {each.item: each for each in first.lines if each.flow in _OWN}


def _differs(was: LineTold | None, now: LineTold | None) -> bool:
    if was is None or now is None:
        return True
    return any(_apart(one, other) for one, other in ((was.at_least, now.at_least), (was.at_most, now.at_most)))


def _apart(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) >= LEAST_EUROS


def _words(line: LineTold | None) -> str:
    return f"{line.amount} {line.period}".strip() if line is not None else ""
