"""What goes into a connector, and what comes out of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingestion.extract.finding import LONGEST_QUOTE, Finding, Origin, Value


class Unreadable(ValueError):
    """The answer is not what its kind of source gives; `fix` says what to do."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.fix = fix


@dataclass(frozen=True)
class Answer:
    """What a server gave at an address."""

    raw: bytes
    url: str
    media_type: str
    on: date
    charset: str | None = None


@dataclass(frozen=True)
class Connected:
    """The answer as a page, with what it says to machines and where it leads."""

    title: str
    content: str
    """Markdown."""
    findings: tuple[Finding, ...] = ()
    links: tuple[str, ...] = ()


def found(value: Value, data: Mapping[str, Any]) -> Finding:
    """A finding of data for machines, with that data as its words."""
    words = json.dumps(data, ensure_ascii=False, default=str)
    return Finding(value=value, words=words[:LONGEST_QUOTE], confidence="high", origin=Origin.DATA)
