"""Fetches a source as a process of its own, so that a test can kill it: FOLDER, the address of the store, and the source as JSON."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader
from ingestion.fetch.fetcher import SourceFetcher
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore
from ingestion.store.session import open_knowledge

folder = Path(sys.argv[1])
SourceFetcher(
    Downloader("https://example.org/loket", allow_loopback=True),
    PageStore(open_knowledge(sys.argv[2])),
    Archive(folder / "archive"),
    lambda: datetime(2026, 12, 1, tzinfo=UTC),
    pause_seconds=0.05,
).run(WatchedSource.model_validate(json.loads(sys.argv[3])), lambda each: print(each.key, flush=True))  # noqa: T201
