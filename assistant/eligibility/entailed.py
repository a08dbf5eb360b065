"""What follows from what a visitor told, so that it need not be asked: whoever has no diploma has none that matches."""

from collections.abc import Iterator, Mapping

from assistant.eligibility.profile import KnownFact, Profile
from knowledge.fact import Fact, Facts, FactValue


class Entailment:
    """The `means` and `left_out_means` of a vocabulary, made ready to be asked often."""

    def __init__(self, vocabulary: Mapping[str, Fact]) -> None:
        self.vocabulary = vocabulary
        self._chosen: dict[tuple[str, str], tuple[tuple[str, FactValue], ...]] = {}
        self._left_out: dict[str, tuple[tuple[str, tuple[tuple[str, FactValue], ...]], ...]] = {}
        for name, fact in vocabulary.items():
            for option in fact.options:
                if option.means:
                    self._chosen[name, option.value] = _parsed(option.means, vocabulary)
            left_out = tuple(
                (option.value, _parsed(option.left_out_means, vocabulary))
                for option in fact.options
                if option.left_out_means
            )
            if left_out:
                self._left_out[name] = left_out

    def completed(self, facts: Facts) -> dict[str, FactValue]:
        """The facts with all that follows from them; what was told itself stays as it was told."""
        known = dict(facts)
        ahead = list(facts.items())
        while ahead:
            for name, value in self._follows(*ahead.pop()):
                if name not in known:
                    known[name] = value
                    ahead.append((name, value))
        return known

    def changed(self, profile: Profile, answer: KnownFact) -> Profile:
        """
        The profile with one answer given or changed, and all others kept.

        Where an answer is changed, what was told because of the old one and cannot be true of the new one is left out:
        the qualification of somebody who now says to have none. A first answer never takes another one's place.
        """
        after = profile.with_facts([answer])
        if profile.get(answer.name) is None:
            return after
        follows = self.completed({answer.name: answer.value})
        denied = [each.name for each in after.known if follows.get(each.name, each.value) != each.value]
        return after.without(*denied)

    def _follows(self, name: str, value: FactValue) -> Iterator[tuple[str, FactValue]]:
        """What one fact alone entails."""
        chosen = value if isinstance(value, frozenset) else (value,)
        for each in chosen:
            if isinstance(each, str):
                yield from self._chosen.get((name, each), ())
        for option, means in self._left_out.get(name, ()):
            if option not in chosen:
                yield from means


def agreeing_answer(fact: Fact, facts: Facts, vocabulary: Mapping[str, Fact]) -> frozenset[str] | None:
    """
    How somebody of whom this is known would answer a set of which what is left out means something.

    :returns: The options of which the facts say otherwise than leaving them out would, else the one that says that none
        holds; None if nothing that the set asks for is known.
    """
    asked = [(option.value, dict(_parsed(option.left_out_means, vocabulary))) for option in fact.options]
    if not any(name in facts for _, means in asked for name in means):
        return None
    ticked = [
        value for value, means in asked if any(name in facts and facts[name] != usual for name, usual in means.items())
    ]
    return frozenset(ticked) or fact.none_of_all()


def _parsed(means: Mapping[str, bool | str], vocabulary: Mapping[str, Fact]) -> tuple[tuple[str, FactValue], ...]:
    return tuple((name, vocabulary[name].parse(value)) for name, value in means.items() if name in vocabulary)
