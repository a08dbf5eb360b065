"""What schools told the loket that they need: all queries about it. What is over is not given, and goes in time."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.leads.matching import Need, NeedKind
from assistant.storage.desk_tables import SchoolNeedRow

_KEPT_AFTER = timedelta(days=90)
_MOST = 500


class NeedStore:
    """The needs, within the transaction of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, regions: Sequence[str], today: date) -> list[Need]:
        """What is not over yet in these regions, the first to end first."""
        rows = self._session.scalars(
            select(SchoolNeedRow)
            .where(SchoolNeedRow.region.in_(regions), SchoolNeedRow.until >= today)
            .order_by(SchoolNeedRow.until, SchoolNeedRow.id)
            .limit(_MOST)
        )
        return [
            Need(
                id=row.id,
                region=row.region,
                employer=row.employer,
                title=row.title,
                sector=row.sector,
                municipality=row.municipality,
                subject=row.subject,
                kind=NeedKind(row.kind),
                is_urgent=row.is_urgent,
                until=row.until,
                contact=row.contact,
            )
            for row in rows
        ]

    def add(self, needs: Iterable[Need], author: str, today: date) -> None:
        """Keep these, all or none; what has long been over goes."""
        self._session.execute(delete(SchoolNeedRow).where(SchoolNeedRow.until < today - _KEPT_AFTER))
        for need in needs:
            self._session.add(
                SchoolNeedRow(**need.model_dump(exclude={"id", "kind"}), kind=need.kind.value, author=author)
            )
        self._session.flush()

    def drop(self, need_id: int, regions: Sequence[str]) -> None:
        """
        It is filled, or was a mistake.

        :raises NotFound: If there is none with that number in these regions.
        """
        row = self._session.get(SchoolNeedRow, need_id)
        if row is None or row.region not in regions:
            raise NotFound("need", str(need_id))
        self._session.delete(row)
