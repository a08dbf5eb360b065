"""Erasing over all tables, with nothing left behind in SQLite's files."""

from datetime import datetime

from assistant.leads.retention import Erased
from assistant.storage.conversations import ConversationStore
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions, drop_traces


class ExpiringStore:
    """The people store, as `Retention` asks for it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def erase_older_than(self, conversations_before: datetime, leads_before: datetime) -> Erased:
        """Erase what was last touched before these moments, in one transaction."""
        with self._sessions.begin() as session:
            leads = LeadStore(session).erase_older_than(leads_before)
            conversations = ConversationStore(session).erase_older_than(conversations_before)
        drop_traces(self._sessions)
        return Erased(conversations=conversations, leads=leads)
