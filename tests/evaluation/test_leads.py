"""The desk is measured over made-up leads: the same every time, and every page that the service has."""

from pathlib import Path

import pytest

from evaluation.load.desk import measure_desk
from evaluation.load.postgresql import NoPostgreSQL, running_postgresql


def _is_complete(pages: dict[str, tuple[float, ...]]) -> bool:
    return {"/desk", "/desk/cijfers", "/desk/leads/{lead_id}", "/desk?zoek=ozl+yil", "/desk/team"} <= pages.keys()


def test_every_page_of_the_desk_is_timed_over_made_up_leads(tmp_path: Path) -> None:
    measured = measure_desk(tmp_path, leads=600, times=2)

    assert (measured.store, measured.leads) == ("SQLite", 600)
    assert _is_complete(measured.milliseconds)
    assert all(len(each) == 2 and min(each) > 0 for each in measured.milliseconds.values())
    assert measured.p95(measured.pages[0]) >= measured.p95(measured.pages[-1])
    assert "/desk/cijfers.xlsx" not in measured.pages


def test_the_same_on_postgresql(tmp_path: Path) -> None:
    try:
        with running_postgresql() as address:
            measured = measure_desk(tmp_path, address, leads=600, times=2)
    except NoPostgreSQL as missing:
        pytest.skip(str(missing))

    assert measured.store == "PostgreSQL"
    assert _is_complete(measured.milliseconds)
