"""The keuzewijzer as a PDF, typeset by typst: tagged for screen readers, and the same bytes for the same document."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from assistant.keuzewijzer.choosing import printable
from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.fonts import fonts
from assistant.keuzewijzer.logo import Logo

TEMPLATE = Path(__file__).parent / "templates" / "keuzewijzer.typ"


def as_pdf(document: Keuzewijzer, logo: Logo | None = None) -> bytes:
    """
    The document as PDF/UA: with tags, a title, a language and bookmarks.

    What is in the document reaches typst as data, never as code: names and texts are shown, whatever stands in them.
    typst sees a folder with the template, that data and the logo, and nothing else: no network, no other file.
    """
    data = json.dumps(_printable(document.model_dump(mode="json")), ensure_ascii=False)
    day = datetime.fromisoformat(document.iso_day).replace(hour=12, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="keuzewijzer-") as folder:
        here = Path(folder)
        (here / "keuzewijzer.json").write_text(data, encoding="utf-8")
        (here / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        if logo is not None:
            (here / "logo.png").write_bytes(logo.png)
        return _typeset(here, day)


def _typeset(folder: Path, day: datetime) -> bytes:
    """The PDF; a sign that no font has costs the promise of PDF/UA, and not the document."""
    standards: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)
    for wanted in standards:
        try:
            return typst.compile(
                str(folder / TEMPLATE.name),
                root=str(folder),
                font_paths=fonts(),
                format="pdf",
                pdf_standards=wanted,
                timestamp=day,
            )
        except typst.TypstError as error:
            if wanted is None or "could not be displayed" not in str(error):
                raise
    raise AssertionError("unreachable: the last standard either returns or raises")


def _printable(value: Any) -> Any:
    """The same data without characters that our fonts cannot set."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(each) for each in value]
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    return value
