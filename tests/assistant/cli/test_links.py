"""`loket links`: over a real site on this machine, from the content to what editors are told."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import Result

from knowledge.publishing.links import LinkStore, Look
from knowledge.publishing.opening import open_sessions
from knowledge.publishing.proposals import ProposalStore

Loket = Callable[..., Result]


@pytest.fixture
def site() -> Iterator[str]:
    """A site with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/goed" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def knowledge(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a knowledge store over content with two sources, one of which is gone."""
    folder = tmp_path / "content" / "sources"
    folder.mkdir(parents=True)
    told = "- id: {0}\n  title: Bron {0}\n  publisher: Een uitgever\n  url: {1}/{0}\n  as_of: 2026-01\n"
    (folder / "bronnen.yaml").write_text("".join(told.format(name, site) for name in ("goed", "weg")), "utf-8")
    for name, value in (
        ("VAR", str(tmp_path / "var")), ("CONTENT", str(tmp_path / "content")), ("EMBEDDER", "none"),
        ("FETCH_LOOPBACK", "true"), ("FETCH_PAUSE", "PT0S"),
    ):  # fmt: skip
        monkeypatch.setenv(f"LOKET_{name}", value)
    return f"sqlite:///{tmp_path / 'var' / 'knowledge.sqlite'}"


def test_given_a_source_that_is_gone_then_the_third_night_ends_with_one_and_a_proposal(
    loket: Loket, knowledge: str, site: str
) -> None:
    first = loket("links", "check", "--json")

    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout) == {"fine": 1, "failed": 1, "may_be_dead": []}
    assert f"1 nights  {site}/weg" in loket("links", "list").stdout
    assert "no address failed" in loket("links", "list", "--dead").stdout

    links = LinkStore(open_sessions(knowledge))
    links.keep_only([])
    for night in (3, 2):
        links.note(f"{site}/weg", Look(at=datetime.now(UTC) - timedelta(days=night), outcome="failed", status=404))
    third = loket("links", "check")

    assert third.exit_code == 1
    assert "1 may be dead" in third.stdout
    [proposal] = ProposalStore(open_sessions(knowledge)).list("open", source_id="links")
    assert (proposal.proposed.kind, proposal.proposed.item_id) == ("gone", "weg")
    [listed] = json.loads(loket("links", "list", "--dead", "--json").stdout)
    assert (listed["nights"], listed["named_by"]) == (3, ["sources/weg"])
