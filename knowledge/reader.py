"""From the editors' YAML to a checked catalogue, or to a list of problems that says file, line and what to do."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.arrangement import Arrangement
from knowledge.article import Article, Faq, Story, Term
from knowledge.catalogue import Catalogue, Content
from knowledge.event import Event, Orientation
from knowledge.fact import Fact, FactType, Subject, unsound_meanings
from knowledge.field import Intent, StudyField
from knowledge.figure import Figure
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
from knowledge.guard import Guard
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.move import Move, unsound_move
from knowledge.phrasing import Phrasing
from knowledge.place import Institution, Loket, Municipality, Region
from knowledge.profession import Profession, unsound_profession
from knowledge.programme import Programme
from knowledge.record import Kind, Record
from knowledge.route import Route
from knowledge.rule import Atom, Condition, Rule, atoms
from knowledge.source import Source
from knowledge.vacancy import Vacancy

CONTENT = Path(__file__).parent / "content"
"""The content as delivered with the product."""

CASES = "cases"
"""The folder beside it in which an export puts what editors keep for the evaluation."""

RECORD_TYPES: dict[str, type[Record]] = {
    str(type_.model_fields["kind"].default): type_
    for type_ in (
        Route,
        Cost,
        Subsidy,
        Salary,
        Figure,
        Vacancy,
        Loket,
        Region,
        Event,
        Orientation,
        Institution,
        Programme,
        Article,
        Faq,
        Story,
        Term,
    )
}
_LISTS: dict[str, type[BaseModel]] = {
    "rules": Rule,
    "facts": Fact,
    "subjects": Subject,
    "municipalities": Municipality,
    "fields": StudyField,
    "intents": Intent,
    "phrasings": Phrasing,
    "sources": Source,
    "arrangements": Arrangement,
    "guards": Guard,
    "professions": Profession,
    "moves": Move,
    "finances": RouteFinance,
    "finances/items": FinanceItem,
    "finances/tuition": TuitionRule,
    "finances/combinations": Combination,
    "finances/school-costs": SchoolCosts,
}
"""A file under the content folder, else its first folder, and what is in there besides records."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the content, where, and what to do about it."""

    file: str
    line: int
    what: str
    fix: str
    dutch: str = ""
    """The same for an editor; empty where only who writes YAML can come across it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} -> {self.fix}"


class ContentError(Exception):
    """The content cannot be published; `problems` says why, each with what to do."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = f"\n... and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__("\n".join(str(problem) for problem in problems[:20]) + more)


class _LineLoader(yaml.CSafeLoader):
    """Safe YAML that remembers on which line each mapping starts, and refuses a key that is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key, times in Counter(keys).items():
            if times > 1 and key != "<<":
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is given {times} times", node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


@dataclass
class _Entry:
    file: str
    line: int
    item: BaseModel


@dataclass
class ContentReader:
    """
    Reads a content folder.

    `read` never raises for what stands in the files: it collects every problem, so that an editor mends them in one go.
    """

    folder: Path = CONTENT
    problems: list[Problem] = field(default_factory=list)
    _entries: list[_Entry] = field(default_factory=list)

    @classmethod
    def of(cls, items: Iterable[tuple[str, BaseModel]]) -> "ContentReader":
        """One that has read these already, to `check` them; each with the name that a problem calls its file."""
        return cls(_entries=[_Entry(name, 0, item) for name, item in items])

    def read(self) -> Content:
        """
        Everything in the folder that is well-formed; look at `problems` for the rest.

        :raises ContentError: If the folder is missing or holds no YAML at all.
        """
        files = content_files(self.folder)
        if not files:
            where = str(self.folder)
            raise ContentError(
                [Problem(where, 0, "there is no content here", "point LOKET_CONTENT at a folder with YAML")]
            )
        for file in files:
            self._read_file(file)
        return Content(
            records=tuple(item for item in self._items(Record)),
            rules=tuple(self._items(Rule)),
            facts=tuple(self._items(Fact)),
            subjects=tuple(self._items(Subject)),
            municipalities=tuple(self._items(Municipality)),
            fields=tuple(self._items(StudyField)),
            intents=tuple(self._items(Intent)),
            phrasings=tuple(self._items(Phrasing)),
            sources=tuple(self._items(Source)),
            arrangements=tuple(self._items(Arrangement)),
            finance_items=tuple(self._items(FinanceItem)),
            finances=tuple(self._items(RouteFinance)),
            tuition_rules=tuple(self._items(TuitionRule)),
            combinations=tuple(self._items(Combination)),
            guards=tuple(self._items(Guard)),
            professions=tuple(self._items(Profession)),
            moves=tuple(self._items(Move)),
            school_costs=tuple(self._items(SchoolCosts)),
        )

    def read_one(self, file: Path) -> tuple[BaseModel, ...]:
        """The items of one file that are well-formed, in their order; look at `problems` for the rest."""
        before = len(self._entries)
        self._read_file(file)
        return tuple(entry.item for entry in self._entries[before:])

    def _items(self, type_: type[Any]) -> Iterator[Any]:
        return (entry.item for entry in self._entries if isinstance(entry.item, type_))

    def _read_file(self, file: Path) -> None:
        name = file.relative_to(self.folder).as_posix()
        try:
            root = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LineLoader)
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 1, "the file is not UTF-8", "save it as UTF-8"))
            return
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or str(error)
            line = mark.line + 1 if mark else 1
            self.problems.append(Problem(name, line, f"broken YAML: {what}", "check the indentation and quotes there"))
            return
        if root is None:
            return
        if not isinstance(root, yaml.SequenceNode):
            self.problems.append(Problem(name, 1, "the file is not a list", "start every item with `- id:`"))
            return
        for node in root.value:
            self._read_item(name, node)

    def _read_item(self, file: str, node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        try:
            data = _constructed(node)
        except (yaml.YAMLError, ValueError) as error:
            # A ValueError: what looks like a day and is on no calendar (`2026-13-45`).
            what = getattr(error, "problem", None) or str(error)
            self.problems.append(Problem(file, line, what, "remove the double key or mend the value"))
            return
        if not isinstance(data, dict):
            self.problems.append(
                Problem(file, line, "the item is no mapping", "start it with `- id:` and indent its fields")
            )
            return
        path = file.removesuffix(".yaml")
        type_ = _LISTS.get(path) or _LISTS.get(path.split("/")[0]) or RECORD_TYPES.get(str(data.get("kind")))
        if type_ is None:
            known = ", ".join(sorted(RECORD_TYPES))
            self.problems.append(Problem(file, line, f"unknown kind {data.get('kind')!r}", f"use one of: {known}"))
            return
        try:
            self._entries.append(_Entry(file, line, type_.model_validate(data)))
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            for detail in details:
                if any(_lies_within(other["loc"], detail["loc"]) for other in details):
                    continue
                at = ".".join(str(part) for part in detail["loc"]) or "item"
                where = _line_of(node, detail["loc"])
                fix = f"mend `{at}` of {data.get('id') or data.get('name')}"
                self.problems.append(Problem(file, where, f"{at}: {detail['msg']}", fix))

    def check(self) -> None:
        """Add the problems between items: double ids, dangling references, rules about nothing."""
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

    def _check_ids(self) -> None:
        seen: dict[tuple[str, str], _Entry] = {}
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
        meant: dict[str, tuple[Phrasing, _Entry]] = {}
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
        self, entry: _Entry, item: Record, ids: dict[str, Kind], places: set[str], subjects: set[str]
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
        self, entry: _Entry, name: str, condition: Condition, facts: dict[str, Fact], subjects: set[str]
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

    def _check_finance(self, entry: _Entry, finance: Finance, ids: dict[str, Kind]) -> None:
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

    def _add(self, entry: _Entry, what: str, fix: str, dutch: str) -> None:
        self.problems.append(Problem(entry.file, entry.line, what, fix, dutch))


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


def content_files(folder: Path) -> list[Path]:
    """The YAML of a content folder; the cases that an export puts beside it are for the evaluation."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.rglob("*.yaml") if each.relative_to(folder).parts[0] != CASES)


def read_content(folder: Path = CONTENT) -> Content:
    """
    The content of the folder, checked; drafts included.

    :raises ContentError: If anything is wrong; all problems are in it.
    """
    reader = ContentReader(folder)
    content = reader.read()
    reader.check()
    if reader.problems:
        raise ContentError(reader.problems)
    return content


def read_catalogue(folder: Path = CONTENT) -> Catalogue:
    """
    The catalogue that the folder describes.

    :raises ContentError: If anything is wrong; all problems are in it.
    """
    return publish(read_content(folder))


def publish(content: Content) -> Catalogue:
    """A catalogue of checked content: records, rules and arrangements of low confidence stay behind as drafts."""
    published = tuple(record for record in content.records if record.confidence != "low")
    routes = {record.id for record in published}
    rules = tuple(rule for rule in content.rules if rule.confidence != "low" and rule.route in routes)
    drafts = tuple(record for record in content.records if record.confidence == "low")
    arrangements = tuple(each for each in content.arrangements if each.confidence != "low")
    kept = replace(content, records=published, rules=rules, arrangements=arrangements)
    digest = sha256()
    for group in fields(kept):
        for item in getattr(kept, group.name):
            digest.update(item.model_dump_json().encode())
    return Catalogue(version=digest.hexdigest()[:12], content=kept, drafts=drafts)


def _constructed(node: yaml.Node) -> Any:
    loader = _LineLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def _lies_within(inner: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    """Whether a problem is deeper inside the same field: then it is the cause of the outer one."""
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _line_of(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """The line of the field that a validation error names, as near as the YAML shows it."""
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        else:
            continue
        if found is None:
            break
        node = found
    return int(node.start_mark.line) + 1


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
