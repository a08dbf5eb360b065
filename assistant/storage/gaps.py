"""
Questions without a good answer: all queries about them.

Nothing is kept for this but what an editor dismissed: the questions are the turns of conversations, without personal
data, and go with them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assistant.answering.answer import AnswerStatus
from assistant.answering.gaps import Unanswered
from assistant.errors import NotFound
from assistant.storage.clock import Clock, utc_now
from assistant.storage.tables import ConversationRow, DismissedQuestionRow, FeedbackRow, TurnRow

_WITHOUT_ANSWER = (AnswerStatus.UNANSWERABLE_NOT_FOUND.value, AnswerStatus.UNANSWERABLE_UNVERIFIED.value)
_ELSEWHERE = AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE.value
_IN_DOUBT = 0.7
"""A question that was taken for somebody else's with less confidence may well be ours."""
_NEWEST = 300
"""More are not grouped: an editor reads the first page."""


class GapStore:
    """The unanswered questions, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def unanswered(self, regions: Sequence[str] | None = None) -> list[Unanswered]:
        """
        The newest questions without an answer, with a doubtful refusal, or with a thumb down.

        :param regions: Those the reader may see; None: all, for the operator.
        """
        wanted = (
            select(TurnRow, ConversationRow.region, FeedbackRow.helpful, DismissedQuestionRow.turn_id)
            .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
            .outerjoin(FeedbackRow, FeedbackRow.turn_id == TurnRow.id)
            .outerjoin(DismissedQuestionRow, DismissedQuestionRow.turn_id == TurnRow.id)
            .where(
                TurnRow.question != "",
                or_(TurnRow.status.in_((*_WITHOUT_ANSWER, _ELSEWHERE)), FeedbackRow.helpful.is_(False)),
            )
            .order_by(TurnRow.created_at.desc())
            .limit(_NEWEST)
        )
        if regions is not None:
            wanted = wanted.where(ConversationRow.region.in_(regions))
        return [
            Unanswered(
                turn_id=turn.id,
                question=turn.question,
                region=region,
                why="unhelpful" if helpful is False else turn.status,
                asked_at=turn.created_at,
                dismissed=dismissed is not None,
            )
            for turn, region, helpful, dismissed in self._session.execute(wanted)
            if helpful is False or turn.status != _ELSEWHERE or _is_in_doubt(turn.reply)
        ]

    def dismiss(self, turn_id: str, author: str, regions: Sequence[str] | None = None) -> None:
        """
        Say that a question, and those that ask the same, are not our work.

        :param author: Who says so.
        :raises NotFound: If there is no such unanswered question, or none in these regions.
        """
        if turn_id not in {each.turn_id for each in self.unanswered(regions)}:
            raise NotFound("unanswered question", turn_id[:64])
        self._session.merge(DismissedQuestionRow(turn_id=turn_id, author=author, dismissed_at=self._clock()))
        self._session.flush()


def _is_in_doubt(reply: dict[str, Any]) -> bool:
    return float(reply.get("understanding", {}).get("confidence", 0.0)) < _IN_DOUBT
