"""An adviser writes, the visitor answers by mail, and the answer stands in the dossier: a real mail server in between."""

import asyncio
import os
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store
from tests.serving import free_port
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
REPLY = "antwoord@loket.example"
BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@loket.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@loket.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

sam@example.org: 550 no such user

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; loket.example

Final-Recipient: rfc822; sam@example.org
Action: failed
Status: 5.1.1

--grens--
"""


class MailServer:
    """Keeps mail to people, and hands mail to the address of answers to `loket mail receive`, as Postfix does."""

    def __init__(self, var: Path) -> None:
        self.to_people: list[EmailMessage] = []
        self.came = threading.Event()
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LOKET_")},
            "LOKET_VAR": str(var),
            "LOKET_MAIL_REPLY": REPLY,
        }

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        for receiver in envelope.rcpt_tos:
            if receiver.startswith("antwoord+"):
                done = await asyncio.to_thread(self._hand_over, receiver, envelope.content)
                if done != 0:
                    return f"550 refused ({done})"
            else:
                message: Any = message_from_bytes(envelope.content, policy=policy.default)
                self.to_people.append(message)
                self.came.set()
        return "250 OK"

    def _hand_over(self, receiver: str, content: bytes) -> int:
        command = [Path(sys.executable).with_name("loket"), "mail", "receive", "--to", receiver]
        return subprocess.run(command, input=content, env=self._environment, check=False).returncode

    def to(self, address: str, about: str) -> EmailMessage:
        """The last mail to somebody about something; waits until there is one."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            # Before looking: what comes while we look is not waited for.
            self.came.clear()
            found = [mail for mail in self.to_people if mail["To"] == address and about in mail["Subject"]]
            if found:
                return found[-1]
            self.came.wait(1)
        raise AssertionError(f"no mail to {address}: {[mail['To'] for mail in self.to_people]}")


@pytest.fixture(scope="module")
def mail_port() -> int:
    """A free port."""
    return free_port()


@pytest.fixture(scope="module")
def live_settings(
    tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[Path], None], mail_port: int
) -> Settings:
    """An installation with a mail server."""
    var = tmp_path_factory.mktemp("var")
    furnish(var)
    return Settings(
        var=var, embedder="none", rate_limit="off", smtp_host="127.0.0.1", smtp_port=mail_port, mail_reply=REPLY,
        mail_from="gids@loket.example", mail_to="loket@loket.example",
    )  # fmt: skip


@pytest.fixture(scope="module")
def mail_server(live_settings: Settings, mail_port: int) -> Iterator[MailServer]:
    """The real mail server."""
    server = MailServer(live_settings.var)
    controller = Controller(server, hostname="127.0.0.1", port=mail_port)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture(scope="module")
def dossier(live_server: str, live_settings: Settings) -> str:
    """The address of the dossier of somebody who left an e-mail address."""
    with open_store(live_settings.people_address).begin() as session:
        AccountStore(session).add("noor@example.org", "Noor Bakker", ("haaglanden",), PASSWORD)
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:
        version = visitor.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
        consent = {"version": version, "given": True, "share_transcript": False}
        wish = {"name": "Sam de Vries", "email": "sam@example.org", "preferred_contact": "email", "consent": consent}
        return f"{live_server}/desk/leads/{visitor.post('/api/v1/leads', json=wish).json()['lead_id']}"


def _plain(mail: EmailMessage) -> str:
    """The words of a mail that was sent: its first part."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content())


def _write(page: Page, words: str) -> None:
    page.get_by_role("link", name="E-mail schrijven").click()
    page.get_by_label("Bericht").fill(words)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("status").filter(has_text="Je e-mail gaat zo weg.")).to_be_visible()


def _reply(letter: EmailMessage, words: str, port: int) -> None:
    answer = EmailMessage()
    answer["From"], answer["To"] = "Sam <sam@example.org>", letter["Reply-To"]
    answer["Subject"], answer["Message-ID"] = f"Re: {letter['Subject']}", "<antwoord@example.org>"
    answer["In-Reply-To"] = letter["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in _plain(letter).splitlines())
    answer.set_content(f"{words}\n\nOp ma 30 nov 2026 om 10:00 schreef Loket <gids@loket.example>:\n\n{quoted}")
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.send_message(answer, from_addr="sam@example.org")


def test_what_a_visitor_answers_by_mail_is_told_at_once_and_stands_in_the_dossier(
    browser: Browser, dossier: str, mail_server: MailServer, mail_port: int
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(dossier)
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    _write(page, "Beste Sam, kun je dinsdag?")
    letter = mail_server.to("sam@example.org", "Je vraag")
    page.get_by_label("Voor jou en je collega's").fill("Dit schrijf ik nog.")

    _reply(letter, "Dinsdag kan <b>goed</b>.", mail_port)

    news = page.get_by_role("status").filter(has_text="kwam een e-mail binnen")
    expect(news).to_be_visible()
    expect(page.get_by_label("Voor jou en je collega's")).to_have_value("Dit schrijf ik nog.")
    listed = context.new_page()
    listed.goto(dossier.partition("/leads/")[0])
    expect(listed.get_by_text("Nieuw antwoord")).to_be_visible()
    news.get_by_role("link", name="Toon").click()
    thread = page.get_by_role("region", name="E-mail", exact=True)
    expect(thread.get_by_role("blockquote")).to_have_text("Dinsdag kan <b>goed</b>.")
    expect(thread).to_contain_text("Nieuw antwoord")
    expect(thread).not_to_contain_text("schreef Loket")
    listed.reload()
    expect(listed.get_by_text("Nieuw antwoord")).to_have_count(0)
    told = mail_server.to("loket@loket.example", "antwoord")
    assert "Dinsdag" not in _plain(told)
    assert told["Auto-Submitted"] == "auto-generated"

    # The next letter comes back.
    mail_server.to_people.clear()
    thread.get_by_role("link", name="Beantwoorden").click()
    expect(page.get_by_label("Onderwerp")).to_have_value("Re: " + str(letter["Subject"]).removeprefix("Re: "))
    page.get_by_label("Bericht").fill("Tot dinsdag!")
    page.get_by_role("button", name="Versturen").click()
    second = mail_server.to("sam@example.org", "Je vraag")
    with smtplib.SMTP("127.0.0.1", mail_port) as smtp:
        smtp.sendmail("<>", [str(second["Reply-To"])], BOUNCE.format(to=second["Reply-To"]))
    page.reload()
    expect(thread.get_by_text("Niet aangekomen")).to_be_visible()
    expect(thread.get_by_text("550 no such user")).to_be_visible()
    context.close()


def test_an_address_that_somebody_made_up_is_refused_by_the_mail_server(
    mail_server: MailServer,  # noqa: ARG001 - it has to run
    mail_port: int,
) -> None:
    with smtplib.SMTP("127.0.0.1", mail_port) as smtp, pytest.raises(smtplib.SMTPDataError, match="67"):
        smtp.sendmail("x@example.org", [f"antwoord+{'a' * 26}@loket.example"], "From: x@example.org\n\nHallo")
