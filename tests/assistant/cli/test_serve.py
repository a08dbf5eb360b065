"""`loket serve` as it is really run: a process on a port, which starts, answers, survives a full disk, and stops."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.serving import free_port
from tests.waiting import PATIENCE_SECONDS

LOKET = Path(sys.executable).with_name("loket")
_LONGEST_START_SECONDS = 180
"""Far above the promise, which is measured elsewhere: machines that run tests are busy."""

Serve = Callable[..., "Server"]
Processes = list[subprocess.Popen[str]]


class Server:
    """A server of one's own, and how to ask it something."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def ask(self, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
        """Status and JSON of one request; a body is posted."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def wait(self) -> None:
        """Until it answers; a process that ends before has failed."""
        deadline = time.monotonic() + _LONGEST_START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.process.communicate()
            try:
                assert self.ask("/healthz") == (200, {"status": "ok"})
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def stop(self, with_signal: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """Exit code and what was printed."""
        self.process.send_signal(with_signal)
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out, err


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return free_port()


@pytest.fixture
def serve(processes: Processes, port: int) -> Serve:
    """Starts `loket serve`, within another command if one is given."""

    def start(*within: str) -> Server:
        command = [*within, str(LOKET), "serve", "--port", str(port)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        processes.append(process)
        return Server(process, port)

    return start


def _on_a_disk_of(size: str, folder: Path, *, options: str = "") -> list[str]:
    """
    The words before a command that give it a small disk at `folder`, holding what was in the folder already.

    Skips the test where the kernel lets nobody mount one.
    """
    script = (
        'set -e; d="$1"; shift; k="$(mktemp -d)"; cp -a "$d/." "$k/"; '
        f'mount -t tmpfs -o size={size} tmpfs "$d"; cp -a "$k/." "$d/"; rm -r "$k"; '
        + (f'mount -o remount,{options} "$d"; ' if options else "")
        + 'exec "$@"'
    )
    within = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(folder)]
    if shutil.which("unshare") is None:
        pytest.skip("a small disk needs `unshare`, which is not installed")
    tried = subprocess.run([*within, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {tried.stderr.strip()}")
    return within


@pytest.mark.usefixtures("var")
def test_it_says_what_to_open_answers_the_first_question_and_stops_when_asked(serve: Serve) -> None:
    server = serve()
    server.wait()

    assert server.ask("/readyz")[1]["status"] == "ready"
    status, begun = server.ask("/api/v1/conversations", {})
    assert status == 201
    status, reply = server.ask(
        f"/api/v1/conversations/{begun['conversation_id']}/messages", {"text": "wat kost de pabo?"}, begun["token"]
    )
    assert (status, bool(reply["citations"])) == (200, True)

    code, out, err = server.stop()
    assert code == 0
    assert f"http://localhost:{server.port}/" in out
    assert "/desk" in out
    assert "/api/docs" in out
    assert "Traceback" not in err


@pytest.mark.usefixtures("var")
def test_it_stops_while_somebody_listens_to_events(serve: Serve) -> None:
    server = serve()
    server.wait()
    _, begun = server.ask("/api/v1/conversations", {})
    with socket.create_connection(("127.0.0.1", server.port)) as listening:
        path = f"/api/v1/conversations/{begun['conversation_id']}/events"
        listening.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {begun['token']}\r\n\r\n".encode())
        listening.settimeout(PATIENCE_SECONDS)
        heard = b""
        while b"retry: 3000" not in heard:
            heard += listening.recv(4096)

        code, _, _ = server.stop(signal.SIGTERM)

    assert b" 200 " in heard
    assert code in (0, -signal.SIGTERM)


def test_a_port_in_use_is_said_at_once_with_what_to_do(serve: Serve, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        out, err = (process := serve().process).communicate(timeout=_LONGEST_START_SECONDS)

    assert process.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in err
    assert "use --port" in err
    assert "Traceback" not in err
    assert out == ""


@pytest.mark.usefixtures("var")
@pytest.mark.parametrize(
    ("environment", "exit_code", "told"),
    [
        ({"LOKET_CONTENT": "{broken}"}, 1, r"sources/bronnen\.yaml:6: .* -> "),
        ({"LOKET_CONTENT": "nergens"}, 1, "point LOKET_CONTENT at a folder"),
        ({"LOKET_MESSAGES_PER_MINUTE": "0"}, 2, "LOKET_MESSAGES_PER_MINUTE: "),
        ({"LOKET_VAR": "/proc/loket"}, 1, "check disk space, rights"),
        ({"LOKET_PEOPLE_URL": "mysql://x/y"}, 1, "LOKET_PEOPLE_URL"),
        ({"LOKET_QDRANT_URL": "http://127.0.0.1:1"}, 1, "LOKET_QDRANT_URL"),
    ],
)
def test_what_keeps_it_from_starting_is_explained(
    loket: Callable[..., Result],
    port: int,
    broken_content: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    exit_code: int,
    told: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value.replace("{broken}", str(broken_content)))

    result = loket("serve", "--port", port)

    assert result.exit_code == exit_code
    assert isinstance(result.exception, SystemExit)
    assert re.search(told, result.stderr), result.stderr


@pytest.mark.parametrize(("size", "told"), [("64k", "database or disk is full"), ("1m", "free some room")])
def test_a_disk_too_small_to_start_on_is_explained(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: str, told: str
) -> None:
    var = tmp_path / "small"
    var.mkdir()
    monkeypatch.setenv("LOKET_VAR", str(var))
    monkeypatch.setenv("LOKET_EMBEDDER", "none")

    _, err = (process := serve(*_on_a_disk_of(size, var)).process).communicate(timeout=_LONGEST_START_SECONDS)

    assert process.returncode == 1
    assert told in err
    assert "Traceback" not in err


def test_a_data_folder_that_can_only_be_read_is_explained(serve: Serve, var: Path) -> None:
    within = _on_a_disk_of("500m", var, options="ro")

    _, err = (process := serve(*within).process).communicate(timeout=_LONGEST_START_SECONDS)

    assert process.returncode == 1
    assert "rights" in err
    assert "Traceback" not in err


def test_a_disk_that_fills_up_keeps_nothing_and_brings_nothing_down(serve: Serve, var: Path) -> None:
    server = serve(*_on_a_disk_of("500m", var))
    server.wait()
    _, begun = server.ask("/api/v1/conversations", {})
    messages = f"/api/v1/conversations/{begun['conversation_id']}/messages"
    filler = Path(f"/proc/{server.process.pid}/root{var}/filler")

    with filler.open("wb", buffering=0) as file:
        _fill(file.fileno())
    refused = [server.ask(messages, {"text": "wat kost de pabo?"}, begun["token"]) for _ in range(3)]
    filler.unlink()
    mended = server.ask(messages, {"text": "wat kost de pabo?"}, begun["token"])

    assert {status for status, _ in refused} == {503}
    assert refused[0][1]["detail"].startswith("Ik kan nu niets bewaren.")
    assert mended[0] == 200
    assert len(server.ask(messages.removesuffix("/messages"), token=begun["token"])[1]["turns"]) == 1
    assert server.stop()[0] == 0


def _fill(descriptor: int) -> None:
    """Write until the disk takes not one byte more."""
    for piece in (bytes(1024 * 1024), bytes(4096), b"x"):
        try:
            while True:
                os.write(descriptor, piece)
        except OSError:
            continue
