"""Casebook: every case and persona, read from YAML that advisers write."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from assistant.eligibility.profile import parse_facts
from evaluation.case import Case, GuardCase, Persona
from evaluation.conversation import Conversation
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
        )

    def unknown(self, catalogue: Catalogue) -> Iterator[str]:
        """What a case names and the catalogue does not have: records, routes, facts and their values, regions."""
        for case in self.cases:
            where = f"{case.topic}.yaml: {case.id}"
            yield from (
                f"{where}: no record {each!r}" for each in case.expect.cites_any if catalogue.find(each) is None
            )
            yield from (f"{where}: no fact {each!r}" for each in case.expect.may_know if each not in catalogue.facts)
            yield from _unparsed(where, case.expect.facts or {}, catalogue)
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
    Every case in a folder, and what is in its folders `personas`, `guards` and `conversations`.

    :raises CaseProblem: If a file is no YAML, a case lacks something, or two have one id.
    """
    cases = tuple(_read(folder, Case))
    personas = tuple(_read(folder / "personas", Persona))
    guards = tuple(_read(folder / "guards", GuardCase))
    conversations = tuple(_read(folder / "conversations", Conversation))
    ids = Counter(item.id for item in (*cases, *personas, *guards, *conversations))
    twice = [each for each, count in ids.items() if count > 1]
    if twice:
        raise CaseProblem(f"{folder}: more than one case has the id {', '.join(twice)}; give one of them another")
    if not ids:
        raise CaseProblem(f"{folder}: no cases here; name the folder that holds the YAML files")
    return Casebook(cases, personas, guards, conversations)


def _read(folder: Path, type_: Any) -> Iterator[Any]:
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise CaseProblem(f"{path}: broken YAML: {error}") from error
        if not isinstance(entries, list):
            raise CaseProblem(f"{path}: a case file is a list of cases, each beginning with `- id:`")
        for entry in entries:
            name = entry.get("id", "a case without id") if isinstance(entry, dict) else "an entry that is no case"
            try:
                yield type_.model_validate({"topic": path.stem} | entry)
            except (ValidationError, TypeError) as error:
                raise CaseProblem(f"{path}: {name}: {error}") from error


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
