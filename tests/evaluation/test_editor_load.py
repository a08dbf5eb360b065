"""The measurement of the editor's pages: a store of years is made, and every page of it answers."""

from pathlib import Path

from evaluation.load.editor import measure_editor


def test_every_page_of_an_editor_is_timed_over_made_up_histories(tmp_path: Path) -> None:
    measured = measure_editor(tmp_path, records=700, revisions=400, times=2)

    assert measured.store == "SQLite"
    assert {"a form", "a list", "a history", "where an editor begins"} <= set(measured.pages)
    assert all(len(took) == 2 and min(took) > 0 for took in measured.milliseconds.values())
    assert measured.p95(measured.pages[0]) >= measured.p95(measured.pages[-1])
