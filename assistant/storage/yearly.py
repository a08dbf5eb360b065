"""What colleagues filled in for the yearly account of a region: all queries about it. Nothing of it is about a visitor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import Overtaken
from assistant.storage.clock import Clock, utc_now
from assistant.storage.desk_tables import YearlyFigureRow


@dataclass(frozen=True)
class FilledIn:
    """One thing that somebody filled in."""

    item: str
    label: str
    """Of what a region added itself; empty: it is one of the list."""
    value: str
    author: str
    filled_at: datetime


class YearlyStore:
    """The yearly figures, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def of(self, region: str, year: str) -> dict[str, FilledIn]:
        """What was filled in, by item, in the order in which it was begun."""
        rows = self._session.scalars(
            select(YearlyFigureRow)
            .where(YearlyFigureRow.region == region, YearlyFigureRow.year == year)
            .order_by(YearlyFigureRow.id)
        )
        return {row.item: FilledIn(row.item, row.label, row.value, row.author, row.filled_at) for row in rows}

    def fill(self, region: str, year: str, item: str, value: str, author: str, was: str, label: str = "") -> None:
        """
        Keep a value, and who filled it in. An empty one goes, when it was added by the region itself.

        :param was: What stood there when the form was made.
        :raises Overtaken: If something else stands there by now.
        """
        row = self._session.scalar(
            select(YearlyFigureRow)
            .where(YearlyFigureRow.region == region, YearlyFigureRow.year == year, YearlyFigureRow.item == item)
            .with_for_update()
        )
        if (row.value if row else "") not in (was, value):
            raise Overtaken("yearly figure", item)
        if row is None:
            row = YearlyFigureRow(region=region, year=year, item=item, label=label)
            self._session.add(row)
        elif row.label and not value:
            self._session.delete(row)
            self._session.flush()
            return
        row.value, row.author, row.filled_at = value, author, self._clock()
        self._session.flush()
