"""The dossier as a PDF, typeset like the keuzewijzer: what it holds reaches typst as data, never as code."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from assistant.desk.pages.dossier import DossierPage
from assistant.keuzewijzer.pdf import typeset

_TEMPLATE = Path(__file__).parent / "templates" / "dossier.typ"
_SHOWN = (
    "name", "came_in", "region", "sectors", "loket", "reason", "contact", "meetings", "message", "facts", "verdicts", "still_open",
    "transcript", "is_shared", "history", "phase", "consent_version", "consent_given",
)  # fmt: skip


def dossier_pdf(page: DossierPage, now: datetime) -> bytes:
    """The same as the page for printing."""
    whole = {name: getattr(page, name) for name in _SHOWN}
    plain = {name: value if isinstance(value, str | bool) else _plain(value) for name, value in whole.items()}
    return typeset(_TEMPLATE, "dossier.json", plain, now.replace(microsecond=0))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | bool) else asdict(value)  # type: ignore[call-overload]
