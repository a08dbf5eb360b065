"""One person is given whole and erased whole, and a region may keep things shorter but not longer."""

import io
import json
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from assistant.accounts.audit import Action
from assistant.accounts.export import archive_of
from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.leads.retention import Erased, Retention
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.attempts import AttemptStore, Guessing
from assistant.storage.audit import AuditFilter, AuditStore, record_audit
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.desk_sessions import DeskSessionStore
from assistant.storage.leads import LeadStore
from assistant.storage.links import LinkStore, Purpose
from assistant.storage.outbox import OutboxStore, put_mail
from assistant.storage.periods import Kept, PeriodStore
from assistant.storage.person import PersonStore
from assistant.storage.retention import ExpiringStore
from assistant.storage.session import Sessions, drop_traces
from assistant.storage.tables import Base
from tests.assistant.storage.conftest import IN_SQLITE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MakeLead = Callable[..., tuple[Lead, NewMail]]
TRACES = ("sam@example.org", "Sam de Vries", "Een vraag", "GEHEIM-GESPREK", "GEHEIM-NOTITIE", "GEHEIM-ZONDER-LEAD")


class _Archive:
    def drop_unused_since(self, moment: datetime) -> int:  # noqa: ARG002
        return 0


def _retain(sessions: Sessions, at: datetime) -> Erased:
    return Retention(ExpiringStore(sessions), _Archive(), Settings(), clock=lambda: at).erase_due()


def _talk(session: object, said: str, region: str = "haaglanden") -> str:
    store = ConversationStore(session, clock=lambda: NOW)  # type: ignore[arg-type]
    made, _ = store.create("nl", region, "", {"said": said})
    store.add_turn(made, NewTurn(id=f"r-{made.id}", question=said, reply={"text": said}, status="answered_record"), {})
    return made.id


@pytest.fixture
def sam(sessions: Sessions, make_lead: MakeLead) -> str:
    """Somebody with a lead and its conversation, a note, mail, and a talk that led to nothing. Somebody else has a lead."""
    with sessions.begin() as session:
        leads = LeadStore(session, clock=lambda: NOW)
        lead, mail = make_lead(conversation_id=_talk(session, "GEHEIM-GESPREK"))
        leads.add(lead, mail)
        leads.add_note(lead.id, "Noor", "GEHEIM-NOTITIE")
        _talk(session, "mail me op Sam@Example.org GEHEIM-ZONDER-LEAD")
        other, other_mail = make_lead("Iemand Anders")
        leads.add(
            other.model_copy(update={"contact": other.contact.model_copy(update={"email": "x@y.nl"})}), other_mail
        )
        put_mail(session, NewMail(id="to-sam", to="sam@example.org", subject="Kopie", body="Dag Sam de Vries"))
        record_audit(session, None, Action.LEAD_SEEN, lead.id, ["haaglanden"], clock=lambda: NOW)
    return lead.id


def _on_disk(var: object) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in var.rglob("*") if file.is_file())  # type: ignore[attr-defined]


@IN_SQLITE
def test_of_an_erased_person_no_byte_is_left_and_of_others_everything(
    sessions: Sessions, sam: str, people_settings: Settings
) -> None:
    assert all(trace in _on_disk(people_settings.var) for trace in TRACES)

    with sessions.begin() as session:
        store = PersonStore(session)
        store.erase(store.find(" SAM@example.ORG"))
    drop_traces(sessions)

    left = _on_disk(people_settings.var).lower()
    assert [trace for trace in TRACES if trace.lower() in left and trace != "Een vraag"] == []
    with sessions() as session:
        [other] = LeadStore(session).of_email("x@y.nl")
        assert other.contact.name == "Iemand Anders"
        assert AuditStore(session).page(AuditFilter(("haaglanden",), subject=sam), None, 9) != []


def test_an_archive_holds_every_table_about_a_person_and_opens_nothing(sessions: Sessions, sam: str) -> None:
    with sessions() as session:
        store = PersonStore(session)
        archive = archive_of(store.records(store.find("sam@example.org")), NOW)

    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        html, content = packed.read("gegevens.html").decode(), packed.read("gegevens.json").decode()
    records = json.loads(content)
    assert {"lead", "lead_note", "conversation", "turn", "outbox"} <= records.keys()
    assert [row["id"] for row in records["lead"]] == [sam]
    assert len(records["conversation"]) == 2
    assert all(trace in html for trace in TRACES if "@" not in trace)
    assert "token_hash" not in content
    assert "Iemand Anders" not in content


def test_what_a_person_typed_is_shown_in_the_archive_and_never_run() -> None:
    archive = archive_of({"lead": [{"message": "<script>alert(1)</script>"}]}, NOW)

    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        assert "<script" not in packed.read("gegevens.html").decode()


@pytest.mark.parametrize("email", ["", "%", "@", "sam", "_am@example.org", "niemand@example.org"])
def test_of_an_address_that_is_none_or_unknown_nothing_is_found(sessions: Sessions, sam: str, email: str) -> None:
    with sessions() as session:
        found = PersonStore(session).find(email)

    assert sam not in found.leads
    assert (found.leads, found.conversations) == ((), ()) or email == "@"


def test_an_administrator_finds_a_person_in_their_own_regions_alone(sessions: Sessions, sam: str) -> None:
    with sessions() as session:
        assert not PersonStore(session).find("sam@example.org", ("hak",))
        assert PersonStore(session).find("sam@example.org", ("haaglanden",)).leads == (sam,)


def test_every_table_belongs_to_a_person_or_is_known_to_hold_nobody() -> None:
    """Who adds a table says here, or by a foreign key that cascades, how what it holds is erased."""
    of_nobody = {
        "audit",
        "audit_horizon",
        "attempt",
        "period",
        "receipt",
        "saved_zelftest",
        "account",
        "canned_text",
        "daily_count",
        "monthly_count",
        "school_need",
        "yearly_figure",
        "slot",
    }
    # Of whoever left an address and nothing else: tests of alerts erase them.
    by_address = {"vacancy_alert", "outcome_alert"}
    roots, reached = {"lead", "conversation", "account"}, set()
    for table in Base.metadata.sorted_tables:
        parents = {
            key.column.table.name
            for column in table.columns
            for key in column.foreign_keys
            if key.ondelete == "CASCADE"
        }
        if table.name in roots or parents & (roots | reached):
            reached.add(table.name)

    assert {table.name for table in Base.metadata.sorted_tables} - reached - of_nobody - by_address == set()


def test_a_region_keeps_things_shorter_and_another_as_long_as_ever(sessions: Sessions, sam: str) -> None:
    with sessions.begin() as session:
        _talk(session, "elders", "hak")
        PeriodStore(session).set("haaglanden", Kept.CONVERSATIONS, 7)
        PeriodStore(session).set("haaglanden", Kept.LEADS, 100)
        PeriodStore(session).set("hak", Kept.CONVERSATIONS, 900)

    erased = [_retain(sessions, NOW + timedelta(days=days)) for days in (6, 8, 29, 31, 99, 101)]

    assert sam
    assert [each.conversations for each in erased] == [0, 2, 0, 1, 0, 0]
    assert [each.leads for each in erased] == [0, 0, 0, 0, 0, 2]


def test_the_log_sent_mail_sessions_links_and_attempts_go_after_their_time(sessions: Sessions) -> None:
    with sessions.begin() as session:
        account = AccountStore(session, clock=lambda: NOW).add("noor@example.org", "Noor", ("haaglanden",), None)
        record_audit(session, account, Action.ACCOUNT_SIGNED_IN, account.id, clock=lambda: NOW)
        put_mail(session, NewMail(id="m", to="noor@example.org", subject="s", body="b"), clock=lambda: NOW)
        put_mail(session, NewMail(id="waits", to="noor@example.org", subject="s", body="b"), clock=lambda: NOW)
        DeskSessionStore(session, timedelta(hours=2), timedelta(hours=12), lambda: NOW).begin(account.id, "")
        LinkStore(session, clock=lambda: NOW).make(account.id, Purpose.RESET)
        AttemptStore(session, clock=lambda: NOW).begin(Guessing("password", "noor"))
    OutboxStore(sessions).mark_sent("m", NOW)

    def rows() -> dict[str, int]:
        with sessions() as session:
            names = ("audit", "outbox", "desk_session", "one_time_link", "attempt")
            return {name: session.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in names}  # noqa: S608

    assert rows() == {"audit": 1, "outbox": 2, "desk_session": 1, "one_time_link": 1, "attempt": 1}
    assert _retain(sessions, NOW + timedelta(days=3)) == Erased()
    assert rows() == {"audit": 1, "outbox": 2, "desk_session": 0, "one_time_link": 0, "attempt": 0}
    assert _retain(sessions, NOW + timedelta(days=31)) == Erased(mails=1)
    assert _retain(sessions, NOW + timedelta(days=731)) == Erased(audit=1)
    assert rows() == {"audit": 0, "outbox": 1, "desk_session": 0, "one_time_link": 0, "attempt": 0}


def test_several_servers_that_erase_at_once_erase_everything_once(sessions: Sessions, sam: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        erased = list(pool.map(lambda _: _retain(sessions, NOW + timedelta(days=366)), range(4)))

    assert sam
    assert sum(each.leads for each in erased) == 2
