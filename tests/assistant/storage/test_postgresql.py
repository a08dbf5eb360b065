"""What a real PostgreSQL has to hold, besides what every test of the store asks of both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.accounts.audit import Action
from assistant.errors import Overtaken
from assistant.leads.lead import Lead, Phase
from assistant.leads.outbox import NewMail
from assistant.leads.retention import Due, Erased
from assistant.storage.attempts import AttemptStore, Guessing
from assistant.storage.audit import record_audit
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.inbox import InboxStore, LeadFilter
from assistant.storage.leads import LeadStore
from assistant.storage.outbox import OutboxStore
from assistant.storage.person import PersonStore
from assistant.storage.receipts import ReceiptStore
from assistant.storage.retention import ExpiringStore
from assistant.storage.saved import NothingSaved, SavedStore
from assistant.storage.session import Sessions
from assistant.zelftest.receipt import Receipt
from assistant.zelftest.saved import SavedAnswers

MakeLead = Callable[..., tuple[Lead, NewMail]]


def test_a_conversation_becomes_a_lead_and_both_are_erased(postgresql: Sessions, make_lead: MakeLead) -> None:
    with postgresql.begin() as session:
        store = ConversationStore(session)
        made, token = store.create("nl", "haaglanden", "https://example.org/\x00", {"a": [1, "é"]})
        turn = NewTurn(id="r1", question="Wat?\x00", reply={}, status="answered_record")
        store.add_turn(made, turn, {"a": 2})
    lead, mail = make_lead("Özlem", conversation_id=made.id)
    with postgresql.begin() as session:
        leads = LeadStore(session)
        leads.add(lead, mail)
        leads.move(lead.id, Phase.NEW, Phase.ORIENTING, "Noor")
        leads.add_note(lead.id, "Noor", "Gebeld.")

    with postgresql() as session:
        leads = LeadStore(session)
        assert ConversationStore(session).get(made.id, token).state == {"a": 2}
        assert leads.get(lead.id).contact.name == "Özlem"
        inbox = InboxStore(session, "noor")
        assert inbox.page(LeadFilter(("haaglanden",), words="ozl"), 25).count == 1
        assert inbox.page(LeadFilter(("hak",)), 25).count == 0
        assert [change.after for change in leads.changes(lead.id)] == [Phase.ORIENTING]
    later = lead.created_at + timedelta(days=4000)
    erased = ExpiringStore(postgresql).erase(Due(later, later, later, later, later, later, later))
    assert erased.leads == 1


def test_the_same_wish_at_the_same_moment_is_one_lead(postgresql: Sessions, make_lead: MakeLead) -> None:
    made = [make_lead() for _ in range(8)]

    def add(each: tuple[Lead, NewMail]) -> str:
        with postgresql.begin() as session:
            return LeadStore(session).add(*each).id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(add, made))

    assert len(ids) == 1
    with postgresql() as session:
        assert len(LeadStore(session).mails(ids.pop())) == 1


def test_of_two_advisers_at_once_one_moves_the_lead(postgresql: Sessions, make_lead: MakeLead) -> None:
    lead, mail = make_lead()
    with postgresql.begin() as session:
        LeadStore(session).add(lead, mail)

    def move(after: Phase) -> bool:
        try:
            with postgresql.begin() as session:
                LeadStore(session).move(lead.id, Phase.NEW, after, "Noor")
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(move, [Phase.ORIENTING, Phase.LEFT]))

    assert sorted(moved) == [False, True]


def test_the_outbox_gives_a_mail_to_one_sender(postgresql: Sessions, make_lead: MakeLead) -> None:
    lead, mail = make_lead()
    with postgresql.begin() as session:
        LeadStore(session).add(lead, mail)
    outbox, at = OutboxStore(postgresql), lead.created_at

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: outbox.take_due(at, at + timedelta(minutes=5)), range(4)))

    assert [each.id for each in taken if each] == [mail.id]


def test_the_same_advice_at_the_same_moment_is_one_receipt(postgresql: Sessions) -> None:
    receipt = Receipt(day=date(2026, 11, 22), catalogue="0" * 12, engine="1", facts={"sector": ["po"]}, routes=())

    def keep(_: int) -> str:
        with postgresql.begin() as session:
            return ReceiptStore(session).keep(receipt)

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(keep, range(8)))

    assert len(ids) == 1
    with postgresql() as session:
        assert ReceiptStore(session).get(ids.pop()).receipt == receipt


def test_a_saved_zelftest_opens_in_the_order_of_its_answers_and_ends(postgresql: Sessions) -> None:
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    answers = SavedAnswers(facts={"sector": ["po"], "age": None, "diploma_level": "havo"})
    with postgresql.begin() as session:
        code, _ = SavedStore(session, timedelta(days=90), clock=lambda: at).save(answers)

    with postgresql() as session:
        opened = SavedStore(session, timedelta(days=90), clock=lambda: at).open(code).answers
        assert list(opened.facts.items()) == list(answers.facts.items())
        late = SavedStore(session, timedelta(days=90), clock=lambda: at + timedelta(days=90))
        with pytest.raises(NothingSaved):
            late.open(code)
    due = Due(at - timedelta(days=1), at, at, at, at, at, now=at + timedelta(days=90))
    assert ExpiringStore(postgresql).erase(due) == Erased(saved=1)


def test_fifty_guesses_at_once_are_fifty_guesses(postgresql: Sessions) -> None:
    def guess(_: int) -> timedelta:
        with postgresql.begin() as session:
            return AttemptStore(session).begin(Guessing("password", "noor"))

    with ThreadPoolExecutor(10) as pool:
        waits = list(pool.map(guess, range(50)))

    assert sum(wait == timedelta() for wait in waits) == 5


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'niemand'", "DELETE FROM audit"])
def test_nobody_changes_or_deletes_a_line_of_the_log(postgresql: Sessions, statement: str) -> None:
    with postgresql.begin() as session:
        record_audit(session, None, Action.LEAD_SEEN, statement[:6], ["haaglanden"])

    with pytest.raises(DatabaseError, match="audit log"), postgresql.begin() as session:
        session.execute(text(statement))


def test_a_person_is_found_and_erased(postgresql: Sessions, make_lead: MakeLead) -> None:
    with postgresql.begin() as session:
        LeadStore(session).add(*make_lead())
        made, _ = ConversationStore(session).create("nl", "haaglanden", "", {"said": "Sam@Example.org"})
        store = PersonStore(session)
        found = store.find("sam@example.org")
        records = store.records(found)
        store.erase(found)
        left = store.find("sam@example.org")

    assert made.id in found.conversations
    assert {"lead", "outbox", "conversation"} <= records.keys()
    assert not left
