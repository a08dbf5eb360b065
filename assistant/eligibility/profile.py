"""What a visitor told about themself, with the words it came from."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field, field_serializer, field_validator

from knowledge.fact import Fact, FactValue
from knowledge.record import Frozen

Origin = Literal["said", "chosen", "inferred"]


class KnownFact(Frozen):
    """One thing a visitor told: its value, how we know, and from which words."""

    name: str
    value: FactValue
    origin: Origin
    words: str = Field(default="", max_length=300)
    confirmed: bool = False

    @field_validator("value", mode="before")
    @classmethod
    def _set_from_json(cls, value: Any) -> Any:
        return frozenset(value) if isinstance(value, list) else value

    @field_serializer("value")
    def _set_to_json(self, value: FactValue) -> str | int | bool | list[str]:
        return sorted(value) if isinstance(value, frozenset) else value


class Profile(Frozen):
    """
    Everything known about one visitor. A later statement replaces an earlier one.

    `unknown` holds the facts to which the visitor said "weet ik niet": they stay open and are not asked again.
    """

    known: tuple[KnownFact, ...] = ()
    unknown: frozenset[str] = frozenset()

    def facts(self) -> dict[str, FactValue]:
        """Name to value: what rules are judged on."""
        return {fact.name: fact.value for fact in self.known}

    def get(self, name: str) -> KnownFact | None:
        """What is known about that fact."""
        return next((fact for fact in self.known if fact.name == name), None)

    def with_facts(self, facts: Iterable[KnownFact]) -> "Profile":
        """A profile in which these replace what was known under the same names, in the order they were told."""
        new = {fact.name: fact for fact in facts}
        kept = tuple(fact for fact in self.known if fact.name not in new)
        return Profile(known=(*kept, *new.values()), unknown=self.unknown - new.keys())

    def without(self, *names: str) -> "Profile":
        """A profile that has forgotten these facts."""
        return Profile(
            known=tuple(fact for fact in self.known if fact.name not in names), unknown=self.unknown - set(names)
        )

    def skipping(self, name: str) -> "Profile":
        """A profile that remembers that the visitor does not know this."""
        return Profile(known=tuple(fact for fact in self.known if fact.name != name), unknown=self.unknown | {name})


class FactsRefused(ValueError):
    """Some facts are not in the vocabulary, or have no such value; `problems` says of each in Dutch what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


def parse_facts(raw: Mapping[str, Any], vocabulary: Mapping[str, Fact], origin: Origin = "chosen") -> Profile:
    """
    A profile from JSON.

    :param raw: Fact names to values; None means "weet ik niet".
    :raises FactsRefused: If a name or a value is not in the vocabulary; every wrong one is named.
    """
    profile, problems = Profile(), dict[str, str]()
    for name, value in raw.items():
        if name not in vocabulary:
            problems[name[:40]] = f"Onbekend gegeven: {name[:40]}. Kies uit: {', '.join(vocabulary)}."
        elif value is None:
            profile = profile.skipping(name)
        else:
            try:
                parsed = vocabulary[name].parse(value)
            except ValueError as error:
                problems[name] = str(error)
                continue
            profile = profile.with_facts([KnownFact(name=name, value=parsed, origin=origin, confirmed=True)])
    if problems:
        raise FactsRefused(problems)
    return profile
