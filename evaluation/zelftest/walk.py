"""One visitor of the sweep: asked to the end, with every promise looked at on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Literal

from assistant.eligibility.diagram import FAILS, FITS, HIDDEN, OPEN
from assistant.eligibility.verdict import VERDICTS, Eligibility, RouteVerdict
from assistant.zelftest.advice import advice
from assistant.zelftest.flow import interview_of
from assistant.zelftest.order import FIRST, contest
from assistant.zelftest.shares import weights
from evaluation.zelftest.definition import Witnesses, allowed
from knowledge.fact import Facts

Drawn = Literal["evenly", "as visitors"]
_SKIPS = 0.05
"""How often somebody who answers as visitors do does not know."""
_TRIES = 400

State = tuple[int, ...]


@dataclass(slots=True)
class Walked:
    """How one visitor fared."""

    asked: list[str] = field(default_factory=list)
    branches: float = 1.0
    """The product of how many answers each question had: its mean over even draws estimates the number of ways."""
    dead_end: str = ""
    contradictions: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    """Questions that could not have mattered."""
    outcome: int = 0
    """Equal for visitors who are told the same."""


class Walker:
    """Walks visitors through the zelftest of one catalogue; remembers states, as the zelftest itself does."""

    def __init__(self, eligibility: Eligibility) -> None:
        self._eligibility = eligibility
        self._interview = interview_of(eligibility)
        self._witnesses = Witnesses(eligibility)
        self._names = tuple(eligibility.vocabulary)
        self._route_ids = tuple(route.id for route in eligibility.routes)
        self._never = frozenset(eligibility.levels[name] for name in eligibility.never_asked)
        self._parts = {
            level: tuple(
                (eligibility.levels[name], domain.fact.name, option.value)
                for option in domain.fact.options
                for name in option.left_out_means
            )
            for level, domain in enumerate(eligibility.domains)
        }
        self._shares = tuple(tuple(accumulate(weights(domain))) for domain in eligibility.domains)
        self._next: dict[State, tuple[int, bool] | None] = {}
        self._levels: dict[State, int] = {}
        self._orders: dict[object, bool] = {}
        self._agreed: set[object] = set()
        self._ends: dict[State, tuple[int, list[str], str]] = {}

    def walk(self, draw: Random, drawn: Drawn) -> Walked:
        """One visitor, whose answers are drawn."""
        done, states = Walked(), list[State]()
        state = self._interview.state_of_nothing()
        while (found := self._next_of(state)) is not None:
            level, can_matter = found
            if not can_matter:
                done.idle.append(self._names[level])
            done.asked.append(self._names[level])
            states.append(state)
            code = self._answer(draw, drawn, level, state)
            done.branches *= len(self._eligibility.domains[level].values) + 1
            state = self._interview.after(state, level, code)
        end = self._ends.get(state)
        if end is None:
            # Who answered the same is told the same: that is looked at once, with draws of its own.
            end = self._ends[state] = self._look_at_the_end(Random(hash(state)), states, state)  # noqa: S311
        done.outcome, done.contradictions, done.dead_end = end
        return done

    def visitor(self, draw: Random, drawn: Drawn = "as visitors") -> Facts:
        """What somebody has told who answered to the end, as visitors do or evenly."""
        return self._facts(self._end(draw, drawn))

    def whole_visitor(self, draw: Random) -> Facts:
        """Somebody who answered so, and then went on to tell all that was not asked or not known."""
        told = tuple(OPEN if code == HIDDEN else code for code in self._end(draw))
        return self._facts([max(code, 0) for code in self._completed(draw, told)])

    def _end(self, draw: Random, drawn: Drawn = "as visitors") -> State:
        state = self._interview.state_of_nothing()
        while (level := self._level_after(state)) != OPEN:
            state = self._interview.after(state, level, self._answer(draw, drawn, level, state))
        return state

    def _level_after(self, state: State) -> int:
        """The level of the fact that is asked; `OPEN` at the end. Whether the answer matters is not looked at."""
        if state not in self._levels:
            found = self._interview.next_fact(state)
            self._levels[state] = self._eligibility.levels[found[0]] if found else OPEN
        return self._levels[state]

    def _next_of(self, state: State) -> tuple[int, bool] | None:
        """The level of the fact that is asked, and whether the answer could matter."""
        if state not in self._next:
            found = self._interview.next_fact(state)
            level = self._eligibility.levels[found[0]] if found else OPEN
            self._next[state] = (level, self._could_matter(state, level)) if found else None
        return self._next[state]

    def _answer(self, draw: Random, drawn: Drawn, level: int, state: State) -> int:
        """A code, or `HIDDEN` for "weet ik niet"."""
        domain = self._eligibility.domains[level]
        if drawn == "evenly":
            code = draw.randrange(len(domain.values) + 1)
            return code if code < len(domain.values) else HIDDEN
        if draw.random() < _SKIPS:
            return HIDDEN
        if self._parts[level]:
            return self._ticked(draw, level, state)
        at = draw.random()
        return next((code for code, upto in enumerate(self._shares[level]) if at < upto), 0)

    def _ticked(self, draw: Random, level: int, state: State) -> int:
        """What somebody ticks in a list: each part by its own share, and nothing that was told otherwise."""
        domain, ticked = self._eligibility.domains[level], list[str]()
        for part, _, option in self._parts[level]:
            usual = self._usual(level, option)[part]
            share = weights(self._eligibility.domains[part])[usual]
            if state[part] != usual and (state[part] != OPEN or draw.random() > share):
                ticked.append(option)
        return domain.code(frozenset(ticked) or domain.fact.none_of_all())

    def _usual(self, level: int, option: str) -> dict[int, int]:
        """What leaving an option out says, as codes by level."""
        eligibility = self._eligibility
        found = next(each for each in eligibility.domains[level].fact.options if each.value == option)
        return {
            eligibility.levels[name]: eligibility.domains[eligibility.levels[name]].code(
                eligibility.vocabulary[name].parse(value)
            )
            for name, value in found.left_out_means.items()
        }

    # ---- whether a question could matter

    def _could_matter(self, state: State, level: int) -> bool:
        levels = [part for part, _, _ in self._parts[level] if state[part] == OPEN] or [level]
        ahead = self._eligibility.ahead(state)
        matters = self._eligibility.diagram.matters
        told_all = HIDDEN not in [code for at, code in enumerate(state) if at not in self._never]
        for route_id, node in zip(self._route_ids, ahead, strict=True):
            for each in levels:
                if each in matters[node] and (not told_all or self._witnesses.matters(route_id, node, state, each)):
                    return True
        return self._could_order(state, level)

    def _could_order(self, state: State, level: int) -> bool:
        """Whether two visitors who differ in this answer alone are shown other routes first."""
        open_ = contest(self._eligibility, state)
        key = (open_, level)
        if key not in self._orders:
            asked = [at for at, code in open_.told if code == OPEN and at != level]
            self._orders[key] = any(self._differ(state, level, asked, Random(each)) for each in range(_TRIES))  # noqa: S311
        return self._orders[key]

    def _differ(self, state: State, level: int, asked: Sequence[int], draw: Random) -> bool:
        domains = self._eligibility.domains
        codes = list(state)
        for at in asked:
            codes[at] = draw.randrange(len(domains[at].values))
        shown = set()
        for code in range(len(domains[level].values)):
            codes[level] = code
            shown.add(first_shown(self._eligibility.within_reach(codes)))
            if len(shown) > 1:
                return True
        return False

    # ---- where it ends

    def _look_at_the_end(self, draw: Random, states: Sequence[State], state: State) -> tuple[int, list[str], str]:
        """What stands for the outcome, what contradicts itself, and why it is a dead end, if it is."""
        ahead, reached = self._eligibility.ahead(state), self._eligibility.within_reach(state)
        wrong = list(self._kleene(state, ahead))
        if states:
            before = self._eligibility.ahead(draw.choice(states))
            wrong += self._turned("is final, and became", before, ahead, final_only=True)
        further = self._completed(draw, state)
        more = self._eligibility.ahead(further)
        wrong += self._turned("was the end, and one more answer made it", ahead, more, final_only=False)
        if first_shown(self._eligibility.within_reach(further)) != first_shown(reached):
            wrong.append("after the end one more answer changed which routes come first")
        return hash((self._verdicts(ahead), first_shown(reached))), wrong, self._dead_end(state, reached)

    def _verdicts(self, ahead: Sequence[int]) -> tuple[int, ...]:
        return tuple([self._eligibility.diagram.outcomes[node] for node in ahead])

    def _turned(self, how: str, before: Sequence[int], after: Sequence[int], final_only: bool) -> Iterator[str]:
        """Routes of which the verdict should have stayed as it was."""
        for route_id, was, became in zip(self._route_ids, self._verdicts(before), self._verdicts(after), strict=True):
            if was != became and (was in (FITS, FAILS) or not final_only):
                yield f"{route_id}: {VERDICTS[was]} {how} {VERDICTS[became]}"

    def _kleene(self, state: State, ahead: Sequence[int]) -> Iterator[str]:
        """Routes whose diagram says what their rules, judged one by one, cannot mean."""
        plain = [max(code, OPEN) for code in state]
        for route_id, node in zip(self._route_ids, ahead, strict=True):
            outcome = self._eligibility.diagram.outcomes[node]
            key = (route_id, outcome, self._eligibility.looked_at(route_id, plain))
            if key in self._agreed:
                continue
            verdict, rules = VERDICTS[outcome], self._eligibility.rule_verdicts(route_id, plain)
            if verdict in allowed(rules):
                self._agreed.add(key)
            else:
                yield f"{route_id} is {verdict}, and its rules say {' or '.join(sorted(allowed(rules)))}"

    def _completed(self, draw: Random, state: State) -> State:
        """The same visitor, who goes on to tell all that was not asked."""
        domains = self._eligibility.domains
        return tuple(
            draw.randrange(len(domains[level].values))
            if code == OPEN and level not in self._never and not self._parts[level]
            else code
            for level, code in enumerate(state)
        )

    def _dead_end(self, state: State, reached: Sequence[RouteVerdict]) -> str:
        verdicts = reached or self._eligibility.verdicts(self._facts(state))
        best = verdicts[0]
        if not reached and not best.changes:
            return "no route is open, and nothing that a person can change opens one"
        if not best.route.next_step:
            return f"{best.route.id} has no next step"
        if best.route.next_step not in advice(self._eligibility, verdicts):
            return "the advice does not end in a step"
        return ""

    def _facts(self, codes: Sequence[int]) -> Facts:
        domains = self._eligibility.domains
        return {self._names[level]: domains[level].values[code] for level, code in enumerate(codes) if code >= 0}


def first_shown(verdicts: Sequence[RouteVerdict]) -> tuple[str, frozenset[str]]:
    """The very first of the routes that remain, and the ones that come first."""
    first = [each.route.id for each in verdicts if each.verdict != "does_not_fit"][:FIRST]
    return first[0] if first else "", frozenset(first)
