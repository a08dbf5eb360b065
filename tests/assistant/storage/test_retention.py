"""What is erased is gone: no row, and no word of it in any file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.leads.lead import Lead, Phase
from assistant.leads.outbox import NewMail
from assistant.leads.retention import Erased, Retention
from assistant.settings import Settings
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.feedback import FeedbackStore
from assistant.storage.leads import LeadStore
from assistant.storage.receipts import ReceiptStore
from assistant.storage.retention import ExpiringStore
from assistant.storage.saved import SavedStore
from assistant.storage.session import Sessions
from assistant.storage.tables import Base
from assistant.zelftest.receipt import Receipt
from assistant.zelftest.saved import SavedAnswers
from tests.assistant.storage.conftest import IN_SQLITE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET = "VERTROUWELIJKE-WOORDEN"
_HOLD_NOBODY = {"account", "audit_horizon", "daily_count", "monthly_count"}
"""Colleagues; from when on the log is whole; counts a day without persons."""
MakeLead = Callable[..., tuple[Lead, NewMail]]


def _converse(sessions: Sessions, at: datetime, said: str = SECRET) -> str:
    with sessions.begin() as session:
        store = ConversationStore(session, clock=lambda: at)
        made, _ = store.create("nl", "haaglanden", f"https://example.org/{said}", {"said": said})
        turn = NewTurn(id=f"reply-{made.id}", question=said, reply={"said": said}, status="answered_record")
        made = store.add_turn(made, turn, {"said": said})
        FeedbackStore(session, clock=lambda: at).give(made, turn.id, True, said)
        return made.id


def _rows(sessions: Sessions) -> dict[str, int]:
    with sessions() as session:
        tables = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ not in _HOLD_NOBODY]
        return {each.__tablename__: session.scalar(select(func.count()).select_from(each)) or 0 for each in tables}


def _retain(sessions: Sessions, at: datetime, **settings: Any) -> Erased:
    return Retention(ExpiringStore(sessions), _Archive(), Settings(**settings), clock=lambda: at).erase_due()


class _Archive:
    """Catalogues are files and have tests of their own."""

    def drop_unused_since(self, moment: datetime) -> int:  # noqa: ARG002
        return 0


@IN_SQLITE
def test_after_their_time_nothing_is_left_in_tables_or_files(
    sessions: Sessions, make_lead: MakeLead, people_settings: Settings
) -> None:
    conversation_id = _converse(sessions, NOW)
    lead, mail = make_lead(SECRET, conversation_id=conversation_id)
    with sessions.begin() as session:
        store = LeadStore(session, clock=lambda: NOW)
        store.add(lead, mail)
        store.move(lead.id, Phase.NEW, Phase.ORIENTING, SECRET)
        store.undo(lead.id, 1, SECRET)
        store.add_note(lead.id, SECRET, SECRET)
        ReceiptStore(session, clock=lambda: NOW).keep(_receipt(SECRET))
        SavedStore(session, timedelta(days=90), clock=lambda: NOW).save(SavedAnswers(facts={"role": SECRET}))
    assert SECRET in _everything_on_disk(people_settings.var)

    erased = _retain(sessions, NOW + timedelta(days=366))

    assert erased.leads == 1
    assert set(_rows(sessions).values()) == {0}
    assert SECRET not in _everything_on_disk(people_settings.var)


def test_each_kind_has_its_own_time_and_starts_again_at_the_last_change(
    sessions: Sessions, make_lead: MakeLead
) -> None:
    _converse(sessions, NOW)
    made = make_lead()
    with sessions.begin() as session:
        LeadStore(session, clock=lambda: NOW).add(*made)
        LeadStore(session, clock=lambda: NOW + timedelta(days=100)).add_note(made[0].id, "Noor", "Gebeld.")

    erased = [_retain(sessions, NOW + timedelta(days=days)) for days in (29, 31, 366, 466)]

    assert erased == [Erased(0, 0), Erased(1, 0), Erased(0, 0), Erased(0, 1)]


def test_the_settings_decide_how_long(sessions: Sessions) -> None:
    _converse(sessions, NOW)

    erased = _retain(sessions, NOW + timedelta(days=2), conversation_retention=timedelta(days=1))

    assert erased == Erased(1, 0)


def test_a_conversation_that_a_visitor_deletes_goes_with_its_turns_and_feedback(sessions: Sessions) -> None:
    conversation_id = _converse(sessions, NOW)

    with sessions.begin() as session:
        store = ConversationStore(session)
        found = store.find(conversation_id)
        assert found is not None
        store.delete(found)

    assert set(_rows(sessions).values()) == {0}


def test_a_receipt_is_kept_for_its_own_time(sessions: Sessions) -> None:
    with sessions.begin() as session:
        ReceiptStore(session, clock=lambda: NOW).keep(_receipt("po"))

    erased = [_retain(sessions, NOW + timedelta(days=days), receipt_retention=timedelta(days=10)) for days in (9, 11)]

    assert erased == [Erased(), Erased(receipts=1)]


def test_a_saved_zelftest_goes_when_its_own_time_is_over_and_saving_again_starts_it_anew(sessions: Sessions) -> None:
    def store(session: Session, at: datetime) -> SavedStore:
        return SavedStore(session, timedelta(days=90), clock=lambda: at)

    with sessions.begin() as session:
        code, _ = store(session, NOW).save(SavedAnswers())
        other, _ = store(session, NOW).save(SavedAnswers())
    with sessions.begin() as session:
        again, kept = store(session, NOW + timedelta(days=60)).save(SavedAnswers(), code)

    assert again == code
    assert other != code
    assert kept.expires_at == NOW + timedelta(days=150)
    erased = [_retain(sessions, NOW + timedelta(days=days)) for days in (89, 90, 149, 150)]
    assert erased == [Erased(), Erased(saved=1), Erased(), Erased(saved=1)]


def _receipt(sector: str) -> Receipt:
    return Receipt(day=NOW.date(), catalogue="0" * 12, engine="1", facts={"sector": [sector]}, routes=())


def _everything_on_disk(var: Path) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in var.glob("people.sqlite*"))
