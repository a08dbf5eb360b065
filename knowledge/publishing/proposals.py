"""ProposalStore: proposals from their finding to a person's decision; all queries on them."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.outside_tables import ProposalRow, TrustedFieldRow
from knowledge.publishing.pairs import Pairs
from knowledge.publishing.proposal import URGENCY, NotOpen, Proposal, ProposalKind, ProposalState, Proposed

Read = Callable[[str, str], Mapping[str, Any] | None]
"""The item of a group and an id as it is now, as JSON; None if there is none."""
Write = Callable[[str, str, dict[str, Any], str, str], str]
"""Keeps an item as a draft: group, id, content, author and comment; gives the id of what came of it."""
_ON_ITS_WAY = timedelta(days=30)
"""So long a draft may take to be published before its source proposes the same again."""


@dataclass(frozen=True)
class Tally:
    """What a run did to the proposals of its source."""

    opened: int = 0
    standing: int = 0
    """Found before, and waiting still."""
    superseded: int = 0
    """The source says otherwise by now, or nothing any more."""
    decided_before: int = 0
    """Found again just as an editor has refused it, or has taken it over lately."""
    taken_over: int = 0
    """Of fields for which the source is trusted."""


class ProposalStore:
    """All proposals. Each call is a transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def replace(
        self,
        source_id: str,
        found: Iterable[Proposed],
        now: datetime,
        damage: Mapping[str, int] | None = None,
        is_all: bool = True,
    ) -> Tally:
        """
        Take what a complete run found as all that its source proposes: one proposal an item.

        What an editor refused is not proposed again until the source says something else. What was decided stays.

        :param damage: By item how many answers leaned on it lately.
        :param is_all: False: what waits already and was not found now stays as it is.
        """
        damage = damage or {}
        wanted = {(each.group, each.item_id): each for each in found}
        counts = dict.fromkeys(("opened", "standing", "superseded", "decided_before"), 0)
        with self._sessions.begin() as session:
            open_rows = _rows(session, source_id, ("open",))
            decided = {row.digest for row in _rows(session, source_id, ("refused", "same_as"))}
            taken = _rows(session, source_id, ("accepted", "edited"))
            decided |= {row.digest for row in taken if row.decided_at and row.decided_at > now - _ON_ITS_WAY}
            standing = {}
            for row in open_rows:
                same = wanted.get((row.item_group, row.item_id))
                if same is None and not is_all:
                    continue
                if same is not None and same.digest() == row.digest:
                    standing[(row.item_group, row.item_id)] = row
                    row.content, row.seen_at = same.model_dump(mode="json"), now
                    row.damage = _damage(same, damage)
                    counts["standing"] += 1
                else:
                    row.state, row.decided_at = "superseded", now
                    counts["superseded"] += 1
            for key, each in wanted.items():
                if key in standing:
                    continue
                if each.digest() in decided:
                    counts["decided_before"] += 1
                    continue
                session.add(_row(source_id, each, now, _damage(each, damage)))
                counts["opened"] += 1
        return Tally(**counts)

    def get(self, proposal_id: str) -> Proposal | None:
        """One proposal, whatever its state."""
        with self._sessions() as session:
            row = session.get(ProposalRow, proposal_id)
            return _proposal(row) if row else None

    def list(
        self,
        state: ProposalState | None = "open",
        *,
        source_id: str | None = None,
        kind: ProposalKind | None = None,
        item_id: str | None = None,
        limit: int = 200,
    ) -> tuple[Proposal, ...]:
        """Those that do the most damage while they wait first; decided ones the newest first."""
        with self._sessions() as session:
            query = select(ProposalRow)
            for column, value in (
                (ProposalRow.state, state),
                (ProposalRow.source_id, source_id),
                (ProposalRow.kind, kind),
                (ProposalRow.item_id, item_id),
            ):
                if value is not None:
                    query = query.where(column == value)
            if state == "open":
                query = query.order_by(ProposalRow.damage.desc(), ProposalRow.opened_at)
            else:
                query = query.order_by(ProposalRow.opened_at.desc())
            found = [_proposal(row) for row in session.scalars(query.limit(limit))]
        if state == "open":
            found.sort(key=lambda each: (-each.damage, URGENCY[each.proposed.kind], each.opened_at, each.id))
        return tuple(found)

    def count(self) -> int:
        """How many wait."""
        with self._sessions() as session:
            return session.scalar(select(func.count()).where(ProposalRow.state == "open")) or 0

    def weigh(self, damage: Mapping[str, int]) -> None:
        """Count anew how many answers lean on what waits."""
        with self._sessions.begin() as session:
            for row in session.scalars(select(ProposalRow).where(ProposalRow.state == "open")):
                row.damage = _damage(Proposed.model_validate(row.content), damage)

    def accept(self, proposal_id: str, by: str, now: datetime, read: Read, write: Write) -> Proposal:
        """
        Make a draft of the item as it is proposed.

        :raises NotOpen: If it was decided already. :raises Overtaken: If the item changed since.
        """
        return self._take(proposal_id, by, now, read, write, None, "")

    def edit(
        self,
        proposal_id: str,
        by: str,
        now: datetime,
        content: dict[str, Any],
        read: Read,
        write: Write,
        reason: str = "",
    ) -> Proposal:
        """Make a draft of the item as the editor wrote it with the proposal beside it. Raises `NotOpen`."""
        return self._take(proposal_id, by, now, read, write, content, reason)

    def refuse(self, proposal_id: str, by: str, reason: str, now: datetime) -> Proposal:
        """Leave the item as it is; the same is not proposed again. Raises `NotOpen`."""
        return self._decide(proposal_id, "refused", by, now, reason=reason)

    def same_as(self, proposal_id: str, by: str, item_id: str, now: datetime) -> Proposal:
        """What was taken for something new is this item: the source is compared with that from now on. Raises `NotOpen`."""
        return self._decide(proposal_id, "same_as", by, now, same_as=item_id)

    def aliases(self, source_id: str) -> dict[str, str]:
        """By the id under which a source's find was proposed the item that an editor said it is."""
        with self._sessions() as session:
            return {row.item_id: row.same_as for row in _rows(session, source_id, ("same_as",))}

    def pairs(self) -> Pairs:
        """What is known of all pairs of things that may be one, whatever source they were found at."""
        same, different, waiting = dict[str, str](), set[str](), dict[str, str]()
        with self._sessions() as session:
            query = select(ProposalRow.item_id, ProposalRow.source_id, ProposalRow.state)
            for row in session.execute(query.where(ProposalRow.kind == "double")):
                match row.state:
                    case "same_as":
                        same[row.item_id] = row.source_id
                    case "refused":
                        different.add(row.item_id)
                    case "open":
                        waiting[row.item_id] = row.source_id
        return Pairs(same, frozenset(different), waiting)

    def trust(self, source_id: str, item_id: str, field: str, by: str, now: datetime) -> None:
        """Take over from now on, without asking, what this source says of this field of this item."""
        with self._sessions.begin() as session:
            session.merge(TrustedFieldRow(source_id=source_id, item_id=item_id, field=field, given_by=by, given_at=now))

    def distrust(self, source_id: str, item_id: str, field: str) -> None:
        """Ask again from now on."""
        with self._sessions.begin() as session:
            row = session.get(TrustedFieldRow, (source_id, item_id, field))
            if row is not None:
                session.delete(row)

    def trusted(self, source_id: str | None = None) -> dict[tuple[str, str, str], str]:
        """By source, item and field who said so."""
        with self._sessions() as session:
            query = select(TrustedFieldRow)
            if source_id is not None:
                query = query.where(TrustedFieldRow.source_id == source_id)
            return {(row.source_id, row.item_id, row.field): row.given_by for row in session.scalars(query)}

    def take_over(self, source_id: str, now: datetime, read: Read, write: Write) -> int:
        """
        Make drafts of the open proposals of a source all of whose fields it is trusted for; how many.

        The draft is by whoever gave the trust, and goes the way that any draft of theirs goes.
        """
        trusted = self.trusted(source_id)
        taken = 0
        for each in self.list("open", source_id=source_id):
            item = each.proposed.item_id
            by = {trusted.get((source_id, item, change.field), "") for change in each.proposed.changes}
            if each.proposed.kind in ("changed", "contradicts") and by and all(by):
                self._take(each.id, sorted(by)[0], now, read, write, None, f"{source_id} is vertrouwd voor dit veld")
                taken += 1
        return taken

    def _take(
        self,
        proposal_id: str,
        by: str,
        now: datetime,
        read: Read,
        write: Write,
        content: dict[str, Any] | None,
        reason: str,
    ) -> Proposal:
        proposal = self.get(proposal_id)
        if proposal is None or proposal.state != "open":
            raise NotOpen(proposal_id, proposal.state if proposal else "superseded")
        proposed = proposal.proposed
        made = content if content is not None else proposed.applied(read(proposed.group, proposed.item_id))
        for source in proposed.sources:
            if read("sources", source["id"]) is None:
                write("sources", source["id"], source, by, proposed.about)
        # The draft first: if this stops in between, the proposal waits still, and a second yes makes the same draft.
        outcome = write(proposed.group, proposed.item_id, made, by, f"{proposed.about} ({proposal.source_id})".strip())
        state: Literal["edited", "accepted"] = "accepted" if content is None else "edited"
        return self._decide(proposal_id, state, by, now, reason=reason, outcome=outcome)

    def _decide(self, proposal_id: str, state: ProposalState, by: str, now: datetime, **told: str) -> Proposal:
        with self._sessions.begin() as session:
            # One statement decides who of two editors was first.
            result = session.execute(
                update(ProposalRow)
                .where(ProposalRow.id == proposal_id, ProposalRow.state == "open")
                .values(state=state, decided_by=by, decided_at=now, **told)
            )
            row = session.get(ProposalRow, proposal_id)
            if row is None or result.rowcount == 0:  # type: ignore[attr-defined]
                raise NotOpen(proposal_id, row.state if row else "superseded")  # type: ignore[arg-type]
            return _proposal(row)


def _rows(session: Session, source_id: str, states: tuple[ProposalState, ...]) -> list[ProposalRow]:
    query = select(ProposalRow).where(ProposalRow.source_id == source_id, ProposalRow.state.in_(states))
    return list(session.scalars(query))


def _damage(each: Proposed, damage: Mapping[str, int]) -> int:
    """How many answers leaned on the item, or on either of two."""
    return sum(damage.get(item, 0) for item in (each.item_id, *(each.pair or ())))


def _row(source_id: str, each: Proposed, now: datetime, damage: int) -> ProposalRow:
    return ProposalRow(
        id=str(uuid.uuid4()),
        source_id=source_id,
        kind=each.kind,
        item_group=each.group,
        item_id=each.item_id,
        digest=each.digest(),
        content=each.model_dump(mode="json"),
        damage=damage,
        state="open",
        opened_at=now,
        seen_at=now,
    )


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        row.id,
        row.source_id,
        Proposed.model_validate(row.content),
        row.damage,
        row.state,  # type: ignore[arg-type]
        row.opened_at,
        row.seen_at,
        row.decided_at,
        row.decided_by,
        row.reason,
        row.same_as,
        row.outcome,
    )
