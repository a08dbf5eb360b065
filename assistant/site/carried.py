"""A conversation that goes along to a form of the site, by a code in the link. It shows nobody what was said."""

from datetime import timedelta

from sqlalchemy.orm import Session

from assistant.accounts.signed import read_signed
from assistant.settings import Settings
from assistant.storage.conversations import STORY, Conversation, ConversationStore

_LASTS = timedelta(days=1)
_LONGEST = 400


def carried_conversation(session: Session, settings: Settings, code: str) -> Conversation | None:
    """The conversation that a code of today stands for; None if there is none (any more), and the form is just a form."""
    content = read_signed(settings, STORY, code, _LASTS) if 0 < len(code) <= _LONGEST else None
    return ConversationStore(session).find(str(content.get("conversation", ""))) if content else None
