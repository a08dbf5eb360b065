"""The money of every route of a catalogue, made ready to be told to one visitor after another."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from weakref import WeakKeyDictionary

from assistant.eligibility.condition import Test, compiled
from assistant.eligibility.verdict import Eligibility
from assistant.money.amount import ZERO, Found, Span, found_in, study_year, year_words
from assistant.money.combining import excluded_pairs, without_excluded
from assistant.money.picture import FLOWS, MoneyLine, MoneyPicture, NotForYou, PictureYear, Totals
from assistant.money.plan import PlannedItem, Shares, State, planned_items
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, Facts, Localised
from knowledge.finance import Combination, RouteFinance, Tuition, TuitionRule
from knowledge.money import Money
from knowledge.route import Months, Route

_REMEMBERED = 100
"""How many pictures of one route are kept, by answers; about 20 kB each."""
_ONE_YEAR = Months(at_least=12, at_most=12)
_MONTHS = Decimal(12)
_FEE = {
    "statutory": Localised(nl="Wettelijk collegegeld", en="Statutory tuition fee"),
    "institutional": Localised(
        nl="Instellingscollegegeld (het hoge tarief)", en="Institutional tuition fee (the high rate)"
    ),
}
_FEE_IS_OPEN = Localised(
    nl="Welk tarief voor jou geldt, hangt af van je eerdere diploma.",
    en="Which fee holds for you depends on your earlier degree.",
)
_NO_FINANCE = Localised(
    nl="De bedragen van deze route per jaar kennen wij nog niet. Vraag het loket.",
    en="We do not know the amounts of this route per year yet. Ask the loket.",
)
_NO_DURATION = Localised(
    nl="Hoe lang deze route duurt, verschilt. Je ziet de bedragen van één jaar.",
    en="How long this route takes differs. You see the amounts of one year.",
)


class Finances:
    """
    The money of every route on one day, made ready.

    It keeps no visitor: what it remembers are pictures by answers. It may be shared between threads.
    """

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        """
        :param on: The study year of this day is the first of every picture.
        """
        self.catalogue = catalogue
        self.on = on
        self.vocabulary: Mapping[str, Fact] = catalogue.facts
        self.first_year = study_year(on)
        self._order = {name: place for place, name in enumerate(self.vocabulary)}
        self._pairs = excluded_pairs(catalogue.content.combinations)
        self._written = {finance.route: finance for finance in catalogue.content.finances}
        self._rules = {rule.id: rule for rule in catalogue.content.tuition_rules}
        self._municipalities = {
            name.casefold(): each for each in catalogue.municipalities.values() for name in (each.id, each.name)
        }
        self._plans: dict[str, _Plan] = {
            route.id: _Plan(self, route, self._written.get(route.id)) for route in catalogue.all(Route)
        }

    def picture(self, route_id: str, facts: Facts, region: str | None = None, *, remember: bool = True) -> MoneyPicture:
        """
        The money of one route for one visitor.

        :param facts: Parsed values by name.
        :param region: The onderwijsregio that answers; None: that of the municipality in the facts, if it is there.
        :param remember: Whether it is kept for who gives the same answers; not where many visitors are gone through once.
        :raises KeyError: If there is no such route.
        """
        plan = self._plans[route_id]
        regions = self._regions(plan.sectors, facts) if region is None else frozenset([region])
        return plan.picture(facts, regions, remember=remember)

    def _regions(self, sectors: frozenset[str], facts: Facts) -> frozenset[str] | None:
        """The onderwijsregio's of the visitor's municipality for these kinds of school; None: it is not told."""
        place = facts.get("municipality")
        if not isinstance(place, str):
            return None
        municipality = self._municipalities.get(place.casefold())
        return frozenset(
            each.region
            for each in (municipality.regions if municipality is not None else ())
            if not each.sectors or not sectors.isdisjoint(each.sectors)
        )

    def combination(self, one: str, other: str) -> Combination | None:
        """Whether two schemes go together, if a source says so; ids of subsidy records."""
        known = self.catalogue.content.combinations
        return next((each for each in known if each.is_about(one, other)), None)

    def rule_of(self, tuition: Tuition) -> TuitionRule | None:
        """The rule that decides which fee is due."""
        return self._rules.get(tuition.level) if tuition.level is not None else None

    def in_order(self, names: frozenset[str]) -> tuple[str, ...]:
        """Names of facts in the order of the vocabulary."""
        return tuple(sorted(names, key=lambda name: self._order.get(name, len(self._order))))

    def without_excluded(self, lines: list[MoneyLine]) -> tuple[MoneyLine, ...]:
        """The lines, in which no excluded pair is counted twice."""
        return without_excluded(lines, self._pairs, {line.record: line.title for line in lines})


_of: WeakKeyDictionary[Eligibility, Finances] = WeakKeyDictionary()


def finances_of(eligibility: Eligibility) -> Finances:
    """The money that goes with these rules: of the same catalogue, on the same day. Made once."""
    return _of.get(eligibility) or _of.setdefault(eligibility, Finances(eligibility.catalogue, eligibility.on))


class _Fee:
    """The fee of a route: which of two it is, under each answer."""

    def __init__(self, finances: Finances, tuition: Tuition) -> None:
        self.tuition = tuition
        self.rule = finances.rule_of(tuition)
        self.institutional_if: Test | None = None
        self._records: dict[str, tuple[Money, Found]] = {}
        if self.rule is None:
            return
        if tuition.fee == "collegegeld":
            self.institutional_if = compiled(self.rule.institutional_if, finances.vocabulary)
        for kind, of in (("statutory", self.rule.statutory), ("institutional", self.rule.institutional)):
            record = finances.catalogue.find(of.record)
            found = found_in(record, of.labels, finances.first_year) if isinstance(record, Money) else None
            if isinstance(record, Money) and found is not None:
                self._records[kind] = (record, found)

    def state(self, facts: Facts) -> State:
        """Whether the institutional fee is due."""
        if self.institutional_if is None:
            return State(False, True, ())
        truth = self.institutional_if.truth(facts)
        return State(truth, truth is not None, tuple(sorted(self.institutional_if.missing(facts))))

    def lines(self, state: State, year: Shares) -> list[MoneyLine]:
        """One line, or both while it is open which one is due."""
        kinds = {True: ("institutional",), False: ("statutory",), None: ("statutory", "institutional")}[state.truth]
        amounts = {kind: self._of_year(kind, year) for kind in kinds if kind in self._records}
        if not amounts or (self.tuition.once and year.number > 1):
            return []
        cheapest = min(amounts, key=lambda kind: amounts[kind].low)
        dearest = max(amounts, key=lambda kind: amounts[kind].high)
        return [
            self._line(kind, span, state, year, kind == cheapest, kind == dearest) for kind, span in amounts.items()
        ]

    def _of_year(self, kind: str, year: Shares) -> Span:
        part = self.tuition.share if self.tuition.once else self.tuition.share * year.may_be
        return self._records[kind][1].span.times(part)

    def _line(self, kind: str, span: Span, state: State, year: Shares, in_low: bool, in_high: bool) -> MoneyLine:
        record, found = self._records[kind]
        sure = Decimal(1) if self.tuition.once else year.sure / year.may_be
        return MoneyLine(
            item=f"{kind}-collegegeld",
            title=_FEE[kind],
            flow="pay",
            record=record.id,
            sources=found.sources,
            low=span.low,
            high=span.high,
            per="eenmalig" if self.tuition.once else "jaar",
            prices_of=found.years,
            certainty="open" if state.truth is None else "certain" if sure else "uncertain",
            why=(_FEE_IS_OPEN,) if state.truth is None else (),
            missing=state.missing,
            in_low=span.low * sure if in_low else ZERO,
            in_high=span.high if in_high else ZERO,
        )


class _Plan:
    """One route, made ready."""

    def __init__(self, finances: Finances, route: Route, finance: RouteFinance | None) -> None:
        self._finances = finances
        self._route = route
        self.sectors: frozenset[str] = frozenset(route.sectors)
        self._months = (finance.years if finance else None) or route.duration
        self._years = _years(self._months or _ONE_YEAR)
        self._fee = _Fee(finances, finance.tuition) if finance else None
        self._items: tuple[PlannedItem, ...] = (
            planned_items(finances.catalogue, finance.items, finances.vocabulary, finances.first_year)
            if finance
            else ()
        )
        self._unknown = (*(finance.unknown if finance else (_NO_FINANCE,)),)
        if self._months is None and finance is not None and self._items:
            self._unknown = (*self._unknown, _NO_DURATION)
        self._title = Localised(nl=route.title, en=route.in_locale("en").title)
        self._pictures: dict[tuple[State, ...], MoneyPicture] = {}

    def picture(self, facts: Facts, regions: frozenset[str] | None, *, remember: bool = True) -> MoneyPicture:
        """The picture for these answers; remembered, the same answers give the same object."""
        states = tuple(each.state(facts, regions) for each in self._items)
        fee = self._fee.state(facts) if self._fee is not None else State(False, True, ())
        key = (fee, *states)
        found = self._pictures.get(key)
        if found is None and not remember:
            return self._made(fee, states)
        if found is None:
            if len(self._pictures) >= _REMEMBERED:
                self._pictures.clear()
            found = self._pictures[key] = self._made(fee, states)
        return found

    def _made(self, fee: State, states: tuple[State, ...]) -> MoneyPicture:
        years = tuple(self._year(year, fee, states) for year in self._years)
        lines = [line for year in years for line in year.lines]
        return MoneyPicture(
            route=self._route.id,
            title=self._title,
            study_year=year_words(self._finances.first_year),
            years=years,
            whole=Totals.over(lines),
            is_whole=self._months is not None,
            tuition=self._told_tuition(),
            missing=self._finances.in_order(frozenset(name for line in lines for name in line.missing)),
            unknown=self._unknown,
            not_for_you=tuple(_left_out(self._items, states)),
            records=tuple(dict.fromkeys((self._route.id, *(line.record for line in lines)))),
        )

    def _year(self, year: Shares, fee: State, states: tuple[State, ...]) -> PictureYear:
        lines = self._fee.lines(fee, year) if self._fee is not None else []
        due = Span(min(e.low or ZERO for e in lines), max(e.high or ZERO for e in lines)) if lines else None
        for item, state in zip(self._items, states, strict=True):
            line = item.line(state, year, due) if state.truth is not False else None
            if line is not None:
                lines.append(line)
        counted = self._finances.without_excluded(lines)
        ordered = tuple(sorted(counted, key=lambda line: FLOWS.index(line.flow)))
        return PictureYear(year.number, year.sure == 0, ordered, Totals.over(ordered))

    def _told_tuition(self) -> tuple[Localised, ...]:
        if self._fee is None:
            return ()
        told = [self._fee.tuition.says]
        if self._fee.rule is not None and self._fee.tuition.fee == "collegegeld":
            told += [self._fee.rule.says, self._fee.rule.not_judged]
        return tuple(told)


def _left_out(items: tuple[PlannedItem, ...], states: tuple[State, ...]) -> list[NotForYou]:
    """What goes with the route and not with this visitor, each scheme once."""
    told: dict[str, NotForYou] = {}
    still_there = {each.record.id for each, state in zip(items, states, strict=True) if state.truth is not False}
    for each, state in zip(items, states, strict=True):
        says = each.item.says or each.use.says
        if state.truth is False and says is not None and each.record.id not in still_there:
            told.setdefault(each.record.id, NotForYou(each.item.title, says, each.record.id))
    return list(told.values())


def _years(months: Months) -> tuple[Shares, ...]:
    """The years of a route, with the part of each that there surely is and may be; at least one."""
    count = max(1, -(-months.at_most // 12))
    return tuple(
        Shares(number, sure=_part(months.at_least, number), may_be=_part(months.at_most, number) or Decimal(1))
        for number in range(1, count + 1)
    )


def _part(months: int, number: int) -> Decimal:
    """How much of a year lies within so many months, from 0 to 1."""
    return min(max(Decimal(months) - _MONTHS * (number - 1), ZERO), _MONTHS) / _MONTHS
