"""MeasuredServer: the product as a process of its own on loopback, with a data folder of its own."""

import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_PATIENCE_SECONDS = 900.0
_SERVE = "from assistant.cli import app; app()"


class ServerProblem(Exception):
    """The server did not come up; the message holds the last it said."""


@dataclass(frozen=True)
class MeasuredServer:
    """A server that runs, and how long it took."""

    address: str
    pid: int
    first_answer_seconds: float
    """From starting the process to the first answer to a question."""

    def memory(self) -> tuple[float | None, float | None]:
        """Resident memory now and at its highest, in MB (1,000,000 bytes); None where `/proc` is not there."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None, None
        kilobytes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status.read_text(), re.MULTILINE))
        return tuple(int(kilobytes[each]) * 1.024 / 1000 for each in ("VmRSS", "VmHWM"))  # type: ignore[return-value]


@contextmanager
def serving(var: Path) -> Iterator[MeasuredServer]:
    """
    A server on a free port of loopback, until the block ends.

    :param var: Its data folder.
    :raises ServerProblem: If it ends, or answers nothing within fifteen minutes.
    """
    port = _free_port()
    settings = {"LOKET_VAR": str(var), "LOKET_RATE_LIMIT": "off", "LOKET_SMTP_HOST": "", "LOKET_PEOPLE_URL": ""}
    began = time.monotonic()
    log = var / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, and no words from outside
            [sys.executable, "-c", _SERVE, "serve", "--port", str(port)],
            env=os.environ | settings, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for_an_answer(address, process, log)
        yield MeasuredServer(address, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def build_index(var: Path, vectors: Path) -> None:
    """
    Let a server make the whole index in its data folder.

    :param vectors: A cache of vectors to begin with, so that only what changed is embedded; it may be absent.
    :raises ServerProblem: If the index is not there within fifteen minutes.
    """
    var.mkdir(parents=True, exist_ok=True)
    if vectors.exists():
        shutil.copy(vectors, var / vectors.name)
    with serving(var) as server:
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            state = httpx.get(f"{server.address}/readyz", timeout=30).json()
            if not _is_building(state):
                return
            time.sleep(0.5)
    raise ServerProblem(f"the index was not built within {_PATIENCE_SECONDS:.0f} s; see {var / 'server.log'}")


def machine() -> str:
    """Processor, cores, memory and Python, as the report names them."""
    processor = platform.processor() or platform.machine()
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        processor = found.group(1) if found else processor
    except OSError:
        pass
    return f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def _is_building(state: object) -> bool:
    index = state.get("index", state) if isinstance(state, dict) else {}
    return bool(index.get("building", False)) if isinstance(index, dict) else False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_an_answer(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ServerProblem(f"the server ended with code {process.returncode}:\n{log.read_text()[-2000:]}")
        try:
            conversation = httpx.post(f"{address}/api/v1/conversations", json={}, timeout=30).json()
            answer = httpx.post(
                f"{address}/api/v1/conversations/{conversation['conversation_id']}/messages",
                json={"text": "wat kost de pabo?"},
                headers={"Authorization": f"Bearer {conversation['token']}"},
                timeout=30,
            )
            answer.raise_for_status()
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return
    raise ServerProblem(f"no answer within {_PATIENCE_SECONDS:.0f} s; see {log}")
