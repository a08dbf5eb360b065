"""`loket leads`: what the law asks of whoever keeps personal data: give it, erase it, and not keep it too long."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from assistant.accounts.export import archive_of
from assistant.cli.failing import FOUND_WRONG, USED_WRONGLY, explained
from assistant.leads.lead import Lead
from assistant.leads.retention import Retention
from assistant.settings import Settings
from assistant.storage.answers import AnswerStore
from assistant.storage.clock import utc_now
from assistant.storage.conversations import ConversationStore
from assistant.storage.leads import LeadStore
from assistant.storage.outbox import OutboxStore
from assistant.storage.person import PersonStore
from assistant.storage.retention import ExpiringStore
from assistant.storage.session import drop_traces, open_store
from assistant.storage.work import WorkStore
from knowledge.archive import CatalogueArchive

leads_app = typer.Typer(
    no_args_is_help=True, help="Leads: export or erase one person's data, apply the retention, resend mail."
)

LeadId = Annotated[str | None, typer.Argument(help="The id of one lead.")]
Email = Annotated[str | None, typer.Option("--email", help="Every lead with this address, whatever its capitals.")]


@leads_app.command()
def export(
    lead_id: LeadId = None,
    email: Email = None,
    archive: Annotated[
        Path | None, typer.Option("--zip", help="Write a page to read and all records there; with --email.")
    ] = None,
) -> None:
    """
    Print everything kept about a person as JSON: leads, notes, phases, contacts, mail both ways and conversations.

    Examples: `loket leads export --email sam@example.org > sam.json` · `loket leads export 1b2c…` ·
    `loket leads export --email sam@example.org --zip sam.zip`
    """
    with explained(), open_store(Settings().people_address)() as session:
        if archive is not None:
            _write_archive(session, email, archive)
            return
        found = _found(session, lead_id, email)
        typer.echo(json.dumps([_everything(session, lead) for lead in found], ensure_ascii=False, indent=2))


@leads_app.command()
def erase(
    lead_id: LeadId = None,
    email: Email = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is sure.")] = False,
) -> None:
    """
    Erase a person: leads, notes, phases, mail and the conversations they came from. It cannot be taken back.

    Example: `loket leads erase --email sam@example.org`
    """
    with explained():
        sessions = open_store(Settings().people_address)
        with sessions.begin() as session:
            found = _found(session, lead_id, email)
            if not yes:
                typer.confirm(f"Erase {len(found)} lead(s) for good?", abort=True)
            for lead in found:
                LeadStore(session).erase(lead)
            if email:
                # Also conversations that led to no lead, in which the address was said, and mail to it.
                PersonStore(session).erase(PersonStore(session).find(email))
        drop_traces(sessions)
        typer.echo(f"erased {len(found)} lead(s)")


@leads_app.command()
def retain(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False) -> None:
    """
    Erase what is past its time now; a running server does so daily by itself.

    The periods are LOKET_CONVERSATION_RETENTION, LOKET_LEAD_RETENTION, LOKET_RECEIPT_RETENTION (with the archived
    catalogues), LOKET_SAVED_RETENTION, LOKET_AUDIT_RETENTION and LOKET_OUTBOX_RETENTION; a region may choose shorter ones.

    Example: `loket leads retain`
    """
    with explained():
        settings = Settings()
        store = ExpiringStore(open_store(settings.people_address))
        erased = Retention(store, CatalogueArchive(settings.catalogues), settings).erase_due()
        typer.echo(json.dumps(asdict(erased)) if as_json else f"erased {erased}")


@leads_app.command()
def resend() -> None:
    """
    Put the mail that was given up after three days back in line; a running server sends it at once.

    Example: `loket leads resend`
    """
    with explained():
        freed = OutboxStore(open_store(Settings().people_address)).retry_stuck(utc_now())
        typer.echo(f"{freed} mail(s) will be sent again")


def _write_archive(session: Session, email: str | None, archive: Path) -> None:
    person = PersonStore(session).find(email or "")
    if not person:
        typer.echo("nothing is kept under that address" if email else "--zip needs --email", err=True)
        raise typer.Exit(FOUND_WRONG if email else USED_WRONGLY)
    archive.touch(mode=0o600)
    archive.write_bytes(archive_of(PersonStore(session).records(person), utc_now()))
    typer.echo(f"wrote {archive}")


def _found(session: Session, lead_id: str | None, email: str | None) -> list[Lead]:
    if (lead_id is None) == (email is None):
        typer.echo("give the id of a lead, or --email, and not both", err=True)
        raise typer.Exit(USED_WRONGLY)
    store = LeadStore(session)
    found = [store.get(lead_id)] if lead_id else store.of_email(email or "")
    if not found:
        typer.echo("no lead has that address", err=True)
        raise typer.Exit(FOUND_WRONG)
    return found


def _everything(session: Session, lead: Lead) -> dict[str, Any]:
    store = LeadStore(session)
    conversations = ConversationStore(session)
    conversation = conversations.find(lead.conversation_id) if lead.conversation_id else None
    turns = conversations.turns(conversation) if conversation else []
    return {
        "lead": lead.model_dump(mode="json"),
        "notes": [note.model_dump(mode="json") for note in store.notes(lead.id)],
        "phases": [change.model_dump(mode="json") for change in store.changes(lead.id)],
        "contacts": [each.model_dump(mode="json") for each in WorkStore(session).interactions(lead.id)],
        "letters": [each.model_dump(mode="json") for each in WorkStore(session).letters(lead.id)],
        "answers": [each.model_dump(mode="json") for each in AnswerStore(session).of_lead(lead.id)],
        "mail": [
            {"to": mail.to, "sent_at": mail.sent_at.isoformat() if mail.sent_at else None}
            for mail in store.mails(lead.id)
        ],
        "conversation": [
            {
                "asked_at": turn.created_at.isoformat(),
                "question": turn.question or turn.choice_label,
                "reply": turn.reply,
            }
            for turn in turns
        ],
    }
