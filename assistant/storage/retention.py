"""Erasing over all tables, with nothing left behind in SQLite's files."""

from datetime import timedelta

from assistant.leads.retention import Due, Erased
from assistant.storage.conversations import ConversationStore
from assistant.storage.leads import LeadStore
from assistant.storage.receipts import ReceiptStore
from assistant.storage.saved import SavedStore
from assistant.storage.session import Sessions, drop_traces


class ExpiringStore:
    """The people store, as `Retention` asks for it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def erase(self, due: Due) -> Erased:
        """Erase what is due, in one transaction."""
        with self._sessions.begin() as session:
            erased = Erased(
                leads=LeadStore(session).erase_older_than(due.leads_before),
                conversations=ConversationStore(session).erase_older_than(due.conversations_before),
                receipts=ReceiptStore(session).erase_older_than(due.receipts_before),
                saved=SavedStore(session, timedelta(), clock=lambda: due.now).erase_expired(),
            )
        drop_traces(self._sessions)
        return erased
