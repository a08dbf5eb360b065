"""
How long the editor's lists and forms take with 5,000 records and 50,000 revisions, on SQLite and on PostgreSQL.

`python -m evaluation.load.editor`; with `--sqlite` or `--postgresql` one of both.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import cast

import numpy as np
from fastapi.testclient import TestClient

from assistant.accounts.role import Role
from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from evaluation.load.desk import EMAIL, PASSWORD, sign_in, timed
from evaluation.load.postgresql import NoPostgreSQL, running_postgresql
from evaluation.load.revisions import RECORDS, REVISIONS, fill_editorial
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial
from knowledge.record import Frozen

PROMISED_MS = 150
_TIMES = 20


class EditorMeasured(Frozen):
    """Milliseconds of every page, from the request to the whole answer."""

    store: str
    records: int
    revisions: int
    milliseconds: dict[str, tuple[float, ...]]

    def p95(self, page: str) -> float:
        """Of one page."""
        return float(np.percentile(self.milliseconds[page], 95))

    @property
    def pages(self) -> tuple[str, ...]:
        """The slowest first."""
        return tuple(sorted(self.milliseconds, key=self.p95, reverse=True))


def measure_editor(
    folder: Path, knowledge_url: str = "", records: int = RECORDS, revisions: int = REVISIONS, times: int = _TIMES
) -> EditorMeasured:
    """
    Fill a store of its own and open lists, forms and histories, signed in, again and again.

    :param folder: A data folder to throw away.
    :param knowledge_url: An empty PostgreSQL; empty: SQLite in the folder.
    :raises RuntimeError: If a page does not answer as it should.
    """
    settings = Settings(var=folder, knowledge_url=knowledge_url, embedder="none", rate_limit="off", smtp_host="")
    keys = fill_editorial(settings.knowledge_address, records, revisions)
    app = create_app(settings)
    with TestClient(app) as client:
        with app.state.sessions.begin() as session:
            AccountStore(session).add(EMAIL, "Meting", ("haaglanden", "hak", "ldb"), PASSWORD, Role.REGION_ADMIN)
        sign_in(client)
        pages = _pages(keys, cast(Editorial, app.state.editorial))
        took = {name: tuple(timed(client, address, times)) for name, address in pages.items()}
    store = "PostgreSQL" if knowledge_url else "SQLite"
    return EditorMeasured(store=store, records=records, revisions=revisions, milliseconds=took)


def _pages(keys: list[ItemKey], editorial: Editorial) -> dict[str, str]:
    """What an editor opens all day, by what it is."""
    here, form = "/desk/redactie", f"/desk/redactie/onderdeel/records/{keys[-1].id}"
    cost = next(key.id for number, key in enumerate(keys) if number % 5 == 1)
    change = editorial.change_sets.list(limit=1)[0][0].id
    ticked = "&".join(f"wie={key.id}" for number, key in enumerate(keys[:100]) if number % 5 != 1)
    return {
        "where an editor begins": here,
        "a list": f"{here}/lijst/faq",
        "a list, far on": f"{here}/lijst/faq?vanaf=3000",
        "a list, searched": f"{here}/lijst/faq?zoek=onderdeel+49",
        "a list, changed last first": f"{here}/lijst/cost?volgorde=changed",
        "a list, drafts of a region": f"{here}/lijst/faq?stand=draft&regio=haaglanden",
        "a form": form,
        "a form with amounts": f"{here}/onderdeel/records/{cost}",
        "a form with a draft": f"{here}/onderdeel/records/{keys[0].id}",
        "a new one": f"{here}/nieuw/cost",
        "a history": f"{form}/geschiedenis",
        "many chosen": f"{here}/samen/faq?{ticked}",
        "a list as a spreadsheet": f"{here}/tabel/cost",
        "regions": f"{here}/regio",
        "what is taken over": f"{here}/overgenomen",
        "what has no English": f"{here}/vertalen",
        "publications": f"{here}/publicaties",
        "a change (looked over whole)": f"{here}/wijziging/{change}",
    }


def main() -> None:
    """Print the table, the slowest page first."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    records, revisions = (*numbers, RECORDS, REVISIONS)[:2] if len(numbers) > 1 else (RECORDS, REVISIONS)
    measured = []
    with ExitStack() as stack:
        homes = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="loketgids-editor-"))) for _ in range(2)]
        if "--postgresql" not in sys.argv:
            measured.append(measure_editor(homes[0], "", records, revisions))
        try:
            if "--sqlite" not in sys.argv:
                url = stack.enter_context(running_postgresql())
                measured.append(measure_editor(homes[1], url, records, revisions))
        except NoPostgreSQL as missing:
            print(missing, file=sys.stderr)  # noqa: T201
    for each in measured:
        print(  # noqa: T201
            f"\n{each.store}, {each.records:,} records, {each.revisions:,} revisions; promised {PROMISED_MS} ms\n\n"
            "| page | p50 ms | p95 ms |\n|---|---|---|"
        )
        for page in each.pages:
            print(f"| {page} | {np.percentile(each.milliseconds[page], 50):.0f} | {each.p95(page):.0f} |")  # noqa: T201


if __name__ == "__main__":
    main()
