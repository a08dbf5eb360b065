"""Conversations and their turns: all queries about them. A token opens one; only its hash is kept."""

import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assistant.answering.answer import AnswerStatus
from assistant.answering.gaps import WITHOUT_ANSWER
from assistant.errors import NotFound, NotYours, Overtaken
from assistant.storage.clock import Clock, utc_now
from assistant.storage.counts import ADVISED, ASKED, GAP, OPENED, UNANSWERED, count
from assistant.storage.ids import is_id, new_id
from assistant.storage.tables import ConversationRow, TurnRow

STORY = "story"
"""What a code is signed for that lets a conversation go along to a form of the site."""


@dataclass(frozen=True)
class Conversation:
    """A conversation as it was read. `state` is what the answering remembers, JSON-ready."""

    id: str
    locale: str
    region: str
    page_url: str
    state: dict[str, Any]
    turn_count: int
    version: int
    """Of the state: a change of it is refused when another one came first."""
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class NewTurn:
    """A question and its reply, to be kept. `id` is the reply's."""

    id: str
    question: str
    reply: dict[str, Any]
    status: str
    choice: dict[str, Any] | None = None
    choice_label: str = ""
    trace: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn(NewTurn):
    """A turn as it was kept; numbers count from 1."""

    number: int = field(kw_only=True)
    created_at: datetime = field(kw_only=True)


class ConversationStore:
    """The conversations, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def create(
        self, locale: str, region: str, page_url: str, state: dict[str, Any], campaign: str = ""
    ) -> tuple[Conversation, str]:
        """
        A new conversation and the token that opens it, which nobody can read back later.

        :param campaign: What brought the visitor here, as a slug.
        """
        token = secrets.token_urlsafe(32)
        now = self._clock()
        row = ConversationRow(
            id=new_id(),
            token_hash=_hash(token),
            locale=locale,
            region=region,
            page_url=page_url,
            campaign=campaign,
            state=state,
            turn_count=0,
            version=0,
            created_at=now,
            updated_at=now,
        )
        self._session.add(row)
        self._session.flush()
        count(self._session, now.date(), region, OPENED, page_url, campaign)
        return _conversation(row), token

    def get(self, conversation_id: str, token: str) -> Conversation:
        """
        The conversation that this token opens.

        :raises NotFound: If there is none, or it has been erased.
        :raises NotYours: If the token is empty or another one's.
        """
        row = self._row(conversation_id)
        if row is None:
            raise NotFound("conversation", conversation_id)
        if not hmac.compare_digest(row.token_hash, _hash(token)):
            raise NotYours
        return _conversation(row)

    def find(self, conversation_id: str) -> Conversation | None:
        """The conversation without its token, if it is still there: for the operator who gives or erases data."""
        row = self._row(conversation_id)
        return _conversation(row) if row else None

    def add_turn(self, conversation: Conversation, turn: NewTurn, state: dict[str, Any]) -> Conversation:
        """
        Keep a turn, and the state after it.

        :returns: The conversation as it is now, for a next turn in the same request.
        :raises Overtaken: If another turn or change came in since `conversation` was read: it would be lost.
        """
        number = conversation.turn_count + 1
        after = self._moved(conversation, state, number)
        self._session.add(
            TurnRow(
                id=turn.id,
                conversation_id=conversation.id,
                number=number,
                question=turn.question,
                choice=turn.choice,
                choice_label=turn.choice_label,
                reply=turn.reply,
                status=turn.status,
                trace=turn.trace,
                created_at=after.updated_at,
            )
        )
        self._session.flush()
        self._count(conversation, turn, number, after.updated_at.date())
        return after

    def _count(self, conversation: Conversation, turn: NewTurn, number: int, day: date) -> None:
        """The first question and the first advice of a conversation, and each question without an answer."""
        happened = [ASKED] if number == 1 else []
        if turn.status == AnswerStatus.ANSWERED_ADVICE.value:
            earlier = select(TurnRow.id).where(
                TurnRow.conversation_id == conversation.id, TurnRow.status == turn.status, TurnRow.number < number
            )
            happened += [] if self._session.scalar(earlier.limit(1)) else [ADVISED]
        if turn.status.startswith("unanswerable_"):
            happened.append(UNANSWERED)
        if turn.status in WITHOUT_ANSWER:
            happened.append(GAP)
        if happened:
            row = self._session.get_one(ConversationRow, conversation.id)
            for what in happened:
                count(self._session, day, row.region, what, row.page_url, row.campaign)

    def keep_state(self, conversation: Conversation, state: dict[str, Any]) -> Conversation:
        """
        Keep another state without a turn: the visitor corrected or erased what we know.

        :raises Overtaken: If a turn or another change came in since `conversation` was read.
        """
        return self._moved(conversation, state, conversation.turn_count)

    def turns(self, conversation: Conversation) -> list[Turn]:
        """Every turn, in order."""
        rows = self._session.scalars(
            select(TurnRow).where(TurnRow.conversation_id == conversation.id).order_by(TurnRow.number)
        )
        return [
            Turn(
                id=row.id,
                question=row.question,
                reply=row.reply,
                status=row.status,
                choice=row.choice,
                choice_label=row.choice_label,
                trace=row.trace,
                number=row.number,
                created_at=row.created_at,
            )
            for row in rows
        ]

    def rewrite(self, turn: NewTurn) -> None:
        """Keep a turn in other words, because a part of what was said has to be forgotten."""
        self._session.execute(
            update(TurnRow)
            .where(TurnRow.id == turn.id)
            .values(
                question=turn.question,
                reply=turn.reply,
                choice=turn.choice,
                choice_label=turn.choice_label,
                trace=turn.trace,
            )
        )

    def delete(self, conversation: Conversation) -> None:
        """Forget it, with its turns and their feedback. A lead that came of it has its own copy, and stays."""
        self._session.execute(delete(ConversationRow).where(ConversationRow.id == conversation.id))

    def erase_older_than(self, moment: datetime, region: str | None = None) -> int:
        """
        Forget the conversations in which nothing happened since `moment`.

        A lead keeps what its visitor agreed to share, so a conversation is not kept longer for having led to one.

        :param region: Only those of this one; None: all.
        :returns: How many were forgotten.
        """
        old = delete(ConversationRow).where(ConversationRow.updated_at < moment)
        erased = self._session.execute(old if region is None else old.where(ConversationRow.region == region))
        return cast(CursorResult[Any], erased).rowcount

    def _moved(self, conversation: Conversation, state: dict[str, Any], turn_count: int) -> Conversation:
        """The conversation a version further."""
        now = self._clock()
        moved = self._session.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation.id, ConversationRow.version == conversation.version)
            .values(state=state, turn_count=turn_count, version=conversation.version + 1, updated_at=now)
        )
        if cast(CursorResult[Any], moved).rowcount != 1:
            raise Overtaken("conversation", conversation.id)
        return replace(
            conversation, state=state, turn_count=turn_count, version=conversation.version + 1, updated_at=now
        )

    def _row(self, conversation_id: str) -> ConversationRow | None:
        return self._session.get(ConversationRow, conversation_id) if is_id(conversation_id) else None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        locale=row.locale,
        region=row.region,
        page_url=row.page_url,
        state=row.state,
        turn_count=row.turn_count,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
