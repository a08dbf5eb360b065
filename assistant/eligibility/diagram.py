"""
All the rules of a route as one decision diagram: which answers lead to which outcome.

A node asks one fact and has a child for each value of it; a leaf is an outcome. Diagrams are reduced: a node whose
children are all the same is left out, and two equal nodes are one. So a fact stands in a diagram exactly when it can
still change the outcome, and a diagram that is a single leaf is settled, also where Kleene's logic cannot see it
(`x or not x`).

Source: Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions on Computers, 1986; with
more than two children a node, and more than two leaves.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce

from assistant.eligibility.condition import evaluate
from assistant.eligibility.domain import Domain
from knowledge.rule import AllOf, AnyOf, Condition, Not, Rule

FAILS, ADVISER, FITS, POSSIBLE = 0, 1, 2, 3
"""The outcomes. `POSSIBLE` comes up only when facts are hidden: what is not told decides between the others."""
OPEN, HIDDEN = -1, -2
"""In place of a value's code: not told yet, and not going to be told."""
_LEAVES = 8
"""Ids below this are leaves, and are the outcome itself, or a set of outcomes as bits."""

Join = Callable[[int, int], int]


def summed_up(outcomes: int) -> int:
    """
    One outcome for a set of them, given as bits: what a visitor is told when several are still possible.

    `POSSIBLE` as long as fitting is possible; where it no longer is, an adviser is the best there is.
    """
    if outcomes == 1 << FITS:
        return FITS
    if outcomes & (1 << FITS | 1 << POSSIBLE):
        return POSSIBLE
    return ADVISER if outcomes & 1 << ADVISER else FAILS


class Diagram:
    """A store of nodes that share their parts. `level` is the place of a fact in the order in which facts are asked."""

    def __init__(self) -> None:
        self.nodes: list[tuple[int, tuple[int, ...]]] = [(1 << 30, ())] * _LEAVES
        self._ids: dict[tuple[int, tuple[int, ...]], int] = {}
        self._joined: dict[tuple[Join, int, int], int] = {}

    @staticmethod
    def is_leaf(node: int) -> bool:
        """Whether the node is an outcome."""
        return node < _LEAVES

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The id of this node; that of its child, if all children are the same."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self.nodes)
            self.nodes.append(key)
        return found

    def join(self, how: Join, left: int, right: int) -> int:
        """Two diagrams as one: their outcomes taken together by `how`, which must not care about order."""
        if left > right:
            left, right = right, left
        if left == right and how in (min, max, _either):
            return left
        if right < _LEAVES:
            return how(left, right)
        key = (how, left, right)
        found = self._joined.get(key)
        if found is None:
            (level, lefts), (other, rights) = self.nodes[left], self.nodes[right]
            if level < other:
                children = tuple(self.join(how, child, right) for child in lefts)
            elif other < level:
                children = tuple(self.join(how, left, child) for child in rights)
            else:
                children = tuple(self.join(how, one, two) for one, two in zip(lefts, rights, strict=True))
            found = self._joined[key] = self.node(min(level, other), children)
        return found

    def mapped(self, root: int, leaf: Callable[[int], int]) -> int:
        """The diagram with other outcomes."""
        done: dict[int, int] = {}

        def visit(node: int) -> int:
            if node < _LEAVES:
                return leaf(node)
            if node not in done:
                level, children = self.nodes[node]
                done[node] = self.node(level, tuple(visit(child) for child in children))
            return done[node]

        return visit(root)

    def of_condition(self, condition: Condition, levels: Mapping[str, int], domains: Sequence[Domain]) -> int:
        """The condition as a diagram of `FITS` where it holds and `FAILS` where it does not."""
        if isinstance(condition, AllOf):
            return reduce(
                lambda one, two: self.join(min, one, two),
                (self.of_condition(part, levels, domains) for part in condition.all_of),
            )
        if isinstance(condition, AnyOf):
            return reduce(
                lambda one, two: self.join(max, one, two),
                (self.of_condition(part, levels, domains) for part in condition.any_of),
            )
        if isinstance(condition, Not):
            return self.mapped(self.of_condition(condition.not_, levels, domains), lambda leaf: FITS - leaf)
        level = levels[condition.fact]
        fact = domains[level].fact
        found = (evaluate(condition, {fact.name: value}, {fact.name: fact}) for value in domains[level].values)
        return self.node(level, tuple(FITS if holds else FAILS for holds in found))

    def of_rules(self, rules: Iterable[Rule], levels: Mapping[str, int], domains: Sequence[Domain]) -> int:
        """
        The requirements and exclusions of one route as a diagram: the worst outcome of any of them.

        A rule that refuses gives `FAILS`, or `ADVISER` if it needs one; preferences decide nothing and are left out.
        """
        root = FITS
        for rule in rules:
            if rule.kind == "preference":
                continue
            passes = self.of_condition(rule.condition, levels, domains)
            if rule.kind == "exclusion":
                passes = self.mapped(passes, lambda leaf: FITS - leaf)
            if rule.needs_adviser:
                passes = self.mapped(passes, lambda leaf: leaf or ADVISER)
            root = self.join(min, root, passes)
        return root


class Outlook:
    """What may still become of one route, given some codes: the diagram with the known answers filled in."""

    __slots__ = ("_nodes", "_root", "_shares", "matters", "verdict")

    def __init__(self, diagram: Diagram, root: int, codes: Sequence[int]) -> None:
        """
        :param codes: For each level the code of what was told, or `OPEN`, or `HIDDEN`.
        """
        store = Diagram()
        hides = HIDDEN in codes
        self._root = _narrowed(diagram, root, codes, store, as_bits=hides)
        if hides:
            self._root = store.mapped(self._root, summed_up)
        self._nodes = store.nodes
        self._shares: dict[tuple[int, tuple[float, ...]], float] = {}
        leaves, levels = self._reachable()
        self.verdict = summed_up(sum(1 << leaf for leaf in leaves))
        """The outcome now: `POSSIBLE` as long as the route may still fit."""
        self.matters = frozenset(levels)
        """The levels whose fact can still change the outcome, and no others."""

    @property
    def is_settled(self) -> bool:
        """Whether no answer can change the outcome any more."""
        return self._root < _LEAVES

    def settled_share(self, level: int, weights: tuple[float, ...]) -> float:
        """
        How likely the answer to one fact is to settle the route.

        :param weights: By code, how likely each answer is; codes beyond them do not count.
        """
        found = self._shares.get((level, weights))
        if found is None:
            settling = (weight for code, weight in enumerate(weights) if self._has_one_outcome(level, code))
            found = self._shares[level, weights] = sum(settling)
        return found

    def _has_one_outcome(self, level: int, code: int) -> bool:
        """Whether the route is settled once the fact at this level has this code."""
        seen: set[int] = set()
        leaves: set[int] = set()
        ahead = [self._root]
        while ahead:
            node = ahead.pop()
            if node < _LEAVES:
                leaves.add(node)
                if len(leaves) > 1:
                    return False
            elif node not in seen:
                seen.add(node)
                at, children = self._nodes[node]
                if at == level:
                    ahead.append(children[code])
                else:
                    ahead.extend(set(children))
        return True

    def _reachable(self) -> tuple[set[int], set[int]]:
        leaves: set[int] = set()
        levels: set[int] = set()
        seen: set[int] = set()
        ahead = [self._root]
        while ahead:
            node = ahead.pop()
            if node < _LEAVES:
                leaves.add(node)
            elif node not in seen:
                seen.add(node)
                level, children = self._nodes[node]
                levels.add(level)
                ahead.extend(set(children))
        return leaves, levels


def _either(one: int, two: int) -> int:
    """The union of two sets of outcomes, as bits."""
    return one | two


def _narrowed(source: Diagram, root: int, codes: Sequence[int], store: Diagram, as_bits: bool) -> int:
    """
    Copies what the codes leave of a diagram into a new store: known facts are filled in, hidden ones taken together.

    :param as_bits: Whether a leaf is written as a set of one outcome, so that sets can be joined.
    """
    done: dict[int, int] = {}

    def visit(node: int) -> int:
        if node < _LEAVES:
            return 1 << node if as_bits else node
        found = done.get(node)
        if found is None:
            level, children = source.nodes[node]
            code = codes[level]
            if code >= 0:
                found = visit(children[code])
            elif code == OPEN:
                found = store.node(level, tuple([visit(child) for child in children]))
            else:
                found = reduce(lambda one, two: store.join(_either, one, two), {visit(each) for each in children})
            done[node] = found
        return found

    return visit(root)
