"""The keuzewijzer as a PDF, typeset by typst: tagged for screen readers, and the same bytes for the same document."""

import json
import tempfile
from collections.abc import Mapping
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
    day = datetime.fromisoformat(document.iso_day).replace(hour=12, tzinfo=UTC)
    files = {} if logo is None else {"logo.png": logo.png}
    return typeset(TEMPLATE, "keuzewijzer.json", document.model_dump(mode="json"), day, files)


def typeset(
    template: Path, data_name: str, data: Any, day: datetime, files: Mapping[str, bytes] | None = None
) -> bytes:
    """
    A template with its data as PDF/UA.

    :param data_name: What the template calls its data, which is JSON-ready.
    :param files: Pictures that stand beside the template.
    """
    with tempfile.TemporaryDirectory(prefix="typst-") as folder:
        here = Path(folder)
        (here / data_name).write_text(json.dumps(_printable(data), ensure_ascii=False), encoding="utf-8")
        (here / template.name).write_bytes(template.read_bytes())
        for name, content in (files or {}).items():
            (here / name).write_bytes(content)
        return _typeset(here, template.name, day)


def _typeset(folder: Path, template: str, day: datetime) -> bytes:
    """The PDF; a sign that no font has costs the promise of PDF/UA, and not the document."""
    standards: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)
    for wanted in standards:
        try:
            return typst.compile(
                str(folder / template),
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
