"""What was read from pages: all queries on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, or_, select

from ingestion.extract.finding import PageFindings, PageKind
from ingestion.store.tables import PageRow, ReadingRow
from knowledge.database import Sessions

_TOGETHER = 500


@dataclass(frozen=True)
class Reading:
    """What came of reading one page."""

    key: str
    digest: str
    version: str
    title: str = ""
    findings: PageFindings = field(default_factory=lambda: PageFindings(kind=PageKind.OTHER))
    passages: bool = False
    """Whether its passages were taken into the index."""
    why_refused: str = ""
    fix: str = ""


@dataclass(frozen=True)
class ReadingMark:
    """How a page was read last, without what was found."""

    digest: str
    version: str
    passages: bool
    why_refused: str
    fix: str


class ReadingStore:
    """The readings of all sources. Each call is a transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def marks(self, source_id: str) -> dict[str, ReadingMark]:
        """By page how it was read last."""
        with self._sessions() as session:
            query = select(
                ReadingRow.key,
                ReadingRow.digest,
                ReadingRow.version,
                ReadingRow.passages,
                ReadingRow.why_refused,
                ReadingRow.fix,
            )
            rows = session.execute(query.where(ReadingRow.source_id == source_id))
            return {
                row.key: ReadingMark(row.digest, row.version, row.passages, row.why_refused, row.fix) for row in rows
            }

    def of(self, source_id: str) -> tuple[Reading, ...]:
        """The readings of the pages of a source that are there."""
        with self._sessions() as session:
            rows = session.scalars(
                select(ReadingRow)
                .join(PageRow, (PageRow.source_id == ReadingRow.source_id) & (PageRow.key == ReadingRow.key))
                .where(ReadingRow.source_id == source_id, PageRow.gone_at.is_(None))
                .order_by(ReadingRow.key)
            )
            return tuple(_reading(row) for row in rows)

    def elsewhere(self, source_id: str, kinds: Iterable[str]) -> tuple[tuple[str, Reading], ...]:
        """Pages of all other sources on which something of one of these kinds was found, each with its source."""
        with self._sessions() as session:
            rows = session.scalars(
                select(ReadingRow)
                .join(PageRow, (PageRow.source_id == ReadingRow.source_id) & (PageRow.key == ReadingRow.key))
                .where(
                    ReadingRow.source_id != source_id,
                    PageRow.gone_at.is_(None),
                    or_(*(ReadingRow.kinds.contains(f",{kind},") for kind in kinds)),
                )
                .order_by(ReadingRow.source_id, ReadingRow.key)
            )
            return tuple((row.source_id, _reading(row)) for row in rows)

    def keep(self, source_id: str, readings: Iterable[Reading], there: Iterable[str]) -> None:
        """Keep what was read; what is known of pages that are no longer there is forgotten."""
        present = set(there)
        with self._sessions.begin() as session:
            for each in readings:
                session.merge(_row(source_id, each))
            session.flush()
            keys = set(session.scalars(select(ReadingRow.key).where(ReadingRow.source_id == source_id)))
            lost = sorted(keys - present)
            for at in range(0, len(lost), _TOGETHER):
                session.execute(
                    delete(ReadingRow).where(
                        ReadingRow.source_id == source_id, ReadingRow.key.in_(lost[at : at + _TOGETHER])
                    )
                )


def _row(source_id: str, each: Reading) -> ReadingRow:
    kinds = sorted({finding.kind for finding in each.findings.findings})
    return ReadingRow(
        source_id=source_id,
        key=each.key,
        digest=each.digest,
        version=each.version,
        title=each.title,
        kinds=f",{','.join(kinds)}," if kinds else "",
        passages=each.passages,
        why_refused=each.why_refused,
        fix=each.fix,
        findings=each.findings.model_dump(mode="json", exclude_none=True),
    )


def _reading(row: ReadingRow) -> Reading:
    return Reading(
        row.key,
        row.digest,
        row.version,
        row.title,
        PageFindings.model_validate(row.findings),
        row.passages,
        row.why_refused,
        row.fix,
    )
