"""Mail that is never lost: it waits in the store, is tried again and again, and says so when it gives up."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

import aiosmtplib

from assistant.leads.letterhead import Letterhead, html_of
from assistant.leads.reply_to import code_in
from assistant.settings import Settings
from knowledge.record import Frozen

_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_GIVE_UP_AFTER = timedelta(days=3)
_TIMEOUT_SECONDS = 30
_LEASE = timedelta(minutes=5)
"""While one process sends a mail, no other may; if it dies, the mail is free again after this."""
_POLL_SECONDS = 5.0

_log = logging.getLogger(__name__)


class NewMail(Frozen):
    """A mail to be sent. Its words are plain text; the page beside it is made of them."""

    id: str
    to: str
    subject: str
    body: str
    reply_to: str = ""
    """Where an answer goes; empty: to the sender."""
    answers: str | None = None
    """The id of the mail before it in a thread."""
    calendar: str = ""
    """An .ics file that goes along; empty: none."""
    region: str = ""
    """In whose look it is sent; empty: that of the lead it is about, else that of the product."""
    locale: str = "nl"
    """The language of its words."""


class Mail(NewMail):
    """A mail that waits; `attempts` counts the one that is now being made."""

    attempts: int
    created_at: datetime


class Outbox(Protocol):
    """Where mail waits. The storage has one in its tables."""

    def take_due(self, now: datetime, lease_until: datetime) -> Mail | None:
        """The mail that waits longest, if any; nobody else gets it before `lease_until`."""
        ...

    def mark_sent(self, mail_id: str, at: datetime) -> None:
        """The mail server has taken it."""
        ...

    def mark_failed(self, mail_id: str, error: str, next_attempt_at: datetime | None) -> None:
        """The mail server has not taken it; None: nobody tries any more, it is stuck."""
        ...


def next_attempt(mail: Mail, now: datetime) -> datetime | None:
    """When to try again after a failure: in 1, 5, 15 and then every 60 minutes; None after three days."""
    due = now + _DELAYS[min(mail.attempts, len(_DELAYS)) - 1]
    return due if due - mail.created_at <= _GIVE_UP_AFTER else None


class OutboxSender:
    """Sends what is due. Several processes may each run one on the same outbox."""

    def __init__(
        self,
        outbox: Outbox,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        letterhead: Callable[[str], Letterhead] = lambda _: Letterhead(),
    ) -> None:
        """:param letterhead: Gives the look of a region, by its id."""
        self._outbox = outbox
        self._settings = settings
        self._clock = clock
        self._letterhead = letterhead

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due, every few seconds, until `stop` is set. A failing store is logged and waited out."""
        while not stop.is_set():
            try:
                await self.send_due()
            except Exception:
                _log.exception("the outbox could not be read; trying again in %.0f s", _POLL_SECONDS)
            try:
                await asyncio.wait_for(stop.wait(), _POLL_SECONDS)
            except TimeoutError:
                continue

    async def send_due(self) -> int:
        """
        Send every mail that is due, one after the other.

        :returns: How many the mail server took. Without a mail server (`LOKET_SMTP_HOST`) none is tried.
        """
        if not self._settings.smtp_host:
            return 0
        sent = 0
        while True:
            now = self._clock()
            mail = await asyncio.to_thread(self._outbox.take_due, now, now + _LEASE)
            if mail is None:
                return sent
            sent += await self._send(mail)

    async def _send(self, mail: Mail) -> bool:
        try:
            await aiosmtplib.send(
                self._message(mail),
                # A mail server that cannot deliver it tells there, so that the letter can say so.
                sender=mail.reply_to if code_in(mail.reply_to, self._settings.mail_reply) else None,
                hostname=self._settings.smtp_host,
                port=self._settings.smtp_port,
                username=self._settings.smtp_user or None,
                password=self._settings.smtp_password.get_secret_value() or None,
                use_tls=self._settings.smtp_tls == "tls",
                start_tls=self._settings.smtp_tls == "starttls",
                timeout=_TIMEOUT_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            again = next_attempt(mail, self._clock())
            _log.warning(
                "mail %s was not taken by %s:%d at attempt %d (%s); %s",
                mail.id,
                self._settings.smtp_host,
                self._settings.smtp_port,
                mail.attempts,
                type(error).__name__,
                f"trying again at {again:%Y-%m-%d %H:%M} UTC" if again else "given up: it is marked on the desk",
            )
            reason = f"{type(error).__name__}: {error}"[:300]
            await asyncio.to_thread(self._outbox.mark_failed, mail.id, reason, again)
            return False
        await asyncio.to_thread(self._outbox.mark_sent, mail.id, self._clock())
        return True

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.mail_from
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(mail.created_at)
        # The same at every attempt: a mailbox that gets it twice can tell.
        message["Message-ID"] = self._message_id(mail.id)
        if mail.reply_to:
            # Written by a person, who reads the answer.
            message["Reply-To"] = mail.reply_to
        else:
            message["Auto-Submitted"] = "auto-generated"
        if mail.answers:
            message["In-Reply-To"] = message["References"] = self._message_id(mail.answers)
        # The plain text comes first: a mail program shows the last part that it can.
        message.set_content(mail.body)
        letterhead = self._letterhead(mail.region)
        message.add_alternative(html_of(mail.body, mail.subject, mail.locale, letterhead), subtype="html")
        if mail.calendar:
            message.add_attachment(
                mail.calendar, subtype="calendar", filename="afspraak.ics", params={"method": "PUBLISH"}
            )
        return message

    def _message_id(self, mail_id: str) -> str:
        return f"<{mail_id}@{self._settings.mail_from.rpartition('@')[2] or 'localhost'}>"
