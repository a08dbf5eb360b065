"""The signal by which running servers notice that what visitors are answered from has changed."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.publishing.tables import SignalRow


def bump(session: Session) -> None:
    """
    Tell running servers that what is published changes with this transaction.

    As the first statement of a transaction it also takes the one lock under which anything is published.
    """
    _grow(session, _PUBLISHED)


def bump_lists(session: Session) -> None:
    """Tell who keeps lists of items in memory that some item stands otherwise with this transaction."""
    _grow(session, _LISTED)


def signal(session: Session) -> int:
    """Grows with every change of what is published."""
    return _number(session, _PUBLISHED)


def list_signal(session: Session) -> int:
    """Grows with every change of how an item stands in lists."""
    return _number(session, _LISTED)


_PUBLISHED, _LISTED = 1, 2


def _grow(session: Session, which: int) -> None:
    session.execute(update(SignalRow).where(SignalRow.id == which).values(number=SignalRow.number + 1))


def _number(session: Session, which: int) -> int:
    return session.scalar(select(SignalRow.number).where(SignalRow.id == which)) or 0
