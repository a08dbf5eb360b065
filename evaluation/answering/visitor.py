"""A simulated visitor: answers a question back from what is known of them, or says not to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from evaluation.case import Case
from knowledge.catalogue import Catalogue
from knowledge.record import Record

Choice = tuple[str, object]
_ALIKE = 85
"""Percent: a button and the name of what is meant are the same words."""


@dataclass(frozen=True)
class AnsweredBack:
    """What the visitor sends: words, or a tapped choice; `shown` is what that looks like."""

    text: str = ""
    choice: Choice | None = None
    shown: str = ""


def asks_back(reply: Mapping[str, Any]) -> bool:
    """Whether a reply, as the API sends it, asks first and answers nothing yet."""
    return str(reply["status"]).startswith("asked")


def answer_back(case: Case, reply: Mapping[str, Any], catalogue: Catalogue) -> AnsweredBack:
    """
    What the visitor of this case answers to a reply that asks.

    The fact that is asked for, as far as the case tells or knows it; else the button that names what they mean; else
    "weet ik niet".
    """
    meant = [record for each in case.expect.cites_any if (record := catalogue.find(each)) is not None]
    question = next((block for block in reply["blocks"] if block["type"] == "question"), None)
    if question is not None:
        value = _known(case, question["fact"], meant)
        if value is not None and _can_be_chosen(question, value):
            return AnsweredBack(choice=(question["fact"], value), shown=f"{question['fact']} = {value}")
    button = _button(reply["quick_replies"], meant)
    if button is not None:
        choice = button.get("choice")
        return AnsweredBack(
            text=button.get("text") or "",
            choice=(choice["fact"], choice["value"]) if choice else None,
            shown=button["label"],
        )
    if question is not None:
        return AnsweredBack(choice=(question["fact"], None), shown="weet ik niet")
    return AnsweredBack(text="weet ik niet", shown="weet ik niet")


def _known(case: Case, fact: str, meant: Sequence[Record]) -> object:
    """What this visitor can say of a fact; of the sector also by what the question is about."""
    told = {**(case.expect.facts or {}), **case.knows}
    if fact in told:
        return told[fact]
    if fact != "sector":
        return None
    sectors = [record.sectors for record in meant if record.sectors]
    common = set(sectors[0]).intersection(*sectors[1:]) if sectors else set()
    return sorted(map(str, common or sectors[0]))[:1] if sectors else None


def _can_be_chosen(question: Mapping[str, Any], value: object) -> bool:
    """Whether the question offers this answer; where it has no options, anything goes."""
    offered = [each for option in question["options"] for each in _listed(option["value"])]
    return not offered or all(each in offered for each in _listed(value))


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _button(buttons: Sequence[Mapping[str, Any]], meant: Sequence[Record]) -> Mapping[str, Any] | None:
    """The first button with the name of something that is meant."""
    names = [name.casefold() for record in meant for name in (record.title, *record.also_called)]
    for button in buttons:
        label = button["label"].casefold()
        if any(fuzz.token_sort_ratio(label, name) >= _ALIKE for name in names):
            return button
    return None
