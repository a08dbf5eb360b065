"""Mail to a colleague about their account: a link that opens one thing once, and nothing else."""

import uuid
from datetime import timedelta

from assistant.accounts.account import Account
from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail


def invitation_mail(account: Account, invited_by: str, code: str, public_url: str, valid: timedelta) -> NewMail:
    """The mail with which somebody comes in for the first time."""
    body = mail_text(
        "invitation.txt", name=account.name, invited_by=invited_by, address=_address(public_url, code), days=valid.days
    )
    return NewMail(id=str(uuid.uuid4()), to=account.email, subject="Je account voor de adviesdesk", body=body)


def reset_mail(account: Account, code: str, public_url: str, valid: timedelta) -> NewMail:
    """The mail with which somebody chooses another password."""
    minutes = int(valid.total_seconds() // 60)
    body = mail_text("reset.txt", name=account.name, address=_address(public_url, code), minutes=minutes)
    return NewMail(id=str(uuid.uuid4()), to=account.email, subject="Nieuw wachtwoord voor de adviesdesk", body=body)


def _address(public_url: str, code: str) -> str:
    return f"{public_url.rstrip('/')}/desk/link/{code}"
