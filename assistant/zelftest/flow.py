"""Which question comes next: the one that decides most between the routes still open."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from weakref import WeakKeyDictionary

from assistant.eligibility.diagram import HIDDEN, OPEN
from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility
from assistant.eligibility.wording import listed, lowered
from assistant.zelftest.gathering import expected_settled, gatherings
from assistant.zelftest.order import Contest, contest, orders
from assistant.zelftest.question import Question, question_about
from assistant.zelftest.shares import weights
from knowledge.fact import Subject
from knowledge.record import Frozen

_REMEMBERED = 8_000
"""Of how many states the next question is kept; about half a kB each."""

_MOST_NAMED = 3
_BECAUSE = {
    "nl": "Wat er bij je past, hangt nog af van: {}.",
    "en": "What suits you still depends on: {}.",
}

Weighed = Mapping[int, tuple[float, int]]
"""By level: how many routes the answer is expected to settle or move, and how many it touches."""


class Interview:
    """
    The questions of one catalogue, made ready: what to ask in each state. It remembers states, and no visitor.

    A state is what is known of every fact, as the codes that `Eligibility.codes` gives.
    """

    def __init__(self, eligibility: Eligibility) -> None:
        self._eligibility = eligibility
        self._weights = tuple(map(weights, eligibility.domains))
        self._gatherings = tuple(gatherings(eligibility))
        self._before = {
            level: eligibility.levels[fact.after]
            for level, fact in enumerate(eligibility.vocabulary.values())
            if fact.after in eligibility.levels
        }
        self._next_deciding = lru_cache(maxsize=_REMEMBERED)(self._deciding_first)
        self._next_ordering = lru_cache(maxsize=_REMEMBERED)(self._ordering_first)

    def state(self, profile: Profile) -> tuple[int, ...]:
        """What is known, by level; what will not be told is hidden: skipped, or never asked."""
        return self._eligibility.codes(profile.facts(), hidden=(*profile.unknown, *self._eligibility.never_asked))

    def state_of_nothing(self) -> tuple[int, ...]:
        """The state of a visitor who told nothing yet."""
        return self.state(Profile())

    def next_fact(self, state: Sequence[int]) -> tuple[str, int] | None:
        """The fact to ask for, and for how many routes its answer can change something; None if nothing can."""
        ahead = self._eligibility.ahead(state)
        told = tuple(state[each.level] != OPEN for each in self._gatherings)
        return self._next_deciding(ahead, told) or self._next_ordering(contest(self._eligibility, state))

    def likely(self, state: Sequence[int]) -> tuple[str, ...]:
        """What is asked from here on of somebody who answers as most do."""
        names: list[str] = []
        found = self.next_fact(state)
        while found is not None:
            names.append(found[0])
            level = self._eligibility.levels[found[0]]
            state = self.after(state, level, self._usual(level))
            found = self.next_fact(state)
        return tuple(names)

    def at_most(self, state: Sequence[int]) -> int:
        """A number of questions that is never passed, whatever is answered."""
        diagram = self._eligibility.diagram
        open_ = set[int]().union(*(diagram.matters[node] for node in self._eligibility.ahead(state)))
        for preference in self._eligibility.preferences:
            open_ |= {level for level in preference.levels if state[level] == OPEN}
        gathered = [each for each in self._gatherings if state[each.level] == OPEN and each.open_parts(open_)]
        return len(open_) + len(gathered)

    def after(self, state: Sequence[int], level: int, code: int) -> tuple[int, ...]:
        """The state once one fact is told too, with what follows from it."""
        domains, vocabulary = self._eligibility.domains, tuple(self._eligibility.vocabulary)
        codes = (*state[:level], code, *state[level + 1 :])
        told = {vocabulary[at]: domains[at].values[each] for at, each in enumerate(codes) if each >= 0}
        hidden = [vocabulary[at] for at, each in enumerate(codes) if each == HIDDEN]
        return self._eligibility.codes(told, hidden)

    def _usual(self, level: int) -> int:
        """The code of the answer that most give; the first of equals."""
        gathering = next((each for each in self._gatherings if each.level == level), None)
        if gathering is not None:
            return gathering.none
        likely = self._weights[level]
        return likely.index(max(likely))

    def _deciding_first(self, ahead: tuple[int, ...], told: tuple[bool, ...]) -> tuple[str, int] | None:
        return self._best(self._deciding(ahead, told))

    def _ordering_first(self, open_: Contest) -> tuple[str, int] | None:
        return self._best(orders(self._eligibility, open_))

    def _deciding(self, ahead: tuple[int, ...], told: tuple[bool, ...]) -> Weighed:
        """What can change a verdict. A fact that a gathering question asks for is not asked by itself before it."""
        diagram = self._eligibility.diagram
        expected: dict[int, float] = defaultdict(float)
        touched: dict[int, int] = defaultdict(int)
        for node in ahead:
            for level in diagram.matters[node]:
                touched[level] += 1
                shares = zip(self._weights[level], diagram.branches(node, level), strict=False)
                expected[level] += sum(share for share, left in shares if diagram.is_leaf(left))
        for gathering, is_told in zip(self._gatherings, told, strict=True):
            parts = () if is_told else gathering.open_parts(touched.keys())
            if parts:
                levels = {part.level for part in parts}
                expected[gathering.level] = expected_settled(self._eligibility, ahead, parts)
                touched[gathering.level] = sum(not levels.isdisjoint(diagram.matters[node]) for node in ahead)
                for level in levels:
                    del touched[level]
        return {level: (expected[level], count) for level, count in touched.items()}

    def _best(self, found: Weighed) -> tuple[str, int] | None:
        """The most expected; then the easiest for a person, then the first in the vocabulary."""
        if not found:
            return None
        domains = self._eligibility.domains
        best = min(found, key=lambda level: (-round(found[level][0], 6), domains[level].fact.effort, level))
        while (before := self._before.get(best)) is not None and before in found:
            # Whether a diploma matches the subject can be told by who has said which subject.
            best = before
        return domains[best].fact.name, found[best][1]


class Remaining(Frozen):
    """How many questions are still to come."""

    about: int
    """For somebody who answers as most do; 0 if there are none."""
    at_most: int
    because: str
    """What they are about, in a sentence."""


_interviews: WeakKeyDictionary[Eligibility, Interview] = WeakKeyDictionary()


def interview_of(eligibility: Eligibility) -> Interview:
    """The questions of these rules; made once."""
    return _interviews.get(eligibility) or _interviews.setdefault(eligibility, Interview(eligibility))


def next_question(eligibility: Eligibility, profile: Profile, locale: str = "nl") -> Question | None:
    """
    The question whose answer is expected to settle most routes; None if no answer can change anything.

    A fact that is known or skipped, or that follows from what is known, is not asked. A fact that only orders routes
    comes after those that decide.
    """
    found = next_fact(eligibility, profile)
    if found is None:
        return None
    name, decides = found
    fact = eligibility.vocabulary[name]
    return question_about(fact, subjects_for(eligibility, profile), locale, decides)


def next_fact(eligibility: Eligibility, profile: Profile) -> tuple[str, int] | None:
    """The fact to ask for, and for how many routes its answer can change something; None if there is no such fact."""
    interview = interview_of(eligibility)
    return interview.next_fact(interview.state(profile))


def remaining(eligibility: Eligibility, profile: Profile, locale: str = "nl") -> Remaining:
    """How many questions are still to come, and what they are about."""
    interview = interview_of(eligibility)
    state = interview.state(profile)
    to_come = interview.likely(state)
    about = [eligibility.vocabulary[name].label.in_locale(locale) for name in to_come[:_MOST_NAMED]]
    say = _BECAUSE["en" if locale == "en" else "nl"]
    return Remaining(
        about=len(to_come),
        at_most=interview.at_most(state),
        because=say.format(listed([lowered(each) for each in about], locale, "and")) if about else "",
    )


def subjects_for(eligibility: Eligibility, profile: Profile) -> tuple[Subject, ...]:
    """The subjects taught in the sectors that the visitor chose; all of them if none is chosen."""
    sector = profile.facts().get("sector")
    chosen = sector if isinstance(sector, frozenset) else frozenset()
    subjects = tuple(eligibility.catalogue.subjects.values())
    return tuple(each for each in subjects if not chosen or not chosen.isdisjoint(each.sectors))
