"""The published set of records: immutable, complete, and without a reference to what is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from knowledge.arrangement import Arrangement
from knowledge.fact import Fact, Subject
from knowledge.field import Intent, StudyField
from knowledge.finance import Combination, FinanceItem, RouteFinance, SchoolCosts, TuitionRule
from knowledge.guard import Guard
from knowledge.move import Move
from knowledge.passage import Passage, passages_of
from knowledge.phrasing import Phrasing
from knowledge.place import Municipality
from knowledge.profession import Profession
from knowledge.record import Kind, Record
from knowledge.rule import Rule
from knowledge.source import Source

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Content:
    """Everything the editors' files say, as read: drafts included, references not yet checked."""

    records: tuple[Record, ...] = ()
    rules: tuple[Rule, ...] = ()
    facts: tuple[Fact, ...] = ()
    subjects: tuple[Subject, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    fields: tuple[StudyField, ...] = ()
    intents: tuple[Intent, ...] = ()
    phrasings: tuple[Phrasing, ...] = ()
    sources: tuple[Source, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    finance_items: tuple[FinanceItem, ...] = ()
    finances: tuple[RouteFinance, ...] = ()
    tuition_rules: tuple[TuitionRule, ...] = ()
    combinations: tuple[Combination, ...] = ()
    school_costs: tuple[SchoolCosts, ...] = ()
    moves: tuple[Move, ...] = ()
    guards: tuple[Guard, ...] = ()
    professions: tuple[Profession, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """
    What visitors may be told. Made by `knowledge.reader`, which has checked every reference.

    `version` is a hash of the content, so that two catalogues that say the same have the same one.
    """

    version: str
    content: Content
    drafts: tuple[Record, ...] = ()
    """Records of low confidence: for the editor alone."""

    @cached_property
    def _records(self) -> Mapping[str, Record]:
        return MappingProxyType({record.id: record for record in self.content.records})

    @cached_property
    def _by_kind(self) -> Mapping[Kind, tuple[Record, ...]]:
        return MappingProxyType(
            {kind: tuple(record for record in self.content.records if record.kind == kind) for kind in Kind}
        )

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source by its id."""
        return MappingProxyType({source.id: source for source in self.content.sources})

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The vocabulary about visitors by name, in the order of the file."""
        return MappingProxyType({str(fact.name): fact for fact in self.content.facts})

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """School subjects by id."""
        return MappingProxyType({subject.id: subject for subject in self.content.subjects})

    @cached_property
    def municipalities(self) -> Mapping[str, Municipality]:
        """Municipalities we know more of than the name, by id."""
        return MappingProxyType({each.id: each for each in self.content.municipalities})

    @cached_property
    def professions(self) -> Mapping[str, Profession]:
        """What people do for a living, by id."""
        return MappingProxyType({each.id: each for each in self.content.professions})

    @cached_property
    def fields(self) -> Mapping[str, StudyField]:
        """Fields of study by id."""
        return MappingProxyType({each.id: each for each in self.content.fields})

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of every route."""
        return self.content.rules

    @property
    def moves(self) -> tuple[Move, ...]:
        """How somebody gets from what they have to what a route asks, the most precise first."""
        return self.content.moves

    def __len__(self) -> int:
        return len(self.content.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.content.records)

    def find(self, record_id: str) -> Record | None:
        """The published record with that id, if there is one."""
        return self._records.get(record_id)

    def get(self, record_id: str, type_: type[R]) -> R:
        """
        The published record with that id, of that type.

        :raises KeyError: If there is none, or it is of another kind.
        """
        record = self._records[record_id]
        if not isinstance(record, type_):
            raise KeyError(f"{record_id} is a {record.kind}, not a {type_.__name__}")
        return record

    def all(self, type_: type[R]) -> tuple[R, ...]:
        """Every published record of a type, in the order of the files."""
        kind = type_.model_fields["kind"].default
        return tuple(record for record in self._by_kind[kind] if isinstance(record, type_))

    def linked(self, ids: Sequence[str], type_: type[R]) -> tuple[R, ...]:
        """The published ones among these records; drafts are left out."""
        found = (self._records.get(each) for each in ids)
        return tuple(record for record in found if isinstance(record, type_))

    def source_of(self, record: Record) -> Source:
        """The source that a citation of the record names."""
        return self.sources[record.sources[0]]

    @cached_property
    def _asked(self) -> Mapping[str, tuple[str, ...]]:
        """
        By record the sentences that ask for it, those that ask the same together.

        None for figures: those of one series are asked for alike, and are told apart by what they say.
        """
        found: dict[str, tuple[str, ...]] = {}
        figures = {record.id for record in self._by_kind[Kind.FIGURE]}
        for phrasing in self.content.phrasings:
            if phrasing.answers is not None and phrasing.answers not in figures:
                found[phrasing.answers] = (*found.get(phrasing.answers, ()), "\n".join(phrasing.asks))
        return MappingProxyType(found)

    def passages(self) -> Iterator[Passage]:
        """Every passage of every published record, for the index."""
        for record in self.content.records:
            yield from passages_of(record, self.source_of(record), self._asked.get(record.id, ()))
