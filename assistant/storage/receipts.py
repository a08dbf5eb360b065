"""Receipts of advice: all queries about them."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import CursorResult, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import LoketError, NotFound, StoreUnavailable
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.session import Sessions
from assistant.storage.tables import ReceiptRow
from assistant.zelftest.receipt import Receipt
from assistant.zelftest.receipt_id import new_receipt_id, read_receipt_id

_log = logging.getLogger(__name__)


class UnreadableReceipt(LoketError):
    """The row does not hold a receipt that this version of the program reads."""

    visitor_message = "Dit advies kunnen we niet meer lezen. Doe de zelftest opnieuw, of vraag het aan het loket."

    def __init__(self, number: str) -> None:
        super().__init__(f"receipt {number} cannot be read by this version of the program")


@dataclass(frozen=True)
class KeptReceipt:
    """A receipt with its number."""

    id: str
    receipt: Receipt
    created_at: datetime
    is_intact: bool
    """Whether it still reads as it was written."""


class ReceiptStore:
    """The receipts, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def keep(self, receipt: Receipt) -> str:
        """Keep a receipt; the same advice on the same day has one. Returns its number."""
        same = select(ReceiptRow.id).where(ReceiptRow.digest == receipt.digest)
        found = self._session.scalar(same)
        if found is not None:
            return found
        made = inserted_unless_there(
            self._session,
            ReceiptRow,
            {
                "id": new_receipt_id(),
                "digest": receipt.digest,
                "content": receipt.as_json(),
                "created_at": self._clock(),
            },
            "digest",
            ReceiptRow.id,
        )
        return made if made is not None else self._session.scalars(same).one()

    def get(self, typed: str) -> KeptReceipt:
        """
        The receipt with that number, as somebody may have typed it.

        :raises NotFound: If there is none, or it has been erased.
        """
        number = read_receipt_id(typed)
        row = self._session.get(ReceiptRow, number) if number else None
        if row is None:
            raise NotFound("receipt", number or "that is no number of a receipt")
        try:
            receipt = Receipt.model_validate(row.content)
        except ValidationError as error:
            raise UnreadableReceipt(row.id) from error
        return KeptReceipt(row.id, receipt, row.created_at, receipt.digest == row.digest)

    def erase_older_than(self, moment: datetime) -> int:
        """Erase what was kept before that moment. Returns how many."""
        erased = self._session.execute(delete(ReceiptRow).where(ReceiptRow.created_at < moment))
        return cast(CursorResult[Any], erased).rowcount


def keep_receipt(sessions: Sessions, receipt: Receipt) -> str | None:
    """
    Keep the receipt of an advice that is about to be given, in a transaction of its own.

    :returns: Its number; None if the store does not take it: nobody is kept from their advice for that.
    """
    try:
        with sessions.begin() as session:
            return ReceiptStore(session).keep(receipt)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        _log.error("an advice was given without a receipt: %s", StoreUnavailable(reason))
        return None
