"""How somebody gets from what they have to what a route asks: in words, with the time and the money that sources give."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import model_validator

from knowledge.fact import Fact, FactName, FactType, FactValue, Localised
from knowledge.record import Frozen, Kind, Slug
from knowledge.route import MOST_MONTHS, Months


class Move(Frozen):
    """
    One way to change one fact about oneself. Where no source gives its time or money, `unknown` says so plainly.

    A move that takes no time has a duration of 0 to 0 months; one that costs nothing has `is_free`.
    """

    id: Slug
    fact: FactName
    to: tuple[str, ...] = ()
    """The values it leads to, as they stand in `facts.yaml`; empty: any."""
    came_from: tuple[str, ...] = ()
    """The values it starts from; empty: any."""
    how: Localised
    """What to do, in a sentence for the visitor."""
    duration: Months | None = None
    for_each_unit: bool = False
    """Whether the duration is for each unit of a number: a year of work more takes a year."""
    costs: tuple[Slug, ...] = ()
    """Cost records that it brings."""
    is_free: bool = False
    routes: tuple[Slug, ...] = ()
    """Our own routes that lead there."""
    unknown: Localised | None = None
    """What no source tells, and who knows it."""
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _says_what_it_takes(self) -> "Move":
        takes_time = self.duration is None or self.duration.at_most > 0
        if self.duration is not None and takes_time and not (self.sources or self.for_each_unit):
            raise ValueError("a duration needs `sources`")
        if self.is_free and self.costs:
            raise ValueError("it is free, or it has `costs`")
        if (self.duration is None or not (self.is_free or self.costs)) and self.unknown is None:
            raise ValueError("say in `unknown` that no source gives its time or money, and who knows")
        return self

    def leads(self, fact: Fact, now: FactValue | None, then: FactValue) -> bool:
        """Whether it goes from one value of its fact to another; an open value may be anything."""
        if fact.name != self.fact:
            return False
        starts = not self.came_from or now is None or not _written(now).isdisjoint(self.came_from)
        return starts and (not self.to or not _written(then).isdisjoint(self.to))

    def takes(self, fact: Fact, now: FactValue | None, then: FactValue) -> Months | None:
        """How long it takes, from the sources; None if none says so, or if it is more than a plan can be."""
        if self.duration is None or not self.for_each_unit:
            return self.duration
        units = then - now if fact.type is FactType.NUMBER and isinstance(now, int) and isinstance(then, int) else 1
        return after_each_other([self.duration] * units)


def after_each_other(durations: Sequence[Months]) -> Months | None:
    """How long these take together; None if that is more than a plan can be."""
    at_least, at_most = sum(each.at_least for each in durations), sum(each.at_most for each in durations)
    return Months(at_least=at_least, at_most=at_most) if at_most <= MOST_MONTHS else None


def unsound_move(move: Move, facts: Mapping[str, Fact], kinds: Mapping[str, Kind]) -> Iterator[tuple[str, str]]:
    """
    What it names that is not there, and what to do about it.

    :param kinds: The kind of every record by its id.
    """
    fact = facts.get(move.fact)
    if fact is None:
        yield f"{move.id} changes fact {move.fact!r}", "add it to facts.yaml"
    else:
        known = ("true", "false") if fact.type is FactType.FLAG else fact.values()
        for value in (*move.to, *move.came_from):
            if value not in known:
                yield f"{move.id}: {value!r} is no value of {move.fact}", f"use the values of {move.fact} in facts.yaml"
    for kind, ids in ((Kind.COST, move.costs), (Kind.ROUTE, move.routes)):
        for id_ in ids:
            if kinds.get(id_) is not kind:
                yield f"{move.id} names {kind} {id_!r}, which is not there", f"use the id of a {kind} record"


def _written(value: FactValue) -> frozenset[str]:
    """The value as it stands in YAML, alone or as the parts of a set."""
    if isinstance(value, frozenset):
        return value
    return frozenset([str(value).lower() if isinstance(value, bool) else str(value)])
