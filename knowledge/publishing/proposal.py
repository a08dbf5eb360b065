"""Proposal: what a source says of an item that we do not, with the words it comes from, for a person to decide on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from knowledge.record import Confidence, Frozen

ProposalKind = Literal["changed", "contradicts", "gone", "ageing", "new", "double"]
"""
`changed`: the record's own source says otherwise now. `contradicts`: another source does. `gone`: the source is no more.
`ageing`: it speaks of a year that has passed. `new`: no record says it. `double`: two sources tell the same.
"""
ProposalState = Literal["open", "accepted", "edited", "refused", "same_as", "superseded"]
URGENCY: dict[ProposalKind, int] = {"gone": 0, "contradicts": 1, "changed": 2, "ageing": 3, "double": 4, "new": 5}
"""Between proposals of equal damage, what may be wrong now goes before what could be added."""


class Evidence(Frozen):
    """The words a proposal rests on, and where they stand."""

    words: str = Field(min_length=1, max_length=2000)
    """As the page says them."""
    url: str = ""
    heading: str = ""
    page_number: int | None = None
    publisher: str = ""
    seen_on: date
    confidence: Confidence
    """That the page was read right, not that it is true."""
    alike: tuple[str, ...] = ()
    """Of the words those that the other one says too, where something is told twice."""


class Change(Frozen):
    """One field of an item, as it is and as it would be."""

    field: str
    """A field of the model: `amounts`, `phone`."""
    before: Any = None
    """Its value as JSON; None for an item that is not there yet."""
    after: Any = None
    told_before: str = ""
    """The part of it that differs, in words for the editor."""
    told_after: str = ""


class Proposed(Frozen):
    """What one source proposes for one item, before anybody has seen it."""

    kind: ProposalKind
    group: str
    """As in `knowledge.catalogue.Content`: `records`."""
    item_id: str
    title: str
    """Of the item, as editors know it."""
    changes: tuple[Change, ...] = ()
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    about: str = ""
    """What is going on, in one Dutch sentence for the editor."""
    sources: tuple[dict[str, Any], ...] = ()
    """Sources as data that the changed item names and that are not there yet."""
    pair: tuple[str, str] | None = None
    """Of two things that may be one their ids: of what the source tells, and of what it is held beside."""

    def digest(self) -> str:
        """A hash of what is proposed, whenever and however it was read."""
        told = [self.kind, self.group, self.item_id, *([each.field, each.after] for each in self.changes)]
        if not self.changes and self.pair is None:
            # Two pages that are alike stay the same two whatever else is written on them.
            by_place = self.kind == "double"
            told += sorted((by_place and each.url) or each.words for each in self.evidence)
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def applied(self, item: Mapping[str, Any] | None) -> dict[str, Any]:
        """
        The item with the changes in it.

        :param item: As it is now, as JSON; None if it is not there yet.
        :raises Overtaken: If a field is no longer what the proposal was compared with.
        """
        made = dict(item or {})
        for each in self.changes:
            if item is not None and made.get(each.field) != each.before and made.get(each.field) != each.after:
                raise Overtaken(
                    f"{each.field} of {self.item_id} was changed since this was found; wait for the next run"
                )
            made[each.field] = each.after
        return {name: value for name, value in made.items() if value is not None}


@dataclass(frozen=True)
class Proposal:
    """A proposal as it stands on the editor's desk."""

    id: str
    source_id: str
    proposed: Proposed
    damage: int
    """How many answers leaned on the item in the last month."""
    state: ProposalState
    opened_at: datetime
    seen_at: datetime
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    same_as: str = ""
    outcome: str = ""


class Overtaken(Exception):
    """The item changed under the proposal."""


class NotOpen(Exception):
    """Somebody decided already, or the source says otherwise by now."""

    def __init__(self, proposal_id: str, state: ProposalState) -> None:
        super().__init__(f"proposal {proposal_id} is {state} already")
        self.state = state
