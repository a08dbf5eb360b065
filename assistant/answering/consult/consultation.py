"""One question with everything there is to answer it: the visitor, the catalogue, the rules, the index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from assistant.answering.consult.candidates import Evidence, candidates_of, forms_in
from assistant.answering.consult.ranking import Choice, learnt_ranker
from assistant.answering.consult.traits import RecordTraits
from assistant.answering.leaning import Searched, watching
from assistant.answering.state import ConversationState
from assistant.answering.steps import step
from assistant.answering.turn import Locale, Understood
from assistant.answering.understand.intents import Vector
from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict
from knowledge.catalogue import Catalogue
from knowledge.index.live import LiveSearch
from knowledge.index.search import Hit
from knowledge.record import Kind, Record
from knowledge.route import Route

R = TypeVar("R", bound=Record)
_LOOKED_AT = 40
"""Passages of a search that say something about what is asked for."""


@dataclass(frozen=True)
class Knowledge:
    """What is published now: the three things that are asked."""

    catalogue: Catalogue
    eligibility: Eligibility
    search: LiveSearch

    @cached_property
    def traits(self) -> RecordTraits:
        """What sets the records apart."""
        return RecordTraits(self.catalogue)


@dataclass(frozen=True)
class Consultation:
    """A typed question on its way to a finding. `state.profile` already holds what this message told."""

    understood: Understood
    state: ConversationState
    today: date
    knowledge: Knowledge
    vector: Vector | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The published records."""
        return self.knowledge.catalogue

    @property
    def locale(self) -> Locale:
        """The language of the answer."""
        return self.understood.locale

    @property
    def profile(self) -> Profile:
        """What is known about whom this answer is for: nothing of the visitor goes for somebody else."""
        return Profile() if self.understood.about_somebody_else else self.state.profile

    def fact(self, name: str) -> KnownFact | None:
        """A fact for this answer: what the question mentions goes before what is known of the visitor."""
        return self.understood.scope.get(name) or self.profile.get(name)

    @cached_property
    def sectors(self) -> tuple[str, ...]:
        """The kinds of school this answer is about; empty: not said."""
        fact = self.fact("sector")
        if fact is not None and isinstance(fact.value, frozenset):
            return tuple(sorted(fact.value))
        topic = self.state.topic.sector
        return (topic,) if topic and self.understood.is_follow_up else ()

    @cached_property
    def region(self) -> str:
        """The region this answer is about: the one the message names, else by municipality, else by the page."""
        told = any(fact.name == "municipality" for fact in (*self.understood.facts, *self.understood.scope.values()))
        named = () if told else self.named(Kind.REGION)
        if named:
            return named[0].id
        fact = self.fact("municipality")
        place = self.catalogue.municipalities.get(str(fact.value)) if fact else None
        return place.regions[0].region if place and place.regions else self.state.region

    @cached_property
    def judged_on(self) -> Profile:
        """What is known of the visitor, and for this answer what the question mentions."""
        return self.profile.with_facts(self.understood.scope.values())

    @cached_property
    def verdicts(self) -> tuple[RouteVerdict, ...]:
        """Every route, judged on what is known, best first."""
        verdicts = self.knowledge.eligibility.verdicts(self.judged_on.facts(), self.judged_on.unknown)
        if (leaning := watching()) is not None:
            leaning.verdicts.append(verdicts)
        return verdicts

    def is_current(self, record: Record) -> bool:
        """Whether the record may be told today."""
        return record.is_valid_on(self.today)

    def named(self, *kinds: Kind) -> tuple[Record, ...]:
        """Records of these kinds that the message calls by name, the best name first."""
        found = (self.catalogue.find(each) for each in self.understood.records)
        return tuple(
            record for record in found if record is not None and record.kind in kinds and self.is_current(record)
        )

    def all_current(self, type_: type[R]) -> tuple[R, ...]:
        """Every record of a type that holds today and in the visitor's region, the visitor's sectors first."""
        records = [each for each in self.catalogue.all(type_) if self.is_current(each) and each.holds_in(self.region)]
        return tuple(sorted(records, key=lambda each: not self.suits_sector(each)))

    def suits_sector(self, record: Record) -> bool:
        """Whether the record holds for a sector this answer is about."""
        return not record.sectors or not self.sectors or bool(set(record.sectors) & set(self.sectors))

    @cached_property
    def _places(self) -> dict[str, int]:
        """At which place searching finds each record."""
        found: dict[str, int] = {}
        for place, hit in enumerate(self.nearest_hits):
            found.setdefault(hit.passage.record_id or "", place)
        return found

    @cached_property
    def nearest_hits(self) -> Sequence[Hit]:
        """The passages of any kind that are nearest to this question."""
        return self.hits(limit=_LOOKED_AT)

    @cached_property
    def evidence(self) -> Evidence:
        """What the choice of a record leans on."""
        return Evidence(
            understood=self.understood,
            hits=self.nearest_hits,
            forms=frozenset(forms_in(self.understood.text)),
            places=self._places_named,
            region=self.region,
        )

    @cached_property
    def choice(self) -> Choice:
        """The records that may be asked for, each with its probability."""
        choice = learnt_ranker().choose(candidates_of(self.evidence, self.knowledge.traits, self.today))
        called = self.knowledge.traits.called(self.understood.text)
        choice = choice.led_by(called[0]) if len(called) == 1 else choice
        if (leaning := watching()) is not None:
            leaning.choices.append(choice)
        return choice

    def naming(self, record: Record) -> "Consultation":
        """The same as if the question had called this record by name, first of all; what was chosen stays so."""
        named = (record.id, *(each for each in self.understood.records if each != record.id))
        other = replace(self, understood=replace(self.understood, records=named))
        other.__dict__["choice"] = self.choice
        return other

    @cached_property
    def _places_named(self) -> frozenset[str]:
        """The town that the question names, with its region, and the regions that it names."""
        told = next((each for each in self.understood.facts if each.name == "municipality"), None)
        fact = self.understood.scope.get("municipality") or told
        town = self.catalogue.municipalities.get(str(fact.value)) if fact else None
        regions = {each.id for each in self.named(Kind.REGION)}
        if town is not None:
            regions |= {town.name, *(each.region for each in town.regions)}
        return frozenset(regions | ({self.understood.elsewhere} if self.understood.elsewhere else set()))

    def by_relevance(self, records: Sequence[R]) -> list[R]:
        """Those of the visitor's sector and region first, then in the order in which searching finds them."""
        return sorted(
            records,
            key=lambda each: (
                not self.suits_sector(each),
                not each.holds_in(self.region),
                self._places.get(each.id, 99),
            ),
        )

    def topic_route(self) -> Route | None:
        """The route that the conversation is about."""
        record = self.catalogue.find(self.state.topic.route_id or "")
        return record if isinstance(record, Route) else None

    def hits(self, *kinds: Kind | str, limit: int = 8, within_sector: bool = False) -> Sequence[Hit]:
        """Passages for this question that hold today and for this visitor, best first."""
        wanted = tuple(str(kind) for kind in kinds) or None
        sectors = tuple(self.sectors) or None if within_sector else None
        with step("search", within="consult"):
            found = self.knowledge.search.search(
                self.understood.text,
                kinds=wanted,
                region=self.region,
                sectors=sectors,
                on=self.today,
                limit=limit,
                vector=self.vector,
            )
        if (leaning := watching()) is not None:
            leaning.searches.append(Searched(self.understood.text, wanted, self.region, sectors, limit, found))
        return found
