"""Coherence: what has to be so between the items of the content, each of which is well-formed by itself."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from knowledge.arrangement import Arrangement
from knowledge.fact import Fact, FactType, Subject, unsound_meanings
from knowledge.finance import (
    AmountOf,
    Combination,
    Finance,
    FinanceItem,
    RouteFinance,
    SchoolCosts,
    TuitionRule,
    conditions_of,
    matching,
)
from knowledge.money import Money
from knowledge.move import Move, unsound_move
from knowledge.phrasing import Phrasing
from knowledge.place import Municipality
from knowledge.problem import Entry, Problem
from knowledge.profession import Profession, unsound_profession
from knowledge.record import Kind, Record
from knowledge.route import Route
from knowledge.rule import Atom, Condition, Rule, atoms
from knowledge.source import Source

_MEANS_WRONG = (
    "Bij de vraag ‘{}’ volgt uit een antwoord iets dat niet bestaat, of de vraag komt na iets dat er niet is."
)
_KINDS_IN_DUTCH: dict[Kind, str] = {
    Kind.ROUTE: "route",
    Kind.COST: "kostenpost",
    Kind.SUBSIDY: "regeling",
    Kind.SALARY: "salaris",
    Kind.VACANCY: "vacature",
    Kind.LOKET: "loket",
    Kind.REGION: "regio",
    Kind.EVENT: "bijeenkomst",
    Kind.ORIENTATION: "kennismaking",
    Kind.INSTITUTION: "opleiding of bestuur",
    Kind.PROGRAMME: "opleiding",
    Kind.ARTICLE: "artikel",
    Kind.FAQ: "vraag",
    Kind.STORY: "verhaal",
    Kind.TERM: "begrip",
    Kind.FIGURE: "cijfer",
}


def _no_record(id_: str, kind: Kind) -> str:
    return f"Er is geen {_KINDS_IN_DUTCH[kind]} met de naam ‘{id_}’."


class Coherence:
    """The items of the content beside each other."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._problems: list[Problem] = []

    def check(self) -> list[Problem]:
        """The problems between items: double ids, dangling references, rules about nothing."""
        self._check_ids()
        ids: dict[str, Kind] = {item.id: item.kind for item in self._items(Record)}
        sources = {item.id for item in self._items(Source)}
        facts = {str(item.name): item for item in self._items(Fact)}
        places = {item.id for item in self._items(Municipality)}
        subjects = {item.id for item in self._items(Subject)}
        self._check_phrasings(ids)
        for entry in self._entries:
            item = entry.item
            if isinstance(item, Record | Rule | Arrangement | Combination | RouteFinance | SchoolCosts | TuitionRule):
                named = set(item.sources)
                for amount in getattr(item, "amounts", ()):
                    named |= set(amount.sources)
                for conflict in getattr(item, "conflicts", ()):
                    named |= {claim.source for claim in conflict.claims}
                if isinstance(item, Route):
                    named |= {source for told in item.told().values() for source in told.sources}
                for missing in sorted(named - sources):
                    self._add(
                        entry,
                        f"{item.id} names source {missing!r}, which is not there",
                        "add it under sources/",
                        f"De bron ‘{missing}’ bestaat niet. Kies een andere bron, of voeg hem eerst toe.",
                    )
            if isinstance(item, Record):
                self._check_references(entry, item, ids, places, subjects)
            if isinstance(item, Rule):
                if ids.get(item.route) is not Kind.ROUTE:
                    self._add(
                        entry,
                        f"{item.id} is about route {item.route!r}, which is not there",
                        "use the id of a route record",
                        _no_record(item.route, Kind.ROUTE),
                    )
                self._check_condition(entry, item.id, item.condition, facts, subjects)
            if isinstance(item, Arrangement):
                for route in item.routes:
                    if ids.get(route) is not Kind.ROUTE:
                        self._add(
                            entry,
                            f"{item.id} is about route {route!r}",
                            "use the id of a route record",
                            _no_record(route, Kind.ROUTE),
                        )
            if isinstance(item, Finance):
                self._check_finance(entry, item, ids)
                for condition in conditions_of(item):
                    self._check_condition(entry, item.id, condition, facts, subjects)
            if isinstance(item, Fact):
                for what, fix in unsound_meanings(item, facts):
                    self._add(entry, what, fix, _MEANS_WRONG.format(item.label.nl))
            if isinstance(item, Move):
                for what, fix in unsound_move(item, facts, ids):
                    self._add(
                        entry,
                        what,
                        fix,
                        f"De stap ‘{item.how.nl}’ noemt iets dat er niet is, of een antwoord dat niet bestaat.",
                    )
            if isinstance(item, Profession):
                for what, fix in unsound_profession(item, facts):
                    self._add(entry, what, fix, f"Het beroep ‘{item.title.nl}’ noemt een diploma dat niet bestaat.")
            if isinstance(item, Municipality):
                for membership in item.regions:
                    if ids.get(membership.region) is not Kind.REGION:
                        self._add(
                            entry,
                            f"{item.id} names region {membership.region!r}",
                            "use the id of a region record",
                            _no_record(membership.region, Kind.REGION),
                        )
        return self._problems

    def _check_ids(self) -> None:
        seen: dict[tuple[str, str], Entry] = {}
        for entry in self._entries:
            group = "record" if isinstance(entry.item, Record) else type(entry.item).__name__
            name = str(getattr(entry.item, "id", None) or getattr(entry.item, "name", ""))
            first = seen.setdefault((group, name), entry)
            if first is not entry:
                self._add(
                    entry,
                    f"{group.lower()} {name!r} is already at {first.file}:{first.line}",
                    "give it another id",
                    f"De naam ‘{name}’ is al in gebruik. Kies een andere.",
                )

    def _check_phrasings(self, ids: dict[str, Kind]) -> None:
        """A sentence means one thing, and what it asks for is there."""
        meant: dict[str, tuple[Phrasing, Entry]] = {}
        for entry in self._entries:
            item = entry.item
            if not isinstance(item, Phrasing):
                continue
            if item.answers is not None and item.answers not in ids:
                self._add(
                    entry,
                    f"{item.id} answers with {item.answers!r}, which is not there",
                    "use a record's id",
                    f"De vraag ‘{item.asks[0]}’ wordt beantwoord met ‘{item.answers}’, en dat bestaat niet.",
                )
            for sentence in item.asks:
                key = " ".join(re.findall(r"\w+", sentence.casefold()))
                first, where = meant.setdefault(key, (item, entry))
                if (first.answers, first.intent, first.aspect) != (item.answers, item.intent, item.aspect):
                    what = f"{sentence!r} already asks something else at {where.file}:{where.line}"
                    dutch = f"De vraag ‘{sentence}’ staat al ergens anders, met een ander antwoord. Laat hem op één plek staan."
                    self._add(entry, what, "leave it where it fits best", dutch)

    def _check_references(
        self, entry: Entry, item: Record, ids: dict[str, Kind], places: set[str], subjects: set[str]
    ) -> None:
        for field_, kind, target in item.references():
            if ids.get(target) is not kind:
                found = ids.get(target)
                what = f"is a {found}" if found else "is not there"
                self._add(
                    entry,
                    f"{item.id}.{field_} points at {target!r}, which {what}",
                    f"use the id of a {kind} record",
                    f"‘{item.title}’ verwijst naar ‘{target}’. {_no_record(target, kind)}",
                )
        for target in getattr(item, "municipalities", ()):
            if target not in places:
                self._add(
                    entry,
                    f"{item.id}.municipalities names {target!r}",
                    "use an id from municipalities.yaml",
                    f"De gemeente ‘{target}’ staat niet in de lijst van gemeenten.",
                )
        for target in set(getattr(item, "primary_locations", ())) - set(getattr(item, "municipalities", ())):
            self._add(
                entry,
                f"{item.id} has locations in {target!r}",
                "name it among its municipalities too",
                f"‘{item.title}’ heeft een vestiging in ‘{target}’. Zet die gemeente ook bij de gemeenten.",
            )
        for target in getattr(item, "subjects", ()):
            if target not in subjects:
                self._add(
                    entry,
                    f"{item.id}.subjects names {target!r}",
                    "use an id from subjects.yaml",
                    f"Het vak ‘{target}’ staat niet in de lijst van vakken.",
                )

    def _check_condition(
        self, entry: Entry, name: str, condition: Condition, facts: dict[str, Fact], subjects: set[str]
    ) -> None:
        for atom in atoms(condition):
            fact = facts.get(atom.fact)
            if fact is None:
                self._add(
                    entry,
                    f"{name} asks for fact {atom.fact!r}",
                    "add it to facts.yaml",
                    f"Een voorwaarde vraagt naar ‘{atom.fact}’, en dat feit bestaat niet.",
                )
            elif fact.type is FactType.SUBJECT and (strange := _listed(atom) - subjects):
                self._add(
                    entry,
                    f"{name}: {min(strange)!r} is no subject",
                    "use an id from subjects.yaml",
                    f"Een voorwaarde noemt het vak ‘{min(strange)}’, en dat staat niet in de lijst van vakken.",
                )
            elif problem := _misfit(atom, fact):
                self._add(
                    entry,
                    f"{name}: {problem}",
                    f"use the values of {fact.name} in facts.yaml",
                    f"Een voorwaarde past niet bij ‘{fact.label.nl}’: kies uit de antwoorden die daar kunnen.",
                )

    def _check_finance(self, entry: Entry, finance: Finance, ids: dict[str, Kind]) -> None:
        """What it points at is there, and so is each amount that it means."""
        if isinstance(finance, RouteFinance):
            known = {item.id for item in self._items(FinanceItem)}
            for missing in sorted({each.item for each in finance.items} - known):
                self._add(
                    entry,
                    f"{finance.id} has item {missing!r}",
                    "use an id from finances/items.yaml",
                    f"De geldpost ‘{missing}’ bestaat niet.",
                )
            if finance.tuition.level and finance.tuition.level not in {rule.id for rule in self._items(TuitionRule)}:
                self._add(
                    entry,
                    f"{finance.id}: no rule for {finance.tuition.level}",
                    "add it to finances/tuition.yaml",
                    f"Voor ‘{finance.tuition.level}’ is er geen regel voor het collegegeld.",
                )
        about = finance.routes if isinstance(finance, SchoolCosts) else ()
        for route in (finance.route,) if isinstance(finance, RouteFinance) else about:
            if ids.get(route) is not Kind.ROUTE:
                self._add(
                    entry,
                    f"{finance.id} is about route {route!r}",
                    "use the id of a route record",
                    _no_record(route, Kind.ROUTE),
                )
        if isinstance(finance, Combination):
            for scheme in finance.between:
                if ids.get(scheme) is not Kind.SUBSIDY:
                    self._add(
                        entry,
                        f"{finance.id} is about {scheme!r}",
                        "use the id of a subsidy record",
                        _no_record(scheme, Kind.SUBSIDY),
                    )
        records = {item.id: item for item in self._items(Record)}
        for wanted in _amounts_of(finance):
            record = records.get(wanted.record)
            if not isinstance(record, Money):
                self._add(
                    entry,
                    f"{finance.id} takes amounts of {wanted.record!r}",
                    "use a cost, subsidy or salary",
                    f"Het geldplaatje rekent met bedragen van ‘{wanted.record}’, en dat bestaat niet (meer).",
                )
                continue
            labels = tuple(amount.label for amount in record.amounts)
            for label in wanted.labels:
                if not matching(labels, label):
                    fix = f"write it as one of the labels of {record.id} begins: {'; '.join(labels)}"
                    dutch = (
                        f"Het geldplaatje rekent met het bedrag ‘{label}’ van ‘{record.title}’, en dat heet nu anders. "
                        f"Laat de naam zo beginnen, of verander ook de geldpost ‘{finance.id}’."
                    )
                    self._add(entry, f"{finance.id} means amount {label!r}", fix, dutch)

    def _add(self, entry: Entry, what: str, fix: str, dutch: str) -> None:
        self._problems.append(Problem(entry.file, entry.line, what, fix, dutch))

    def _items(self, type_: type[Any]) -> Iterator[Any]:
        return (entry.item for entry in self._entries if isinstance(entry.item, type_))


def _amounts_of(finance: Finance) -> Iterator[AmountOf]:
    """The records that it takes amounts from, with the labels it means."""
    if isinstance(finance, FinanceItem):
        yield AmountOf(record=finance.record, labels=finance.labels)
    elif isinstance(finance, TuitionRule):
        yield from (finance.statutory, finance.institutional)
    elif isinstance(finance, SchoolCosts):
        yield from finance.taken()


def _listed(atom: Atom) -> set[str]:
    """The values that a test names, as text."""
    return {*(atom.one_of or ()), *(atom.none_of or ()), *([str(atom.is_)] if atom.is_ is not None else [])}


def _misfit(atom: Atom, fact: Fact) -> str | None:
    """What is wrong with a test on this fact, or None."""
    listed: list[int | str] = [*(atom.one_of or ()), *(atom.none_of or ())]
    if fact.type in (FactType.CHOICE, FactType.SET):
        listed += [value for value in (atom.at_least, atom.at_most, atom.is_) if value is not None]
        strange = [value for value in listed if value not in fact.values()]
        if strange:
            return f"{strange[0]!r} is no value of {fact.name}"
        if (atom.at_least is not None or atom.at_most is not None) and not fact.ordered:
            return f"{fact.name} has no order, so at_least and at_most mean nothing"
    elif fact.type is FactType.NUMBER:
        if (
            listed
            or isinstance(atom.is_, bool | str)
            or isinstance(atom.at_least, str)
            or isinstance(atom.at_most, str)
        ):
            return f"{fact.name} is a number"
    elif fact.type is FactType.FLAG and not isinstance(atom.is_, bool):
        return f"{fact.name} is yes or no: use `is: true` or `is: false`"
    return None
