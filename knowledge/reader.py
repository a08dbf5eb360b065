"""From the editors' YAML to a checked catalogue, or to a list of problems that says file, line and what to do."""

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
from knowledge.coherence import Coherence
from knowledge.event import Event, Orientation
from knowledge.fact import Fact, Subject
from knowledge.field import Intent, StudyField
from knowledge.figure import Figure
from knowledge.finance import (
    Combination,
    FinanceItem,
    RouteFinance,
    SchoolCosts,
    TuitionRule,
)
from knowledge.guard import Guard
from knowledge.money import Cost, Salary, Subsidy
from knowledge.move import Move
from knowledge.phrasing import Phrasing
from knowledge.place import Institution, Loket, Municipality, Region
from knowledge.problem import ContentError, Entry, Problem
from knowledge.profession import Profession
from knowledge.programme import Programme
from knowledge.record import Record
from knowledge.route import Route
from knowledge.rule import Rule
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
class ContentReader:
    """
    Reads a content folder.

    `read` never raises for what stands in the files: it collects every problem, so that an editor mends them in one go.
    """

    folder: Path = CONTENT
    problems: list[Problem] = field(default_factory=list)
    _entries: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, items: Iterable[tuple[str, BaseModel]]) -> "ContentReader":
        """One that has read these already, to `check` them; each with the name that a problem calls its file."""
        return cls(_entries=[Entry(name, 0, item) for name, item in items])

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

    def check(self) -> None:
        """Add the problems between items: double ids, dangling references, rules about nothing."""
        self.problems += Coherence(self._entries).check()

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
            self._entries.append(Entry(file, line, type_.model_validate(data)))
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            for detail in details:
                if any(_lies_within(other["loc"], detail["loc"]) for other in details):
                    continue
                at = ".".join(str(part) for part in detail["loc"]) or "item"
                where = _line_of(node, detail["loc"])
                fix = f"mend `{at}` of {data.get('id') or data.get('name')}"
                self.problems.append(Problem(file, where, f"{at}: {detail['msg']}", fix))


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
