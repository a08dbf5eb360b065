"""
What a route comes to year by year, counted once more: with nothing of the assistant's own counting.

The assistant adds up amounts, and no record holds what they come to. So the sums are made here a second time, from the
same content by other code; a sum in a reply that is not among them has no ground.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import chain, combinations

from evaluation.answering.kleene import judged
from knowledge.catalogue import Catalogue
from knowledge.fact import Facts
from knowledge.finance import RouteFinance, RouteItem
from knowledge.money import Amount, Money, Subsidy
from knowledge.route import Route

_FIRST_MONTH = 9
_TOO_OLD_YEARS = 5
_ONE_TIME = ("eenmalig", "traject", "kandidaat", "toets")
_GIVES_WAY_TO = {"receive": ("school-receives",), "borrow": ("school-receives", "receive")}
_NOTHING, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class _Line:
    """One amount in one year: what it is, and what of it is in the least and in the most of the total."""

    flow: str
    record: str
    ends: tuple[Decimal, Decimal] | None
    in_least: Decimal = _NOTHING
    in_most: Decimal = _NOTHING
    is_certain: bool = False


@dataclass(frozen=True)
class _Price:
    """What a record asks or gives."""

    least: Decimal
    most: Decimal
    per: str
    is_recent: bool


def sums_of(catalogue: Catalogue, route_id: str, facts: Facts, on: date) -> Iterator[str]:
    """
    Every amount and every total of a route for this visitor, a line each, in digits.

    :param facts: Parsed values by name: what the reply counted with.
    :param on: The study year of this day is the first.
    """
    route = catalogue.find(route_id)
    finance = next((each for each in catalogue.content.finances if each.route == route_id), None)
    if finance is None or not isinstance(route, Route):
        return
    counting = _Counting(catalogue, route, finance, facts, on)
    yield f"{counting.first}-{counting.first + 1}"
    for number, lines in enumerate(counting.years, start=1):
        yield from (f"{end:f} {_whole(end)}" for line in lines if line.ends is not None for end in line.ends)
        yield from (f"{number}: {each}" for each in counting.totals([lines]))
    yield from counting.totals(counting.years)


class _Counting:
    """The money of one route for one visitor."""

    def __init__(self, catalogue: Catalogue, route: Route, finance: RouteFinance, facts: Facts, on: date) -> None:
        self._catalogue, self._route, self._finance, self._facts = catalogue, route, finance, facts
        self.first = on.year if on.month >= _FIRST_MONTH else on.year - 1
        self._items = {item.id: item for item in catalogue.content.finance_items}
        self._clashes = [frozenset(each.between) for each in catalogue.content.combinations if each.allowed == "no"]

    @cached_property
    def years(self) -> list[list[_Line]]:
        """The amounts of each year, before it is settled which of two that exclude each other counts."""
        months = self._finance.years or self._route.duration
        shortest, longest = (months.at_least, months.at_most) if months else (12, 12)
        return [
            self._year(number, _part(shortest, number), _part(longest, number) or _ONE)
            for number in range(1, max(1, -(-longest // 12)) + 1)
        ]

    def totals(self, years: list[list[_Line]]) -> Iterator[str]:
        """What each flow comes to over these years, in whole euros."""
        for flow in dict.fromkeys(line.flow for lines in years for line in lines):
            least = sum(
                (self._most_together([(e.record, e.in_least) for e in y if e.flow == flow]) for y in years), _NOTHING
            )
            most = sum(
                (self._most_together([(e.record, e.in_most) for e in y if e.flow == flow]) for y in years), _NOTHING
            )
            yield f"{flow} {_whole(least)} {_whole(most)}"

    def _year(self, number: int, sure: Decimal, may_be: Decimal) -> list[_Line]:
        fees = list(self._fees(number, sure, may_be))
        due = max(line.ends[1] for line in fees if line.ends) if fees else None
        items = (self._item(use, number, sure, may_be, due) for use in self._finance.items)
        lines = [*fees, *(each for each in items if each is not None)]
        return [self._after_what_goes_first(line, lines) for line in lines]

    def _fees(self, number: int, sure: Decimal, may_be: Decimal) -> Iterator[_Line]:
        tuition = self._finance.tuition
        rule = next((each for each in self._catalogue.content.tuition_rules if each.id == tuition.level), None)
        if rule is None or (tuition.once and number > 1):
            return
        is_high = self._judged(rule.institutional_if) if tuition.fee == "collegegeld" else False
        due = (
            [rule.institutional]
            if is_high
            else [rule.statutory]
            if is_high is False
            else [rule.statutory, rule.institutional]
        )
        part, certain = (_ONE, _ONE) if tuition.once else (may_be, sure / may_be)
        fees = []
        for each in due:
            price = self._price(each.record, each.labels)
            if price is not None:
                fees.append((each.record, price.least * tuition.share * part, price.most * tuition.share * part))
        low, high = (min(fee[1] for fee in fees), max(fee[2] for fee in fees)) if fees else (_NOTHING, _NOTHING)
        for place, (record, least, most) in enumerate(fees):
            # The range of what is due is told by the first line alone: it is one fee.
            counted = (low * certain, high) if place == 0 else (_NOTHING, _NOTHING)
            yield _Line("pay", record, (least, most), *counted, is_certain=is_high is not None and certain > 0)

    def _item(self, use: RouteItem, number: int, sure: Decimal, may_be: Decimal, due: Decimal | None) -> _Line | None:
        item = self._items[use.item]
        record = self._catalogue.find(item.record)
        if not isinstance(record, Money) or (isinstance(record, Subsidy) and record.status == "ended"):
            return None
        is_theirs = self._is_theirs(record, [each for each in (item.when, use.when) if each is not None])
        if is_theirs is False or not use.from_year <= number <= (use.to_year or number):
            return None
        if item.follows_tuition and due is None:
            return None
        status = record.status if isinstance(record, Subsidy) else "open"
        price = None if item.no_amount else self._price(record.id, item.labels)
        if price is None:
            return _Line(item.flow, record.id, None)
        per_month = price.per == "maand" and item.flow == "earn" and use.fte is None
        least, most = self._in_this_year(price, use, may_be) if not per_month else (price.least, price.most)
        if item.follows_tuition and due is not None:
            least, most = _NOTHING, min(most, due)
        counts = price.is_recent and status != "unknown"
        if per_month or not counts:
            return _Line(item.flow, record.id, (least, most))
        doubt = (bool(item.also or use.also) and item.unsure == "whether") or status == "closed"
        settled = item.sure_if is not None and self._judged(item.sure_if) is True
        is_sure = is_theirs is True and (settled or not doubt)
        comes_surely = (is_sure and item.flow != "borrow") or (is_theirs is True and item.unsure == "how-much")
        once = price.per in _ONE_TIME
        part = (_ONE if sure else _NOTHING) if once else sure / may_be
        return _Line(
            item.flow, record.id, (least, most), least * part if comes_surely else _NOTHING, most,
            is_certain=is_sure and sure > 0 and item.unsure == "whether",
        )  # fmt: skip

    @staticmethod
    def _in_this_year(price: _Price, use: RouteItem, may_be: Decimal) -> tuple[Decimal, Decimal]:
        """What a price comes to in a year of which so much may be: months times the size of the job, or once."""
        if price.per in _ONE_TIME:
            return price.least, price.most
        if price.per != "maand":
            return price.least * may_be, price.most * may_be
        fewest, most = (use.months.at_least, use.months.at_most) if use.months else (12, 12)
        small, large = (use.fte.at_least, use.fte.at_most) if use.fte else (_ONE, _ONE)
        return price.least * fewest * small * may_be, price.most * most * large * may_be

    def _is_theirs(self, record: Money, conditions: Iterable[object]) -> bool | None:
        truths = {self._judged(each) for each in conditions} | ({self._is_there(record)} if record.regions else set())
        return False if False in truths else None if None in truths else True

    def _judged(self, condition: object) -> bool | None:
        return judged(condition, self._facts, self._catalogue.facts)  # type: ignore[arg-type]

    def _is_there(self, record: Money) -> bool | None:
        """Whether the visitor lives where a scheme of some regions holds, for the schools of this route."""
        told = str(self._facts.get("municipality", "")).casefold()
        if not told:
            return None
        home = next(
            (each for each in self._catalogue.municipalities.values() if told in (each.id, each.name.casefold())), None
        )
        return home is not None and any(
            each.region in record.regions and (not each.sectors or set(each.sectors) & set(self._route.sectors))
            for each in home.regions
        )

    def _price(self, record_id: str, labels: Iterable[str]) -> _Price | None:
        """Of every label that is meant the newest amount that holds by now; those that are too old only if no other is."""
        record = self._catalogue.find(record_id)
        amounts = (
            [each for each in record.amounts if int(each.year[:4]) <= self.first] if isinstance(record, Money) else []
        )
        known = record.amounts if isinstance(record, Money) else ()
        groups = [[each for each in amounts if _is_called(each, wanted, known)] for wanted in labels]
        if not groups:
            groups = [
                [each for each in amounts if each.label == label] for label in dict.fromkeys(e.label for e in amounts)
            ]
        newest = [max(group, key=lambda each: int(each.year[:4])) for group in groups if group]
        recent = [each for each in newest if int(each.year[:4]) > self.first - _TOO_OLD_YEARS]
        meant = [each for each in recent or newest if each.per == (recent or newest)[0].per]
        if not meant:
            return None
        return _Price(min(map(_least, meant)), max(map(_most, meant)), meant[0].per, bool(recent))

    def _after_what_goes_first(self, line: _Line, lines: list[_Line]) -> _Line:
        """A line beside which something stands that it does not go with, and that goes first."""
        first = [
            e for e in lines if e.flow in _GIVES_WAY_TO.get(line.flow, ()) and {e.record, line.record} in self._clashes
        ]
        if not first:
            return line
        is_gone = any(each.is_certain and each.in_most for each in first)
        return replace(
            line, in_least=_NOTHING, in_most=_NOTHING if is_gone else line.in_most, is_certain=line.is_certain
        )

    def _most_together(self, amounts: list[tuple[str, Decimal]]) -> Decimal:
        """The most that goes together: every choice of schemes is tried."""
        worth: dict[str, Decimal] = {}
        for record, amount in amounts:
            worth[record] = worth.get(record, _NOTHING) + amount
        clashes = [pair for pair in self._clashes if pair <= worth.keys()]
        free = sum(
            (amount for record, amount in worth.items() if not any(record in pair for pair in clashes)), _NOTHING
        )
        among = sorted(set().union(*clashes))
        choices = chain.from_iterable(combinations(among, size) for size in range(len(among) + 1))
        fitting = (choice for choice in choices if not any(pair <= set(choice) for pair in clashes))
        return free + max(sum((worth[each] for each in choice), _NOTHING) for choice in fitting)


def _is_called(amount: Amount, wanted: str, amounts: Iterable[Amount]) -> bool:
    """By its whole label, or, where no amount has that, by how its label begins."""
    if any(each.label == wanted for each in amounts):
        return amount.label == wanted
    return amount.label.startswith(wanted)


def _least(amount: Amount) -> Decimal:
    return amount.value if amount.value is not None else amount.at_least or _NOTHING


def _most(amount: Amount) -> Decimal:
    most = amount.value if amount.value is not None else amount.at_most
    return most if most is not None else amount.at_least or _NOTHING


def _part(months: int, number: int) -> Decimal:
    """How much of a year lies within so many months."""
    return Decimal(min(max(months - 12 * (number - 1), 0), 12)) / 12


def _whole(value: Decimal) -> str:
    return f"{value.quantize(_ONE, rounding=ROUND_HALF_UP):f}"
