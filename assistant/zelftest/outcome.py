"""One route for one visitor: why, what is open, what would change it, the steps, the money, and whom to go to."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cache, lru_cache

from assistant.eligibility.change import Change, time_of
from assistant.eligibility.engine import RuleVerdict, Unmet
from assistant.eligibility.verdict import Eligibility, RouteVerdict, Verdict
from assistant.money.finances import finances_of
from assistant.money.telling import money_summary
from assistant.zelftest.question import JsonValue, Locale, as_json
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, Facts
from knowledge.money import Amount, Cost, Money, Subsidy
from knowledge.record import Frozen
from knowledge.route import Months, Step
from knowledge.routing import RoutedTo
from knowledge.source import Source

_REMEMBERED = 2_000
"""How many outcomes are kept, as written; a few kB each."""


class Reason(Frozen):
    """One rule: met (`true`), unmet (`false`) or still open (`null`); a drawback that holds is `false` too."""

    text: str
    met: bool | None
    fact: str | None
    source: str | None
    """The address of the source, or its title if it has none."""


class ToFindOut(Frozen):
    """Something that is not known yet and that decides: a question to the visitor, or one for a person at the loket."""

    fact: str | None
    """Null: no answer of the visitor settles it, an adviser has to look."""
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


class WouldChange(Frozen):
    """One fact that would have to be otherwise. All of a route's changes together bring it within reach."""

    fact: str
    value: JsonValue
    text: str
    needed: str = ""
    """The fact with the value it needs, in words: `Hoogste diploma: Hbo-bachelor`."""
    how: str = ""
    """What to do, in a sentence."""
    duration_months: Months | None = None
    """How long it takes; 0 to 0 is at once, null that no source says so."""
    costs: tuple[MoneyItem, ...] = ()
    is_free: bool = False
    routes: tuple[str, ...] = ()
    """Our own routes that lead there."""
    unknown: str = ""
    """What no source tells of its time or money, and who knows."""
    sources: tuple[str, ...] = ()


class AtLoket(Frozen):
    """The visitor's own loket for this route, and why that one."""

    id: str
    title: str
    reason: str
    """In Dutch."""
    url: str | None
    email: str | None
    phone: str | None


class Outcome(Frozen):
    """One route for one visitor."""

    route: str
    title: str
    verdict: Verdict
    score: int
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    to_find_out: tuple[ToFindOut, ...] = ()
    would_change: tuple[WouldChange, ...]
    change_months: Months | None = None
    """How long all the changes take one after another; null if there are none, or if no source tells it of one."""
    duration_months: Months | None
    steps: tuple[Step, ...] = ()
    costs: tuple[MoneyItem, ...]
    subsidies: tuple[MoneyItem, ...]
    money: tuple[str, ...] = ()
    """What this visitor pays, gets and earns, a short sentence each."""
    next_step: str
    loket: AtLoket | None = None
    """Null: where the visitor lives is not known, or the route is out of reach."""


class OutcomeWriter:
    """
    Writes verdicts of one catalogue in words, and remembers them: from one question to the next most read the same.

    It keeps verdicts by answers, and no visitor.
    """

    def __init__(self, eligibility: Eligibility) -> None:
        self._catalogue = eligibility.catalogue
        self._finances = finances_of(eligibility)
        self._by_words: dict[Hashable, Outcome] = {}
        self._written = lru_cache(maxsize=_REMEMBERED)(self._write)
        self._costs = cache(self._costs_now)
        self._subsidies = cache(self._subsidies_now)

    def brief(self, verdict: RouteVerdict, locale: Locale) -> Outcome:
        """The verdict alone: for a route that is out of reach, where little is asked for."""
        route = verdict.route
        return Outcome.model_construct(
            route=route.id,
            title=route.in_locale(locale).title,
            verdict=verdict.verdict,
            score=verdict.score,
            reasons=(),
            missing=verdict.missing,
            would_change=(),
            duration_months=route.duration,
            costs=(),
            subsidies=(),
            next_step=route.next_step,
        )

    def reasoned(self, verdict: RouteVerdict, locale: Locale) -> Outcome:
        """With the reasons and what would change it."""
        return self._written(verdict, locale, False)

    def whole(
        self, verdict: RouteVerdict, locale: Locale, known: Facts, region: str | None, loket: RoutedTo | None
    ) -> Outcome:
        """
        With steps, costs and the visitor's own money and loket.

        :param known: What was told, with what follows from it.
        :param region: The onderwijsregio of the visitor, if it is known.
        """
        written = self._written(verdict, locale, True)
        money = money_summary(self._finances.picture(verdict.route.id, known, region), locale)
        return written.model_copy(update={"money": money, "loket": at_loket(loket, locale) if loket else None})

    def _write(self, verdict: RouteVerdict, locale: Locale, whole: bool) -> Outcome:
        """The outcome of an equal-sounding verdict, if there was one: two verdicts may differ in what is not told."""
        rules = tuple((each.rule.id, each.met) for each in _told(verdict))
        told = (verdict.route.id, verdict.verdict, rules, verdict.missing, verdict.changes, verdict.score)
        key = (*told, locale, whole)
        found = self._by_words.get(key)
        if found is None:
            if len(self._by_words) >= _REMEMBERED:
                self._by_words.clear()
            found = self._by_words[key] = self._outcome(verdict, locale, whole)
        return found

    def _outcome(self, verdict: RouteVerdict, locale: Locale, whole: bool) -> Outcome:
        """
        A route's verdict as the contract writes it, without what hangs on the visitor's money and place.

        Of a route that does not fit, the reasons are the rules that refuse it; of another, those that decide come first.
        """
        route = verdict.route
        # Not checked once more: all of it comes from checked records, and checking takes longer than writing.
        return Outcome.model_construct(
            route=route.id,
            title=route.in_locale(locale).title,
            verdict=verdict.verdict,
            score=verdict.score,
            reasons=reasons_of(self._catalogue, verdict, locale),
            missing=verdict.missing,
            to_find_out=to_find_out(self._catalogue.facts, verdict, locale),
            would_change=tuple(self._would_change(each, locale) for each in verdict.changes),
            change_months=time_of(verdict.changes) if verdict.changes else None,
            duration_months=route.duration,
            steps=route.steps if whole else (),
            costs=self._costs(route.costs) if whole else (),
            subsidies=self._subsidies(route.subsidies) if whole else (),
            next_step=route.next_step,
        )

    def _would_change(self, change: Change, locale: Locale) -> WouldChange:
        text, needed = (change.text_en, change.needed_en) if locale == "en" else (change.text, change.needed)
        move = change.move
        if move is None:
            return WouldChange(fact=change.fact, value=as_json(change.value), text=text, needed=needed)
        addresses = (address_of(self._catalogue.sources.get(each)) for each in move.sources)
        return WouldChange(
            fact=change.fact,
            value=as_json(change.value),
            text=text,
            needed=needed,
            how=move.how.in_locale(locale),
            duration_months=change.duration,
            costs=self._costs(move.costs),
            is_free=move.is_free,
            routes=move.routes,
            unknown=move.unknown.in_locale(locale) if move.unknown else "",
            sources=tuple(address for address in addresses if address),
        )

    def _costs_now(self, ids: tuple[str, ...]) -> tuple[MoneyItem, ...]:
        current = (cost for cost in self._catalogue.linked(ids, Cost) if cost.status == "current")
        return tuple(_item(self._catalogue, cost, cost.paid_by) for cost in current)

    def _subsidies_now(self, ids: tuple[str, ...]) -> tuple[MoneyItem, ...]:
        running = (each for each in self._catalogue.linked(ids, Subsidy) if each.status != "ended")
        return tuple(_item(self._catalogue, subsidy, subsidy.recipient) for subsidy in running)


def to_find_out(vocabulary: Mapping[str, Fact], verdict: RouteVerdict, locale: Locale) -> tuple[ToFindOut, ...]:
    """What still decides, in words: first what the visitor can answer, then what a person has to look at."""
    asked = [ToFindOut(fact=name, text=vocabulary[name].question.in_locale(locale)) for name in verdict.missing]
    if verdict.verdict == "does_not_fit":
        return ()
    looked_at = (
        each.rule.needs_adviser for each in verdict.rules if isinstance(each, Unmet) and each.rule.needs_adviser
    )
    return (*asked, *(ToFindOut(fact=None, text=text) for text in dict.fromkeys(looked_at)))


def at_loket(found: RoutedTo, locale: Locale) -> AtLoket:
    """A loket as a visitor is sent to it."""
    loket = found.loket
    return AtLoket(
        id=loket.id,
        title=loket.in_locale(locale).title,
        reason=found.reason,
        url=str(loket.url) if loket.url else None,
        email=loket.email,
        phone=loket.phone,
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


def _item(catalogue: Catalogue, money: Money, who: str) -> MoneyItem:
    return MoneyItem(
        id=money.id,
        title=money.title,
        amount="; ".join(amount.in_words() for amount in newest(money.amounts)),
        who=who,
        source=address_of(catalogue.sources.get(money.sources[0])),
    )
