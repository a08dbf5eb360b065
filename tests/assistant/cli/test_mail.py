"""A letter goes out by a real mail server, and what comes back on it stands with the lead."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.leads.outbox import OutboxSender
from assistant.leads.reply_to import reply_to
from assistant.leads.work import Letter, LetterKind
from assistant.settings import Settings
from assistant.storage.answers import AnswerStore
from assistant.storage.clock import utc_now
from assistant.storage.ids import new_id
from assistant.storage.outbox import OutboxStore
from assistant.storage.session import Sessions
from assistant.storage.work import WorkStore
from tests.assistant.cli.test_people import lead  # noqa: F401 - a lead to write to
from tests.serving import free_port

SETTING = "antwoord@loket.example"


class Mailbox:
    """What a real mail server was given."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.mail_from, message))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A mail server on a port of its own."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def receive(people_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`loket mail receive`, with a mail on standard input."""
    monkeypatch.setenv("LOKET_VAR", str(people_settings.var))
    monkeypatch.setenv("LOKET_MAIL_REPLY", SETTING)
    return lambda content=b"", *words: CliRunner().invoke(app, ["mail", "receive", *map(str, words)], input=content)


@pytest.fixture
def letter(sessions: Sessions, lead: Any, mailbox: tuple[Mailbox, int], people_settings: Settings) -> EmailMessage:  # noqa: F811
    """A letter as it arrives at the visitor."""
    box, port = mailbox
    written = Letter(
        id=new_id(), kind=LetterKind.VISITOR, author="Noor", receiver="Sam", to="sam@example.org", subject="Je vraag",
        body="Beste Sam,\nkun je dinsdag?", created_at=utc_now(),
    )  # fmt: skip
    with sessions.begin() as session:
        WorkStore(session).send(lead.id, written, reply_to("haaglanden@example.org", SETTING))
    settings = people_settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": port, "mail_reply": SETTING, "mail_from": "gids@loket.example"}
    )
    asyncio.run(OutboxSender(OutboxStore(sessions), settings).send_due())
    [(envelope_sender, sent)] = [each for each in box.taken if each[1]["To"] == "sam@example.org"]
    assert envelope_sender == sent["Reply-To"], "a mail server that cannot deliver it tells the address of the thread"
    return sent


def _plain(mail: EmailMessage) -> str:
    """The words of a mail that was sent: its first part."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content())


def _answer(letter: EmailMessage, **headers: str) -> bytes:
    message = EmailMessage()
    given = {"From": "Sam <sam@example.org>", "To": letter["Reply-To"], "Subject": f"Re: {letter['Subject']}"}
    for name, value in (given | {"Message-ID": "<een@example.org>"} | headers).items():
        message[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in _plain(letter).splitlines())
    message.set_content(f"Dinsdag kan.\n\nOp ma 30 nov 2026 schreef Loket <gids@loket.example>:\n{quoted}")
    return message.as_bytes()


def test_an_answer_comes_back_to_the_lead_and_its_loket_hears_so(
    receive: Callable[..., Result],
    letter: EmailMessage,
    sessions: Sessions,
    lead: Any,  # noqa: F811
) -> None:
    done = [receive(_answer(letter)), receive(_answer(letter))]

    assert [each.exit_code for each in done] == [0, 0], done[0].output
    with sessions() as session:
        [answer] = AnswerStore(session).of_lead(lead.id)
        news = session.execute(text("SELECT body, reply_to FROM outbox WHERE \"to\" = 'haaglanden@example.org'")).all()
        kept = session.execute(text("SELECT reply_to FROM outbox WHERE sent_at IS NOT NULL")).scalars().all()
    assert answer.text == "Dinsdag kan."
    assert len(news) == 1
    assert f"/desk/leads/{lead.id}" in news[0].body
    assert "Dinsdag" not in news[0].body
    assert "sam" not in news[0].body.lower()
    assert set(kept) == {""}, "what opens a thread is nowhere kept once the letter is gone"


def test_what_is_for_nobody_or_no_mail_is_refused_as_mail_servers_understand(
    receive: Callable[..., Result], letter: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = EmailMessage()
    unknown["Reply-To"], unknown["Subject"] = f"antwoord+{'a' * 26}@loket.example", "x"
    unknown.set_content("x")

    assert receive(_answer(unknown)).exit_code == 67
    assert receive(_answer(unknown), "--to", letter["Reply-To"]).exit_code == 0, "the mail server knows best"
    assert receive(b"geen mail").exit_code == 65
    assert receive(b"").exit_code == 65
    monkeypatch.setenv("LOKET_MAIL_REPLY", "")
    assert receive(_answer(letter)).exit_code == 75, "of a wrong setting no mail is lost"


def test_a_store_that_is_locked_or_gone_makes_the_mail_come_again(
    receive: Callable[..., Result], letter: EmailMessage, people_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_PEOPLE_URL", f"sqlite:///{people_settings.var / 'people.sqlite'}?timeout=0.2")
    holder = create_engine(people_settings.people_address).connect()
    holder.exec_driver_sql("BEGIN IMMEDIATE")

    locked = receive(_answer(letter))
    holder.rollback()
    holder.close()

    assert locked.exit_code == 75, locked.output
    assert "Dinsdag" not in locked.output
    assert receive(_answer(letter)).exit_code == 0


def test_a_maildir_is_emptied_of_what_is_kept_and_what_is_refused_is_flagged(
    receive: Callable[..., Result], letter: EmailMessage, tmp_path: Path
) -> None:
    maildir = tmp_path / "Maildir"
    (maildir / "new").mkdir(parents=True)
    (maildir / "new" / "1.een").write_bytes(_answer(letter))
    (maildir / "new" / "2.twee").write_bytes(b"geen mail")

    done = receive(b"", "--maildir", maildir)

    assert done.exit_code == 1
    assert "kept 1, refused 1" in done.output
    assert [path.name for path in sorted(maildir.rglob("*")) if path.is_file()] == ["2.twee:2,F"]
    assert receive(b"", "--maildir", tmp_path / "nergens").exit_code == 2


@pytest.mark.usefixtures("receive")
def test_the_command_takes_a_mail_as_a_mail_server_hands_it_over(
    letter: EmailMessage,
    sessions: Sessions,
    lead: Any,  # noqa: F811
) -> None:
    command = [Path(sys.executable).with_name("loket"), "mail", "receive", "--to", letter["Reply-To"]]

    done = subprocess.run(command, input=_answer(letter), capture_output=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    with sessions() as session:
        assert len(AnswerStore(session).of_lead(lead.id)) == 1
