"""Mail about a lead arrives, whatever happens in between: a real mail server is down, slow or killed halfway."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import URL

from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail, OutboxSender
from assistant.settings import Settings
from assistant.storage.leads import LeadStore
from assistant.storage.outbox import OutboxStore, put_mail
from assistant.storage.session import Sessions, open_store
from tests.serving import free_port
from tests.waiting import PATIENCE_SECONDS

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MakeLead = Callable[..., tuple[Lead, NewMail]]


class Mailbox:
    """What a mail server does with what it gets: keep it, or refuse it."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.mails: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content))
        return self.answer


@pytest.fixture
def port() -> int:
    """A free port on loopback."""
    return free_port()


@pytest.fixture
def serve(port: int) -> Iterator[Callable[[Mailbox], None]]:
    """Starts a real mail server on that port."""
    running: list[Controller] = []

    def start(mailbox: Mailbox) -> None:
        controller = Controller(mailbox, hostname="127.0.0.1", port=port)
        controller.start()
        running.append(controller)

    yield start
    for controller in running:
        controller.stop()


def _settings(port: int, var: Path) -> Settings:
    return Settings(var=var, smtp_host="127.0.0.1", smtp_port=port, mail_from="gids@example.org")


def _send(sessions: Sessions, settings: Settings, at: datetime) -> int:
    return asyncio.run(OutboxSender(OutboxStore(sessions), settings, clock=lambda: at).send_due())


def _keep(sessions: Sessions, made: tuple[Lead, NewMail]) -> Lead:
    with sessions.begin() as session:
        return LeadStore(session).add(*made)


def test_mail_waits_for_a_server_that_is_down_and_arrives_once(
    sessions: Sessions, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None], tmp_path: Path
) -> None:
    lead, mail = make_lead()
    _keep(sessions, (lead, mail))
    settings, mailbox = _settings(port, tmp_path), Mailbox()

    while_down = [_send(sessions, settings, NOW), _send(sessions, settings, NOW + timedelta(seconds=30))]
    serve(mailbox)
    too_early = _send(sessions, settings, NOW + timedelta(seconds=50))
    when_up = _send(sessions, settings, NOW + timedelta(minutes=2))
    later = _send(sessions, settings, NOW + timedelta(days=2))

    assert (while_down, too_early, when_up, later) == ([0, 0], 0, 1, 0)
    [received] = mailbox.mails
    assert received["Message-ID"] == f"<{mail.id}@example.org>"
    assert received["To"] == "loket@example.org"
    assert [part.get_content_type() for part in received.walk()][1:] == ["text/plain", "text/html"]
    assert all("Sam de Vries wacht." in part.get_payload() for part in received.get_payload())
    with sessions() as session:
        [state] = LeadStore(session).mails(lead.id)
    assert (state.attempts, state.last_error, state.is_stuck) == (2, "", False)
    assert state.sent_at == NOW + timedelta(minutes=2)


def test_mail_that_is_refused_for_three_days_is_stuck_and_can_be_sent_again(
    sessions: Sessions, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None], tmp_path: Path
) -> None:
    lead = _keep(sessions, make_lead())
    settings, mailbox = _settings(port, tmp_path), Mailbox("554 no thanks")
    serve(mailbox)
    attempts = []

    at = NOW
    while at < NOW + timedelta(days=4):
        _send(sessions, settings, at)
        with sessions() as session:
            [state] = LeadStore(session).mails(lead.id)
        if state.next_attempt_at is None:
            break
        attempts.append(state.next_attempt_at - at)
        at = state.next_attempt_at

    assert attempts[:4] == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
    assert state.is_stuck
    assert "554" in state.last_error
    assert timedelta(days=2, hours=22) < at - NOW <= timedelta(days=3)
    mailbox.answer = "250 OK"
    assert OutboxStore(sessions).stuck() == 1
    assert OutboxStore(sessions).retry_stuck(at) == 1
    assert _send(sessions, settings, at) == 1


class SlowMailbox(Mailbox):
    """Takes the mail, and says so when nobody waits for it any more."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(1.5)
        return answer


class PickyMailbox(Mailbox):
    """Knows one address."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address != "robin@example.org":
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def test_a_mail_server_that_is_too_slow_gets_the_mail_again_later_under_the_same_id(
    sessions: Sessions,
    make_lead: MakeLead,
    port: int,
    serve: Callable[[Mailbox], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead = _keep(sessions, make_lead())
    mailbox = SlowMailbox()
    serve(mailbox)
    monkeypatch.setattr("assistant.leads.outbox._TIMEOUT_SECONDS", 0.5)

    assert _send(sessions, _settings(port, tmp_path), NOW) == 0
    monkeypatch.setattr("assistant.leads.outbox._TIMEOUT_SECONDS", PATIENCE_SECONDS)
    assert _send(sessions, _settings(port, tmp_path), NOW + timedelta(minutes=2)) == 1

    with sessions() as session:
        [state] = LeadStore(session).mails(lead.id)
    assert (state.attempts, state.sent_at is not None) == (2, True)
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1, "a mailbox that got it twice can tell"


def test_an_address_that_bounces_does_not_hold_up_the_mail_of_others(
    sessions: Sessions, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None], tmp_path: Path
) -> None:
    lead = _keep(sessions, make_lead())
    with sessions.begin() as session:
        for number, to in enumerate(("mistyped@example.org", "robin@example.org")):
            put_mail(session, NewMail(id=str(number), to=to, subject="Kopie", body="Dag"), lead.id, lambda: NOW)
    mailbox = PickyMailbox()
    serve(mailbox)

    assert _send(sessions, _settings(port, tmp_path), NOW) == 1

    assert [mail["To"] for mail in mailbox.mails] == ["robin@example.org"]
    with sessions() as session:
        errors = {state.to: state.last_error for state in LeadStore(session).mails(lead.id)}
    assert "550" in errors["mistyped@example.org"]
    assert errors["robin@example.org"] == ""


def _address(sessions: Sessions) -> str:
    url: URL = sessions.kw["bind"].url
    return url.render_as_string(hide_password=False)


def test_two_processes_on_one_outbox_send_a_mail_once(
    sessions: Sessions,
    make_lead: MakeLead,
    port: int,
    serve: Callable[[Mailbox], None],
    people_settings: Settings,
) -> None:
    for number in range(10):
        _keep(sessions, make_lead(f"Naam {number}"))
    mailbox = Mailbox()
    serve(mailbox)
    settings = _settings(port, people_settings.var)
    stores = [OutboxStore(open_store(_address(sessions))) for _ in range(3)]

    async def at_once() -> list[int]:
        senders = [OutboxSender(store, settings, clock=lambda: NOW) for store in stores]
        return await asyncio.gather(*(sender.send_due() for sender in senders))

    sent = asyncio.run(at_once())

    assert sum(sent) == 10
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 10


def test_a_name_with_line_ends_makes_no_header(
    sessions: Sessions, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None], tmp_path: Path
) -> None:
    lead, mail = make_lead()
    _keep(sessions, (lead, mail.model_copy(update={"subject": "Nieuw\r\nBcc: x@example.org"})))
    mailbox = Mailbox()
    serve(mailbox)

    sent = _send(sessions, _settings(port, tmp_path), NOW)

    assert sent == 0
    assert mailbox.mails == []
    with sessions() as session:
        [state] = LeadStore(session).mails(lead.id)
    assert state.last_error


def test_without_a_mail_server_nothing_is_tried_and_nothing_lost(
    sessions: Sessions, make_lead: MakeLead, people_settings: Settings
) -> None:
    lead = _keep(sessions, make_lead())

    sent = _send(sessions, people_settings, NOW)

    with sessions() as session:
        [state] = LeadStore(session).mails(lead.id)
    assert (sent, state.attempts, state.is_stuck) == (0, 0, False)


def test_the_loop_sends_and_stops_when_told(
    sessions: Sessions, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None], tmp_path: Path
) -> None:
    _keep(sessions, make_lead())
    mailbox = Mailbox()
    serve(mailbox)

    async def run() -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(
            OutboxSender(OutboxStore(sessions), _settings(port, tmp_path), clock=lambda: NOW).run(stop)
        )
        while not mailbox.mails:
            await asyncio.sleep(0.02)
        stop.set()
        await asyncio.wait_for(task, PATIENCE_SECONDS)

    asyncio.run(asyncio.wait_for(run(), PATIENCE_SECONDS))

    assert len(mailbox.mails) == 1


_ACKNOWLEDGE_AND_HANG = """
import sys, time
from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.storage.leads import LeadStore
from assistant.storage.session import open_store

sessions = open_store(sys.argv[1])
with sessions.begin() as session:
    LeadStore(session).add(Lead.model_validate_json(sys.argv[2]), NewMail.model_validate_json(sys.argv[3]))
print("acknowledged", flush=True)
with sessions.begin() as session:
    unfinished = Lead.model_validate_json(sys.argv[2]).model_copy(update={"id": sys.argv[4], "message": "anders"})
    LeadStore(session).add(unfinished, NewMail.model_validate_json(sys.argv[3]).model_copy(update={"id": sys.argv[4]}))
    print("written, not committed", flush=True)
    time.sleep(600)
"""


def test_a_lead_acknowledged_before_kill_9_is_there_with_its_mail_and_an_unfinished_one_is_not(
    people_settings: Settings, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None]
) -> None:
    lead, mail = make_lead()
    unfinished = "00000000-0000-4000-8000-000000000000"
    arguments = [people_settings.people_address, lead.model_dump_json(), mail.model_dump_json(), unfinished]
    victim = subprocess.Popen(
        [sys.executable, "-c", _ACKNOWLEDGE_AND_HANG, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert victim.stdout is not None
    said = [victim.stdout.readline().strip(), victim.stdout.readline().strip()]

    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()

    mailbox = Mailbox()
    serve(mailbox)
    sessions = open_store(people_settings.people_address)
    settings = _settings(port, people_settings.var)
    sent = [_send(sessions, settings, NOW), _send(sessions, settings, NOW + timedelta(hours=1))]
    assert said == ["acknowledged", "written, not committed"]
    assert sent == [1, 0]
    assert len(mailbox.mails) == 1
    with sessions() as session:
        assert [each.id for each in LeadStore(session).of_email("sam@example.org")] == [lead.id]


def test_mail_that_was_being_sent_at_kill_9_is_sent_again_after_five_minutes_under_the_same_id(
    sessions: Sessions, make_lead: MakeLead, port: int, serve: Callable[[Mailbox], None], tmp_path: Path
) -> None:
    _, mail = made = make_lead()
    _keep(sessions, made)
    mailbox = Mailbox()
    serve(mailbox)
    OutboxStore(sessions).take_due(NOW, NOW + timedelta(minutes=5))  # and then the process is gone

    sent = [_send(sessions, _settings(port, tmp_path), NOW + timedelta(minutes=minutes)) for minutes in (4, 6)]

    assert sent == [0, 1]
    assert mailbox.mails[0]["Message-ID"] == f"<{mail.id}@example.org>"
