"""
Counts a month of leads and of what was done for them, without persons.

Triggers of the database write them (migration 0014): a row for each change, plus one or minus one, so that no two
transactions ever wait for each other's count. What is read is their sum, and once a day they are added up.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from assistant.storage.desk_tables import MonthlyCountRow


@dataclass(frozen=True)
class Tally:
    """How often, of one value of one thing in one month."""

    month: str
    """`2026-11`"""
    what: str
    value: str
    number: int


def tallies(session: Session, regions: Sequence[str], since: str, until: str) -> list[Tally]:
    """
    Everything that was counted in some months, noughts left out.

    :param since: The first month.
    :param until: The first month after.
    """
    row = MonthlyCountRow
    number = func.sum(row.number)
    rows = session.execute(
        select(row.month, row.what, row.value, number)
        .where(row.region.in_(regions), row.month >= since, row.month < until)
        .group_by(row.month, row.what, row.value)
        .having(number != 0)
        .order_by(row.month)
    )
    return [Tally(*each) for each in rows]


def first_month(session: Session, regions: Sequence[str]) -> str | None:
    """The first month in which anything was counted; None if there is none."""
    return session.scalar(select(func.min(MonthlyCountRow.month)).where(MonthlyCountRow.region.in_(regions)))


def add_up(session: Session) -> None:
    """One row for each value again. Of several processes that do so at once, each adds up what it took away."""
    row = MonthlyCountRow
    sums = Counter[tuple[str, str, str, str]]()
    taken = session.execute(delete(row).returning(row.region, row.month, row.what, row.value, row.number))
    for region, month, what, value, number in taken:
        sums[region, month, what, value] += number
    names = ("region", "month", "what", "value")
    # In the order of their values: which belonged together cannot be told any more.
    rows = [dict(zip(names, key, strict=True)) | {"number": sums[key]} for key in sorted(sums) if sums[key]]
    if rows:
        session.execute(insert(row), rows)
