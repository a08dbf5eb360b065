"""A mail finds the letter that it answers, once, and cannot be made to answer itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.leads.received import MailKind, ReceivedMail
from assistant.leads.reply_to import code_in, reply_to
from assistant.leads.work import Letter, LetterKind
from assistant.storage.answers import MOST_A_DAY, AnswerStore, Brought
from assistant.storage.ids import new_id
from assistant.storage.inbox import InboxStore, LeadFilter
from assistant.storage.leads import LeadStore
from assistant.storage.person import PersonStore
from assistant.storage.session import Sessions
from assistant.storage.work import WorkStore

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SETTING = "antwoord@example.org"
REGIONS = ("haaglanden",)
MakeLead = Callable[..., tuple[Lead, NewMail]]


def _mail(key: str = "een", kind: MailKind = MailKind.ANSWER, text: str = "Graag dinsdag") -> ReceivedMail:
    return ReceivedMail(
        kind=kind, receivers=(), sender="sam@example.org", subject="Re", text=text, is_shortened=False,
        attachments=("cv.pdf",), key=key,
    )  # fmt: skip


@pytest.fixture
def thread(sessions: Sessions, make_lead: MakeLead) -> tuple[str, str]:
    """A lead to which a letter was sent, and the code of its address for answers."""
    address = reply_to("loket@example.org", SETTING)
    with sessions.begin() as session:
        lead = LeadStore(session, clock=lambda: NOW).add(*make_lead())
        letter = Letter(
            id=new_id(), kind=LetterKind.VISITOR, author="Noor", receiver="Sam", to="sam@example.org", subject="Je vraag",
            body="Wanneer kun je?", created_at=NOW,
        )  # fmt: skip
        WorkStore(session, clock=lambda: NOW).send(lead.id, letter, address)
    return lead.id, code_in(address.address, SETTING) or ""


def _receive(sessions: Sessions, code: str, mail: ReceivedMail, minutes: int = 5) -> tuple[Brought, bool]:
    with sessions.begin() as session:
        at = NOW + timedelta(minutes=minutes)
        brought, waiting = AnswerStore(session, clock=lambda: at).receive(code, mail)
    return brought, waiting is not None


def test_an_answer_is_kept_once_makes_the_lead_unread_and_is_found_by_its_words(
    sessions: Sessions, thread: tuple[str, str]
) -> None:
    lead_id, code = thread
    with sessions.begin() as session:
        account = "a" * 36
        before = InboxStore(session, account).page(LeadFilter(REGIONS), 9).leads[0].has_new_answer

    brought = [_receive(sessions, code, _mail(), minutes) for minutes in (5, 6)]

    assert brought == [(Brought.KEPT, True), (Brought.TWICE, False)]
    with sessions() as session:
        [answer] = AnswerStore(session).of_lead(lead_id)
        assert (answer.text, answer.attachments, answer.received_at) == (
            "Graag dinsdag",
            ("cv.pdf",),
            NOW + timedelta(minutes=5),
        )
        inbox = InboxStore(session, account)
        [found] = inbox.page(LeadFilter(REGIONS, words="dinsdag"), 9).leads
        assert (before, found.has_new_answer, found.is_unread) == (False, True, True)
        assert (inbox.answered_since(REGIONS, NOW), inbox.answered_since(("hak",), NOW)) == (1, 0)
        assert [each.lead_id for each in AnswerStore(session).since(REGIONS, NOW)] == [lead_id]
        assert LeadStore(session).get(lead_id).updated_at == NOW + timedelta(minutes=5)


def test_an_unknown_code_keeps_nothing(sessions: Sessions, thread: tuple[str, str]) -> None:
    assert _receive(sessions, "a" * 26, _mail()) == (Brought.UNKNOWN, False)
    with sessions() as session:
        assert AnswerStore(session).of_lead(thread[0]) == []


def test_a_loket_hears_of_answers_once_an_hour_and_of_what_programs_write_never(
    sessions: Sessions, thread: tuple[str, str]
) -> None:
    _, code = thread

    told = [
        _receive(sessions, code, _mail("a", MailKind.AUTOMATIC), 1)[1],
        _receive(sessions, code, _mail("b", MailKind.BOUNCE), 2)[1],
        _receive(sessions, code, _mail("c"), 3)[1],
        _receive(sessions, code, _mail("d"), 4)[1],
        _receive(sessions, code, _mail("e"), 70)[1],
    ]

    assert told == [False, False, True, False, True]


def test_what_a_program_wrote_makes_nothing_unread_and_a_bounce_marks_the_letter(
    sessions: Sessions, thread: tuple[str, str]
) -> None:
    lead_id, code = thread
    _receive(sessions, code, _mail("a", MailKind.AUTOMATIC), 1)
    with sessions() as session:
        after_automatic = LeadStore(session).get(lead_id).updated_at

    _receive(sessions, code, _mail("b", MailKind.BOUNCE), 2)

    with sessions() as session:
        [letter] = WorkStore(session).letters(lead_id)
        [listed] = InboxStore(session, "a" * 36).page(LeadFilter(REGIONS), 9).leads
    assert after_automatic == NOW
    assert letter.bounced_at == NOW + timedelta(minutes=2)
    assert listed.mail_is_stuck


def test_two_programs_that_answer_each_other_are_stopped(sessions: Sessions, thread: tuple[str, str]) -> None:
    brought = [_receive(sessions, thread[1], _mail(str(number)))[0] for number in range(MOST_A_DAY + 1)]

    assert brought[-2:] == [Brought.KEPT, Brought.TOO_MANY]


def test_a_person_gets_their_mail_and_it_goes_with_them(sessions: Sessions, thread: tuple[str, str]) -> None:
    lead_id, code = thread
    _receive(sessions, code, _mail())
    with sessions.begin() as session:
        store = PersonStore(session)
        person = store.find("sam@example.org")
        records = store.records(person)
        store.erase(person)

    [row] = records["lead_answer"]
    assert (row["text"], "key" in row, "reply_hash" in records["lead_letter"][0]) == ("Graag dinsdag", False, False)
    with sessions() as session:
        assert AnswerStore(session).of_lead(lead_id) == []
    assert _receive(sessions, code, _mail("nog een")) == (Brought.UNKNOWN, False)
