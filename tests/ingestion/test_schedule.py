"""Sources whose time has come are looked at while the server runs, one process at a time."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger

from ingestion.demo.site import DemoSite, served
from ingestion.registry import SourceRegistry
from ingestion.schedule import AT_NIGHT, COMMAND, LINKS_COMMAND, IngestSchedule
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore
from ingestion.store.session import open_knowledge
from knowledge.index.passages import StoredPassages
from tests.serving import free_port
from tests.waiting import until


def command(words: str) -> tuple[str, ...]:
    return (sys.executable, "-c", words)


def wait_for(file: Path, lines: int) -> list[str]:
    def told() -> list[str]:
        return file.read_text().splitlines() if file.exists() else []

    until(lambda: len(told()) >= lines, f"{lines} lines of what runs")
    return told()


def test_given_a_schedule_then_runs_follow_one_another_and_never_overlap(tmp_path: Path) -> None:
    told = tmp_path / "told"
    words = f"import time; f = open({str(told)!r}, 'a', buffering=1); f.write('begin\\n'); time.sleep(0.3); f.write('end\\n')"
    schedule = IngestSchedule(command(words), timedelta(seconds=0.1))

    schedule.start()
    lines = wait_for(told, 4)
    schedule.stop()

    assert lines[:4] == ["begin", "end", "begin", "end"]


def test_given_a_run_that_goes_on_when_the_server_stops_then_it_is_broken_off(tmp_path: Path) -> None:
    told = tmp_path / "told"
    words = f"import time; f = open({str(told)!r}, 'a', buffering=1); f.write('begin\\n'); time.sleep(600); f.write('end\\n')"
    schedule = IngestSchedule(command(words), timedelta(seconds=0.1))

    schedule.start()
    wait_for(told, 1)
    schedule.stop()

    assert told.read_text().splitlines() == ["begin"], "what runs for ten minutes was not waited for"


def test_given_an_hour_then_a_run_waits_for_it(tmp_path: Path) -> None:
    told = tmp_path / "told"
    words = f"f = open({str(told)!r}, 'a', buffering=1); f.write('begin\\n')"
    schedule = IngestSchedule(command(words), nightly=CronTrigger(second="*", timezone="UTC"))

    schedule.start()
    lines = wait_for(told, 1)
    schedule.stop()

    assert lines[:1] == ["begin"]
    assert LINKS_COMMAND[-3:] == ("links", "check", "--json")
    when = AT_NIGHT.get_next_fire_time(None, datetime(2026, 11, 28, 12, tzinfo=UTC))
    assert when is not None
    assert when.hour in (2, 3), "in the Netherlands, when hardly anybody asks anything"


def test_given_a_source_that_is_due_then_the_server_takes_it_in_by_itself_and_not_again_before_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"VAR": tmp_path, "EMBEDDER": "none", "FETCH_LOOPBACK": "true", "FETCH_PAUSE": "PT0S"}.items():
        monkeypatch.setenv(f"LOKET_{name}", str(value))
    monkeypatch.setattr("knowledge.own_process._NICENESS", 0)
    pages = PageStore(open_knowledge(f"sqlite:///{tmp_path / 'knowledge.sqlite'}"))
    registry = SourceRegistry(pages.sessions)
    for each in list(registry):
        registry.put(each.model_copy(update={"status": "paused"}), "test", datetime.now(UTC))
    port = free_port()
    source = {
        "id": "duin", "title": "Duin", "owner": "Loket Duinstreek", "start": [f"http://127.0.0.1:{port}/"], "status": "active",
        "goes_live": ["passages"],
    }  # fmt: skip
    registry.put(WatchedSource.model_validate(source), "test", datetime.now(UTC))
    schedule = IngestSchedule(COMMAND, timedelta(seconds=1))

    with served(DemoSite("before"), port):
        schedule.start()
        made = tmp_path / "index" / "current"
        until(lambda: bool(pages.last_ended("duin")) and made.exists(), "a run with its index", seconds=900)
        schedule.stop()

    [run] = pages.kept_runs("duin")
    assert run.state == "done"
    assert StoredPassages(tmp_path / "passages").of("duin")
    assert {each["source_id"] for each in pages.runs()} == {"duin"}
    assert registry.due(datetime.now(UTC), pages.all_ended()) == ()
