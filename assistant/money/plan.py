"""The money of one route made ready: what each item is under each answer, so that a picture is only put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.eligibility.condition import Test, Truth, compiled
from assistant.money.amount import ONCE, ZERO, Found, Span, found_in
from assistant.money.picture import Certainty, MoneyLine
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, Facts, Localised
from knowledge.finance import FinanceItem, RouteItem
from knowledge.money import Money, Subsidy

_TWELVE = Decimal(12)
_UNBOUNDED = 99
_STATUS = {
    "closed": Localised(
        nl="Je kunt dit nu niet aanvragen; of er een nieuwe ronde komt, is niet zeker.",
        en="You cannot apply for this now; a new round is not certain.",
    ),
    "unknown": Localised(
        nl="Of deze regeling nu loopt, weten wij niet zeker. Daarom tellen we het niet mee.",
        en="We do not know for certain that this scheme runs now. That is why we do not count it.",
    ),
}
_TOO_OLD = Localised(
    nl="Dit bedrag is te oud om mee te rekenen. Daarom tellen we het niet mee.",
    en="This amount is too old to count with. That is why we do not count it.",
)
_FULL_TIME = Localised(
    nl="Hoe groot je baan is, verschilt per school. Dit is per maand bij een volledige baan. We tellen het niet mee.",
    en="How large your job is differs from school to school. This is a month for a full-time job. We do not count it.",
)


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of one year of a route there surely is, and how much there may be."""

    number: int
    sure: Decimal
    may_be: Decimal


@dataclass(frozen=True, slots=True)
class State:
    """What the answers say of one item."""

    truth: Truth
    is_sure: bool
    """Whether nothing is left to find out."""
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item of one route, with its amount looked up and its conditions made ready."""

    use: RouteItem
    item: FinanceItem
    record: Money
    found: Found | None
    tests: tuple[Test, ...]
    sure_if: Test | None
    regions: frozenset[str]
    """Where it holds; empty: everywhere."""
    why: tuple[Localised, ...]
    """What is true of it whatever the visitor answers."""

    def state(self, facts: Facts, regions: frozenset[str] | None) -> State:
        """
        Whether it is for this visitor, in three values.

        :param regions: Where the visitor is; None: not known, and a regional scheme stays open.
        """
        truths = [test.truth(facts) for test in self.tests]
        if self.regions:
            truths.append(None if regions is None else not regions.isdisjoint(self.regions))
        truth: Truth = False if False in truths else None if None in truths else True
        if truth is False:
            return State(False, False, ())
        missing = {name for test in self.tests for name in test.missing(facts)}
        sure = self.sure_if.truth(facts) if self.sure_if is not None else None
        if self.sure_if is not None and sure is None:
            missing |= self.sure_if.missing(facts)
        if self.regions and regions is None:
            missing.add("municipality")
        return State(truth, truth is True and (sure is True or not self._has_doubt()), tuple(sorted(missing)))

    def _has_doubt(self) -> bool:
        return (bool(self.item.also or self.use.also) and self.item.unsure == "whether") or self._status() is not None

    def _status(self) -> str | None:
        status = self.record.status if isinstance(self.record, Subsidy) else "open"
        return status if status in _STATUS else None

    def line(self, state: State, year: Shares, tuition: Span | None) -> MoneyLine | None:
        """
        The item in one year of the route, or None if it is not there in that year.

        :param tuition: The fee of that year, for what follows it; None: no fee is due to anybody.
        """
        last = self.use.to_year or _UNBOUNDED
        if not self.use.from_year <= year.number <= last or (self.item.follows_tuition and tuition is None):
            return None
        span, per = self._amount(year, tuition)
        counts = span is not None and per != "maand" and self._counts()
        high = span.high if span is not None and counts else ZERO
        low = span.low if span is not None and counts and state.is_sure and self.item.flow != "borrow" else ZERO
        if state.truth is True and self.item.unsure == "how-much" and counts and span is not None:
            low = span.low
        if per == "jaar" and year.may_be:
            low = low * year.sure / year.may_be
        elif year.sure == 0:
            low = ZERO
        return MoneyLine(
            item=self.item.id,
            title=self.item.title,
            flow=self.item.flow,
            record=self.record.id,
            sources=self.found.sources if self.found is not None else self.record.sources,
            low=span.low if span is not None else None,
            high=span.high if span is not None else None,
            per=per,
            prices_of=self.found.years if self.found is not None else (),
            certainty=self._certainty(state, year),
            # What stays to be seen is settled where the facts that settle it are told.
            why=tuple(each for each in self.why if each is not self.item.also)
            if state.is_sure and self.sure_if is not None
            else self.why,
            missing=state.missing,
            in_low=low,
            in_high=high,
            is_addable=counts,
        )

    def _certainty(self, state: State, year: Shares) -> Certainty:
        if state.truth is None:
            return "open"
        is_certain = state.is_sure and self._counts() and year.sure > 0 and self.item.unsure == "whether"
        return "certain" if is_certain else "uncertain"

    def _counts(self) -> bool:
        return self.found is not None and not self.found.is_too_old and self._status() != "unknown"

    def _amount(self, year: Shares, tuition: Span | None) -> tuple[Span | None, Literal["jaar", "maand", "eenmalig"]]:
        found = self.found
        if found is None:
            return None, "jaar"
        if found.per in ONCE:
            return self._within(found.span, tuition), "eenmalig"
        if found.per != "maand":
            return self._within(found.span.times(year.may_be), tuition), "jaar"
        if self.item.flow == "earn" and self.use.fte is None:
            return found.span, "maand"
        months = self.use.months
        fewest, most = (Decimal(months.at_least), Decimal(months.at_most)) if months else (_TWELVE, _TWELVE)
        fte = self.use.fte
        low = fewest * (fte.at_least if fte else 1)
        high = most * (fte.at_most if fte else 1)
        return self._within(found.span.times(low * year.may_be, high * year.may_be), tuition), "jaar"

    def _within(self, span: Span, tuition: Span | None) -> Span:
        """Never more than the fee, for what pays it."""
        if not self.item.follows_tuition or tuition is None:
            return span
        return Span(ZERO, min(span.high, tuition.high))


def planned_items(
    catalogue: Catalogue, uses: Sequence[RouteItem], vocabulary: Mapping[str, Fact], year: int
) -> tuple[PlannedItem, ...]:
    """
    The items of a route whose record is published and has not ended, in the order of showing.

    :param year: The calendar year in which the first study year begins.
    """
    by_id = {item.id: item for item in catalogue.content.finance_items}
    planned = (_planned(catalogue, use, by_id[use.item], vocabulary, year) for use in uses)
    return tuple(each for each in planned if each is not None)


def _planned(
    catalogue: Catalogue, use: RouteItem, item: FinanceItem, vocabulary: Mapping[str, Fact], year: int
) -> PlannedItem | None:
    record = catalogue.find(item.record)
    if not isinstance(record, Money) or (isinstance(record, Subsidy) and record.status == "ended"):
        return None
    found = None if item.no_amount else found_in(record, item.labels, year)
    conditions = [each for each in (item.when, use.when) if each is not None]
    status = _STATUS.get(record.status) if isinstance(record, Subsidy) else None
    full_time = item.flow == "earn" and use.fte is None and found is not None and found.per == "maand"
    notes = (
        _as_sentence(item.says),
        _as_sentence(use.says),
        _as_sentence(use.fte.says if use.fte else None),
        _FULL_TIME if full_time else None,
        item.also,
        use.also,
        status,
        _TOO_OLD if found is not None and found.is_too_old else None,
    )
    return PlannedItem(
        use=use,
        item=item,
        record=record,
        found=found,
        tests=tuple(compiled(each, vocabulary) for each in conditions),
        sure_if=compiled(item.sure_if, vocabulary) if item.sure_if is not None else None,
        regions=frozenset(record.regions),
        why=tuple(each for each in notes if each is not None),
    )


def _as_sentence(says: Localised | None) -> Localised | None:
    """`als je jonger bent dan 30` as a sentence of its own."""
    if says is None:
        return None
    return Localised(nl=f"{says.nl[:1].upper()}{says.nl[1:]}.", en=f"{says.en[:1].upper()}{says.en[1:]}.")
