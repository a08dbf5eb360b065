"""`loket sources` and `loket ingest` over a site: added, tested, fetched, and found in the index."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from knowledge.index.passages import StoredPassages

PAGES = {
    "/": "<html><title>Loket Proef</title><body><main><h1>Loket Proef</h1><p>Welkom bij het loket van de proef, voor wie "
    'leraar wil worden.</p><a href="/spreekuur">Spreekuur</a><a href="/kapot">Kapot</a></main>',
    "/spreekuur": "<html><title>Spreekuur</title><body><main><h1>Spreekuur</h1><p>Elke dinsdag is er een inloopspreekuur "
    "in de Kanarievogel, van vier tot zes uur.</p></main>",
    "/kapot": "%PDF",
}


@pytest.fixture
def site() -> Iterator[str]:
    """A small site on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = PAGES.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "application/pdf" if self.path == "/kapot" else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "weg").encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own; words alone are searched; this machine may be fetched, without pauses."""
    for name, value in {
        "VAR": tmp_path / "var",
        "EMBEDDER": "none",
        "FETCH_LOOPBACK": "true",
        "FETCH_PAUSE": "PT0S",
    }.items():
        monkeypatch.setenv(f"LOKET_{name}", str(value))
    return tmp_path / "var"


def loket(*words: str) -> Result:
    """What that command does."""
    return CliRunner().invoke(app, list(words))


def test_given_a_new_site_when_added_tested_and_fetched_then_its_words_are_in_the_index(site: str, var: Path) -> None:
    added = loket(
        "sources", "add", "site-proef", site, "--owner", "Loket Proef", "--region", "haaglanden", "--live", "passages"
    )
    assert added.exit_code == 0, added.output
    assert json.loads(loket("sources", "list", "--status", "unchecked", "--json").stdout)[-1]["id"] != ""
    tested = loket("sources", "test", "site-proef", "--json")
    assert tested.exit_code == 0, tested.output
    assert json.loads(tested.stdout)["addresses"][0]["links"] == 2
    assert "site-proef" in loket("sources", "list", "--due", "--json").stdout

    fetched = loket("ingest", "--source", "site-proef", "--json")
    report = json.loads(fetched.stdout.splitlines()[-1])[0]
    assert fetched.exit_code == 1  # One page cannot be read, and that is said.
    assert report["fetched"]["counts"] == {"new": 3}
    assert [each["why"] for each in report["refused"]] == ["it says that it is a PDF and is none"]
    passages = StoredPassages(var / "passages").of("site-proef")
    assert [(each.publisher, each.url) for each in passages if "Kanarievogel" in each.text] == [
        ("Loket Proef", f"{site}spreekuur")
    ]
    assert report["generation"]
    assert "Kanarievogel" in loket("ask", "wat is de Kanarievogel?").output

    again = json.loads(loket("ingest", "--source", "site-proef", "--json").stdout.splitlines()[-1])[0]
    assert again["fetched"]["counts"] == {"same": 3}
    assert again["generation"] == ""
    assert StoredPassages(var / "passages").of("site-proef") == passages


def test_given_a_site_that_does_not_answer_when_tested_then_it_stays_unchecked(site: str, var: Path) -> None:
    loket("sources", "add", "site-weg", f"{site}weg", "--owner", "Weg")
    tested = loket("sources", "test", "site-weg")
    assert tested.exit_code == 1
    assert "404" in tested.output
    assert "site-weg" in loket("sources", "list", "--status", "unchecked", "--json").stdout
    assert var.is_dir()


def test_given_a_paused_source_when_listed_then_it_is_not_due(var: Path) -> None:
    assert "paused" in loket("sources", "pause", "site-pool-west").stdout
    assert "site-pool-west" not in loket("sources", "list", "--due", "--json").stdout
    assert "active" in loket("sources", "resume", "site-pool-west").stdout
    assert "site-pool-west" in loket("sources", "list", "--due", "--json").stdout
    assert (var / "knowledge.sqlite").exists()


@pytest.mark.usefixtures("var")
@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (("sources", "test", "site-x"), "no source 'site-x'", 1),
        (("ingest",), "--due", 2),
        (("ingest", "--source", "site-x"), "no source 'site-x'", 1),
        (("sources", "add", "X", "https://x.nl", "--owner", "Proef"), "id", 2),
        (("sources", "add", "x", "file:///etc/passwd", "--owner", "Proef"), "start", 2),
        (("sources", "add", "x", "https://a:b@x.nl", "--owner", "Proef"), "user", 2),
        (("sources", "add", "x", "https://x.nl", "--owner", "Proef", "--live", "routes"), "goes_live", 2),
    ],
)
def test_given_a_wrong_command_when_given_then_it_says_what_to_do(words: tuple[str, ...], told: str, code: int) -> None:
    done = loket(*words)
    assert done.exit_code == code
    assert told in done.output
