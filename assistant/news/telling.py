"""From what was published to what is told of it: in words, with old and new, and never more than visitors may read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pydantic import BaseModel

from assistant.news.change import Change, Line, Reference, Topic, What
from assistant.news.fields import Words, is_dutch, name_of, told_fields
from assistant.news.wording import FIELDS, REWRITTEN, SENTENCES, Locale, listed
from knowledge.catalogue import Catalogue
from knowledge.finance import Combination
from knowledge.money import Money
from knowledge.publishing.history import ItemChange
from knowledge.record import Record
from knowledge.route import Route
from knowledge.rule import Rule

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_SHORT = 90
"""Characters of a value that still reads well inside a sentence."""
_OF_NEW = frozenset({"summary", "amounts", "statement", "says", "valid_from"})
"""Of what is new the page tells the rest."""


def told_changes(changes: Sequence[ItemChange], catalogue: Catalogue, locale: Locale) -> tuple[Change, ...]:
    """
    What is told of these changes, in their order.

    Nothing is told of what visitors cannot read, of fields that they do not see, and of what stayed as it was.
    """
    told = []
    for _, together in groupby(changes, key=lambda each: each.batch):
        batch = [*together]
        found = [change for each in batch if (change := told_change(each, catalogue, locale)) is not None]
        sentence = _sentence_of_editor(batch[0], found, locale)
        told += [_with(change, sentence) for change in found]
    return tuple(told)


def told_change(change: ItemChange, catalogue: Catalogue, locale: Locale) -> Change | None:
    """One change, without what an editor says of it; None if there is nothing to tell."""
    item = change.after or change.before
    if item is None or not (title := name_of(item, catalogue, locale)) or not _is_public(item, catalogue):
        return None
    what: What = "new" if change.before is None else "gone" if change.after is None else "changed"
    lines = tuple(_lines(change, catalogue, locale))
    if not lines and what != "gone":
        return None
    heading = _heading(item, title, what, lines, locale)
    sentence = _short(title, lines, locale) if what == "changed" and not isinstance(item, Rule) else ""
    after = f" {SENTENCES['put_back'][locale]}" if change.is_put_back else ""
    has_page = isinstance(item, Record) and change.after is not None and catalogue.find(item.id) is not None
    return Change(
        id=f"{change.batch}-{change.key.group}-{change.key.id}".replace("_", "-"),
        batch=change.batch,
        at=change.at,
        topic=_topic(item),
        what=what,
        title=title,
        heading=heading + after,
        sentence=(sentence or heading) + after,
        lines=lines,
        references=tuple(_references(item, catalogue)),
        record=item.id if isinstance(item, Record) and has_page else getattr(item, "route", ""),
        routes=_routes(item, catalogue),
        regions=_regions(item, catalogue),
        is_put_back=change.is_put_back,
    )


def numbers_not_in(sentence: str, changes: Iterable[Change]) -> tuple[str, ...]:
    """The numbers in a sentence that none of these changes says: with one of them it is not told."""
    known = {number for change in changes for text in _texts(change) for number in _numbers(text)}
    return tuple(number for number in _NUMBER.findall(sentence) if _bare(number) not in known)


def _lines(change: ItemChange, catalogue: Catalogue, locale: Locale) -> Iterator[Line]:
    if change.after is None:
        return
    sides = _Sides(change, catalogue, locale)
    # What changed in Dutch and was not translated yet is told in Dutch: it is what holds.
    dutch = sides if locale == "nl" else _Sides(change, catalogue, "nl")
    told = [name for name in FIELDS if sides.differ(name) or dutch.differ(name)]
    if change.before is None:
        told = [name for name in told if name in _OF_NEW]
    if "condition" in told and {"statement", "otherwise"} & {*told}:
        told.remove("condition")
    for name in told:
        label = FIELDS[name][locale]
        if name in REWRITTEN:
            if change.before is not None:
                yield Line(label, (), (REWRITTEN[name][locale],))
            continue
        read = sides if sides.differ(name) else dutch
        in_dutch = locale == "en" and (read is dutch or is_dutch(change.after, name))
        yield Line(label, *read.difference(name), in_dutch)


class _Sides:
    """The fields of an item before and after, in one language."""

    def __init__(self, change: ItemChange, catalogue: Catalogue, locale: Locale) -> None:
        self._before, self._after = (
            told_fields(item, catalogue, locale) if item is not None else {} for item in (change.before, change.after)
        )

    def differ(self, name: str) -> bool:
        """Whether it is not what it was."""
        return self._before.get(name) != self._after.get(name)

    def difference(self, name: str) -> tuple[Words, Words]:
        """What it was and what it is; of a long list only what differs, since the rest is the same on both sides."""
        was, now = self._before.get(name, ()), self._after.get(name, ())
        return (
            tuple(each for each in was if each not in now) or (was if not now else ()),
            tuple(each for each in now if each not in was) or (now if not was else ()),
        )


def _heading(item: BaseModel, title: str, what: What, lines: Sequence[Line], locale: Locale) -> str:
    if isinstance(item, Rule):
        form = {"new": "rule_new", "gone": "rule_gone", "changed": "rule"}[what]
        return SENTENCES[form][locale].format(title=title)
    if what != "changed":
        return SENTENCES[what][locale].format(title=title)
    names = (each.label.rstrip("?").lower() for each in lines)
    return SENTENCES["some"][locale].format(title=title, fields=listed(names, locale))


def _short(title: str, lines: Sequence[Line], locale: Locale) -> str:
    """Old and new in one sentence; empty if they are more, or too long for it."""
    if [(len(each.was), len(each.now)) for each in lines] != [(1, 1)]:
        return ""
    was, now = lines[0].was[0].rstrip("."), lines[0].now[0].rstrip(".")
    return SENTENCES["one"][locale].format(title=title, was=was, now=now) if max(len(was), len(now)) <= _SHORT else ""


def _sentence_of_editor(batch: ItemChange, found: Sequence[Change], locale: Locale) -> str:
    sentence = batch.told if locale == "nl" else batch.told_en
    return "" if numbers_not_in(sentence, found) else sentence


def _with(change: Change, told: str) -> Change:
    return replace(change, told=told) if told else change


def _texts(change: Change) -> Iterator[str]:
    yield change.title
    for line in change.lines:
        yield from (*line.was, *line.now)


def _numbers(text: str) -> set[str]:
    return {_bare(number) for number in _NUMBER.findall(text)}


def _bare(number: str) -> str:
    """`2.694,00` and `2694` are one sum, however it is written."""
    return re.sub(r"[.,]", "", re.sub(r"[.,]00$", "", number))


def _topic(item: BaseModel) -> Topic:
    return "route" if isinstance(item, Route | Rule) else "money"


def _is_public(item: BaseModel, catalogue: Catalogue) -> bool:
    """Whether visitors can read what it is about. What orders routes is nothing that a visitor meets or not."""
    if isinstance(item, Combination):
        return all(catalogue.find(each) is not None for each in item.between)
    return not (isinstance(item, Rule) and item.kind == "preference")


def _routes(item: BaseModel, catalogue: Catalogue) -> tuple[str, ...]:
    if isinstance(item, Route):
        return (item.id,)
    if isinstance(item, Rule):
        return (item.route,)
    if isinstance(item, Money):
        return tuple(
            route.id for route in catalogue.all(Route) if item.id in (*route.costs, *route.subsidies, *route.salaries)
        )
    return ()


def _regions(item: BaseModel, catalogue: Catalogue) -> tuple[str, ...]:
    if isinstance(item, Record):
        return item.regions
    route = catalogue.find(item.route) if isinstance(item, Rule) else None
    return route.regions if route else ()


def _references(item: BaseModel, catalogue: Catalogue) -> Iterator[Reference]:
    amounts = item.amounts if isinstance(item, Money) else ()
    ids = [*getattr(item, "sources", ()), *(each for amount in amounts for each in amount.sources)]
    for id_ in dict.fromkeys(ids):
        if (source := catalogue.sources.get(id_)) is not None and source.confidence != "low":
            yield Reference(source.title, source.publisher, source.address, source.as_of)
