"""The log of who saw and changed what, to read and to take along."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from starlette.responses import Response

from assistant.accounts.audit import Action, AuditEntry
from assistant.desk.dependencies import Audit, AuditReader, CurrentCatalogue, StoreSession
from assistant.desk.pages.audit import audit_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.wording import ACTIONS
from assistant.storage.audit import AuditFilter, AuditStore
from assistant.storage.clock import utc_now

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_PAGE_SIZE = 50
_MOST_LINES = 100_000
_COLUMNS = ("moment", "wie", "wat", "waarvan", "regio", "bijzonderheden")
_Text = Annotated[str, Query(max_length=64)]


@router.get("/logboek")
def log(
    adviser: AuditReader,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    wie: _Text = "",
    wat: _Text = "",
    van: _Text = "",
    vanaf: _Text = "",
    tot: _Text = "",
    voor: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """The deeds in one's regions, the newest first. A filter value we do not know filters nothing."""
    store = AuditStore(session)
    wanted = _wanted(adviser.account.regions, wie, wat, van, vanaf, tot)
    entries = store.page(wanted, voor, _PAGE_SIZE + 1)
    filled = {"wie": wie, "wat": wat, "van": van.strip(), "vanaf": vanaf, "tot": tot}
    page = audit_page(
        adviser,
        catalogue,
        entries[:_PAGE_SIZE],
        store.actors(adviser.account.regions),
        filled,
        store.begins_at(),
        len(entries) > _PAGE_SIZE,
        utc_now(),
    )
    return render("audit.html", page)


@router.get("/logboek.csv")
def log_as_csv(
    adviser: AuditReader,
    session: StoreSession,
    audit: Audit,
    wie: _Text = "",
    wat: _Text = "",
    van: _Text = "",
    vanaf: _Text = "",
    tot: _Text = "",
) -> Response:
    """The same as a table for a spreadsheet; that it was taken along is a deed too."""
    wanted = _wanted(adviser.account.regions, wie, wat, van, vanaf, tot)
    entries = AuditStore(session).all(wanted)
    content = _as_csv(entries)
    audit.record(Action.AUDIT_EXPORTED)
    headers = {"Content-Disposition": f'attachment; filename="logboek-{utc_now():%Y-%m-%d}.csv"'}
    # The sign in front tells a spreadsheet that it is UTF-8.
    return Response("\ufeff" + content, media_type="text/csv; charset=utf-8", headers=headers)


def _wanted(regions: tuple[str, ...], wie: str, wat: str, van: str, vanaf: str, tot: str) -> AuditFilter:
    until = _day(tot)
    return AuditFilter(
        regions=regions,
        actor_id=wie,
        action=Action(wat) if wat in {action.value for action in Action} else None,
        subject=van.strip(),
        since=_day(vanaf),
        until=until + timedelta(days=1) if until else None,
    )


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), _AMSTERDAM)
    except ValueError:
        return None


def _as_csv(entries: Iterator[AuditEntry]) -> str:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    writer.writerow(_COLUMNS)
    for entry in islice(entries, _MOST_LINES):
        local = entry.at.astimezone(_AMSTERDAM)
        cells = (f"{local:%Y-%m-%d %H:%M:%S}", entry.actor, ACTIONS[entry.action], entry.subject)
        writer.writerow(map(_harmless, (*cells, " ".join(entry.regions), entry.detail)))
    return line.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
