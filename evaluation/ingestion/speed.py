"""Speed of ingestion: `python -m evaluation.ingestion.speed --pages 5000` fetches, reads and compares a site on this machine twice."""

import argparse
import hashlib
import multiprocessing
import os
import resource
import tempfile
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader
from ingestion.knowing import Knowing
from ingestion.registry import SourceRegistry
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore
from ingestion.store.session import open_knowledge
from ingestion.watch import Watch
from knowledge.index.passages import StoredPassages
from knowledge.publishing.live import LiveStore
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.session import open_publishing
from knowledge.reader import publish, read_content

_A_LIST = 100
"""Links on one page."""


def page(number: int, count: int) -> str:
    """A page of about 300 words with a menu, a table and links: every hundredth lists the hundred that follow."""
    links = range(number + 1, min(count, number + _A_LIST)) if number % _A_LIST == 0 else range(0)
    lists = range(0, count, _A_LIST) if number == 0 else range(0)
    anchors = "".join(f'<li><a href="/p/{each}">Pagina {each}</a></li>' for each in (*links, *lists))
    told = " ".join(
        f"Zin {number}-{each} gaat over zij-instromen, kosten en begeleiding op een school." for each in range(25)
    )
    rows = "".join(f"<tr><td>Route {each}</td><td>€ {2000 + each},-</td></tr>" for each in range(8))
    return (
        f"<!doctype html><html lang=nl><title>Pagina {number}</title><nav><ul><li><a href='/'>Home</a></ul></nav><main>"
        f"<h1>Pagina {number}</h1><p>{told}</p><h2>Kosten</h2><table>{rows}</table></main><ul>{anchors}</ul>"
        "<footer><p>Strandweg 1, 2225 AA Katwijk</p></footer></html>"
    )


def serve(count: int, told: Connection) -> None:
    """The site, in a process of its own, so that it does not take the fetcher's time."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536

        def do_GET(self) -> None:
            number = 0 if self.path == "/" else int(self.path.rpartition("/")[2]) if self.path.startswith("/p/") else -1
            body = page(number, count).encode() if 0 <= number < count else b"weg"
            tag = f'"{hashlib.sha256(self.path.encode()).hexdigest()[:12]}"'
            same = number >= 0 and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else 200 if number >= 0 else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("ETag", tag)
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.send(server.server_port)
    server.serve_forever()


def main() -> None:
    """Print pages a second for a first and a second run, how many passages differ, and the memory it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5000)
    count = parser.parse_args().pages
    here, there = multiprocessing.Pipe()
    site = multiprocessing.Process(target=serve, args=(count, there), daemon=True)
    site.start()
    address = f"http://127.0.0.1:{here.recv()}/"
    with tempfile.TemporaryDirectory() as folder:
        watch = _watch(Path(folder))
        source = WatchedSource.model_validate(
            {
                "id": "speed",
                "title": "Speed",
                "owner": "Speed",
                "start": [address],
                "goes_live": ["passages"],
                "follow": {"pages": count},
            }
        )
        for name in ("first", "unchanged"):
            began, worked = time.perf_counter(), time.process_time()
            report = watch.run(source, lambda: "generation")
            took, busy = time.perf_counter() - began, time.process_time() - worked
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(  # noqa: T201
                f"{name}: {report.fetched.counts} in {took:.1f} s ({count / took:.0f} pages a second; fetching "
                f"{report.fetched.seconds:.1f} s; {busy:.1f} s of one processor, load {os.getloadavg()[0]:.0f}), passages +{report.added} -{report.removed}, found {report.found}, "
                f"peak {peak:.0f} MB"
            )
    site.terminate()


def _watch(folder: Path) -> Watch:
    address = f"sqlite:///{folder / 'knowledge.sqlite'}"
    sessions, editorial = open_knowledge(address), open_publishing(address)
    catalogue = publish(read_content())
    return Watch(
        SourceRegistry(sessions, {}),
        PageStore(sessions),
        Archive(folder / "archive"),
        Downloader("https://example.org/loket", allow_loopback=True),
        StoredPassages(folder / "passages"),
        lambda: datetime.now(UTC),
        pause_seconds=0.0,
        knowing=Knowing(lambda: catalogue, ProposalStore(editorial), LiveStore(editorial), lambda: datetime.now(UTC)),
    )


if __name__ == "__main__":
    main()
