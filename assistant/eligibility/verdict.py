"""Routes judged for one visitor: which fit, which may, which do not, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Literal

from assistant.eligibility.change import PER_CHANGE, Change, Moves, nearest_way
from assistant.eligibility.diagram import ADVISER, FAILS, FITS, HIDDEN, LEAVES, OPEN, POSSIBLE, Diagram
from assistant.eligibility.domain import Domain
from assistant.eligibility.engine import Judge, Met, RuleVerdict, Unmet
from assistant.eligibility.entailed import Entailment
from assistant.eligibility.implied import implied_rules
from assistant.eligibility.wording import change_in_words, needed_in_words
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, Facts
from knowledge.route import Route
from knowledge.rule import Rule, atoms

Verdict = Literal["fits", "possible", "does_not_fit", "ask_adviser"]
VERDICTS: Mapping[int, Verdict] = {FAILS: "does_not_fit", ADVISER: "ask_adviser", FITS: "fits", POSSIBLE: "possible"}
_BEST_FIRST: Mapping[Verdict, int] = {"fits": 0, "possible": 1, "ask_adviser": 2, "does_not_fit": 3}
_OUT_OF_REACH = 1 << 30
_REMEMBERED = 6_000
"""How many judged routes are kept; about 3 kB each."""


@dataclass(frozen=True, eq=False, slots=True)
class RouteVerdict:
    """
    What one route is to one visitor. Routes are judged, people never. The same answers give the same object.

    `fits` and `does_not_fit` are final: no further answer changes them. `possible`: something is still open, and the
    route may fit. `ask_adviser`: no rule refuses that a person could not set aside, so a person has to look.
    """

    route: Route
    verdict: Verdict
    rules: tuple[RuleVerdict, ...]
    """One a rule: what the record implies first (sector, role), then as the editors wrote them."""
    missing: tuple[str, ...]
    """The facts that are still open and can change the verdict, in the order of the vocabulary."""
    changes: tuple[Change, ...]
    """For a route that does not fit: the fewest changes that together bring it within reach; empty if none can."""
    score: int
    """The weights of the preferences that are met, added up."""

    def deciding(self) -> tuple[RuleVerdict, ...]:
        """The rules that make the verdict what it is: those refused, those still open, or those met."""
        hard = (each for each in self.rules if each.rule.kind != "preference")
        if self.verdict == "does_not_fit":
            return tuple(each for each in hard if isinstance(each, Unmet) and not each.rule.needs_adviser)
        state = {"ask_adviser": "unmet", "possible": "open", "fits": "met"}[self.verdict]
        return tuple(each for each in hard if each.state == state)

    def effort(self) -> int:
        """How far away the route is: a change more always weighs most; 0 if nothing has to change."""
        return sum(PER_CHANGE + change.effort for change in self.changes)


class CompiledRule:
    """One rule of a route: remembers its verdict for every set of codes, as few facts make few of those."""

    def __init__(self, rule: Rule, levels: Mapping[str, int], vocabulary: Mapping[str, Fact]) -> None:
        self.judge = Judge(rule, vocabulary)
        self.levels = tuple(sorted(levels[name] for name in rule.facts()))
        self.facts = rule.facts()
        self._key = _picker(self.levels)
        self._judged: dict[tuple[int, ...], RuleVerdict] = {}

    def verdict(self, codes: Sequence[int], domains: Sequence[Domain]) -> RuleVerdict:
        """Met, Unmet or Open."""
        key = self._key(codes)
        found = self._judged.get(key)
        if found is None:
            told = zip(self.levels, key, strict=True)
            facts = {str(domains[level].fact.name): domains[level].values[code] for level, code in told if code >= 0}
            found = self._judged[key] = self.judge.verdict(facts)
        return found


class _CompiledRoute:
    """One route with its rules, made ready to be judged on many visitors."""

    def __init__(
        self, route: Route, rules: tuple[Rule, ...], levels: Mapping[str, int], vocabulary: Mapping[str, Fact]
    ) -> None:
        self.route = route
        self.rules = tuple(CompiledRule(rule, levels, vocabulary) for rule in rules)
        self.preferences = tuple(each for each in self.rules if each.judge.rule.kind == "preference")
        self.facts_of = {each.judge.rule.id: each.facts for each in self.rules}
        self.levels = tuple(sorted({level for each in self.rules for level in each.levels}))
        self.key = _picker(self.levels)
        """Of the codes of all facts, those that this route looks at."""
        self.root = FITS
        """Its node in the diagram of all routes."""


class Eligibility:
    """
    The rules of a catalogue on one day, made ready: judges every route on what a visitor told.

    It keeps no visitor: what it remembers are verdicts by answers. It may be shared between threads.
    """

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        """
        :param on: Routes and rules that are not valid on this day are left out.
        """
        self.catalogue = catalogue
        self.on = on
        self.vocabulary: Mapping[str, Fact] = catalogue.facts
        self.levels: Mapping[str, int] = {name: level for level, name in enumerate(self.vocabulary)}
        """The place of each fact in the vocabulary."""
        self.entailment = Entailment(self.vocabulary)
        self.known = self.entailment.completed
        """What was told, with what follows from it."""
        self._routes: dict[str, _CompiledRoute] = {}
        for route in catalogue.all(Route):
            if route.is_valid_on(on):
                written = tuple(rule for rule in catalogue.rules if rule.route == route.id and rule.is_valid_on(on))
                rules = (*implied_rules(route, self.vocabulary), *written)
                self._routes[route.id] = _CompiledRoute(route, rules, self.levels, self.vocabulary)
        tests = [
            atom
            for compiled in self._routes.values()
            for each in compiled.rules
            for atom in atoms(each.judge.rule.condition)
        ]
        self.domains: tuple[Domain, ...] = tuple(
            Domain.of(fact, [atom for atom in tests if atom.fact == name]) for name, fact in self.vocabulary.items()
        )
        """By level: the values of each fact, as far as the rules tell them apart."""
        self.never_asked = tuple(name for name, fact in self.vocabulary.items() if not fact.is_asked)
        self._moves = Moves(self.domains)
        self.diagram = Diagram()
        """The requirements and exclusions of every route."""
        for compiled in self._routes.values():
            stated = (each.judge.rule for each in compiled.rules)
            compiled.root = self.diagram.of_rules(stated, self.levels, self.domains)
        self._judged = lru_cache(maxsize=_REMEMBERED)(self._judge)
        self._ahead = lru_cache(maxsize=_REMEMBERED)(self._all_left)
        self._worded = lru_cache(maxsize=_REMEMBERED)(self._change)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes that are judged, in the order of the catalogue."""
        return tuple(compiled.route for compiled in self._routes.values())

    @property
    def preferences(self) -> Iterable[CompiledRule]:
        """The preferences of every route."""
        return (each for compiled in self._routes.values() for each in compiled.preferences)

    def impossible(self) -> tuple[str, ...]:
        """The routes that fit nobody, whatever they tell: their rules leave no way through."""
        return tuple(id_ for id_, compiled in self._routes.items() if compiled.root == FAILS)

    def rules(self, route_id: str) -> tuple[Rule, ...]:
        """
        The rules of a route that hold today, those that its record implies first.

        :raises KeyError: If no such route is judged today.
        """
        return tuple(each.judge.rule for each in self._routes[route_id].rules)

    def codes(self, facts: Facts, hidden: Iterable[str] = ()) -> tuple[int, ...]:
        """
        What is known, by level: the code of each fact's value in its domain, `OPEN` or `HIDDEN`.

        :param facts: Parsed values by name; names outside the vocabulary do not count.
        :param hidden: Facts that will not be told.
        """
        codes = [OPEN] * len(self.domains)
        for name in hidden:
            if name in self.levels:
                codes[self.levels[name]] = HIDDEN
        for name, value in self.known(facts).items():
            if name in self.levels:
                level = self.levels[name]
                codes[level] = self.domains[level].code(value)
        return tuple(codes)

    def verdicts(self, facts: Facts, unknown: Iterable[str] = ()) -> tuple[RouteVerdict, ...]:
        """
        Every route, the best first: by verdict, then preferences, then what is least open, then title.

        Of the routes that do not fit, the one that needs the fewest and easiest changes comes first.

        :param unknown: Facts that the visitor does not know: they are open, and no reason to come later.
        """
        still_open = map(self._open_facts, self.ahead(self.codes(facts, (*unknown, *self.never_asked))))
        judged = zip(self.judged(self.codes(facts)), still_open, strict=True)
        return tuple(each for each, _ in sorted(judged, key=lambda pair: _order(*pair)))

    def within_reach(self, codes: Sequence[int]) -> tuple[RouteVerdict, ...]:
        """
        The routes that fit, may fit or need an adviser, in the same order.

        :param codes: As `codes` gives them; what is hidden is no reason to come later.
        """
        plain = [max(code, OPEN) for code in codes]
        reached = [
            (self._judged(id_, compiled.key(plain)), self._open_facts(node))
            for (id_, compiled), node in zip(self._routes.items(), self.ahead(codes), strict=True)
            if self.diagram.outcomes[node] != FAILS
        ]
        return tuple(each for each, _ in sorted(reached, key=lambda pair: _order(*pair)))

    def looked_at(self, route_id: str, codes: Sequence[int]) -> tuple[int, ...]:
        """
        Of the codes of all facts, those that the rules of a route look at.

        :raises KeyError: If no such route is judged today.
        """
        return self._routes[route_id].key(codes)

    def rule_verdicts(self, route_id: str, codes: Sequence[int]) -> tuple[RuleVerdict, ...]:
        """
        One verdict a rule of a route, in Kleene's logic.

        :raises KeyError: If no such route is judged today.
        """
        return tuple([each.verdict(codes, self.domains) for each in self._routes[route_id].rules])

    def _open_facts(self, node: int) -> int:
        return len(self.diagram.matters[node])

    def verdict(self, route_id: str, facts: Facts) -> RouteVerdict:
        """
        One route.

        :raises KeyError: If no such route is judged today.
        """
        return self._judged(route_id, self._routes[route_id].key(self.codes(facts)))

    def judged(self, codes: Sequence[int]) -> tuple[RouteVerdict, ...]:
        """
        Every route on what is known, in the order of `routes`.

        :param codes: As `codes` gives them.
        """
        return tuple(self._judged(id_, each.key(codes)) for id_, each in self._routes.items())

    def open_preferences(self, route_id: str, codes: Sequence[int]) -> tuple[CompiledRule, ...]:
        """
        The preferences of a route that some answer may still meet.

        :raises KeyError: If no such route is judged today.
        """
        found = self._routes[route_id].preferences
        return tuple(each for each in found if each.verdict(codes, self.domains).met is None)

    def ahead(self, codes: Sequence[int]) -> tuple[int, ...]:
        """
        What may still become of each route, in the order of `routes`: what the codes leave of its diagram.

        :param codes: As `codes` gives them.
        """
        return self._ahead(tuple(codes))

    def _all_left(self, codes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple([self._left(compiled, codes) for compiled in self._routes.values()])

    def _spread(self, compiled: _CompiledRoute, key: tuple[int, ...]) -> list[int]:
        codes = [OPEN] * len(self.domains)
        for level, code in zip(compiled.levels, key, strict=True):
            codes[level] = code
        return codes

    def _left(self, compiled: _CompiledRoute, codes: Sequence[int]) -> int:
        """The node that is left of a route's diagram once all that is known or hidden has been filled in."""
        node, filled = compiled.root, self.diagram.filled
        for level in compiled.levels:
            if node < LEAVES:
                break
            if codes[level] != OPEN:
                node = filled(node, level, codes[level])
        return node

    def _judge(self, route_id: str, key: tuple[int, ...]) -> RouteVerdict:
        compiled = self._routes[route_id]
        codes = self._spread(compiled, key)
        rules = self.rule_verdicts(route_id, codes)
        left = self._left(compiled, codes)
        outcome = self.diagram.outcomes[left]
        return RouteVerdict(
            route=compiled.route,
            verdict=VERDICTS[outcome],
            rules=rules,
            missing=tuple(self.domains[level].fact.name for level in sorted(self.diagram.matters[left])),
            changes=self._changes(compiled, codes, rules) if outcome == FAILS else (),
            score=_score(rules),
        )

    def _changes(
        self, compiled: _CompiledRoute, codes: list[int], rules: tuple[RuleVerdict, ...]
    ) -> tuple[Change, ...]:
        way = nearest_way(self.diagram, compiled.root, codes, self._moves)
        refusing = [each.rule for each in rules if isinstance(each, Unmet) and each.rule.kind != "preference"]
        changes = []
        for level, code in way[1] if way is not None else ():
            name = self.domains[level].fact.name
            named = [rule for rule in refusing if name in compiled.facts_of[rule.id]]
            advice = tuple(rule.otherwise for rule in named)
            advice_en = tuple(rule.otherwise_en or rule.otherwise for rule in named)
            changes.append(self._worded(level, codes[level], code, advice, advice_en))
        return tuple(changes)

    def _change(self, level: int, now: int, then: int, advice: tuple[str, ...], advice_en: tuple[str, ...]) -> Change:
        domain, subjects = self.domains[level], self.catalogue.subjects
        fact, value = domain.fact, domain.values[then]
        before = domain.values[now] if now >= 0 else None
        move = next((each for each in self.catalogue.moves if each.leads(fact, before, value)), None)
        needed, needed_en = (needed_in_words(fact, value, locale, subjects) for locale in ("nl", "en"))
        return Change(
            fact=fact.name,
            value=value,
            needed=needed,
            needed_en=needed_en,
            text=change_in_words(needed, advice),
            text_en=change_in_words(needed_en, advice_en),
            effort=self._moves.effort(level, now, then),
            move=move,
            duration=move.takes(fact, before, value) if move else None,
        )


def _score(rules: Iterable[RuleVerdict]) -> int:
    return sum(each.rule.weight for each in rules if isinstance(each, Met) and each.rule.kind == "preference")


def _picker(levels: tuple[int, ...]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """The codes at these levels, as a tuple also when there is one or none."""
    if len(levels) > 1:
        return itemgetter(*levels)
    return lambda codes: tuple(codes[level] for level in levels)


def _order(found: RouteVerdict, open_facts: int) -> tuple[int, int, int, int, int, str]:
    """Best first; of the routes that do not fit the nearest and surest first, and those that nothing opens last."""
    far, unsure = 0, 0
    if found.verdict == "does_not_fit":
        far = found.effort() or _OUT_OF_REACH
        unsure = sum(each.met is None for each in found.rules)
    return _BEST_FIRST[found.verdict], far, unsure, -found.score, open_facts, found.route.title
