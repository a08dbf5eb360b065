"""`loket mail`: what a mail server hands over."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.failing import FOUND_WRONG, USED_WRONGLY, explained
from assistant.leads.mail import answer_mail
from assistant.leads.received import MOST_BYTES, Unreadable, read_mail
from assistant.leads.reply_to import code_in
from assistant.settings import Settings
from assistant.storage.answers import AnswerStore, Brought
from assistant.storage.outbox import put_mail
from assistant.storage.session import Sessions, open_store

mail_app = typer.Typer(no_args_is_help=True, help="Answers to letters from the desk, as a mail server hands them over.")

EX_DATAERR, EX_NOUSER, EX_UNAVAILABLE, EX_TEMPFAIL = 65, 67, 69, 75
"""Of sysexits.h, which Postfix and Exim understand: what is refused goes back to its sender, and what fails comes again."""
_CODES = {Brought.KEPT: 0, Brought.TWICE: 0, Brought.UNKNOWN: EX_NOUSER, Brought.TOO_MANY: EX_UNAVAILABLE}


@mail_app.callback()
def _group() -> None:
    """Answers to letters from the desk, as a mail server hands them over."""


@mail_app.command()
def receive(
    to: Annotated[str, typer.Option(help="Whom the mail server says it is for; else its headers tell.")] = "",
    maildir: Annotated[
        Path | None, typer.Option(help="Take what is new in this Maildir, in place of one mail on standard input.")
    ] = None,
) -> None:
    """
    Keep one mail from standard input with the letter that it answers.

    In master.cf of Postfix: `loket unix - n n - - pipe flags=DRhu user=loket argv=/opt/loket/bin/loket mail receive
    --to ${original_recipient}`, with `antwoord@loket.nl loket:` in its transport map and `recipient_delimiter = +`. Exit
    codes are those of sysexits.h: 0 kept, 65 no mail or over 25 MB, 67 for no letter of ours, 69 too many on one lead, 75
    come again. Of a Maildir what is kept is deleted and what is refused is flagged in cur; exit code 1 if anything was.

    Examples: `loket mail receive --to antwoord+CODE@loket.nl < mail.eml` · `loket mail receive --maildir ~/Maildir`
    """
    if maildir is not None and not (maildir / "new").is_dir():
        typer.echo(f"{maildir} is no Maildir: it has no folder `new`", err=True)
        raise typer.Exit(USED_WRONGLY)
    if maildir is not None:
        with explained():
            raise typer.Exit(_take(maildir, _deliverer()))
    try:
        code, told = _deliverer()(sys.stdin.buffer.read(MOST_BYTES + 1), to)
    except Exception as error:
        # A mistake of ours, or of who set this up, may not send somebody's mail back.
        typer.echo(f"the mail is not kept, and should be brought again: {type(error).__name__}: {error}", err=True)
        raise typer.Exit(EX_TEMPFAIL) from error
    if code:
        typer.echo(f"the mail {told}", err=True)
    raise typer.Exit(code)


def _deliverer() -> Callable[[bytes, str], tuple[int, str]]:
    settings = Settings()
    if not settings.mail_reply:
        raise typer.BadParameter("LOKET_MAIL_REPLY is not set: letters carry no address by which an answer is found")
    sessions = open_store(settings.people_address)
    return lambda content, to: _deliver(content, to, sessions, settings)


def _deliver(content: bytes, to: str, sessions: Sessions, settings: Settings) -> tuple[int, str]:
    """Keep one mail. Returns the exit code, and what became of it, without a word of what it says."""
    try:
        mail = read_mail(content)
    except Unreadable as error:
        return EX_DATAERR, f"cannot be read: {error}"
    codes = dict.fromkeys(code_in(address, settings.mail_reply) for address in (to, *mail.receivers))
    brought = Brought.UNKNOWN
    for code in filter(None, codes):
        with sessions.begin() as session:
            brought, waiting = AnswerStore(session).receive(code, mail)
            if waiting:
                news = answer_mail(waiting.lead_id, waiting.loket_title, waiting.mailbox, settings)
                put_mail(session, news, waiting.lead_id)
        if brought is not Brought.UNKNOWN:
            break
    return _CODES[brought], brought.value


def _take(maildir: Path, deliver: Callable[[bytes, str], tuple[int, str]]) -> int:
    """What is new in a Maildir, one after the other; what fails stays where it is."""
    kept = refused = 0
    for file in sorted(path for path in (maildir / "new").iterdir() if path.is_file()):
        with file.open("rb") as opened:
            code, told = deliver(opened.read(MOST_BYTES + 1), "")
        if code == 0:
            file.unlink()
            kept += 1
            continue
        typer.echo(f"{file.name} {told}", err=True)
        (maildir / "cur").mkdir(exist_ok=True)
        file.rename(maildir / "cur" / f"{file.name}:2,F")
        refused += 1
    typer.echo(f"kept {kept}, refused {refused}")
    return FOUND_WRONG if refused else 0
