"""Addresses and words that try to become something else on their way into a mail: another receiver, a header, a file name."""

import uuid
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import cast

import pytest

from assistant.leads.contact import clean_line, parse_email
from assistant.leads.outbox import Mail, Outbox, OutboxSender
from assistant.settings import Settings

SENDER = OutboxSender(cast(Outbox, None), Settings(mail_from="loket@example.org"))
TRICKS = [
    "sam@example.org\nBcc: kim@example.org",
    "sam@example.org\r\n\r\nEen andere tekst",
    "sam@example.org%0ABcc:kim@example.org",
    "sam@example.org, kim@example.org",
    "sam@example.org;kim@example.org",
    "sam@example.org kim@example.org",
    "Sam <sam@example.org>",
    '"sam@example.org> <kim"@example.net',
    "sam@[127.0.0.1]",
    "sam@127.0.0.1",
    "sam@localhost",
    "@kim.example:sam@example.org",
    "sam(kim@example.org)@example.net",
    "sam@example.org\u2028Bcc: kim@example.org",
    "sam@ex\u00e4mple.org",
    "sam@example.org.",
    "sam@.example.org",
    "sam@example..org",
    "=?utf-8?q?sam=40example.org?=@example.net",
    "sam\u0000@example.org",
    "-oQ/tmp@example.org",
    "s\u00e6m@example.org",
    "sam?bcc=kim@example.org",
    "sam&subject=x@example.org",
    "sam%kim@example.org",
    "sam!kim@example.org",
    "|/bin/sh@example.org",
    "../../etc/passwd@example.org",
    "sam@" + "a" * 64 + ".org",
    "a" * 65 + "@example.org",
    "sam@" + ".".join(["a" * 60] * 5) + ".org",
]
WORDS = [
    "Sam\r\nBcc: kim@example.org",
    "Sam\nContent-Type: text/html\n\n<script>alert(1)</script>",
    'Sam"; filename="../../afspraak.exe',
    "=?utf-8?q?Bcc=3A_kim=40example.org?=",
    "Sam\u2028Subject: iets anders",
    "Sam \u202egro.elpmaxe",
    "\u0000Sam\u0007",
    "Sam" * 400,
]


def _as_received(**fields: str) -> EmailMessage:
    """A mail as another program reads it."""
    given = {"to": "sam@example.org", "subject": "Onderwerp", "body": "Dag!"} | fields
    mail = Mail(id=str(uuid.uuid4()), attempts=1, created_at=datetime(2026, 11, 28, tzinfo=UTC), **given)
    raw = SENDER._message(mail).as_bytes(policy=policy.SMTP)
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.default))


@pytest.mark.parametrize("typed", TRICKS)
def test_what_is_typed_as_an_address_is_refused_or_reaches_that_one_address(typed: str) -> None:
    address = parse_email(typed)
    if address is None:
        return

    received = _as_received(to=address)

    assert getaddresses(received.get_all("To", [])) == [("", address)]
    assert received.get_all("Bcc") is None
    [body] = [part for part in received.walk() if part.get_content_type() == "text/plain"]
    assert body.get_content().strip() == "Dag!"


@pytest.mark.parametrize("typed", TRICKS[:20])
def test_what_is_no_plain_address_is_refused(typed: str) -> None:
    assert parse_email(typed) is None


@pytest.mark.parametrize("words", WORDS)
def test_words_in_a_subject_stay_words(words: str) -> None:
    received = _as_received(subject=f"Nieuwe afspraak: {clean_line(words)}", body=words, calendar="BEGIN:VCALENDAR")

    assert sorted({name.lower() for name in received}) == [
        "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to",
    ]  # fmt: skip
    assert getaddresses(received.get_all("To", [])) == [("", "sam@example.org")]
    assert [part.get_content_type() for part in received.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert [part.get_filename() for part in received.iter_attachments()] == ["afspraak.ics"]
