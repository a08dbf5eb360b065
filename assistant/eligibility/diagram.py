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
from threading import RLock

from assistant.eligibility.condition import evaluate
from assistant.eligibility.domain import Domain
from knowledge.rule import AllOf, AnyOf, Condition, Not, Rule

FAILS, ADVISER, FITS, POSSIBLE = 0, 1, 2, 3
"""The outcomes. `POSSIBLE` comes up only when facts are hidden: what is not told decides between the others."""
OPEN, HIDDEN = -1, -2
"""In place of a value's code: not told yet, and not going to be told."""
LEAVES = 4
"""Ids below this are leaves, and are the outcome itself."""

Join = Callable[[int, int], int]


def either(one: int, two: int) -> int:
    """
    What a visitor is told while it may become the one or the other.

    `POSSIBLE` as long as fitting is possible; where it no longer is, an adviser is the best there is.
    """
    if one == two:
        return one
    return ADVISER if one + two == ADVISER + FAILS else POSSIBLE


class Diagram:
    """
    A store of nodes that share their parts. `level` is the place of a fact in the order in which facts are asked.

    What was worked out once is kept: filling in an answer is mostly a look-up. It may be shared between threads.
    """

    def __init__(self) -> None:
        self.nodes: list[tuple[int, tuple[int, ...]]] = [(1 << 30, ())] * LEAVES
        self.outcomes: list[int] = list(range(LEAVES))
        """By node, what a visitor is told who has told no more than led there."""
        self.matters: list[frozenset[int]] = [frozenset()] * LEAVES
        """By node, the levels whose fact can still change the outcome, and no others."""
        self._ids: dict[tuple[int, tuple[int, ...]], int] = {}
        self._joined: dict[tuple[Join, int, int], int] = {}
        self._branches: dict[tuple[int, int], tuple[int, ...]] = {}
        self._without: dict[tuple[int, int], int] = {}
        self._making = RLock()

    @staticmethod
    def is_leaf(node: int) -> bool:
        """Whether the node is an outcome: no answer can change it any more."""
        return node < LEAVES

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The id of this node; that of its child, if all children are the same."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        found = self._ids.get(key)
        if found is None:
            with self._making:
                found = self._ids.get(key)
                if found is None:
                    found = len(self.nodes)
                    self.outcomes.append(reduce(either, (self.outcomes[child] for child in children)))
                    self.matters.append(frozenset([level]).union(*(self.matters[child] for child in children)))
                    self.nodes.append(key)
                    self._ids[key] = found
        return found

    def join(self, how: Join, left: int, right: int) -> int:
        """Two diagrams as one: their outcomes taken together by `how`, which must not care about order."""
        if left > right:
            left, right = right, left
        if left == right and how in (min, max, either):
            return left
        if right < LEAVES:
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
            if node < LEAVES:
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

    def branches(self, node: int, level: int) -> tuple[int, ...]:
        """
        What is left of a diagram for each answer to one fact, by code.

        :raises ValueError: If the fact does not stand in it, so that no answer makes a difference.
        """
        if level not in self.matters[node]:
            raise ValueError(f"the fact at level {level} does not stand in this diagram")
        at, children = self.nodes[node]
        if at == level:
            return children
        found = self._branches.get((node, level))
        if found is None:
            apart = [self.branches(child, level) if level in self.matters[child] else None for child in children]
            codes = range(max(len(each) for each in apart if each))
            found = self._branches[node, level] = tuple(
                self.node(at, tuple(each[code] if each else child for each, child in zip(apart, children, strict=True)))
                for code in codes
            )
        return found

    def filled(self, node: int, level: int, code: int) -> int:
        """What is left of a diagram once the fact at this level has this code; `HIDDEN`: will not be told."""
        if level not in self.matters[node]:
            return node
        if code >= 0:
            return self.branches(node, level)[code]
        if code == OPEN:
            return node
        found = self._without.get((node, level))
        if found is None:
            join = self.join
            found = self._without[node, level] = reduce(
                lambda one, two: join(either, one, two), set(self.branches(node, level))
            )
        return found
