"""Amounts of pages beside those of records: a new year, another amount for the same year, or one that has passed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz import fuzz

from ingestion.compare.naming import AROUND, FAR, NEAR, Context, Names
from ingestion.compare.said import Said, host, source_of
from ingestion.extract.finding import AmountFound
from knowledge.catalogue import Catalogue
from knowledge.money import Amount, Cost, Money, Salary, Subsidy, Year
from knowledge.record import dumped
from knowledge.source import Source

_NEAR_ENOUGH = Decimal("1.7")
"""An amount that is more than so many times another one is of something else, whatever it is called."""
_SAME_WORDS = 55
"""Of 100: a label that is less like the words of the page is not taken for what they mean, if there are several."""
Outcome = Literal["agrees", "new_year", "other", "undated", "aged"]


@dataclass(frozen=True)
class MoneySaid:
    """An amount of a page, the record it is about, and how it stands to that record's amounts."""

    said: Said
    found: AmountFound
    """As the page gives it."""
    record: Money
    outcome: Outcome
    against: Amount
    """The amount of the record that it is held against."""
    label: str
    """Of the amount as it would stand in the record: the same if the page clearly means the same, else by who says it."""

    def amount(self, source_id: str) -> Amount:
        """It as an amount of the record, with its own source."""
        found = self.found
        return Amount(
            label=self.label,
            value=found.value,
            at_least=found.at_least,
            at_most=found.at_most,
            per=self.against.per,
            year=found.year or self.against.year,
            approximate=found.approximate,
            sources=(source_id,),
        )


class MoneyReader:
    """Finds for each amount of a page the record and the amount in it that it is about."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._records: tuple[Money, ...] = (*catalogue.all(Cost), *catalogue.all(Subsidy), *catalogue.all(Salary))
        self._names = Names(each for each in self._records if each.amounts)

    def held_against(self, said: Iterable[Said]) -> tuple[MoneySaid, ...]:
        """What the pages say of amounts we know; what is about none of them, or about several, is left out."""
        found = (self._one(each) for each in said if each.is_sure)
        return tuple(each for each in found if each is not None)

    def _one(self, said: Said) -> MoneySaid | None:
        value = said.finding.value
        if not isinstance(value, AmountFound):
            return None
        place = said.finding.place
        record = self._names.best(
            (
                Context(f"{value.what} {value.for_whom} {place.row} {place.column} {said.finding.words}", NEAR),
                Context(" ".join(place.headings), AROUND),
                Context(said.page.title, FAR),
            )
        )
        if not isinstance(record, Money):
            return None
        return _stands(said, value, record)


def _stands(said: Said, found: AmountFound, record: Money) -> MoneySaid | None:
    alike = [each for each in record.amounts if found.per in (None, each.per) or _same_period(found.per, each.per)]
    if not alike:
        return None
    newest = max(_ends(each.year) for each in alike)
    equal = [each for each in alike if _equals(found, each) and _may_be_of(found, each)]
    if equal:
        chosen = next((each for each in equal if each.year == found.year), equal[0])
        later = any(each.label == chosen.label and _ends(each.year) > _ends(chosen.year) for each in alike)
        is_old = later and _ends(chosen.year) < newest
        return MoneySaid(said, found, record, "aged" if is_old else "agrees", chosen, chosen.label)
    series, is_meant = _series(said, found, alike)
    if not series:
        return None
    latest = max(series, key=lambda each: _ends(each.year))
    if not _is_near(found, latest):
        return None
    label = latest.label if is_meant else f"volgens {said.page.publisher}"
    same = next((each for each in series if each.year == found.year), None)
    outcome: Outcome = "undated"
    if same is not None:
        outcome, latest = "other", same
    elif found.year is not None and _ends(found.year) != _ends(latest.year):
        outcome = "new_year" if _ends(found.year) > _ends(latest.year) else "aged"
    return MoneySaid(said, found, record, outcome, latest, label)


def _series(said: Said, found: AmountFound, alike: Sequence[Amount]) -> tuple[tuple[Amount, ...], bool]:
    """
    The amounts of one label, and whether the page clearly means that label; none if it may be any of several.

    An amount of one school, which a label names, is not what a page of others means.
    """
    labels = list(dict.fromkeys(each.label for each in alike))
    is_meant = len(labels) == 1
    if not is_meant:
        place = said.finding.place
        words = f"{found.what} {found.for_whom} {place.row} {place.column} {place.section} {said.finding.words}".lower()
        newest = max(_ends(each.year) for each in alike)
        current = {each.label for each in alike if _ends(each.year) == newest}
        fitting = {label: fuzz.token_set_ratio(label.lower(), words) for label in labels}
        # What holds now goes before what held once.
        near = [label for label in labels if fitting[label] >= _SAME_WORDS]
        near = sorted([each for each in near if each in current] or near, key=lambda each: -fitting[each])
        if near and (len(near) == 1 or fitting[near[0]] > fitting[near[1]]):
            labels, is_meant = near[:1], True
        elif len(current) == 1:
            labels = list(current)
        else:
            return (), False
    return tuple(each for each in alike if each.label == labels[0]), is_meant


def _same_period(found: str | None, known: str) -> bool:
    """Whether two words for a period may mean the same: a year of study is a year."""
    return {found, known} <= {"jaar", "studiejaar"} or {found, known} <= {"kandidaat", "eenmalig", "traject", "toets"}


def _bounds(amount: Amount | AmountFound) -> tuple[Decimal, Decimal]:
    low = amount.value if amount.value is not None else amount.at_least
    high = amount.value if amount.value is not None else amount.at_most
    return (low if low is not None else high or Decimal(0)), (high if high is not None else low or Decimal(0))


def _equals(found: AmountFound, known: Amount) -> bool:
    """Whether they say the same; what the page rounds may differ a little."""
    if found.approximate or known.approximate:
        (low, high), (least, most) = _bounds(found), _bounds(known)
        return low <= most * Decimal("1.05") and high >= least * Decimal("0.95")
    return (found.value, found.at_least, found.at_most) == (known.value, known.at_least, known.at_most) or (
        # `€ 20.000` on a page is our `hoogstens € 20.000`.
        found.value is not None and known.value is None and found.value in (known.at_least, known.at_most)
    )  # fmt: skip


def _is_near(found: AmountFound, known: Amount) -> bool:
    (low, high), (least, most) = _bounds(found), _bounds(known)
    return low > 0 and low <= most * _NEAR_ENOUGH and high * _NEAR_ENOUGH >= least


def _may_be_of(found: AmountFound, known: Amount) -> bool:
    """Whether an amount of a page may be of the year of ours: `2026` may be of `2026-2027`."""
    if found.year is None:
        return True
    return bool({found.year[:4], found.year[-4:]} & {known.year[:4], known.year[-4:]}) and (
        len(found.year) != len(known.year) or found.year == known.year
    )


def _ends(year: Year) -> int:
    """The last calendar year in it: 2027 of `2026-2027`."""
    return int(year[-4:])


def is_own(said: Said, record: Money, sources: Mapping[str, Source]) -> bool:
    """Whether the page is on the site that the record itself leans on."""
    theirs = {host(sources[each].address or "") for each in record.sources if each in sources}
    theirs |= {
        host(sources[each].address or "") for amount in record.amounts for each in amount.sources if each in sources
    }
    return host(said.page.url) in theirs - {""}


def amounts_with(record: Money, found: Sequence[MoneySaid]) -> list[dict[str, object]]:
    """The record's amounts as data, with those of the pages: a new year goes first, another amount takes the place of ours."""
    amounts = list(record.amounts)
    for each in found:
        made = each.amount(source_of(each.said).id)
        if each.outcome == "other" and each.label == each.against.label:
            amounts[amounts.index(each.against)] = made
        elif each.outcome in ("other", "new_year") and all(
            (one.label, one.year) != (made.label, made.year) for one in amounts
        ):
            place = next((at for at, one in enumerate(amounts) if one.label == made.label), 0)
            amounts.insert(place, made)
    content = dumped(record.model_copy(update={"amounts": tuple(amounts)}))
    listed: list[dict[str, object]] = content["amounts"]
    return listed
