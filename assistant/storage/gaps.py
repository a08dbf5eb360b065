"""
Questions without a good answer: all queries about them.

Nothing is kept for this but what an editor dismissed or answers: the questions are the turns of conversations, without
personal data, and go with them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assistant.answering.answer import AnswerStatus
from assistant.answering.gaps import WITHOUT_ANSWER, Unanswered
from assistant.errors import NotFound
from assistant.storage.clock import Clock, utc_now
from assistant.storage.counts import ASKED, GAP, RESOLVED, UNHELPFUL, count
from assistant.storage.desk_tables import DailyCountRow
from assistant.storage.gap_tables import AnsweredQuestionRow
from assistant.storage.session import Sessions
from assistant.storage.tables import ConversationRow, DismissedQuestionRow, FeedbackRow, TurnRow

_ELSEWHERE = AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE.value
_IN_DOUBT = 0.7
"""A question that was taken for somebody else's with less confidence may well be ours."""
_FOUND_SHOWN = 20
_NEWEST = 300
"""More are not grouped: an editor reads the first page."""


@dataclass(frozen=True)
class GapWeek:
    """One week, counted without persons."""

    begins: date
    conversations: int
    without_answer: int
    unhelpful: int
    resolved: int
    """Questions that the assistant was seen to answer after all."""


class GapStore:
    """The unanswered questions, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def unanswered(self, regions: Sequence[str] | None = None) -> list[Unanswered]:
        """
        The newest questions without an answer, with a doubtful refusal, or with a thumb down; not those answered by now.

        :param regions: Those the reader may see; None: all, for the operator.
        """
        wanted = (
            select(
                TurnRow,
                ConversationRow,
                FeedbackRow.helpful,
                DismissedQuestionRow.turn_id,
                AnsweredQuestionRow.record_id,
            )
            .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
            .outerjoin(FeedbackRow, FeedbackRow.turn_id == TurnRow.id)
            .outerjoin(DismissedQuestionRow, DismissedQuestionRow.turn_id == TurnRow.id)
            .outerjoin(AnsweredQuestionRow, AnsweredQuestionRow.turn_id == TurnRow.id)
            .where(
                TurnRow.question != "",
                AnsweredQuestionRow.found_at.is_(None),
                or_(TurnRow.status.in_((*WITHOUT_ANSWER, _ELSEWHERE)), FeedbackRow.helpful.is_(False)),
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
                region=conversation.region,
                why="unhelpful" if helpful is False else turn.status,
                asked_at=turn.created_at,
                dismissed=dismissed is not None,
                locale=conversation.locale,
                draft=draft or "",
                cited=tuple(each["record_id"] for each in turn.reply.get("citations", ()) if each.get("record_id")),
            )
            for turn, conversation, helpful, dismissed, draft in self._session.execute(wanted)
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

    def note_draft(self, turn_ids: Iterable[str], record_id: str, author: str) -> None:
        """Note that somebody writes an answer to these questions."""
        for turn_id in turn_ids:
            row = AnsweredQuestionRow(turn_id=turn_id, record_id=record_id, author=author, drafted_at=self._clock())
            self._session.merge(row)
        self._session.flush()

    def note_found(self, question: Unanswered, record_id: str) -> bool:
        """Note that a question is answered by now, and from which record; False if it was noted, or is gone."""
        if self._session.get(TurnRow, question.turn_id) is None:
            return False
        row = self._session.get(AnsweredQuestionRow, question.turn_id)
        if row is None:
            row = AnsweredQuestionRow(turn_id=question.turn_id, author="", drafted_at=None)
            self._session.add(row)
        elif row.found_at is not None:
            return False
        row.record_id, row.found_at = record_id, self._clock()
        self._session.flush()
        count(self._session, self._clock().date(), question.region, RESOLVED, "", "")
        return True

    def found_lately(self, regions: Sequence[str]) -> list[tuple[str, str, datetime]]:
        """Questions that are answered by now, the newest first: the question, the record, and since when."""
        wanted = (
            select(TurnRow.question, AnsweredQuestionRow.record_id, AnsweredQuestionRow.found_at)
            .join(AnsweredQuestionRow, AnsweredQuestionRow.turn_id == TurnRow.id)
            .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
            .where(AnsweredQuestionRow.found_at.is_not(None), ConversationRow.region.in_(regions))
            .order_by(AnsweredQuestionRow.found_at.desc())
            .limit(_FOUND_SHOWN)
        )
        return [(question, record, at) for question, record, at in self._session.execute(wanted) if at is not None]

    def weeks(self, regions: Sequence[str], today: date, weeks: int = 12) -> list[GapWeek]:
        """How it went week by week, the oldest first, with this week as the last."""
        monday = today - timedelta(days=today.weekday())
        first = monday - timedelta(weeks=weeks - 1)
        rows = self._session.execute(
            select(DailyCountRow.day, DailyCountRow.what, DailyCountRow.number).where(
                DailyCountRow.region.in_(regions),
                DailyCountRow.day >= first,
                DailyCountRow.what.in_((ASKED, GAP, UNHELPFUL, RESOLVED)),
            )
        )
        counts: dict[date, Counter[str]] = {first + timedelta(weeks=week): Counter() for week in range(weeks)}
        for day, what, number in rows:
            counts.get(day - timedelta(days=day.weekday()), Counter())[what] += number
        return [
            GapWeek(begins, found[ASKED], found[GAP], found[UNHELPFUL], found[RESOLVED])
            for begins, found in counts.items()
        ]


class GapBook:
    """The questions without a good answer, as `Closing` asks for them. Each method is a transaction of its own."""

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    def open(self) -> list[Unanswered]:
        """Those that nobody dismissed and that have no answer yet."""
        with self._sessions() as session:
            return [each for each in GapStore(session, self._clock).unanswered() if not each.dismissed]

    def found(self, question: Unanswered, record_id: str) -> bool:
        """Note that it is answered by now; False if another process did, or it is gone."""
        with self._sessions.begin() as session:
            return GapStore(session, self._clock).note_found(question, record_id)


def _is_in_doubt(reply: dict[str, Any]) -> bool:
    return float(reply.get("understanding", {}).get("confidence", 0.0)) < _IN_DOUBT
