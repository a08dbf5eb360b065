"""A mail that comes in: what it is, and the little of it that is kept. Everything in it is hostile until cleaned."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses
from enum import StrEnum
from hashlib import sha256

import html_text
from lxml.etree import LxmlError

from assistant.leads.contact import clean_line, clean_text
from assistant.leads.quoted import new_words
from knowledge.record import Frozen

MOST_BYTES = 25_000_000
"""Of a whole mail, with what is attached: what mail servers take too."""
MOST_CHARS = 8000
"""Of what is kept of its text."""
_READ_CHARS = 200_000
"""Of what is looked at: an HTML mail is mostly layout."""
_MOST_LINE = 200
_MOST_ATTACHMENTS = 20
_RECEIVERS = ("Delivered-To", "X-Original-To", "To", "Cc")
_QUOTED_HTML = "//blockquote|//*[contains(@class, 'gmail_quote')]|//*[@id='divRplyFwdMsg']/following-sibling::*"
_NO_PERSON = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.I)
_AWAY = re.compile(
    r"^\s*(automatisch antwoord|auto(matic|mated)?[ -]?(reply|response)|out of (the )?office|afwezig)", re.I
)
_LATER = re.compile(r"\b(delay(ed)?|warning|vertraagd|waarschuwing)\b", re.I)


class MailKind(StrEnum):
    """What a mail that came in is."""

    ANSWER = "answer"
    """Somebody wrote it."""
    AUTOMATIC = "automatic"
    """A program did, on its own account (RFC 3834), or tells that it still tries to deliver."""
    BOUNCE = "bounce"
    """Our letter was not delivered."""


class ReceivedMail(Frozen):
    """What is kept of a mail. No file that came with it is."""

    kind: MailKind
    receivers: tuple[str, ...]
    """Every address it may have been for."""
    sender: str
    """As it says itself; anybody can write that. Empty: it does not say."""
    subject: str
    text: str
    """Plain, without the letter that it quotes."""
    is_shortened: bool
    attachments: tuple[str, ...]
    """The names of files that came along."""
    key: str
    """The same for the same mail, however often it is brought."""


class Unreadable(ValueError):
    """It is no mail."""


def read_mail(content: bytes) -> ReceivedMail:
    """
    A mail as a mail server hands it over.

    :raises Unreadable: If it has none of the headers of a mail, or is longer than `MOST_BYTES`.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(f"longer than {MOST_BYTES // 1_000_000} MB")
    message = message_from_bytes(content, policy=policy.default)
    if not (_header(message, "From") or _header(message, "Return-Path") or _header(message, "Received")):
        raise Unreadable("no From, Return-Path or Received header")
    text = clean_text(_text_of(message))
    kind = _kind(message)
    own = text if kind is MailKind.BOUNCE else new_words(text)
    return ReceivedMail(
        kind=kind,
        receivers=tuple(_addresses(message, _RECEIVERS)),
        sender=next(_addresses(message, ("From",)), ""),
        subject=clean_line(_header(message, "Subject"))[:_MOST_LINE],
        text=own[:MOST_CHARS].rstrip(),
        is_shortened=len(own) > MOST_CHARS,
        attachments=tuple(_attachments(message)),
        key=sha256(_header(message, "Message-ID").strip().encode(errors="replace") or content).hexdigest(),
    )


def _kind(message: EmailMessage) -> MailKind:
    report = _report(message)
    if report is not None:
        return MailKind.BOUNCE if report == "failed" else MailKind.AUTOMATIC
    subject = _header(message, "Subject")
    is_from_nobody = _header(message, "Return-Path").strip() == "<>"
    sender = next(_addresses(message, ("From",)), "")
    if _NO_PERSON.match(sender) and (is_from_nobody or sender.lower().startswith("mailer-daemon@")):
        return MailKind.AUTOMATIC if _LATER.search(subject) else MailKind.BOUNCE
    automatic = (
        is_from_nobody
        or _header(message, "Auto-Submitted").partition(";")[0].strip().lower() not in ("", "no")
        or _header(message, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply")
        or any(_header(message, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id"))
        or _AWAY.match(subject)
        or _NO_PERSON.match(sender)
    )
    return MailKind.AUTOMATIC if automatic else MailKind.ANSWER


def _report(message: EmailMessage) -> str | None:
    """What a report of a mail server says was done with our letter (RFC 3464): `failed`, `delayed`, ...; None: it is none."""
    if message.get_content_type() != "multipart/report":
        return None
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            actions = [
                str(block.get("Action", "")).strip().lower()
                for block in (blocks if isinstance(blocks, list) else [])
                if not isinstance(block, str)
            ]
            return "failed" if "failed" in actions else next(filter(None, actions), "unknown")
    return "unknown"


def _text_of(message: EmailMessage) -> str:
    """Its text; of a mail that is HTML alone the words, without what it quotes."""
    try:
        body = message.get_body(preferencelist=("plain", "html"))
    except (MessageError, LookupError, ValueError, AttributeError):
        body = None
    if body is None or body.get_content_maintype() != "text":
        return ""
    try:
        written = str(body.get_content())[:_READ_CHARS]
    except (LookupError, ValueError):  # A character set that does not exist.
        raw = body.get_payload(decode=True)
        written = raw.decode("utf-8", "replace")[:_READ_CHARS] if isinstance(raw, bytes) else ""
    return _words_of(written) if body.get_content_subtype() == "html" else written


def _words_of(html: str) -> str:
    """html-text (runner-up inscriptis, which draws tables too) leaves out scripts and layout, and keeps paragraphs."""
    try:
        tree = html_text.parse_html(html)
        for quoted in tree.xpath(_QUOTED_HTML):
            quoted.drop_tree()
        return str(html_text.extract_text(tree))
    except (LxmlError, ValueError, AssertionError):
        return ""


def _attachments(message: EmailMessage) -> Iterator[str]:
    for number, part in enumerate(message.walk()):
        if number > _MOST_ATTACHMENTS * 5:
            return
        name = part.get_filename()
        if name and not part.is_multipart():
            yield clean_line(name)[:_MOST_LINE] or "bestand"


def _addresses(message: EmailMessage, names: tuple[str, ...]) -> Iterator[str]:
    written = [str(value) for name in names for value in message.get_all(name, ())][:50]
    for _, address in getaddresses(written):
        if "@" in address:
            yield clean_line(address)[:254]


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; what cannot be read is as if it were not there."""
    try:
        return str(message.get(name, ""))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError):
        return ""
