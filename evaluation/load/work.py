"""What advisers did with made-up leads, what they looked at, and what was counted: all that the desk's pages read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, text

from assistant.accounts.audit import Action
from assistant.leads.consent import Purpose
from assistant.leads.lead import Phase
from assistant.leads.matching import NeedKind
from assistant.leads.work import InteractionKind, Outcome
from assistant.storage.counts import ADVISED, ASKED, OPENED, UNANSWERED
from assistant.storage.desk_tables import (
    DailyCountRow,
    LeadInteractionRow,
    LeadLetterRow,
    LeadSeenRow,
    LeadTaskRow,
    SchoolNeedRow,
)
from assistant.storage.session import Sessions
from assistant.storage.tables import AuditRow, Base, LeadConsentRow, LeadEventRow, LeadNoteRow, LeadRow, OutboxRow
from assistant.storage.tally import add_up

_SEED = 20261129
_TOGETHER = 5_000
_ADVISERS = ("Noor Bakker", "Henk Smit", "Aicha El Amrani", "Tom Visser")
_DAYS = 730
_NEEDS = 400

Row = dict[str, Any]
Rows = dict[type[Base], list[Row]]


def fill_work(sessions: Sessions, regions: tuple[str, ...], account_id: str, now: datetime) -> None:
    """
    For each lead that somebody was in touch with: contacts, a note, a letter with its mail, tasks, steps and consent; and for
    all together a log, counts a day over two years, and what schools need. The same every time.

    :param account_id: An adviser, who looked at nine of ten leads.
    """
    random = Random(_SEED)  # noqa: S311 - made-up work, no secret
    with sessions() as session:
        leads = session.execute(
            select(LeadRow.id, LeadRow.region, LeadRow.phase, LeadRow.created_at).order_by(LeadRow.created_at)
        ).all()
    rows: Rows = {}
    for lead in leads:
        for table, row in _of_lead(random, lead.id, lead.region, Phase(lead.phase), lead.created_at, account_id, now):
            rows.setdefault(table, []).append(row)
    rows[DailyCountRow] = list(_counts(random, regions, now.date()))
    rows[SchoolNeedRow] = [_need(random, regions, now.date()) for _ in range(_NEEDS)]
    with sessions.begin() as session:
        for table, every in rows.items():
            for at in range(0, len(every), _TOGETHER):
                session.execute(insert(table), every[at : at + _TOGETHER])
    with sessions.begin() as session:
        add_up(session)  # As the service does each day.
        session.execute(text("ANALYZE"))


def _of_lead(
    random: Random, lead_id: str, region: str, phase: Phase, came_in: datetime, account_id: str, now: datetime
) -> Iterator[tuple[type[Base], Row]]:
    lead, author = {"lead_id": lead_id}, random.choice(_ADVISERS)
    contact = came_in + timedelta(hours=5)
    for purpose in Purpose:
        yield LeadConsentRow, lead | {"purpose": purpose.value, "given": True, "withdrawn_at": None}
    if phase is Phase.NEW:
        return
    if random.random() < 0.9:
        yield LeadSeenRow, lead | {"account_id": account_id, "seen_at": now}
    seen = {"at": contact, "actor_id": account_id, "actor": author, "subject": lead_id, "regions": f" {region} "}
    for action in (Action.LEAD_SEEN, Action.LEAD_CHANGED):
        yield AuditRow, seen | {"action": action.value, "detail": ""}
    for kind in random.sample(list(InteractionKind), 2):
        told = {"kind": kind.value, "author": author, "text": "Gesproken over de route. " * 5, "happened_at": contact}
        yield LeadInteractionRow, lead | told
    yield LeadNoteRow, lead | {"author": author, "text": "Belt volgende week terug. " * 3, "written_at": contact}
    step = {"before": "new", "after": phase.value, "because": None, "undoes": None}
    yield LeadEventRow, lead | step | {"author": author, "changed_at": contact}
    mail = {"id": lead_id, "to": "sam@example.org", "subject": "Je vraag", "body": "Beste Sam, " * 30}
    letter = {"kind": "visitor", "author": author, "receiver": "Sam", "consent": "", "answers": None}
    yield LeadLetterRow, lead | mail | letter | {"created_at": contact}
    sent = {"reply_to": "", "answers": None, "created_at": contact, "attempts": 1, "next_attempt_at": None}
    yield OutboxRow, lead | mail | sent | {"sent_at": contact, "last_error": ""}
    task = {"author": author, "done_by": "", "done_at": None, "outcome": None, "months": None}
    if random.random() < 0.2:
        due = now.date() + timedelta(days=random.randrange(-20, 60))
        yield LeadTaskRow, lead | task | {"title": "Terugbellen", "due_on": due}
    if phase in (Phase.IN_TRAINING, Phase.WORKING):
        after = came_in + timedelta(days=90)
        done = {"done_at": after, "done_by": author, "outcome": random.choice(list(Outcome)).value, "months": 3}
        yield LeadTaskRow, lead | task | done | {"title": "Vraag wat ervan geworden is", "due_on": after.date()}


def _counts(random: Random, regions: tuple[str, ...], today: date) -> Iterator[Row]:
    for ago in range(_DAYS):
        for region in regions:
            for what in (OPENED, ASKED, ADVISED, UNANSWERED):
                for source in ("www.onderwijsloket.example", "www.gemeente.example", "www.school.example", ""):
                    for campaign in ("", "open-dag"):
                        key = {"day": today - timedelta(days=ago), "region": region, "what": what}
                        yield key | {"source": source, "campaign": campaign, "number": random.randrange(1, 20)}


def _need(random: Random, regions: tuple[str, ...], today: date) -> Row:
    return {
        "region": random.choice(regions),
        "employer": f"Basisschool {random.randrange(1000)}",
        "title": "Leraar groep 5",
        "sector": random.choice(["po", "vo"]),
        "municipality": "",
        "subject": "",
        "kind": random.choice(list(NeedKind)).value,
        "is_urgent": random.random() < 0.3,
        "until": datetime.combine(today, datetime.min.time(), UTC).date() + timedelta(days=random.randrange(1, 90)),
        "contact": "",
        "author": random.choice(_ADVISERS),
    }
