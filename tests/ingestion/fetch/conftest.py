"""A real site on this machine, of which each page is what a test says, and a fetcher that may reach it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader, Limits
from ingestion.fetch.fetcher import SourceFetcher
from ingestion.source import Follow, WatchedSource
from ingestion.store.pages import PageStore
from ingestion.store.session import open_knowledge

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class Page:
    """What the site answers at one path."""

    body: bytes | str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"
    stream: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Site:
    """Pages by path; `asked` counts the requests, with `headers_of` the last ones."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers_of: dict[str, dict[str, str]] = field(default_factory=dict)
    otherwise: Callable[[str], Page] = lambda _path: Page("weg", 404)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def html(self, path: str, *links: str, text: str = "Tekst", **headers: str) -> None:
        """A page with those links."""
        anchors = "".join(f'<a href="{each}">{each}</a>' for each in links)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(f"<html><title>{path}</title><body><p>{text}</p>{anchors}", headers=named)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without pages; the answer to what it does not have is 404."""
    served: Site

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536

        def do_GET(self) -> None:
            served.asked[self.path] += 1
            served.headers_of[self.path] = {name.lower(): value for name, value in self.headers.items()}
            page = served.pages.get(self.path) or served.otherwise(self.path)
            if page.stream:
                self.wfile = self.connection.makefile("wb", 0)
                page.stream(self)
                self.close_connection = True
                return
            body = page.body.encode() if isinstance(page.body, str) else page.body
            tag = page.headers.get("ETag")
            same = tag is not None and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that a downloader took, in seconds, instead of taking them."""
    return []


@pytest.fixture
def downloader(pauses: list[float]) -> Iterator[Downloader]:
    """A downloader that may reach this machine, takes at most 200 kB and 2 seconds, and does not really wait."""
    made = Downloader("https://example.org/loket", True, Limits(max_bytes=200_000, seconds=2.0), pauses.append)
    yield made
    made.close()


@pytest.fixture
def store(knowledge_address: str) -> PageStore:
    """A knowledge store of its own."""
    return PageStore(open_knowledge(knowledge_address))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive."""
    return Archive(tmp_path / "archive")


@pytest.fixture
def fetcher(downloader: Downloader, store: PageStore, archive: Archive) -> SourceFetcher:
    """A fetcher that does not pause between pages, on 1 December 2026."""
    return SourceFetcher(downloader, store, archive, lambda: NOW, pause_seconds=0.0)


@pytest.fixture
def source(site: Site) -> WatchedSource:
    """That site as a source."""
    return WatchedSource.model_validate(
        {
            "id": "proefsite",
            "title": "Proefsite",
            "owner": "Loket Proef",
            "start": [f"{site.address}/"],
            "status": "active",
        }
    )


def with_follow(source: WatchedSource, **follow: object) -> WatchedSource:
    """That source, with other limits."""
    return source.model_copy(update={"follow": Follow.model_validate(follow)})
