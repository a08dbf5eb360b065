"""Reach: which cases a change can touch, and which it surely cannot."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from assistant.answering.consult.traits import Stems, stems_of
from assistant.answering.understand.text import fold
from evaluation.case import Case
from evaluation.consequences.leant import ALL_ROUTES, EVERY_RECORD, Leant
from evaluation.consequences.outcomes import changed_items
from knowledge.article import Term
from knowledge.catalogue import Catalogue, Content
from knowledge.record import Record

_BY_RECORD = frozenset({"records", "sources", "rules"})
_BY_ROUTE = frozenset({"combinations", "moves", "finances", "finance_items", "tuition_rules"})
"""What a visitor's routes are judged and counted with."""
_IN_NO_ANSWER = frozenset({"arrangements", "school_costs"})
"""Told on pages alone."""
_EVERY_CASE = {
    "facts": "de gegevens over bezoekers",
    "subjects": "de schoolvakken",
    "municipalities": "de gemeenten",
    "fields": "de studierichtingen",
    "intents": "de soorten vragen",
    "phrasings": "de voorbeeldzinnen van bezoekers",
    "guards": "de grenzen",
    "professions": "de beroepen",
}
"""What every message is read with."""


@dataclass(frozen=True)
class Reach:
    """What a change can touch of answers."""

    everything: str = ""
    """Why any answer may change, in Dutch; empty if not any can."""
    read: frozenset[str] = frozenset()
    """Ids of records that say something else, and `kind route` where one of a kind does."""
    ranked: frozenset[str] = frozenset()
    """Ids of records that a question finds otherwise: by other names, places, sectors or a new period."""
    stems: Stems = frozenset()
    """Words that more or fewer records have than before: they weigh otherwise in every question that has them."""
    phrases: frozenset[str] = frozenset()
    """Names that a reply is checked on, and words that it explains."""
    names: bool = False
    """Whether messages may be read otherwise: records are called or summed up otherwise."""
    passages: bool = False
    """Whether other passages may be found."""

    def touches(self, case: Case, leant: Leant, answer: str) -> bool:
        """Whether the case has to be asked anew, by what it leaned on before."""
        if self.everything or self.read & leant.read or (self.read and EVERY_RECORD in leant.read):
            return True
        if self.ranked & (leant.read | leant.considered):
            return True
        if not leant.is_plain and (self.names or self.passages):
            return True
        if self.stems and any(self.stems & stems_of(text) for text in case.said):
            return True
        told = fold(answer)
        return any(phrase in told for phrase in self.phrases)


def reach_of(before: Catalogue, after: Catalogue) -> Reach:
    """What the difference between two catalogues can touch."""
    changed = changed_items(before, after)
    names = [words for group, words in _EVERY_CASE.items() if changed[group]]
    if names:
        return Reach(everything=f"De wijziging raakt {' en '.join(names)}. Daarmee lezen we elke vraag.")
    old, new = ({record.id: record for record in each.content.records} for each in (before, after))
    if old.keys() != new.keys():
        return Reach(everything="Er komt iets bij of er gaat iets weg. Dat kan bij elke vraag horen.")
    sources = changed["sources"]
    ids = set(changed["records"]) | {record.id for record in before.content.records if sources & set(record.sources)}
    pairs = [(old[each], new[each]) for each in sorted(changed["records"])]
    ruled = {
        rule.route
        for each in (before, after)
        for rule in each.rules
        if rule.id in changed["rules"] or sources & set(rule.sources)
    }
    ids |= ruled
    if ruled or any(changed[group] for group in _BY_ROUTE):
        ids.add(ALL_ROUTES)
    ids |= {f"kind {record.kind}" for pair in pairs for record in pair}
    return Reach(
        read=frozenset(ids),
        ranked=frozenset(was.id for was, is_ in pairs if _found_by(was) != _found_by(is_)),
        stems=_reweighed(pairs),
        phrases=frozenset(_phrases(pairs)),
        names=any(_called(was) != _called(is_) for was, is_ in pairs),
        passages=_passages(before) != _passages(after),
    )


def _reweighed(pairs: Iterable[tuple[Record, Record]]) -> Stems:
    """Words that a record has now and had not, or the other way round."""
    stems = set[str]()
    for was, is_ in pairs:
        stems |= _stems(was) ^ _stems(is_)
    return frozenset(stems)


def _stems(record: Record) -> Stems:
    return stems_of("\n".join((record.text(), *record.also_called)))


def _called(record: Record) -> tuple[Any, ...]:
    """What messages are read with."""
    return (
        record.title,
        record.summary,
        record.also_called,
        record.translations,
        record.valid_from,
        record.valid_until,
    )


def _found_by(record: Record) -> tuple[Any, ...]:
    """What a record is chosen by, besides the words it says."""
    told = (getattr(record, name, None) for name in ("forms", "places", "status"))
    return (*_called(record), record.kind, record.sectors, record.regions, tuple(record.references()), *told)


def _phrases(pairs: Iterable[tuple[Record, Record]]) -> Iterator[str]:
    for was, is_ in pairs:
        if was.title != is_.title:
            yield from (fold(was.title), fold(is_.title))
        if isinstance(was, Term) and isinstance(is_, Term) and was.in_short != is_.in_short:
            yield from (fold(word) for term in (was, is_) if term.in_short is not None for word in term.in_short.words)


def _passages(catalogue: Catalogue) -> Mapping[str, str]:
    return {each.id: each.model_dump_json() for each in catalogue.passages()}


_GROUPS = frozenset({*_BY_RECORD, *_BY_ROUTE, *_IN_NO_ANSWER, *_EVERY_CASE})


def groups_not_known() -> frozenset[str]:
    """Groups of the content of which it is not said what they can touch; a test holds that there are none."""
    return frozenset(group.name for group in fields(Content)) - _GROUPS
