"""Money as a board reads it: what it costs, who pays, and which schemes there are."""

import re
from collections.abc import Sequence

from assistant.keuzewijzer.choosing import Selection
from assistant.keuzewijzer.document import Scheme, Sum, Tone
from assistant.keuzewijzer.numbering import Numbering
from assistant.keuzewijzer.prose import parts_of
from assistant.zelftest.outcome import newest
from knowledge.catalogue import Catalogue
from knowledge.money import PER_WORDS, Amount, Cost, Money, Subsidy
from knowledge.route import Route

_PAID_BY = {"school": "de school", "jij": "de kandidaat", "school-of-jij": "in overleg"}
_RECIPIENT = {"school": "de school", "jij": "de kandidaat", "opleiding": "de opleiding", "regio": "de regio"}
_STATUS: dict[str, tuple[str, Tone]] = {
    "open": ("Loopt", "good"),
    "closed": ("Nu gesloten", "doubt"),
    "ended": ("Gestopt", "bad"),
    "unknown": ("Niet zeker", "doubt"),
}
_ORDER = {"school": 0, "school-of-jij": 1, "jij": 2}
_DEADLINES = re.compile(r"\b(ronde|plan|wanneer|aanvragen|tot wanneer|termijn|geen subsidie)", re.IGNORECASE)
"""Headings in a record's body under which a board finds dates and refusals."""
_OTHER_SECTOR = {
    "po": re.compile(r"\b(vo|mbo|tweedegraads|eerstegraads|voortgezet|pdg)\b", re.IGNORECASE),
    "so": re.compile(r"\b(vo|mbo|tweedegraads|eerstegraads|voortgezet onderwijs|pdg)\b", re.IGNORECASE),
    "vo": re.compile(r"\b(po|basisonderwijs|pabo|mbo|pdg)\b", re.IGNORECASE),
    "mbo": re.compile(r"\b(po|vo|basisonderwijs|pabo|voortgezet)\b", re.IGNORECASE),
}
_OWN_SECTOR = {
    "po": re.compile(r"\b(po|basisonderwijs|pabo)\b", re.IGNORECASE),
    "so": re.compile(r"\b(so|po|basisonderwijs|speciaal|pabo)\b", re.IGNORECASE),
    "vo": re.compile(r"\b(vo|voortgezet|tweedegraads|eerstegraads|vmbo)\b", re.IGNORECASE),
    "mbo": re.compile(r"\b(mbo|pdg)\b", re.IGNORECASE),
}


def costs_of(catalogue: Catalogue, selection: Selection, route: Route, numbers: Numbering) -> tuple[Sum, ...]:
    """What the route costs, what the school pays first; prices of another sector or form are left out."""
    others = _not_of(route)
    found = cost_records(catalogue, selection, route)
    return tuple(line for each in found for line in _sums(each, selection, numbers, _PAID_BY[each.paid_by], others))


def schemes_of(
    catalogue: Catalogue, selection: Selection, ids: Sequence[str], numbers: Numbering
) -> tuple[Scheme, ...]:
    """Grants and loans, those for the school first, and those that ended last."""
    found = scheme_records(catalogue, selection, ids)
    return tuple(_scheme(catalogue, selection, each, numbers) for each in found)


def cost_records(catalogue: Catalogue, selection: Selection, route: Route) -> tuple[Cost, ...]:
    """The costs of a route that hold on the day and in the sector, what the school pays first."""
    found = (
        each
        for each in catalogue.linked(route.costs, Cost)
        if each.status == "current"
        and each.is_valid_on(selection.on)
        and (not each.sectors or selection.sector in each.sectors)
    )
    return tuple(sorted(found, key=lambda each: _ORDER[each.paid_by]))


def scheme_records(catalogue: Catalogue, selection: Selection, ids: Sequence[str]) -> tuple[Subsidy, ...]:
    """Those of these schemes that are for this region and sector, for the school first and ended ones last."""
    found = (
        each
        for each in catalogue.linked(ids, Subsidy)
        if each.is_valid_on(selection.on)
        and each.holds_in(selection.region.id)
        and (not each.sectors or selection.sector in each.sectors)
    )
    return tuple(
        sorted(found, key=lambda each: (each.status == "ended", each.recipient != "school", each.status != "open"))
    )


def _scheme(catalogue: Catalogue, selection: Selection, subsidy: Subsidy, numbers: Numbering) -> Scheme:
    status, tone = _STATUS[subsidy.status]
    instead = catalogue.find(subsidy.replaced_by or "")
    return Scheme(
        title=subsidy.title,
        summary=subsidy.summary,
        recipient=_RECIPIENT[subsidy.recipient],
        is_for_school=subsidy.recipient == "school",
        status=status,
        tone=tone,
        sums=_sums(subsidy, selection, numbers, _RECIPIENT[subsidy.recipient]),
        conditions=subsidy.conditions,
        apply=subsidy.apply_at,
        deadlines=tuple(part for part in parts_of(subsidy.body) if _DEADLINES.search(part.title)),
        instead=instead.title if instead else "",
        uncertain=subsidy.uncertain,
        refs=numbers.refs(subsidy.sources),
    )


def _sums(
    record: Money, selection: Selection, numbers: Numbering, who: str, others: frozenset[str] = frozenset()
) -> tuple[Sum, ...]:
    """The amounts of the newest year; a label with one of the words in `others` is of another route."""
    return tuple(
        Sum(
            what=record.title,
            label=amount.label,
            amount=amount.sum_in_words(),
            per=PER_WORDS[amount.per],
            year=amount.year,
            who=who,
            refs=numbers.refs(amount.sources or record.sources, most=2),
        )
        for amount in newest(record.amounts)
        if _is_for(amount, selection.sector) and not any(word in amount.label for word in others)
    )


def _not_of(route: Route) -> frozenset[str]:
    """Words that say of an amount that it is of a route in another form or for another degree."""
    others = set() if not route.forms or "voltijd" in route.forms else {"voltijd"}
    if "vo" in route.sectors:
        others.add("tweedegraads" if "eerstegraads" in route.id else "eerstegraads")
    return frozenset(others)


def _is_for(amount: Amount, sector: str) -> bool:
    """Whether the label names no other sector than this one; most name none."""
    return not _OTHER_SECTOR[sector].search(amount.label) or bool(_OWN_SECTOR[sector].search(amount.label))
