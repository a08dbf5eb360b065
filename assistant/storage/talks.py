"""Conversations on their way to a person: all queries about how they stand and what was said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.handover.feed import Present, Said
from assistant.handover.handover import Handover, Person, State
from assistant.handover.machine import Event, Happening, NotNow, step
from assistant.handover.stream import MessageShown, Onlooker, Sender, TalkShown
from assistant.handover.telling import first_name, told
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.ids import is_id, new_id
from assistant.storage.tables import ConversationRow, HandoverRow, PresenceRow, ReachableRow, SaidRow, TurnRow
from knowledge.catalogue import Catalogue

LIVE = (State.WAITING, State.CONNECTED)
"""The states in which a conversation belongs on the desk."""
WAIT_AT_MOST = timedelta(minutes=3)
"""After this a visitor who waits is told that nobody comes."""
_ADVISER_MAY_BE_AWAY = timedelta(minutes=3)
_SEEN_COUNTS = timedelta(seconds=45)
TYPING_COUNTS = timedelta(seconds=6)
_REACHABLE_FOR = timedelta(minutes=2)
_SHOWN_ON_THE_DESK = 200

TOUCHED = "talks"
"""In `session.info`: the conversations that a transaction changed, for who waits for its end."""


class TalkStore:
    """The way to a person, within the transaction of one session."""

    def __init__(self, session: Session, catalogue: Catalogue, clock: Clock = utc_now) -> None:
        self._session = session
        self._catalogue = catalogue
        self._clock = clock

    def find(self, conversation_id: str) -> Handover:
        """How a conversation stands; with the assistant if nobody thought of a person yet."""
        row = self._session.get(HandoverRow, conversation_id, populate_existing=True)
        return Handover.model_validate(row.record) if row else Handover()

    def hold(self, conversation_id: str) -> Handover:
        """The same, and nobody else can change it before this transaction ends."""
        row = self._held(conversation_id)
        return Handover.model_validate(row.record) if row else Handover()

    def on_desk(self, conversation_id: str, regions: Sequence[str]) -> Handover:
        """
        A conversation as an adviser may see it: of their regions, and only while it is with a person or awaits one.

        :raises NotFound: Otherwise; which of the two is not told.
        """
        handover = self.find(conversation_id) if is_id(conversation_id) else Handover()
        if handover.state not in LIVE or handover.region not in regions:
            raise NotFound("live conversation", conversation_id)
        return handover

    def happen(self, conversation_id: str, happening: Happening) -> Handover:
        """
        Let something happen, and tell the visitor in a sentence.

        :raises NotNow: If it cannot happen now; nothing changes.
        :raises NotFound: If the conversation is no more.
        """
        locale = self._session.scalar(select(ConversationRow.locale).where(ConversationRow.id == conversation_id))
        if locale is None:
            raise NotFound("conversation", conversation_id)
        row = self._held(conversation_id) or self._begun(conversation_id)
        before = Handover.model_validate(row.record)
        after = step(before, happening)
        if after == before:
            return after
        row.record = after.model_dump(mode="json")
        row.state, row.region = after.state.value, after.region
        self._touch(row)
        sentence = told(before, after, happening, self._catalogue, locale, self._clock())
        if sentence:
            self._add(row, MessageShown(id=new_id(), sender="notice", text=sentence, at=self._clock()))
        self._session.flush()
        return after

    def say(
        self,
        conversation_id: str,
        sender: Sender,
        text: str,
        name: str = "",
        key: str | None = None,
        id_: str = "",
        for_visitor: bool = True,
    ) -> bool:
        """
        Keep something said, for everybody who listens.

        :param key: The sender's own name for it: what comes twice with the same is kept once.
        :returns: False if it was there already, or nobody ever thought of a person here.
        """
        row = self._held(conversation_id)
        if row is None:
            return False
        if key is not None and self._session.scalar(
            select(SaidRow.number).where(SaidRow.conversation_id == conversation_id, SaidRow.key == key)
        ):
            return False
        message = MessageShown(id=id_ or new_id(), sender=sender, name=name, text=text, at=self._clock())
        self._add(row, message, key, for_visitor)
        self._touch(row)
        self._session.flush()
        return True

    def said(self, conversation_id: str, after: int = 0) -> list[Said]:
        """What was said since a number, in order."""
        rows = self._session.scalars(
            select(SaidRow)
            .where(SaidRow.conversation_id == conversation_id, SaidRow.number > after)
            .order_by(SaidRow.number)
        )
        return [
            Said(
                number=row.number,
                message=MessageShown(
                    id=row.id, sender=cast(Sender, row.sender), name=row.name, text=row.text, at=row.said_at
                ),
                for_visitor=row.for_visitor,
            )
            for row in rows
        ]

    def be_there(self, conversation_id: str, person: Person | None, is_typing: bool = False) -> None:
        """Somebody has the conversation open (None: its visitor), perhaps typing."""
        now = self._clock()
        person_id, name = (person.id, first_name(person.name)) if person else ("", "")
        values: dict[str, Any] = {"seen_at": now, "name": name} | ({"typed_at": now} if is_typing else {})
        where = (PresenceRow.conversation_id == conversation_id, PresenceRow.person_id == person_id)
        done = self._session.execute(update(PresenceRow).where(*where).values(values))
        if cast(CursorResult[Any], done).rowcount == 0:
            found = self._session.get(ConversationRow, conversation_id)
            if found is not None:
                self._session.merge(PresenceRow(conversation_id=conversation_id, person_id=person_id, **values))
                self._session.flush()
        self._note(conversation_id)

    def stop_typing(self, conversation_id: str, person: Person | None) -> None:
        """What was being typed has been sent."""
        self._session.execute(
            update(PresenceRow)
            .where(
                PresenceRow.conversation_id == conversation_id, PresenceRow.person_id == (person.id if person else "")
            )
            .values(typed_at=None)
        )
        self._note(conversation_id)

    def leave(self, conversation_id: str, person: Person | None) -> None:
        """Somebody closed the conversation's page."""
        row = self._session.get(PresenceRow, (conversation_id, person.id if person else ""))
        if row is None:
            return
        self._session.delete(row)
        talk = self._held(conversation_id)
        if talk is not None:
            self._touch(talk)  # A row that is gone tells nobody; a new version does.
        self._session.flush()

    def there(self, conversation_id: str) -> tuple[Present, ...]:
        """Who has it open now."""
        now = self._clock()
        rows = self._session.scalars(
            select(PresenceRow)
            .where(PresenceRow.conversation_id == conversation_id, PresenceRow.seen_at > now - _SEEN_COUNTS)
            .order_by(PresenceRow.person_id)
        )
        return tuple(
            Present(
                row.person_id,
                Onlooker(
                    name=row.name,
                    role="adviser" if row.person_id else "visitor",
                    doing="typing" if row.typed_at and row.typed_at > now - TYPING_COUNTS else "looking",
                ),
            )
            for row in rows
        )

    def set_reachable(self, person: Person, regions: Sequence[str], is_on: bool) -> None:
        """Whether an adviser can be called for a talk; it lasts two minutes, and as long as their desk is open."""
        row = self._session.get(ReachableRow, person.id)
        if not is_on:
            if row is not None:
                self._session.delete(row)
        else:
            self._session.merge(
                ReachableRow(
                    account_id=person.id, name=person.name, regions=list(regions), until=self._clock() + _REACHABLE_FOR
                )
            )
        self._session.flush()

    def keep_reachable(self, account_id: str) -> bool:
        """Their desk is still open. Returns whether they can be called."""
        now = self._clock()
        done = self._session.execute(
            update(ReachableRow)
            .where(ReachableRow.account_id == account_id, ReachableRow.until > now)
            .values(until=now + _REACHABLE_FOR)
        )
        return bool(cast(CursorResult[Any], done).rowcount)

    def reachable(self) -> dict[str, tuple[Person, ...]]:
        """By region the advisers who can be called now."""
        rows = self._session.scalars(
            select(ReachableRow).where(ReachableRow.until > self._clock()).order_by(ReachableRow.name)
        ).all()
        regions = {region for row in rows for region in row.regions}
        return {
            region: tuple(Person(id=row.account_id, name=row.name) for row in rows if region in row.regions)
            for region in regions
        }

    def live(self, regions: Sequence[str]) -> tuple[TalkShown, ...]:
        """Every conversation of these regions that is with a person or awaits one, who waits longest first."""
        rows = self._session.scalars(
            select(HandoverRow)
            .where(HandoverRow.region.in_(regions), HandoverRow.state.in_([each.value for each in LIVE]))
            .order_by(HandoverRow.updated_at)
            .limit(_SHOWN_ON_THE_DESK)
        )
        talks = [self._talk(row) for row in rows]
        far = datetime.max.replace(tzinfo=self._clock().tzinfo)
        return tuple(sorted(talks, key=lambda talk: (talk.state is not State.WAITING, talk.waiting_since or far)))

    def has_live(self) -> bool:
        """Whether anybody anywhere waits for a person or has one."""
        return bool(
            self._session.scalar(
                select(HandoverRow.conversation_id).where(HandoverRow.state.in_([each.value for each in LIVE])).limit(1)
            )
        )

    def sweep(self) -> int:
        """
        Let time do its work: who waits too long is told so, and an adviser whose line is gone is missed.

        :returns: In how many conversations something happened.
        """
        now, moved = self._clock(), 0
        rows = self._session.execute(
            select(HandoverRow.conversation_id, HandoverRow.record, HandoverRow.updated_at).where(
                HandoverRow.state.in_([each.value for each in LIVE])
            )
        ).all()
        for conversation_id, record, updated_at in rows:
            event = self._due(conversation_id, Handover.model_validate(record), updated_at, now)
            if event is None:
                continue
            try:
                self.happen(conversation_id, Happening(event, now))
                moved += 1
            except (NotNow, NotFound):
                continue  # Another process was first.
        return moved

    def _due(self, conversation_id: str, handover: Handover, updated_at: datetime, now: datetime) -> Event | None:
        if handover.state is State.WAITING:
            if handover.waiting_since is None or now - handover.waiting_since <= WAIT_AT_MOST:
                return None
            return Event.WAITED_WITH_DETAILS if handover.lead_id else Event.WAITED_LONG
        if handover.adviser is None or now - updated_at < _ADVISER_MAY_BE_AWAY:
            return None
        seen_at = self._session.scalar(
            select(PresenceRow.seen_at).where(
                PresenceRow.conversation_id == conversation_id, PresenceRow.person_id == handover.adviser.id
            )
        )
        return Event.ADVISER_GONE if seen_at is None or now - seen_at > _ADVISER_MAY_BE_AWAY else None

    def _talk(self, row: HandoverRow) -> TalkShown:
        handover = Handover.model_validate(row.record)
        last = self._session.scalar(
            select(TurnRow.question)
            .where(TurnRow.conversation_id == row.conversation_id, TurnRow.question != "")
            .order_by(TurnRow.number.desc())
            .limit(1)
        )
        return TalkShown(
            conversation_id=row.conversation_id,
            state=handover.state,
            region=handover.region,
            loket_title=handover.loket_title,
            reason=handover.reason,
            adviser_id=handover.adviser.id if handover.adviser else None,
            adviser=handover.adviser.name if handover.adviser else None,
            wanted=handover.wanted.name if handover.wanted else None,
            waiting_since=handover.waiting_since,
            last_said=(last or "")[:160],
        )

    def _held(self, conversation_id: str) -> HandoverRow | None:
        # First a write: it takes the lock in both databases, and what is read after it is the newest.
        held = self._session.execute(
            update(HandoverRow)
            .where(HandoverRow.conversation_id == conversation_id)
            .values(version=HandoverRow.version)
            .execution_options(synchronize_session=False)
        )
        if cast(CursorResult[Any], held).rowcount == 0:
            return None
        return self._session.get_one(HandoverRow, conversation_id, populate_existing=True)

    def _begun(self, conversation_id: str) -> HandoverRow:
        fresh = Handover()
        values = {
            "conversation_id": conversation_id,
            "record": fresh.model_dump(mode="json"),
            "state": fresh.state.value,
            "region": fresh.region,
            "last_number": 0,
            "version": 0,
            "updated_at": self._clock(),
        }
        inserted_unless_there(self._session, HandoverRow, values, "conversation_id", HandoverRow.conversation_id)
        row = self._held(conversation_id)
        if row is None:
            raise NotFound("conversation", conversation_id)
        return row

    def _add(self, row: HandoverRow, message: MessageShown, key: str | None = None, for_visitor: bool = True) -> None:
        row.last_number += 1
        self._session.add(
            SaidRow(
                conversation_id=row.conversation_id,
                number=row.last_number,
                id=message.id,
                key=key,
                sender=message.sender,
                name=message.name,
                text=message.text,
                for_visitor=for_visitor,
                said_at=message.at,
            )
        )

    def _touch(self, row: HandoverRow) -> None:
        row.version += 1
        row.updated_at = self._clock()
        self._note(row.conversation_id)

    def _note(self, conversation_id: str) -> None:
        self._session.info.setdefault(TOUCHED, set()).add(conversation_id)
