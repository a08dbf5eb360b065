"""The report: valid, escaped, worst first, and what got worse before anything else."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from evaluation.report import Report, report_of, show, write, written
from evaluation.result import Histogram, Judged, PartResult, RunResult, Score, Table
from evaluation.run import RESULTS, NoSuchRun, earlier_run


def judged(case_id: str, right: bool, severity: int = 1, **more: Any) -> Judged:
    """A case that went right or wrong."""
    return Judged(id=case_id, topic="kosten", asked="wat kost het?", right=right, severity=severity, **more)


def run_of(name: str, right: float | None, *cases: Judged, unsupported: int = 0, split: Any = "dev") -> RunResult:
    """A run with one part."""
    scores = (
        Score(name="right", value=right, low=0.1, high=0.9, of=10),
        Score(name="unsupported numbers", value=unsupported, of=10, unit="count", better="lower", promise=0),
    )
    tables = (Table(title="By topic", columns=("topic", "right"), rows=(("kosten <1>", "50%"),)),)
    histogram = Histogram(title="How long", unit="ms", edges=(0.0, 5.0, 10.0), counts=(3, 1))
    part = PartResult(part="answering", scores=scores, judged=cases, tables=tables, histograms=(histogram,))
    return RunResult(
        run=name, started_at=datetime(2026, 12, 1, tzinfo=UTC), catalogue="abc", split=split, machine="two cores",
        parts=(part,),
    )  # fmt: skip


def page_of(report: Report) -> ElementTree.Element:
    """The page as a parser of XML reads it, which forgives nothing."""
    html = written(report)
    assert html.startswith("<!DOCTYPE html>")
    return ElementTree.fromstring(html.removeprefix("<!DOCTYPE html>"))  # noqa: S314 - written here


def test_the_page_is_well_formed_and_asks_nothing_of_another_site() -> None:
    case = judged("a", False, wrong=("cites <b>nothing</b> & more",), got='<script>alert("x")</script>')

    page = page_of(report_of(run_of("1", 0.5, case)))

    assert page.find(".//script") is None
    assert [each.text for each in page.findall(".//article//ul/li")] == ["cites <b>nothing</b> & more"]
    addresses = [value for each in page.iter() for name, value in each.attrib.items() if name in ("src", "href")]
    assert addresses == ["data:,"]


def test_pictures_say_in_words_what_they_show() -> None:
    page = page_of(report_of(run_of("1", 0.5)))

    pictures = [each for each in page.iter() if each.tag.endswith("svg")]

    assert len(pictures) == 2
    assert all(each.attrib["role"] == "img" for each in pictures)
    assert all(any(child.tag.endswith("title") and child.text for child in each) for each in pictures)
    assert "right: 50.0%, between 10.0% and 90.0%" in written(report_of(run_of("1", 0.5)))


def test_the_worst_case_comes_first() -> None:
    report = report_of(run_of("1", 0.5, judged("a", False, 1), judged("b", True, 4), judged("c", False, 3)))

    assert [each.id for each in report.parts[0].worst] == ["c", "a"]


def test_what_got_worse_since_the_run_before_comes_before_every_part() -> None:
    before = run_of("1", 0.8, judged("a", True), judged("b", False), judged("c", True))
    now = run_of("2", 0.7, judged("a", False), judged("b", True), judged("c", True), judged("d", False), unsupported=2)

    report = report_of(now, before)

    assert [each.case.id for each in report.broken] == ["a"]
    assert [each.case.id for each in report.mended] == ["b"]
    assert [(each.score.name, each.change) for each in report.worse_scores] == [
        ("right", "-10.0%"),
        ("unsupported numbers", "+2"),
    ]
    assert [each.text for each in page_of(report).findall(".//h2")] == ["What got worse", "Answering"]


def test_a_score_that_got_better_or_stayed_is_not_among_what_got_worse() -> None:
    assert report_of(run_of("2", 0.9), run_of("1", 0.8)).worse_scores == ()
    assert report_of(run_of("2", 0.8), run_of("1", 0.8)).worse_scores == ()
    assert report_of(run_of("2", None), run_of("1", 0.8)).worse_scores == ()


def test_the_terminal_shows_scores_promises_and_worst_cases() -> None:
    out = StringIO()

    show(
        report_of(run_of("2", 0.5, judged("a", False, wrong=("cites [nothing]",)), unsupported=1), run_of("1", 0.6)),
        Console(file=out, width=140),
    )

    shown = out.getvalue()
    assert "<= 0" in shown
    assert "10.0% - 90.0%" in shown
    assert "cites [nothing]" in shown
    assert shown.index("Against 1") < shown.index("unsupported numbers")


def keep(out: Path, result: RunResult) -> None:
    """As a run leaves it."""
    (out / result.run).mkdir()
    (out / result.run / RESULTS).write_text(result.model_dump_json())
    write(report_of(result), out / result.run / "report.html")


def test_the_latest_run_is_the_newest_one_of_the_same_split(tmp_path: Path) -> None:
    for result in (run_of("1", 0.1), run_of("2", 0.2), run_of("3", 0.3, split="test")):
        keep(tmp_path, result)

    assert earlier_run(tmp_path, "latest", "dev", ["answering"]).run == "2"
    assert earlier_run(tmp_path, "latest", "test", ["answering"]).run == "3"
    assert earlier_run(tmp_path, "1", "dev", ["answering"]).run == "1"
    with pytest.raises(NoSuchRun):
        earlier_run(tmp_path, "latest", "dev", ["load"])


def test_a_run_that_is_not_there_is_an_error_that_lists_the_others(tmp_path: Path) -> None:
    keep(tmp_path, run_of("1", 0.1))

    with pytest.raises(NoSuchRun, match="there is 1"):
        earlier_run(tmp_path, "2025", "dev", ["answering"])
    with pytest.raises(NoSuchRun, match="none yet"):
        earlier_run(tmp_path / "empty", "latest", "dev", ["answering"])
