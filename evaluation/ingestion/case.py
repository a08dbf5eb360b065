"""PageCase: a page of ours and all that it says, as somebody read it before any program did."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, model_validator

from evaluation.case import Split, split_of
from ingestion.extract.finding import PageKind
from knowledge.record import Frozen, Slug

PAGES = Path(__file__).parents[1] / "cases" / "ingestion"
KINDS = (
    "amount",
    "date",
    "duration",
    "study_load",
    "condition",
    "figure",
    "vacancy",
    "event",
    "contact",
    "question",
    "course",
)
_NAMED = {"load": "study_load"}
"""What a kind is called for short in a case."""


class PageCase(Frozen):
    """One page."""

    id: Slug
    topic: str
    format: Literal["html", "md", "txt", "csv", "xlsx", "docx", "pdf"] = "html"
    as_of: date = date(2026, 10, 5)
    kind: PageKind
    page: str
    """HTML, Markdown, CSV or plain text as it is; Typst for a PDF, Markdown for a DOCX, CSV for an XLSX."""
    expect: tuple[dict[str, Any], ...] = Field(default=())
    """Facts, each with its kind as the first key: `{amount: 2694, per: jaar, what: collegegeld}`."""

    @model_validator(mode="after")
    def _names_kinds(self) -> "PageCase":
        for each in self.expect:
            if kind_of(each) not in KINDS:
                raise ValueError(f"{next(iter(each))!r} is no kind of fact; begin with one of load, {', '.join(KINDS)}")
        return self

    @property
    def split(self) -> Split:
        """Of which split it is: a third is held out."""
        return split_of(self.id)


def kind_of(expected: dict[str, Any]) -> str:
    """The kind of an expected fact: its first key."""
    first = next(iter(expected))
    return _NAMED.get(first, first)


def read_pages(folder: Path = PAGES) -> tuple[PageCase, ...]:
    """
    Every page case.

    :raises ValueError: If one cannot be used; the message names file and case.
    """
    return tuple(_read(folder))


def _read(folder: Path) -> Iterator[PageCase]:
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                yield PageCase.model_validate({"topic": path.stem} | entry)
            except ValueError as error:
                raise ValueError(f"{path.name}: {entry.get('id', 'a case without id')}: {error}") from error


def range_of(told: Any) -> tuple[str, str]:
    """Both ends of `500..800`, `..7000`, `8900..` or `90`."""
    low, dots, high = str(told).partition("..")
    return (low, high) if dots else (low, low)


def named(text: str) -> tuple[str, str]:
    """A number or range, and the unit after it: `8..16 uur per week`."""
    match = re.match(r"(?P<number>[\d.]+)\s+(?P<unit>.+)$", text.strip())
    return (match["number"], match["unit"]) if match else (text, "")
