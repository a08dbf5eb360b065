"""The signal by which running servers notice that what visitors are answered from has changed."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from knowledge.publishing.tables import SignalRow


def bump(session: Session) -> None:
    """
    Tell running servers that what is published changes with this transaction.

    As the first statement of a transaction it also takes the one lock under which anything is published.
    """
    session.execute(update(SignalRow).values(number=SignalRow.number + 1))
