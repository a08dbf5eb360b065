"""The report: valid, escaped, worst first, and what got worse before anything else."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from evaluation.case import split_of
from evaluation.report import Compared, Report, report_of, show, shown_alone, write, written
from evaluation.result import Curve, Histogram, Judged, PartResult, Point, RunResult, Score, Table
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
    curve = Curve(title="Sure", said="confidence", came="right", points=(Point(said=0.5, came=0.4, of=10),))
    part = PartResult(
        part="answering", scores=scores, judged=cases, tables=tables, histograms=(histogram,), curves=(curve,)
    )
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
    assert [each for each in addresses if not each.startswith("#")] == ["data:,"]


def test_pictures_say_in_words_what_they_show() -> None:
    page = page_of(report_of(run_of("1", 0.5)))

    pictures = [each for each in page.iter() if each.tag.endswith("svg")]

    assert len(pictures) == 3
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
    assert [(each.compared.score.name, each.compared.change) for each in report.worse_scores] == [
        ("right", "-10.0%"),
        ("unsupported numbers", "+2"),
    ]
    assert [each.text for each in page_of(report).findall(".//h2")] == ["What got worse", "Worst cases", "Answering"]


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


def test_cases_of_the_test_split_are_counted_and_not_shown_unless_somebody_asks() -> None:
    assert (split_of("a"), split_of("g")) == ("dev", "test")
    now = run_of("2", 0.5, judged("a", False), judged("g", False, wrong=("the secret",)), split="all")
    before = run_of("1", 0.5, judged("a", True), judged("g", True), split="all")
    out = StringIO()

    report = report_of(now, before)
    show(report, Console(file=out, width=140))

    assert "the secret" not in written(report) + out.getvalue()
    assert "1 of these are of the test split" in written(report)
    assert "2 cases broke" in out.getvalue()
    assert [each.id for each in shown_alone(now).parts[0].judged] == ["a"]
    assert "the secret" in written(report_of(now, before, reveal=True))


def test_a_change_says_whether_it_is_more_than_chance() -> None:
    ids = [f"zaak-{number}" for number in range(200)]
    before = run_of("1", 0.5, *(judged(each, True) for each in ids))
    now = run_of("2", 0.5, *(judged(each, number >= 40) for number, each in enumerate(ids)))
    hardly = run_of("2", 0.5, *(judged(each, number != 0) for number, each in enumerate(ids)))

    assert report_of(now, before).same_cases[0].words.startswith("-20.0 points (")
    assert report_of(now, before).same_cases[0].words.endswith("on 200 cases: worse")
    assert report_of(hardly, before).same_cases[0].words.endswith("no more than chance")
    assert report_of(before, before).same_cases[0].words == "the same on 200 cases"


def test_a_time_is_worse_only_outside_its_interval() -> None:
    now = Score(name="p95", value=26.6, low=24.5, high=27.8, of=500, unit="ms", better="lower")

    assert not Compared("answering", now, now.model_copy(update={"value": 26.2})).got_worse
    assert Compared("answering", now, now.model_copy(update={"value": 20.0})).got_worse
