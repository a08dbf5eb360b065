"""Which changes a second person has to look at, in which region."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.merge import changes


class Sensitive(StrEnum):
    """What a mistake in would cost a visitor money or a wrong turn."""

    AMOUNTS = "amounts"
    CONDITIONS = "conditions"
    RULES = "rules"
    LEGAL_BASIS = "legal_basis"


USUAL = frozenset(Sensitive)
"""What needs a second person where a region has not said otherwise."""
_MONEY = frozenset({"finance_items", "finances", "tuition_rules", "combinations", "school_costs"})
_AMOUNT_FIELDS = frozenset({"amounts", "price", "paid_by", "pay_while_learning", "income"})
_CONDITION_FIELDS = frozenset(
    {"condition", "conditions", "institutional_if", "when", "sure_if", "needs_adviser", "admission"}
)
_LEGAL_FIELDS = frozenset({"legal_basis", "consent_extra"})
_EUROS = re.compile(r"€\s*\d[\d.,]*|\d[\d.,]*\s*euro", re.IGNORECASE)


def sensitive(key: ItemKey, before: Json | None, after: Json | None) -> frozenset[Sensitive]:
    """What of this change would need a second person."""
    differences = changes(before, after)
    changed = {change.field for change in differences}
    if not changed:
        return frozenset()
    found = set()
    if key.group == "rules":
        found.add(Sensitive.RULES)
    says_other_sums = any(
        sorted(_EUROS.findall(str(each.before))) != sorted(_EUROS.findall(str(each.after))) for each in differences
    )
    if key.group in _MONEY or changed & _AMOUNT_FIELDS or says_other_sums:
        found.add(Sensitive.AMOUNTS)
    if key.group in {"moves", "facts"} or changed & _CONDITION_FIELDS:
        found.add(Sensitive.CONDITIONS)
    if changed & _LEGAL_FIELDS:
        found.add(Sensitive.LEGAL_BASIS)
    return frozenset(found)


def needed(regions: Iterable[str], settings: Mapping[str, frozenset[Sensitive]]) -> frozenset[Sensitive]:
    """
    What needs a second person in an item of these regions: what any of them asks; what holds everywhere, all of it.

    :param settings: By region, where it differs from what is usual.
    """
    wanted = [settings.get(region, USUAL) for region in regions] or [USUAL]
    return frozenset().union(*wanted)
