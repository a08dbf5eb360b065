"""The report of an evaluation as a page: for everybody, on a phone too."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from evaluation.report import report_of, write
from evaluation.result import Curve, Histogram, Judged, PartResult, Point, RunResult, Score, Table

pytestmark = pytest.mark.browser


def run_of(name: str, right: bool) -> RunResult:
    """A run with one of everything."""
    part = PartResult(
        part="answering",
        scores=(
            Score(
                name="right at once or after one question back", value=0.9 if right else 0.4, low=0.3, high=0.95, of=99
            ),
            Score(name="a turn, in process, p95", value=12.0, of=99, unit="ms", better="lower", promise=60),
        ),
        judged=(
            Judged(id="a", topic="kosten", asked="wat kost het" * 30, right=right, wrong=("x" * 200,), severity=3),
        ),
        tables=(Table(title="By topic", columns=("topic",) * 12, rows=(("a long name of a topic",) * 12,)),),
        histograms=(Histogram(title="How long", unit="ms", edges=(0.0, 5.0, 10.0), counts=(3, 1)),),
        curves=(Curve(title="Sure", said="confidence", came="right", points=(Point(said=0.5, came=0.4, of=9),)),),
    )
    return RunResult(
        run=name, started_at=datetime(2026, 12, 1, tzinfo=UTC), catalogue="abc", split="dev", machine="two cores",
        parts=(part,),
    )  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_the_report_is_for_everybody_and_fits_its_screen(browser: Browser, tmp_path: Path, width: int) -> None:
    write(report_of(run_of("2", False), run_of("1", True)), tmp_path / "report.html")
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    try:
        page.goto((tmp_path / "report.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    finally:
        context.close()
