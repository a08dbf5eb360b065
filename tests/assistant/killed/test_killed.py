"""The server is killed again and again while leads come in: what was acknowledged is there, and nothing twice."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from assistant.leads.consent import consent_text
from assistant.settings import Settings
from assistant.storage.session import open_store
from knowledge.catalogue import Catalogue
from knowledge.place import Region
from tests.serving import free_port
from tests.waiting import PATIENCE_SECONDS, until

KILLS = 50
VISITORS = 4
SEED = 20261128


class Mailbox:
    """Keeps the id of each mail."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.ids.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A real mail server."""
    kept, port = Mailbox(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


class Visitors:
    """People who leave their details, each until it is acknowledged, as a browser or its owner would try again."""

    def __init__(self, address: str, version: str) -> None:
        self._address = address
        self._version = version
        self._stop = threading.Event()
        self.acknowledged: dict[str, set[str]] = {}
        self.asked: set[str] = set()
        self.wrong: list[str] = []
        self._threads = [threading.Thread(target=self._go, args=(number,)) for number in range(VISITORS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for(self, more: int) -> None:
        """Wait until so many more have been acknowledged."""
        enough, ends = len(self.acknowledged) + more, time.monotonic() + PATIENCE_SECONDS
        while len(self.acknowledged) < enough:
            assert time.monotonic() < ends, "nobody hears any more that their details arrived"
            time.sleep(0.002)

    def finish(self) -> None:
        """Let everybody finish what they began."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive(), "somebody never heard that their details arrived"

    def _go(self, number: int) -> None:
        with httpx.Client(base_url=self._address, timeout=PATIENCE_SECONDS) as client:
            count = 0
            while not self._stop.is_set():
                count += 1
                self._leave(client, f"Bezoeker {number}-{count}")

    def _leave(self, client: httpx.Client, name: str) -> None:
        self.asked.add(name)
        consent = {"version": self._version, "given": True}
        email = f"{name.replace(' ', '-')}@example.org"
        lead = {"name": name, "email": email, "preferred_contact": "email", "consent": consent}
        while True:
            try:
                answer = client.post("/api/v1/leads", json=lead)
            except httpx.HTTPError:
                time.sleep(0.02)
                continue
            if answer.status_code == 201:
                self.acknowledged.setdefault(name, set()).add(answer.json()["lead_id"])
                # Some click twice.
                if random.random() < 0.1:  # noqa: S311
                    continue
                return
            if answer.status_code != 503:
                self.wrong.append(f"{answer.status_code} {answer.text}")
                return


def test_after_fifty_kills_every_acknowledged_lead_is_there_and_none_is_there_twice(
    tmp_path: Path,
    catalogue: Catalogue,
    mailbox: tuple[Mailbox, int],
    record_property: Callable[[str, object], None],
) -> None:
    kept, smtp_port = mailbox
    port, url = free_port(), f"sqlite:///{tmp_path / 'people.sqlite'}"
    open_store(url)
    region = next(each for each in catalogue.all(Region) if each.id == "haaglanden")
    version = consent_text(region, "nl", Settings().lead_retention).version
    script = Path(__file__).parent / "server.py"
    moment = random.Random(SEED)  # noqa: S311 - a test that can be run again
    with subprocess.Popen(
        [sys.executable, str(script), url, str(port), str(smtp_port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as zygote:
        assert zygote.stdin is not None
        assert zygote.stdout is not None

        def start() -> int:
            assert zygote.stdin is not None
            assert zygote.stdout is not None
            zygote.stdin.write("\n")
            zygote.stdin.flush()
            told = {zygote.stdout.readline().strip(), zygote.stdout.readline().strip()}
            assert "ready" in told, told
            return int((told - {"ready"}).pop())

        def kill(process: int) -> None:
            assert zygote.stdout is not None
            os.kill(process, signal.SIGKILL)
            assert zygote.stdout.readline().strip() == "ended"

        visitors = Visitors(f"http://127.0.0.1:{port}", version)
        process = start()
        visitors.start()
        for _ in range(KILLS):
            # After some more leads, however slow the machine is, and then at whatever moment it is.
            visitors.wait_for(moment.randint(1, 3))
            time.sleep(moment.uniform(0, 0.03))
            kill(process)
            process = start()
        visitors.finish()
        sessions = open_store(url)
        until(lambda: not _unsent(sessions), "the mail of every lead is sent")
        kill(process)
        zygote.stdin.close()

    # In the report of a run (`--junit-xml`), so that it can be shown what the server went through.
    record_property("kills", KILLS)
    record_property("leads asked for", len(visitors.asked))
    record_property("leads acknowledged", len(visitors.acknowledged))
    assert visitors.wrong == []
    assert set(visitors.acknowledged) == visitors.asked
    assert len(visitors.asked) > KILLS, "so few came in that the kills met nobody"
    with sessions() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        rows = {row.id: row.name for row in session.execute(text("SELECT id, name FROM lead"))}
        mails = Counter(session.scalars(text("SELECT lead_id FROM outbox")))
        sent = set(session.scalars(text("SELECT id FROM outbox WHERE sent_at IS NOT NULL")))
    assert {name: {id_} for id_, name in rows.items()} == visitors.acknowledged
    assert len(rows) == len(visitors.asked), "none twice"
    assert mails == Counter(dict.fromkeys(rows, 2)), "of each lead one mail to the loket, and one copy"
    # What was on its way at a kill waits for its lease to end, and goes again under the same id; the rest has arrived.
    arrived = {id_.strip("<>").partition("@")[0] for id_ in kept.ids}
    assert sent <= arrived
    assert 2 * len(rows) - len(sent) <= KILLS


def _unsent(sessions: Any) -> bool:
    with sessions() as session:
        return bool(
            session.scalar(
                text(
                    "SELECT 1 FROM outbox WHERE sent_at IS NULL AND attempts = 0 AND next_attempt_at IS NOT NULL LIMIT 1"
                )
            )
        )
