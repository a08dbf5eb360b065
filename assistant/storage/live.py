"""The people store as the feed of live conversations asks for it. Each method is a transaction of its own."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from assistant.handover.feed import Changes, Here, Moment
from assistant.handover.stream import AnswerShown, LeadShown, TalksShown
from assistant.storage.answers import AnswerStore
from assistant.storage.clock import Clock, utc_now
from assistant.storage.desk_tables import LeadAnswerRow
from assistant.storage.session import Sessions
from assistant.storage.tables import ConversationRow, HandoverRow, LeadRow, PresenceRow
from assistant.storage.talks import LIVE, TOUCHED, TalkStore
from knowledge.catalogue import Catalogue

_AT_ONCE = 500
_LEADS_AT_ONCE = 100


class LiveTalks:
    """What streams and their feed read and write."""

    def __init__(self, sessions: Sessions, catalogue: Callable[[], Catalogue], clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._catalogue = catalogue
        self._clock = clock

    def moment(self, conversation_id: str, after: int) -> Moment | None:
        """The conversation with what was said since that number; None if it is no more."""
        with self._sessions() as session:
            found = session.execute(
                select(ConversationRow.locale, ConversationRow.region).where(ConversationRow.id == conversation_id)
            ).one_or_none()
            if found is None:
                return None
            talks = self._talks(session)
            handover = talks.find(conversation_id)
            return Moment(
                # Before a loket was found for the visitor, the page says in which region they are.
                handover=handover if handover.region else handover.model_copy(update={"region": found.region}),
                locale=found.locale,
                said=tuple(talks.said(conversation_id, after)),
                there=talks.there(conversation_id),
            )

    def talks(self, regions: Sequence[str]) -> TalksShown:
        """Every live conversation of these regions."""
        with self._sessions() as session:
            found = self._talks(session).live(regions)
        return TalksShown(talks=found, waiting=sum(each.waiting_since is not None for each in found))

    def leads_since(self, regions: Sequence[str], moment: datetime) -> list[LeadShown]:
        """The leads of these regions that came in after that moment, oldest first, a hundred at most."""
        columns = (LeadRow.id, LeadRow.region, LeadRow.loket_title, LeadRow.created_at)
        with self._sessions() as session:
            rows = session.execute(
                select(*columns)
                .where(LeadRow.region.in_(regions), LeadRow.created_at > moment)
                .order_by(LeadRow.created_at)
                .limit(_LEADS_AT_ONCE)
            )
            return [
                LeadShown(lead_id=id_, region=region, loket_title=title, created_at=at)
                for id_, region, title, at in rows
            ]

    def answers_since(self, regions: Sequence[str], moment: datetime) -> list[AnswerShown]:
        """The mail about leads of these regions that came in after that moment, oldest first."""
        with self._sessions() as session:
            return AnswerStore(session).since(regions, moment)

    def changes(self, since: datetime) -> Changes:
        """What changed since that moment."""
        with self._sessions() as session:
            marks: dict[str, str] = {}
            for conversation_id, version in session.execute(
                select(HandoverRow.conversation_id, HandoverRow.version).where(HandoverRow.updated_at >= since)
            ):
                marks[conversation_id] = str(version)
            for conversation_id, person_id, typed_at in session.execute(
                select(PresenceRow.conversation_id, PresenceRow.person_id, PresenceRow.typed_at)
                .where(PresenceRow.seen_at >= since)
                .order_by(PresenceRow.person_id)
            ):
                marks[conversation_id] = f"{marks.get(conversation_id, '')} {person_id} {typed_at}"
            newest_lead = session.scalar(select(func.max(LeadRow.created_at)))
            newest_answer = session.scalar(select(func.max(LeadAnswerRow.received_at)))
            newest_talk = session.scalar(select(func.max(HandoverRow.updated_at)))
            reachable = frozenset(self._talks(session).reachable())
        return Changes(talks=marks, desk=f"{newest_lead} {newest_answer} {newest_talk}", reachable=reachable)

    def beat(self, here: Collection[Here], desks: Collection[str]) -> None:
        """These are still listening, and these accounts have their desk open. Only of live conversations it is kept."""
        with self._sessions() as session:
            live = set(
                session.scalars(
                    select(HandoverRow.conversation_id).where(HandoverRow.state.in_([each.value for each in LIVE]))
                )
            )
        listening = [each for each in here if each.conversation_id in live or each.person is not None]
        if not listening and not desks:
            return
        with self._sessions.begin() as session:
            talks = self._talks(session)
            for each in listening:
                talks.be_there(each.conversation_id, each.person)
            for account_id in desks:
                talks.keep_reachable(account_id)

    def arrive(self, here: Here) -> None:
        """Somebody began to listen; of a visitor who is with the assistant it is not kept."""
        with self._sessions.begin() as session:
            talks = self._talks(session)
            if here.person is not None or talks.find(here.conversation_id).state in LIVE:
                talks.be_there(here.conversation_id, here.person)

    def leave(self, here: Here) -> None:
        """Somebody stopped listening."""
        with self._sessions.begin() as session:
            self._talks(session).leave(here.conversation_id, here.person)

    def gone(self, conversation_ids: Collection[str]) -> set[str]:
        """Which of these conversations are no more."""
        asked, there = list(conversation_ids), set[str]()
        with self._sessions() as session:
            for begin in range(0, len(asked), _AT_ONCE):
                some = asked[begin : begin + _AT_ONCE]
                there |= set(session.scalars(select(ConversationRow.id).where(ConversationRow.id.in_(some))))
        return set(asked) - there

    def sweep(self) -> int:
        """Let time do its work: who waits too long is told, and an adviser whose line is gone is missed."""
        with self._sessions() as session:
            if not self._talks(session).has_live():
                return 0
        with self._sessions.begin() as session:
            return self._talks(session).sweep()

    def _talks(self, session: Session) -> TalkStore:
        return TalkStore(session, self._catalogue(), self._clock)


def on_commit(sessions: Sessions, wake: Callable[[Collection[str]], None]) -> None:
    """Call `wake` with the conversations that a transaction changed, once it is kept."""

    @event.listens_for(sessions, "after_commit")
    def _kept(session: Session) -> None:
        touched = session.info.pop(TOUCHED, None)
        if touched:
            wake(touched)

    @event.listens_for(sessions, "after_rollback")
    def _undone(session: Session) -> None:
        session.info.pop(TOUCHED, None)
