"""Of a mail that comes in the new words are kept and nothing else, whatever it holds."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.leads.quoted import new_words
from assistant.leads.received import MOST_BYTES, MOST_CHARS, MailKind, Unreadable, read_mail
from assistant.leads.reply_to import code_in, hash_of, reply_to

GMAIL = "Op ma 30 nov 2026 om 10:00 schreef Loketgids <\nloket@example.org>:\n\n> Beste Sam,\n> kun je dinsdag?"
OUTLOOK = (
    "_" * 32
    + "\nVan: Loket <loket@example.org>\nVerzonden: maandag 30 november 2026\nAan: Sam\nOnderwerp: Re\n\nBeste Sam"
)
DSN = """From: Mail Delivery System <MAILER-DAEMON@mail.example.org>
To: antwoord+code@loket.example
Return-Path: <>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

<sam@example.org>: host mx.example.org said: 550 no such user

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; sam@example.org
Action: {action}
Status: {status}

--grens--
"""


def _mail(text: str = "Graag!", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "Sam <sam@example.org>", "To": "loket@example.org", "Subject": "Re"}.items():
        message[name] = value
    for name, value in headers.items():
        name = name.replace("_", "-")
        del message[name]
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("whole", "own"),
    [
        (f"Ja, dat kan!\n\nGroet, Sam\n\n{GMAIL}", "Ja, dat kan!\n\nGroet, Sam"),
        (f"Prima\n\n{OUTLOOK}", "Prima"),
        ("Fijn\n\nOp 30 nov. 2026 heeft Loket <a@b.nl> het volgende geschreven:\n\nBeste Sam", "Fijn"),
        ("Yes\n\nOn Mon, Nov 30, 2026 at 10:00 AM Loket <a@b.nl> wrote:\n> Can you?", "Yes"),
        ("Zie hieronder\n> dinsdag?\nJa\n> woensdag?\nNee", "Zie hieronder\nJa\nNee"),
        ("Hoi,\nOp dinsdag schreef ik al: woensdag 3 december kan.", "Hoi,\nOp dinsdag schreef ik al: woensdag 3 december kan."),
        ("Van: mij\nvoor jullie", "Van: mij\nvoor jullie"),
        ("> Alleen wat jullie schreven", "> Alleen wat jullie schreven"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_quoted_letter_goes_and_the_new_words_stay(whole: str, own: str) -> None:
    assert new_words(whole) == own


@given(st.text(alphabet="Op On schreef wrote: \n>_-@1a", max_size=400))
def test_of_whatever_text_something_is_left_and_no_line_is_invented(text: str) -> None:
    own = new_words(text)

    assert bool(own) == bool(text.strip())
    assert {line.rstrip() for line in own.split("\n")} <= {line.strip() for line in text.split("\n")} | {
        line.rstrip() for line in text.split("\n")
    }


@pytest.mark.parametrize(
    "bit", ["\n", "On ", "Op ma 1 jan 2026 schreef ", "Van: a\n", ">", "Op x\n", "_", "<div>", "&nbsp;"]
)
def test_no_text_is_made_to_take_long(bit: str) -> None:
    message = EmailMessage()
    message["From"] = "sam@example.org"
    message.set_content(bit * 40_000, subtype="html" if bit[0] in "<&" else "plain")

    began = time.thread_time()
    read_mail(message.as_bytes())

    assert time.thread_time() - began < 5


def test_of_html_the_words_are_kept_and_nothing_that_runs_or_is_quoted() -> None:
    message = EmailMessage()
    message["From"] = "Sam <sam@example.org>"
    message.set_content(
        "<style>p{}</style><p>Graag &lt;dinsdag&gt;</p><script>alert(1)</script><img src=x onerror=alert(2)>"
        "<p>Groet</p><blockquote>Beste Sam</blockquote>",
        subtype="html",
    )

    mail = read_mail(message.as_bytes())

    assert mail.text == "Graag <dinsdag>\n\nGroet"


def test_files_are_named_and_not_kept_and_a_long_text_is_shortened() -> None:
    message = EmailMessage()
    message["From"] = "Sam <sam@example.org>"
    message["Subject"] = "Re: ja\u202e"
    message.set_content("woord " * 5000)
    message.add_attachment(b"GEHEIM", maintype="application", subtype="pdf", filename="../../diploma\u202e.pdf")

    mail = read_mail(message.as_bytes())

    assert mail.attachments == ("../../diploma.pdf",) or mail.attachments == ("../../diploma .pdf",)
    assert (mail.is_shortened, len(mail.text) <= MOST_CHARS) == (True, True)
    assert "GEHEIM" not in mail.model_dump_json()
    assert "\u202e" not in mail.subject


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_mail(), MailKind.ANSWER),
        (_mail(Auto_Submitted="no"), MailKind.ANSWER),
        (_mail(Auto_Submitted="auto-replied; x=1"), MailKind.AUTOMATIC),
        (_mail(Precedence="bulk"), MailKind.AUTOMATIC),
        (_mail(Return_Path="<>"), MailKind.AUTOMATIC),
        (_mail(Subject="Automatisch antwoord: Je vraag"), MailKind.AUTOMATIC),
        (_mail(Subject="Afwezig tot 3 december"), MailKind.AUTOMATIC),
        (_mail(From="noreply@example.org"), MailKind.AUTOMATIC),
        (_mail(From="MAILER-DAEMON@example.org", Subject="failure notice"), MailKind.BOUNCE),
        (_mail(From="MAILER-DAEMON@example.org", Subject="Warning: message delayed"), MailKind.AUTOMATIC),
        (DSN.format(action="failed", status="5.1.1").encode(), MailKind.BOUNCE),
        (DSN.format(action="delayed", status="4.4.1").encode(), MailKind.AUTOMATIC),
        (DSN.format(action="delivered", status="2.0.0").encode(), MailKind.AUTOMATIC),
    ],
)
def test_what_a_program_wrote_is_known_from_what_a_person_wrote(content: bytes, kind: MailKind) -> None:
    assert read_mail(content).kind is kind


def test_a_bounce_says_why() -> None:
    assert "550 no such user" in read_mail(DSN.format(action="failed", status="5.1.1").encode()).text


@pytest.mark.parametrize("content", [b"", b"geen mail", b"\x00\xff" * 100, b"From: x\n" + b"a" * MOST_BYTES])
def test_what_is_no_mail_or_too_long_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_mail(content)


@given(st.binary(max_size=300), st.sampled_from(["text/plain; charset=klingon", "multipart/report", "text/html", "message/rfc822", "multipart/mixed; boundary=x"]))  # fmt: skip
def test_no_bytes_break_it(rest: bytes, type_: str) -> None:
    mail = read_mail(f"From: a@b.nl\nContent-Type: {type_}\nSubject: =?klingon?q?a?=\n\n".encode() + rest)

    assert len(mail.text) <= MOST_CHARS


@pytest.mark.parametrize("setting", ["antwoord@loket.nl", "@antwoord.loket.nl"])
def test_an_address_for_answers_is_found_again_whatever_a_mail_server_does_to_its_capitals(setting: str) -> None:
    made = reply_to("loket@example.org", setting)
    code = code_in(made.address.upper(), setting)

    assert code is not None
    assert made.code_hash == hash_of(code)
    assert len(code) * 5 >= 128
    assert len(made.address.rpartition("@")[0]) <= 64
    assert made.address != reply_to("loket@example.org", setting).address
    for other in ("antwoord@loket.nl", f"x{made.address}", made.address + ".evil.nl", "", "@", code):
        assert code_in(other, setting) is None


def test_without_a_setting_answers_go_to_the_mailbox() -> None:
    made = reply_to("loket@example.org", "")

    assert (made.address, made.code_hash, code_in(made.address, "")) == ("loket@example.org", None, None)
