"""What an editor should look at before publishing, from the content alone: no case is asked for it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations

from assistant.answering.claims import Claim, claims_in
from assistant.answering.consult.traits import Stems, stems_of
from assistant.eligibility.diagram import FAILS, Diagram
from assistant.eligibility.verdict import Eligibility
from evaluation.consequences.found import Warning
from knowledge.catalogue import Catalogue, Content
from knowledge.money import euros
from knowledge.record import Record
from knowledge.rule import Rule

_LEAST = Decimal(20)
"""Smaller amounts and shares stand in many records by chance."""
_MOST = 8
"""More warnings of one kind are not read."""


def low_confidence_published(before: Content, after: Content) -> Iterator[Warning]:
    """What nobody was sure of, and visitors will read: drafts of low confidence that are so no more."""
    unsure = {record.id for record in before.records if record.confidence == "low"}
    for record in after.records:
        if record.id in unsure and record.confidence != "low":
            yield Warning(
                kind="became_public",
                dutch=f"‘{record.title}’ was onzeker en alleen voor de redactie. Straks lezen bezoekers het.",
                about=record.id,
            )
    doubted = {rule.id for rule in before.rules if rule.confidence == "low"}
    for rule in after.rules:
        if rule.id in doubted and rule.confidence != "low":
            yield Warning(
                kind="became_public",
                dutch=f"De regel ‘{rule.statement}’ was onzeker. Straks telt hij mee in het advies.",
                about=rule.id,
            )


def amounts_left_behind(before: Catalogue, after: Catalogue) -> Iterator[Warning]:
    """Amounts and shares that the change takes out of one record while another, about the same thing, still has them."""
    old = {record.id: record for record in before}
    gone: list[tuple[Claim, Record]] = []
    for record in after:
        was = old.get(record.id)
        if was is None or was == record:
            continue
        still = {claim.key for claim in claims_in(record.text())}
        gone += [(claim, record) for claim in claims_in(was.text()) if claim.key not in still and _is_telling(claim)]
    told = set[tuple[str, str]]()
    for claim, changed in gone:
        names = [stems for name in (changed.title, *changed.also_called) if (stems := stems_of(name))]
        for record in after:
            if record.id == changed.id or (record.id, claim.value) in told or not _names_it(record, names):
                continue
            if any(_same_quantity(claim, each) for each in claims_in(record.text())):
                told.add((record.id, claim.value))
                if len(told) > _MOST:
                    return
                yield Warning(
                    kind="contradiction",
                    dutch=f"In ‘{record.title}’ staat nog {_in_words(claim)}. In ‘{changed.title}’ haal je dat weg. "
                    "Klopt het daar nog?",
                    about=record.id,
                )


def excluding_rules(before: Catalogue, after: Catalogue, on: date) -> Iterator[Warning]:
    """Pairs of rules of a route that nobody meets both, as they have become."""
    if before.rules == after.rules and before.facts == after.facts:
        return
    eligibility = Eligibility(after, on)
    known = set(before.rules)
    for route in eligibility.routes:
        rules = [rule for rule in eligibility.rules(route.id) if rule.kind != "preference"]
        for one, other in combinations(rules, 2):
            if one in known and other in known:
                continue
            if FAILS not in (_outcome([one], eligibility), _outcome([other], eligibility)) and (
                _outcome([one, other], eligibility) == FAILS
            ):
                yield Warning(
                    kind="contradiction",
                    dutch=f"Bij ‘{route.title}’ sluiten twee regels elkaar uit: ‘{one.statement}’ en ‘{other.statement}’",
                    about=route.id,
                )


def _outcome(rules: list[Rule], eligibility: Eligibility) -> int:
    return Diagram().of_rules(rules, eligibility.levels, eligibility.domains)


def _is_telling(claim: Claim) -> bool:
    if claim.kind not in ("amount", "percent"):
        return False
    try:
        return Decimal(claim.value) >= _LEAST
    except InvalidOperation:
        return False


def _same_quantity(one: Claim, other: Claim) -> bool:
    """The same sum, and not for another period or another year."""
    if (one.kind, one.value) != (other.kind, other.value):
        return False
    return not one.unit or not other.unit or one.unit == other.unit or one.unit in other.unit or other.unit in one.unit


def _names_it(record: Record, names: list[Stems]) -> bool:
    has = stems_of("\n".join((record.text(), *record.also_called)))
    return any(name <= has for name in names)


def _in_words(claim: Claim) -> str:
    return euros(Decimal(claim.value)) if claim.kind == "amount" else f"{claim.value.replace('.', ',')}%"
