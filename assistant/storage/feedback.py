"""What visitors thought of replies: all queries about it."""

from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conversations import Conversation
from assistant.storage.counts import UNHELPFUL, count
from assistant.storage.tables import FeedbackRow, TurnRow


class FeedbackStore:
    """The feedback, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def give(self, conversation: Conversation, reply_id: str, helpful: bool, comment: str) -> None:
        """
        Keep an opinion on one reply; it replaces an earlier one.

        :raises NotFound: If the conversation has no such reply.
        """
        turn = self._session.get(TurnRow, reply_id) if reply_id.isprintable() else None
        if turn is None or turn.conversation_id != conversation.id:
            raise NotFound("reply", reply_id)
        before = self._session.get(FeedbackRow, reply_id)
        if not helpful and (before is None or before.helpful):
            count(self._session, self._clock().date(), conversation.region, UNHELPFUL, conversation.page_url, "")
        self._session.merge(FeedbackRow(turn_id=reply_id, helpful=helpful, comment=comment, created_at=self._clock()))
        self._session.flush()
