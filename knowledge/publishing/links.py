"""LinkStore: how the addresses that our content names answered, night after night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import delete, or_, select

from knowledge.database import Sessions
from knowledge.publishing.outside_tables import LinkCheckRow
from knowledge.record import Frozen

NIGHTS = 3
"""An address that failed on so many nights in a row may be dead. A site is down for a night now and then."""
_SAME_NIGHT = timedelta(hours=12)
_FINE_FOR = timedelta(days=7)
"""An address that answered is not asked again before this."""
_HOPELESS = 7
"""After so many nights it is asked once a week."""
_KEPT = 30
_TOLD = {404: "De site zegt dat deze pagina er niet is (404)", 410: "De site zegt dat deze pagina weg is (410)"}


Outcome = Literal["fine", "failed", "closed"]


class Look(Frozen):
    """What came of asking for one address once."""

    at: datetime
    outcome: Outcome
    """`fine`, `failed`, or `closed`: the site does not let a program look, and people may well see the page."""
    status: int | None = None
    """What the server answered; None: nothing, or not what HTTP is."""
    moved_to: str = ""
    """Where it was found, if elsewhere."""
    for_good: bool = False
    """The site says that it moved for good."""
    why: str = ""
    """For operators, in English."""


@dataclass(frozen=True)
class LinkState:
    """One address, as it answered up to now."""

    address: str
    nights: int
    """On which it failed, in a row; 0: it answered, or was closed to us."""
    failed_since: datetime | None
    looks: tuple[Look, ...]
    """The newest first, at most thirty; at least one."""

    @property
    def last(self) -> Look:
        """How it answered last."""
        return self.looks[0]

    @property
    def may_be_dead(self) -> bool:
        """Whether it failed on enough nights to bother somebody."""
        return self.nights >= NIGHTS

    @property
    def has_moved(self) -> bool:
        """Whether the page is said to be elsewhere from now on."""
        return self.last.outcome == "fine" and self.last.for_good

    def is_due(self, now: datetime) -> bool:
        """Whether to ask again: every night while it fails, once a week when it answers or has failed for long."""
        often = self.nights and self.nights < _HOPELESS
        return now - self.last.at >= (_SAME_NIGHT if often else _FINE_FOR - _SAME_NIGHT)


class LinkStore:
    """All addresses that were ever asked. Each call is a transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def all(self) -> Mapping[str, LinkState]:
        """By address."""
        with self._sessions() as session:
            return {row.address: _state(row) for row in session.scalars(select(LinkCheckRow))}

    def wanting(self) -> tuple[LinkState, ...]:
        """Those that may be dead, and those that moved for good."""
        with self._sessions() as session:
            query = select(LinkCheckRow).where(or_(LinkCheckRow.nights >= NIGHTS, LinkCheckRow.moved_to != ""))
            return tuple(_state(row) for row in session.scalars(query.order_by(LinkCheckRow.nights.desc())))

    def note(self, address: str, look: Look) -> LinkState:
        """Keep what came of asking. Two failures in one night count as one."""
        with self._sessions.begin() as session:
            row = session.get(LinkCheckRow, _digest(address))
            if row is None:
                row = LinkCheckRow(digest=_digest(address), address=address, nights=0, moved_to="", looks=[])
                session.add(row)
            if look.outcome != "failed":
                row.nights, row.failed_since, row.counted_at = 0, None, None
            elif row.counted_at is None or look.at - row.counted_at >= _SAME_NIGHT:
                row.nights += 1
                row.failed_since, row.counted_at = row.failed_since or look.at, look.at
            row.moved_to = look.moved_to if look.for_good else ""
            row.looks = [look.model_dump(mode="json"), *row.looks][:_KEPT]
            session.flush()
            return _state(row)

    def keep_only(self, addresses: Iterable[str]) -> int:
        """Forget what our content names no more; how many."""
        wanted = {_digest(each) for each in addresses}
        with self._sessions.begin() as session:
            gone = [digest for digest in session.scalars(select(LinkCheckRow.digest)) if digest not in wanted]
            for at in range(0, len(gone), 500):
                session.execute(delete(LinkCheckRow).where(LinkCheckRow.digest.in_(gone[at : at + 500])))
        return len(gone)


def _digest(address: str) -> str:
    return sha256(address.encode()).hexdigest()


def _state(row: LinkCheckRow) -> LinkState:
    looks = tuple(Look.model_validate(each) for each in row.looks)
    return LinkState(row.address, row.nights, row.failed_since, looks)


def told(look: Look) -> str:
    """How an address answered, for an editor; without a full stop."""
    if look.outcome == "fine":
        return f"Staat nu op {look.moved_to}" if look.moved_to else "De site gaf de pagina"
    if look.outcome == "closed":
        return "De site laat een programma niet kijken"
    if look.status is None:
        return "De site gaf geen antwoord"
    return _TOLD.get(look.status, f"De site gaf een fout ({look.status})")
