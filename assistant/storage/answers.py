"""Mail that comes in on the letters of advisers: to whose thread it belongs, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.accounts.audit import Action
from assistant.handover.stream import AnswerShown
from assistant.leads.received import MailKind, ReceivedMail
from assistant.leads.reply_to import hash_of
from assistant.leads.work import Answer
from assistant.storage import lead_search
from assistant.storage.audit import record_audit
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.desk_tables import LeadAnswerRow, LeadLetterRow
from assistant.storage.tables import LeadRow

MOST_A_DAY = 100
"""Of one lead. More is no person, but two programs that answer each other."""
_TOLD_AGAIN_AFTER = timedelta(hours=1)
_SHOWN_AT_ONCE = 100


class Brought(Enum):
    """What became of a mail that was brought."""

    KEPT = "kept"
    TWICE = "was here already"
    UNKNOWN = "is for no letter of this desk"
    TOO_MANY = "is one too many on one lead today"


@dataclass(frozen=True)
class Waiting:
    """A loket that has to hear that somebody answered."""

    lead_id: str
    loket_title: str
    mailbox: str


@dataclass(frozen=True)
class Traffic:
    """Whether mail comes back: what went out with an address of its own, and what came in."""

    letters: int
    first_letter_at: datetime | None
    last_answer_at: datetime | None


class AnswerStore:
    """Answers to letters, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def receive(self, code: str, mail: ReceivedMail) -> tuple[Brought, Waiting | None]:
        """
        Keep a mail with the letter that it answers.

        One that a person wrote makes the lead unread; one that says that a letter was not delivered marks that letter
        too. Nothing is ever sent to whoever wrote it.

        :param code: From the address it was sent to.
        :returns: What became of it; and who has to be told: nobody, if they were within the hour.
        """
        now = self._clock()
        found = self._session.execute(
            select(LeadLetterRow.id, LeadLetterRow.mailbox, LeadRow.id, LeadRow.region, LeadRow.loket_title)
            .join(LeadRow, LeadRow.id == LeadLetterRow.lead_id)
            .where(LeadLetterRow.reply_hash == hash_of(code))
        ).one_or_none()
        if found is None:
            return Brought.UNKNOWN, None
        letter_id, mailbox, lead_id, region, loket_title = found
        if self._count(lead_id, now - timedelta(days=1)) >= MOST_A_DAY:
            return Brought.TOO_MANY, None
        was_told = self._count(lead_id, now - _TOLD_AGAIN_AFTER, MailKind.ANSWER) > 0
        values = mail.model_dump(exclude={"receivers", "attachments", "kind"}) | {
            "lead_id": lead_id,
            "letter_id": letter_id,
            "kind": mail.kind.value,
            "attachments": list(mail.attachments),
            "received_at": now,
        }
        if inserted_unless_there(self._session, LeadAnswerRow, values, ("lead_id", "key"), LeadAnswerRow.id) is None:
            return Brought.TWICE, None
        if mail.kind is MailKind.AUTOMATIC:
            return Brought.KEPT, None
        if mail.kind is MailKind.BOUNCE:
            self._session.execute(update(LeadLetterRow).where(LeadLetterRow.id == letter_id).values(bounced_at=now))
        else:
            lead_search.add_words(self._session, lead_id, mail.text)
        self._session.execute(update(LeadRow).where(LeadRow.id == lead_id).values(updated_at=now))
        record_audit(self._session, None, Action.LEAD_ANSWERED, lead_id, [region], mail.kind.value, clock=self._clock)
        is_news = mail.kind is MailKind.ANSWER and not was_told and mailbox
        return Brought.KEPT, Waiting(lead_id, loket_title, mailbox) if is_news else None

    def of_lead(self, lead_id: str) -> list[Answer]:
        """Every mail that came in about a lead, in order."""
        rows = self._session.scalars(
            select(LeadAnswerRow).where(LeadAnswerRow.lead_id == lead_id).order_by(LeadAnswerRow.id)
        )
        return [
            Answer(
                letter_id=row.letter_id,
                kind=MailKind(row.kind),
                sender=row.sender,
                subject=row.subject,
                text=row.text,
                is_shortened=row.is_shortened,
                attachments=tuple(row.attachments),
                received_at=row.received_at,
            )
            for row in rows
        ]

    def since(self, regions: Sequence[str], moment: datetime) -> list[AnswerShown]:
        """What people wrote after that moment about leads of these regions, oldest first, a hundred at most."""
        rows = self._session.execute(
            select(LeadAnswerRow.id, LeadAnswerRow.lead_id, LeadRow.region, LeadAnswerRow.received_at)
            .join(LeadRow, LeadRow.id == LeadAnswerRow.lead_id)
            .where(
                LeadAnswerRow.received_at > moment,
                LeadAnswerRow.kind != MailKind.AUTOMATIC.value,
                LeadRow.region.in_(regions),
            )
            .order_by(LeadAnswerRow.received_at)
            .limit(_SHOWN_AT_ONCE)
        )
        return [AnswerShown(answer_id=id_, lead_id=lead, region=region, at=at) for id_, lead, region, at in rows]

    def traffic(self) -> Traffic:
        """What went out with an address of its own for answers, and when anything came in last, of leads that are kept."""
        letters, first = self._session.execute(
            select(func.count(), func.min(LeadLetterRow.created_at)).where(LeadLetterRow.reply_hash.is_not(None))
        ).one()
        return Traffic(letters, first, self._session.scalar(select(func.max(LeadAnswerRow.received_at))))

    def _count(self, lead_id: str, since: datetime, kind: MailKind | None = None) -> int:
        wanted = select(func.count()).where(LeadAnswerRow.lead_id == lead_id, LeadAnswerRow.received_at > since)
        if kind is not None:
            wanted = wanted.where(LeadAnswerRow.kind == kind.value)
        return self._session.scalar(wanted) or 0
