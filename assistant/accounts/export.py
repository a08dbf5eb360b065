"""What is kept about a person, as they get it: a page to read and a file for programs, in one archive."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TITLES = {
    "lead": "Aanmeldingen",
    "lead_note": "Notities van adviseurs",
    "lead_event": "Veranderingen van fase",
    "lead_interaction": "Contacten",
    "lead_task": "Taken",
    "lead_letter": "Brieven en e-mails",
    "lead_answer": "E-mail die binnenkwam",
    "conversation": "Gesprekken met de assistent",
    "turn": "Vragen en antwoorden",
    "feedback": "Wat je van antwoorden vond",
    "handover": "Overdracht aan een adviseur",
    "said": "Gesprek met een adviseur",
    "outbox": "E-mail",
}
_env = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), autoescape=True, undefined=StrictUndefined
)


def archive_of(records: dict[str, list[dict[str, Any]]], made_at: datetime) -> bytes:
    """
    A zip with `gegevens.html` and `gegevens.json`.

    :param records: Rows by the name of their table.
    """
    sections = [
        {"title": _TITLES.get(name, name), "rows": [{key: _shown(value) for key, value in row.items()} for row in rows]}
        for name, rows in records.items()
    ]
    html = _env.get_template("person.html").render(sections=sections, made_on=f"{made_at:%d-%m-%Y}")
    content = json.dumps(records, ensure_ascii=False, indent=2)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("gegevens.html", html)
        packed.writestr("gegevens.json", content)
    return archive.getvalue()


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return json.dumps(value, ensure_ascii=False, indent=1) if isinstance(value, list | dict) else str(value)
