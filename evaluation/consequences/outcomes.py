"""Drawn visitors, judged before and after a change."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from assistant.eligibility.diagram import FAILS
from assistant.eligibility.verdict import VERDICTS, Eligibility
from assistant.eligibility.wording import value_in_words
from assistant.money.finances import Finances
from evaluation.consequences.found import OutcomeChange, Warning
from evaluation.consequences.visitors import drawn_visitors
from evaluation.zelftest.walk import first_shown
from knowledge.catalogue import Catalogue
from knowledge.fact import Facts, FactType
from knowledge.route import Route

PROFILES = 20_000
_CHUNKS = 40
_MOST_GROUPS = 25
_MOST_WARNED = 10
_JUDGED = ("rules", "facts", "moves", "subjects", "municipalities", "fields")
_IN_DUTCH = {"fits": "past", "possible": "kan passen", "does_not_fit": "past niet", "ask_adviser": "vraag een adviseur"}
Key = tuple[tuple[str, Any], ...]


def touched_routes(before: Catalogue, after: Catalogue) -> tuple[bool, frozenset[str]]:
    """
    What a change can touch of outcomes.

    :returns: Whether verdicts may differ, and of which routes the money may.
    """
    changed = changed_items(before, after)
    routes = {route.id for catalogue in (before, after) for route in catalogue.all(Route)}
    verdicts = bool(routes & changed["records"]) or any(changed[group] for group in _JUDGED)
    if any(changed[group] for group in ("combinations", "municipalities", "facts")):
        return verdicts, frozenset(routes)
    money = set[str]()
    for catalogue in (before, after):
        items = {item.id: item for item in catalogue.content.finance_items}
        fees = {rule.id: rule for rule in catalogue.content.tuition_rules}
        for finance in catalogue.content.finances:
            own = [items[each.item] for each in finance.items if each.item in items]
            fee = fees.get(finance.tuition.level) if finance.tuition.level else None
            records = {item.record for item in own} | {finance.route}
            if fee is not None:
                records |= {fee.statutory.record, fee.institutional.record}
            if (
                records & changed["records"]
                or finance.route in changed["finances"]
                or {item.id for item in own} & changed["finance_items"]
                or (fee is not None and fee.id in changed["tuition_rules"])
            ):
                money.add(finance.route)
    return verdicts, frozenset(money)


def changed_outcomes(
    before: Catalogue,
    after: Catalogue,
    on: date,
    advance: Callable[[int, int], None] = lambda _done, _of: None,
    profiles: int = PROFILES,
    kept_in: Path | None = None,
) -> tuple[int, list[OutcomeChange], list[Warning]]:
    """
    Judge drawn visitors before and after: see `drawn_visitors`. Who tells the same is judged once.

    :param advance: Told of visitors done, and in all.
    :param kept_in: The folder where the visitors of a content are kept from one look to the next.
    :returns: How many of them get another outcome, how, and what to look at.
    """
    verdicts, money = touched_routes(before, after)
    warnings = list(_impossible(Eligibility(before, on), Eligibility(after, on))) if verdicts else []
    if not verdicts and not money:
        advance(profiles, profiles)
        return 0, [], warnings
    comparison = _Comparison(before, after, on, money, verdicts)
    drawn: Counter[Key] = Counter()
    for visitor, count in drawn_visitors(before, on, profiles, kept_in):
        drawn[tuple(comparison.told_apart(visitor).items())] += count
    groups: Counter[tuple[str, ...]] = Counter()
    examples = dict[tuple[str, ...], Key]()
    dead = Counter[Key]()
    judged: dict[Key, tuple[tuple[str, ...], bool]] = {}
    _work[0] = comparison
    keys = list(drawn)
    chunks = [keys[at::_CHUNKS] for at in range(min(_CHUNKS, len(keys)))]
    # Forked: the rules are shared, and no index is open in this process.
    with get_context("fork").Pool(len(os.sched_getaffinity(0))) as pool:
        for done, part in enumerate(pool.imap(_compared, chunks)):
            judged |= part
            advance(profiles * (done + 1) // len(chunks), profiles)
    for facts, (changes, is_dead) in judged.items():
        if changes:
            groups[changes] += drawn[facts]
            examples.setdefault(changes, facts)
        if is_dead:
            dead[facts] = drawn[facts]
    vocabulary = before.facts

    def told(facts: Key) -> dict[str, str]:
        return {vocabulary[name].label.nl: value_in_words(vocabulary[name], value, "nl") for name, value in facts}

    outcomes = [
        OutcomeChange(routes=routes, profiles=count, example=told(examples[routes]))
        for routes, count in groups.most_common(_MOST_GROUPS)
    ]
    for facts, count in dead.most_common(_MOST_WARNED):
        words = ", ".join(f"{name}: {value}" for name, value in told(facts).items())
        warnings.append(
            Warning(
                kind="dead_end", dutch=f"Voor deze bezoeker past geen enkele route meer ({count} profielen): {words}."
            )
        )
    return sum(groups.values()), outcomes, warnings


class _Comparison:
    """Judges one visitor before and after."""

    def __init__(self, before: Catalogue, after: Catalogue, on: date, money: frozenset[str], verdicts: bool) -> None:
        self._before, self._after = Eligibility(before, on), Eligibility(after, on)
        self._money = money
        self._verdicts = verdicts
        self._finances = (Finances(before, on), Finances(after, on)) if money else None
        self._same_money = dict[tuple[str, int, int], tuple[bool, Any, Any]]()
        self._titles = {route.id: route.title for each in (before, after) for route in each.all(Route)}

    def told_apart(self, facts: Facts) -> Facts:
        """The facts, with of each number the piece it is in: the rules of before and after tell no more apart."""
        told = dict(facts)
        for name, value in facts.items():
            if self._before.vocabulary[name].type is not FactType.NUMBER or not isinstance(value, int):
                continue
            sides = [each for each in (self._before, self._after) if name in each.levels]
            domains = [each.domains[each.levels[name]] for each in sides]
            # The lowest of its piece before and after: those in between are all told the same.
            told[name] = max(int(str(each.values[each.code(value)])) for each in domains)
        return told

    def changes(self, facts: Facts) -> tuple[tuple[str, ...], bool]:
        """What differs, one line a route, and whether no route is left of those there were."""
        lines, is_dead, open_ = list[str](), False, frozenset[str]()
        if self._verdicts:
            was, is_ = self._before.codes(facts), self._after.codes(self._read(facts))
            old, new = _outcomes(self._before, was), _outcomes(self._after, is_)
            lines += self._differing(old, new)
            if not lines:
                firsts = [
                    first_shown(each.within_reach(codes)) for each, codes in ((self._before, was), (self._after, is_))
                ]
                lines += ["Andere routes staan bovenaan"] if firsts[0] != firsts[1] else []
            is_dead = any(each != FAILS for each in old.values()) and all(each == FAILS for each in new.values())
            open_ = frozenset(id_ for id_, outcome in new.items() if outcome != FAILS)
        elif self._money:
            judged = _outcomes(self._before, self._before.codes(facts))
            open_ = frozenset(id_ for id_, outcome in judged.items() if outcome != FAILS)
        for route_id in sorted(open_ & self._money):
            lines += self._money_line(route_id, facts)
        return tuple(sorted(lines)), is_dead

    def _read(self, facts: Facts) -> Facts:
        """The same answers as far as they can still be given."""
        kept = dict[str, Any]()
        for name, value in facts.items():
            fact = self._after.vocabulary.get(name)
            if fact == self._before.vocabulary[name]:
                kept[name] = value
            elif fact is not None:
                with suppress(ValueError):
                    kept[name] = fact.parse(sorted(value) if isinstance(value, frozenset) else value)
        return kept

    def _differing(self, old: Mapping[str, int], new: Mapping[str, int]) -> Iterator[str]:
        for id_ in dict.fromkeys([*old, *new]):
            was, is_ = old.get(id_), new.get(id_)
            if was is None or is_ is None:
                yield f"{self._titles[id_]}: {'nieuw' if was is None else 'weg'}"
            elif was != is_:
                yield f"{self._titles[id_]}: {_IN_DUTCH[VERDICTS[was]]} → {_IN_DUTCH[VERDICTS[is_]]}"

    def _money_line(self, route_id: str, facts: Facts) -> Iterator[str]:
        if self._finances is None or route_id not in self._titles:
            return
        try:
            was, is_ = (each.picture(route_id, facts) for each in self._finances)
        except KeyError:
            return  # A route that is new, or no more: that is told already.
        key = (route_id, id(was), id(is_))
        found = self._same_money.get(key)
        if found is None:
            # Kept with what they are ids of, so that no other picture gets the same one.
            found = self._same_money[key] = (was.whole == is_.whole and was.years == is_.years, was, is_)
        if not found[0]:
            yield f"{self._titles[route_id]}: ander geldplaatje"


def _outcomes(eligibility: Eligibility, codes: Sequence[int]) -> dict[str, int]:
    """By route what it is to somebody who tells no more."""
    outcomes = eligibility.diagram.outcomes
    ahead = eligibility.ahead(codes)
    return {route.id: outcomes[node] for route, node in zip(eligibility.routes, ahead, strict=True)}


_work: dict[int, _Comparison] = {}
"""What a forked process finds."""


def _compared(keys: Sequence[Key]) -> dict[Key, tuple[tuple[str, ...], bool]]:
    return {key: _work[0].changes(dict(key)) for key in keys}


def _impossible(before: Eligibility, after: Eligibility) -> Iterator[Warning]:
    impossible = set(after.impossible())
    for route in after.routes:
        if route.id in impossible and route.id not in before.impossible():
            yield Warning(
                kind="impossible_route",
                dutch=f"De route ‘{route.title}’ past met deze regels voor niemand meer.",
                about=route.id,
            )


def changed_items(before: Catalogue, after: Catalogue) -> Mapping[str, set[str]]:
    changed: dict[str, set[str]] = defaultdict(set)
    for group in fields(before.content):
        sides = [
            {
                str(getattr(item, "id", None) or getattr(item, "name", "")): item
                for item in getattr(each.content, group.name)
            }
            for each in (before, after)
        ]
        changed[group.name] = {
            id_ for id_ in sides[0].keys() | sides[1].keys() if sides[0].get(id_) != sides[1].get(id_)
        }
    return changed
