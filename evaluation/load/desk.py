"""
How long every page of the desk takes with fifty thousand leads, on SQLite and on PostgreSQL; `python -m evaluation.load.desk`.

The pages are read off the service itself, so that a new one is measured without a word here. On a machine that others use too,
`--processor` counts processor time alone.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import select

from assistant.accounts.role import Role
from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import Sessions
from assistant.storage.tables import LeadRow
from evaluation.load.leads import LEADS, fill
from evaluation.load.postgresql import NoPostgreSQL, running_postgresql
from evaluation.load.work import fill_work
from knowledge.record import Frozen

PROMISED_MS = {"SQLite": 150, "PostgreSQL": 100}
_REGIONS = ("haaglanden", "hak", "ldb")
EMAIL, PASSWORD = "meting@example.org", "een lang genoeg wachtwoord"
_TIMES = 20
_NO_PAGE = re.compile(r"/static/|/events$|/login|/link/|\{path:path\}|/nieuw$")
"""Files, streams, what is before logging in, and what only a script asks."""
_DOCUMENT = re.compile(r"\.(csv|xlsx|pdf|html)$")
"""Made when somebody asks for a file: listed, and not promised within the time of a page."""
_SEARCHES = (
    "/desk?zoek=ozl+yil",
    "/desk?zoek=ik",
    "/desk?zoek=zzz",
    "/desk?zoek=p49999%40example.org",
    "/desk?fase=left&onderwijs=mbo",
    "/desk?toon=wacht",
    "/desk?toon=ongelezen",
    "/desk?toon=mijn",
    "/desk?regio=hak&warmte=ready&binnen=ouder",
    "/desk?nieuwer_dan=2026-01-01T00%3A00%3A00%2B00%3A00_00000000-0000-4000-8000-000000000000",
    "/desk/cijfers?jaar=2025",
    "/desk/cijfers?kwartaal=3",
)


class DeskMeasured(Frozen):
    """Milliseconds of every page, from the request to the whole answer."""

    store: str
    leads: int
    milliseconds: dict[str, tuple[float, ...]]

    def p95(self, page: str) -> float:
        """Of one page."""
        return float(np.percentile(self.milliseconds[page], 95))

    @property
    def pages(self) -> tuple[str, ...]:
        """The slowest first, documents left out."""
        names = [each for each in self.milliseconds if not _DOCUMENT.search(each)]
        return tuple(sorted(names, key=self.p95, reverse=True))


def measure_desk(
    folder: Path,
    people_url: str = "",
    leads: int = LEADS,
    times: int = _TIMES,
    clock: Callable[[], float] = time.perf_counter,
) -> DeskMeasured:
    """
    Fill a store of its own and open every page, signed in, again and again.

    :param folder: A data folder to throw away.
    :param people_url: An empty PostgreSQL; empty: SQLite in the folder.
    :param clock: Seconds; `time.process_time` leaves out what others on the machine do, and a database server's own work.
    :raises RuntimeError: If a page does not answer as it should.
    """
    settings = Settings(var=folder, people_url=people_url, embedder="none", rate_limit="off", smtp_host="")
    app = create_app(settings)
    with TestClient(app) as client:
        known = _fill(app.state.sessions, leads)
        sign_in(client)
        addresses = {**_pages(app, known), **{each: each for each in _SEARCHES}}
        took = {name: tuple(timed(client, address, times, clock)) for name, address in addresses.items()}
    return DeskMeasured(store="PostgreSQL" if people_url else "SQLite", leads=leads, milliseconds=took)


def _fill(sessions: Sessions, leads: int) -> dict[str, str]:
    """Everything, and an id for each name in an address."""
    now = datetime.now(UTC)
    fill(sessions, leads, now)
    with sessions.begin() as session:
        account = AccountStore(session).add(EMAIL, "Meting", _REGIONS, PASSWORD, Role.REGION_ADMIN)
    fill_work(sessions, _REGIONS, account.id, now)
    with sessions() as session:
        lead_id = session.scalar(select(LeadRow.id).order_by(LeadRow.created_at).limit(1)) or ""
    return {"lead_id": lead_id, "account_id": account.id}


def sign_in(client: TestClient) -> None:
    """As the account of that address and password."""
    token = re.search(r'name="token" value="([^"]*)"', client.get("/desk/login").text)
    form = {"email": EMAIL, "password": PASSWORD, "token": token[1] if token else "", "next": ""}
    client.post("/desk/login", data=form)


def _pages(app: FastAPI, known: dict[str, str]) -> dict[str, str]:
    """Each page as it is routed, and the address to open."""
    found = {}
    for route in _within(app.routes):
        is_ours = route.path.startswith(("/desk", "/redactie")) and "GET" in (route.methods or set())
        if is_ours and not _NO_PAGE.search(route.path) and "{conversation_id}" not in route.path:
            found[route.path] = re.sub(r"\{(\w+)[^}]*\}", lambda name: known.get(name[1], "1"), route.path)
    return found


def _within(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from _within(getattr(getattr(route, "original_router", route), "routes", ()))


def timed(
    client: TestClient, address: str, times: int, clock: Callable[[], float] = time.perf_counter
) -> Iterator[float]:
    """
    Milliseconds of a page, again and again.

    :raises RuntimeError: If it does not answer as it should.
    """
    for number in range(times + 1):
        began = clock()
        answer = client.get(address)
        took = 1000 * (clock() - began)
        if answer.status_code not in (200, 404, 422) or answer.url.path.startswith("/desk/login"):
            raise RuntimeError(f"{address} answered {answer.status_code} at {answer.url}")
        if number:  # The first one also reads templates and fills caches.
            yield took


def main() -> None:
    """Print the table, the slowest page first; with `--json` for a program."""
    leads = next((int(each) for each in sys.argv[1:] if each.isdigit()), LEADS)
    measured, clock = [], time.process_time if "--processor" in sys.argv else time.perf_counter
    with ExitStack() as stack:
        homes = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="loketgids-desk-"))) for _ in range(2)]
        if "--postgresql" not in sys.argv:
            measured.append(measure_desk(homes[0], leads=leads, clock=clock))
        try:
            if "--sqlite" not in sys.argv:
                measured.append(measure_desk(homes[1], stack.enter_context(running_postgresql()), leads, clock=clock))
        except NoPostgreSQL as missing:
            print(missing, file=sys.stderr)  # noqa: T201
    if "--json" in sys.argv:
        print(json.dumps([each.model_dump() for each in measured], indent=2))  # noqa: T201
        return
    for each in measured:
        print(f"\n{each.store}, {each.leads:,} leads\n\n| page | p50 ms | p95 ms |\n|---|---|---|")  # noqa: T201
        for page in (*each.pages, *sorted(set(each.milliseconds) - set(each.pages))):
            took = each.milliseconds[page]
            print(f"| {page} | {np.percentile(took, 50):.0f} | {each.p95(page):.0f} |")  # noqa: T201


if __name__ == "__main__":
    main()
