"""PageCase: a page of ours and all that it says, as somebody read it before any program did."""

import re
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from evaluation.case import Split, split_of
from ingestion.extract.finding import PageKind
from knowledge.record import Frozen, Slug

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
    def _begins_with_kinds(self) -> "PageCase":
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


def range_of(told: Any) -> tuple[str, str]:
    """Both ends of `500..800`, `..7000`, `8900..` or `90`."""
    low, dots, high = str(told).partition("..")
    return (low, high) if dots else (low, low)


def named(text: str) -> tuple[str, str]:
    """A number or range, and the unit after it: `8..16 uur per week`."""
    match = re.match(r"(?P<number>[\d.]+)\s+(?P<unit>.+)$", text.strip())
    return (match["number"], match["unit"]) if match else (text, "")
