"""Casebook: every case and persona, read from YAML that advisers write."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError

from assistant.answering.answer import AnswerStatus
from assistant.answering.understand.intents import INTENTS
from assistant.eligibility.profile import parse_facts
from evaluation.case import Case, Expectation, GuardCase, Persona
from evaluation.conversation import Conversation, ConversationTurn
from evaluation.ingestion.case import PageCase
from knowledge.catalogue import Catalogue
from knowledge.route import Route

CASES = Path(__file__).parent / "cases"


class CaseProblem(Exception):
    """A case file cannot be used; the message names the file, the case and what to do."""


@dataclass(frozen=True)
class Casebook:
    """What is asked, and what would be right."""

    cases: tuple[Case, ...]
    personas: tuple[Persona, ...]
    guards: tuple[GuardCase, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    pages: tuple[PageCase, ...] = ()

    def only(self, split: Literal["dev", "test", "all"]) -> "Casebook":
        """The cases of one split."""
        if split == "all":
            return self
        return replace(
            self,
            cases=tuple(case for case in self.cases if case.split == split),
            personas=tuple(persona for persona in self.personas if persona.split == split),
            guards=tuple(case for case in self.guards if case.split == split),
            conversations=tuple(each for each in self.conversations if each.split == split),
            pages=tuple(each for each in self.pages if each.split == split),
        )

    def unknown(self, catalogue: Catalogue) -> Iterator[str]:
        """What a case names and the catalogue does not have: records, routes, facts and their values, regions."""
        yield from _asked_twice(self.cases)
        for case in self.cases:
            where = f"{case.topic}.yaml: {case.id}"
            yield from (
                f"{where}: no record {each!r}" for each in case.expect.cites_any if catalogue.find(each) is None
            )
            yield from (f"{where}: no fact {each!r}" for each in case.expect.may_know if each not in catalogue.facts)
            yield from _unparsed(where, (case.expect.facts or {}) | case.knows, catalogue)
            yield from _unasked(where, case)
            if catalogue.find(case.region) is None:
                yield f"{where}: no region {case.region!r}"
        for persona in self.personas:
            where = f"personas/{persona.topic}.yaml: {persona.id}"
            routes = {route.id for route in catalogue.all(Route)}
            yield from (f"{where}: no route {each!r}" for each in persona.expect if each not in routes)
            yield from _unparsed(where, persona.facts, catalogue)
        for conversation in self.conversations:
            yield from _unknown_in(conversation, catalogue)


def read_casebook(folder: Path = CASES) -> Casebook:
    """
    Every case in a folder, and what is in its folders `personas`, `guards`, `conversations` and `ingestion`.

    :raises CaseProblem: If a file is no YAML, a case lacks something, or two have one id; it names all of them.
    """
    problems = list[str]()
    cases = tuple(_read(folder, Case, problems))
    personas = tuple(_read(folder / "personas", Persona, problems))
    guards = tuple(_read(folder / "guards", GuardCase, problems))
    conversations = tuple(_read(folder / "conversations", Conversation, problems))
    pages = tuple(_read(folder / "ingestion", PageCase, problems))
    ids = Counter(item.id for item in (*cases, *personas, *guards, *conversations, *pages))
    twice = [each for each, count in ids.items() if count > 1]
    if twice:
        problems.append(f"{folder}: more than one case has the id {', '.join(twice)}; give one of them another")
    if not ids and not problems:
        problems.append(f"{folder}: no cases here; name the folder that holds the YAML files")
    if problems:
        raise CaseProblem("\n".join(problems))
    return Casebook(cases, personas, guards, conversations, pages)


def _read(folder: Path, type_: Any, problems: list[str]) -> Iterator[Any]:
    """The cases of a folder that can be used; of the others what is wrong with them is added to `problems`."""
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8")
            entries, node = yaml.load(text, yaml.CSafeLoader), yaml.compose(text, yaml.CSafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(f"{path}: broken YAML: {error}")
            continue
        if not isinstance(entries, list) or node is None:
            problems.append(f"{path}: a case file is a list of cases, each beginning with `- id:`")
            continue
        for entry, at in zip(entries, node.value, strict=True):
            where = f"{path}, line {at.start_mark.line + 1}"
            if not isinstance(entry, dict):
                problems.append(f"{where}: an entry that is no case: begin each with `- id:`")
                continue
            try:
                yield type_.model_validate({"topic": path.stem} | entry)
            except ValidationError as error:
                name = entry.get("id", "a case without id")
                problems += [f"{where}: {name}: {each}" for each in _faults(error, type_)]


def _faults(error: ValidationError, type_: type[BaseModel]) -> Iterator[str]:
    """What is wrong with one case, in the words of who writes it: `expect.says.0: '(' is no regular expression`."""
    for each in error.errors(include_url=False):
        field = ".".join(map(str, each["loc"])) or "the case"
        match each["type"]:
            case "missing":
                yield f"{field} is missing; a case needs it"
            case "extra_forbidden":
                known = ", ".join(_keys_at(type_, each["loc"]))
                yield f"{field} is no key; choose from {known}"
            case "string_pattern_mismatch" if each["loc"][-1] == "id":
                yield f"id {each['input']!r}: write it in small letters, digits and single hyphens: `kosten-vog`"
            case _:
                yield f"{field}: {each['msg'].removeprefix('Value error, ')} (it is {each['input']!r:.60})"


def _keys_at(type_: type[BaseModel], at: Sequence[str | int]) -> Iterable[str]:
    """The keys of a case, or of what stands within it."""
    if len(at) == 1:
        return type_.model_fields
    return ConversationTurn.model_fields if at[0] == "turns" else Expectation.model_fields


def _asked_twice(cases: Sequence[Case]) -> Iterator[str]:
    first: dict[tuple[str, tuple[str, ...]], Case] = {}
    for case in cases:
        known = first.setdefault((case.region, case.said), case)
        if known is not case:
            yield f"{case.topic}.yaml: {case.id} asks the very same as {known.id} in {known.topic}.yaml; take one of them out"


_STATUSES = tuple(str(status) for status in AnswerStatus)


def _unasked(where: str, case: Case) -> Iterator[str]:
    """Expectations that no reply can meet."""
    for each in case.expect.status:
        if not any(status.startswith(each) for status in _STATUSES):
            yield f"{where}: no status begins with {each!r}; there is {', '.join(_STATUSES)}"
    for each in case.expect.intent:
        if each not in INTENTS:
            yield f"{where}: no intent {each!r}; there is {', '.join(INTENTS)}"
    both = set(case.expect.says) & set(case.expect.never)
    if both:
        yield f"{where}: {', '.join(sorted(both))} must be said and may not be said"


def _unknown_in(conversation: Conversation, catalogue: Catalogue) -> Iterator[str]:
    where = f"conversations/{conversation.topic}.yaml: {conversation.id}"
    for turn in conversation.turns:
        yield from (f"{where}: no record {each!r}" for each in turn.cites_any if catalogue.find(each) is None)
    for name, values in conversation.named_facts().items():
        yield from _unparsed(where, {name: None}, catalogue)
        for value in values:
            yield from _unparsed(where, {name: value}, catalogue)
    if catalogue.find(conversation.region) is None:
        yield f"{where}: no region {conversation.region!r}"


def _unparsed(where: str, facts: dict[str, Any], catalogue: Catalogue) -> Iterator[str]:
    try:
        parse_facts(facts, catalogue.facts)
    except ValueError as error:
        yield f"{where}: {error}"
    subject = facts.get("subject")
    if subject is not None and subject not in catalogue.subjects:
        yield f"{where}: no subject {subject!r}"
    municipality = facts.get("municipality")
    if municipality is not None and municipality not in catalogue.municipalities:
        yield f"{where}: no municipality {municipality!r}"
