"""What verdicts mean, worked out once more from the rules alone: no decision diagram is asked."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.eligibility.condition import compiled
from assistant.eligibility.diagram import OPEN
from assistant.eligibility.engine import RuleVerdict
from assistant.eligibility.verdict import Eligibility, Verdict
from knowledge.fact import Facts

_ALL: frozenset[Verdict] = frozenset(("fits", "possible", "ask_adviser", "does_not_fit"))


def allowed(rules: Iterable[RuleVerdict]) -> frozenset[Verdict]:
    """
    The verdicts that go with how the rules were judged in Kleene's logic.

    One while every rule is decided; with open rules, all that what is decided does not rule out.
    """
    hard = [each for each in rules if each.rule.kind != "preference"]
    if any(each.met is False and not each.rule.needs_adviser for each in hard):
        return frozenset(("does_not_fit",))
    is_doubted = any(each.met is False for each in hard)
    if any(each.met is None for each in hard):
        return frozenset(("ask_adviser", "does_not_fit")) if is_doubted else _ALL
    return frozenset(("ask_adviser",)) if is_doubted else frozenset(("fits",))


class Definition:
    """The verdict of somebody who told everything, by the definition: the worst that any rule says."""

    def __init__(self, eligibility: Eligibility) -> None:
        self._hard = {
            route.id: [
                (compiled(rule.condition, eligibility.vocabulary).truth, rule.kind == "exclusion", rule.needs_adviser)
                for rule in eligibility.rules(route.id)
                if rule.kind != "preference"
            ]
            for route in eligibility.routes
        }

    def verdict(self, route_id: str, facts: Facts) -> Verdict:
        """
        What one route is to this visitor.

        :raises ValueError: If the facts leave a rule open.
        """
        worst: Verdict = "fits"
        for truth, excludes, needs_adviser in self._hard[route_id]:
            holds = truth(facts)
            if holds is None:
                raise ValueError(f"the facts do not decide every rule of {route_id}")
            if holds is excludes:
                if not needs_adviser:
                    return "does_not_fit"
                worst = "ask_adviser"
        return worst


class Witnesses:
    """Pairs of visitors who differ in one answer alone and get another verdict: the proof that a question matters."""

    def __init__(self, eligibility: Eligibility) -> None:
        self._eligibility = eligibility
        self._definition = Definition(eligibility)
        self._proven: dict[tuple[str, int, int], bool] = {}

    def matters(self, route_id: str, node: int, state: Sequence[int], level: int) -> bool:
        """
        Whether two such visitors are found for what is left of a route.

        :param node: What is left of its diagram; its fact at this level can still change it, says the diagram.
        :param state: What is told so far, by level.
        """
        key = (route_id, node, level)
        if key not in self._proven:
            path = self._path(node, level)
            verdicts = {
                self._definition.verdict(route_id, self._facts(state, path, level, code)) for code in path[level]
            }
            self._proven[key] = len(verdicts) > 1
        return self._proven[key]

    def _path(self, node: int, level: int) -> dict[int, tuple[int, ...]]:
        """Answers that lead to where the fact at this level makes a difference, and two answers to it that do."""
        nodes, matters = self._eligibility.diagram.nodes, self._eligibility.diagram.matters
        answers: dict[int, tuple[int, ...]] = {}
        while nodes[node][0] != level:
            at, children = nodes[node]
            code = next(code for code, child in enumerate(children) if level in matters[child])
            answers[at], node = (code,), children[code]
        children = nodes[node][1]
        other = next(code for code, child in enumerate(children) if child != children[0])
        answers[level] = (0, other)
        return answers | self._apart(children[0], children[other])

    def _apart(self, one: int, two: int) -> dict[int, tuple[int, ...]]:
        """Answers for which two diagrams that are not the same end in two outcomes."""
        diagram, answers = self._eligibility.diagram, dict[int, tuple[int, ...]]()
        while not (diagram.is_leaf(one) and diagram.is_leaf(two)):
            level = min(diagram.nodes[one][0], diagram.nodes[two][0])
            ones, twos = (diagram.nodes[each][1] if diagram.nodes[each][0] == level else None for each in (one, two))
            size = len(ones or twos or ())
            code = next(code for code in range(size) if (ones[code] if ones else one) != (twos[code] if twos else two))
            answers[level] = (code,)
            one, two = (ones[code] if ones else one), (twos[code] if twos else two)
        return answers

    def _facts(self, state: Sequence[int], path: Mapping[int, tuple[int, ...]], level: int, code: int) -> Facts:
        """A visitor who told all: as far as told, then along the path, and whatever comes first for the rest."""
        domains = self._eligibility.domains
        codes = [told if told != OPEN else 0 for told in state]
        for at, answers in path.items():
            codes[at] = answers[0]
        codes[level] = code
        return {domain.fact.name: domain.values[max(at, 0)] for domain, at in zip(domains, codes, strict=True)}
