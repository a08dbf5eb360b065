"""Who wants the weekly mail for editors gets it once a week, from Monday morning, whoever else sends it."""

from datetime import UTC, datetime

import pytest

from assistant.accounts.role import Role
from assistant.leads.outbox import NewMail
from assistant.storage.accounts import AccountStore
from assistant.storage.digests import DigestBook, DigestStore, week_of
from assistant.storage.outbox import OutboxStore
from assistant.storage.session import Sessions

MAIL = NewMail(id="m-1", to="noor@example.org", subject="Weekbericht", body="Dag")
THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 11, 30, 5, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 30, 6, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 12, 4, 20, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 12, 5, 12, 0, tzinfo=UTC), None),
        # The clocks went forward on Sunday: seven in the morning is an hour earlier in UTC.
        (datetime(2026, 3, 30, 5, 0, tzinfo=UTC), datetime(2026, 3, 30, 5, 0, tzinfo=UTC)),
    ],
)
def test_the_mail_is_due_from_monday_morning_until_friday(now: datetime, begins: datetime | None) -> None:
    assert week_of(now) == begins


def test_who_asked_for_it_gets_it_once_a_week_from_the_next_monday(sessions: Sessions) -> None:
    clock = [THURSDAY]
    with sessions.begin() as session:
        accounts = AccountStore(session)
        noor = accounts.add("noor@example.org", "Noor", ("haaglanden",), None, Role.EDITOR)
        accounts.add("daan@example.org", "Daan", ("haaglanden",), None, Role.EDITOR)
        eva = accounts.add("eva@example.org", "Eva", ("haaglanden",), None, Role.ADVISER)
        for each in (noor, eva):
            DigestStore(session, lambda: clock[0]).want(each.id, True)
        assert accounts.wants_digest(noor.id)
    book, other = (DigestBook(sessions, lambda: clock[0]) for _ in range(2))
    assert book.due() == [], "it was asked for this week"

    clock[0] = MONDAY
    assert [each.name for each in book.due()] == ["Noor"], "an adviser has no work in it"
    assert book.send(noor, MAIL)
    assert not other.send(noor, MAIL.model_copy(update={"id": "m-2"})), "another process was first"
    assert book.due() == []
    waiting = OutboxStore(sessions)
    assert waiting.take_due(MONDAY, MONDAY) is not None

    clock[0] = datetime(2026, 12, 7, 7, tzinfo=UTC)
    assert [each.name for each in book.due()] == ["Noor"]
    with sessions.begin() as session:
        DigestStore(session).want(noor.id, False)
        assert not AccountStore(session).wants_digest(noor.id)
    assert book.due() == []
    assert not book.send(noor, MAIL.model_copy(update={"id": "m-3"})), "it was stopped while it was made"
