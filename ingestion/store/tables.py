"""The rows of the knowledge store that ingestion keeps. Only this folder knows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from knowledge.database import UtcDateTime


class Base(DeclarativeBase):
    """With names for constraints so that migrations can reach them."""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
    )
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class SourceEditRow(Base):
    """A source as somebody added or changed it here; it stands in the place of the one that was delivered."""

    __tablename__ = "source_edit"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    content: Mapped[dict[str, Any]]
    author: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]


class PageRow(Base):
    """The last that is known of one page of a source."""

    __tablename__ = "page"

    source_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(2000), primary_key=True)
    found_at: Mapped[str] = mapped_column(String(2000))
    """Where it was in the end, after redirects."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the raw page, its name in the archive."""
    media_type: Mapped[str] = mapped_column(String(120))
    charset: Mapped[str] = mapped_column(String(40))
    etag: Mapped[str] = mapped_column(String(200))
    last_modified: Mapped[str] = mapped_column(String(60))
    links: Mapped[list[Any]]
    canonical: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    """The address that the page itself says it has; empty: it says none."""
    fetched_at: Mapped[datetime]
    """When it was last seen to be so."""
    changed_at: Mapped[datetime]
    """When it was last seen to differ."""
    gone_at: Mapped[datetime | None]
    why_gone: Mapped[str] = mapped_column(Text, default="")


class RunRow(Base):
    """One run over one source, with its report at the end."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_source_id_started_at", "source_id", "started_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12))
    """`running`, `done`, `failed`."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]]


class FrontierRow(Base):
    """An address of a run: still to fetch while `outcome` is empty. It goes when the run is done."""

    __tablename__ = "frontier"

    run_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(2000), primary_key=True)
    position: Mapped[int]
    depth: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(12), default="")
    """`new`, `changed`, `same`, `gone` or `failed`."""
    why: Mapped[str] = mapped_column(Text, default="")
    seconds: Mapped[float] = mapped_column(default=0.0)
    size: Mapped[int] = mapped_column(default=0)


class ReadingRow(Base):
    """What came of reading a page: its findings, or why it could not be read."""

    __tablename__ = "reading"

    source_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(2000), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """Of the bytes that were read."""
    version: Mapped[str] = mapped_column(String(40))
    """Of the reader: a page that an older one read is read again."""
    title: Mapped[str] = mapped_column(Text)
    kinds: Mapped[str] = mapped_column(Text)
    """The kinds of its findings between commas: `,amount,date,`."""
    passages: Mapped[bool]
    """Whether its passages were taken into the index."""
    why_refused: Mapped[str] = mapped_column(Text)
    fix: Mapped[str] = mapped_column(Text)
    findings: Mapped[dict[str, Any]]
