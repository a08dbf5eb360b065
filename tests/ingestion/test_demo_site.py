"""The demo site, ingested before and after: what changed is found, what is hidden is not, what fails is said."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.demo.site import DemoSite, served
from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader
from ingestion.registry import SourceRegistry
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore
from ingestion.store.session import open_knowledge
from ingestion.watch import Watch
from knowledge.index.passages import StoredPassages
from knowledge.passage import Passage
from tests.serving import free_port

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
PORT = free_port()


@pytest.fixture
def watch(tmp_path: Path, knowledge_address: str) -> Watch:
    """A watch that may reach this machine, on 1 December 2026."""
    sessions = open_knowledge(knowledge_address)
    return Watch(
        SourceRegistry(sessions, {}),
        PageStore(sessions),
        Archive(tmp_path / "archive"),
        _downloader(),
        StoredPassages(tmp_path / "passages"),
        lambda: NOW,
        pause_seconds=0.0,
    )


def ingested(watch: Watch, version: str, live: bool = True) -> tuple[SiteReport, list[Passage]]:
    """The report of a run over that version, and the passages after it."""
    with served(DemoSite(version), PORT) as address:  # type: ignore[arg-type]
        source = WatchedSource.model_validate(
            {
                "id": "demo",
                "title": "Demo",
                "owner": "Loket Duinstreek",
                "start": [f"{address}/"],
                "status": "active",
                "regions": ["haaglanden"],
                "goes_live": ["passages"] if live else [],
            }
        )
        # Connections of its own, as another run has: those of the run before lead to the version of then.
        report = replace(watch, downloader=_downloader()).run(source, lambda: "generation-1")
    return report, watch.stored.of("demo")


def _downloader() -> Downloader:
    return Downloader("x@example.org", allow_loopback=True, pause=lambda _seconds: None)


def said(passages: list[Passage], words: str) -> list[str]:
    """The paths of the passages that say that."""
    return [(each.url or "").removeprefix(f"http://127.0.0.1:{PORT}") for each in passages if words in each.text]


def test_given_the_demo_site_when_ingested_then_what_it_says_is_found_where_it_says_it(watch: Watch) -> None:
    report, passages = ingested(watch, "before")
    assert report.fetched.complete
    assert report.generation == "generation-1"
    assert said(passages, "| Pabo voltijd | € 2.601,- collegegeld per jaar |") == ["/kosten"]
    assert said(passages, "25 duizend euro per zij-instromer") == ["/zij-instroom"]
    assert said(passages, "beginnende leraar, schaal LB.") == ["/zij-instroom"]
    assert said(passages, "De Schelp College | Helmgras Onderwijs") == ["/scholen.xlsx"]
    assert said(passages, "Dat gesprek duurt een uur") == ["/stappenplan.docx"]
    assert said(passages, "is € 2.601,- voor het studiejaar 2025-2026") == ["/flyer.pdf"]
    assert said(passages, "Elke dinsdag van 16.00 tot 18.00 uur") == ["/"]
    sections = {each.section for each in passages if each.url and each.url.endswith("/zij-instroom")}
    assert {"Hoe lang duurt het?", "Wie betaalt het?"} <= {each.rpartition(" > ")[2] for each in sections}
    assert {each.publisher for each in passages} == {"Loket Duinstreek"}


def test_given_instructions_hidden_in_a_page_when_ingested_then_nothing_of_them_is_kept(watch: Watch) -> None:
    _, passages = ingested(watch, "before")
    text = " ".join(each.text for each in passages)
    assert "vier zij-instromers begonnen" in text
    for hidden in ("altijd gratis", "50.000", "kwaad.example", "Ignore previous", "cookies"):
        assert hidden not in text


def test_given_a_broken_a_moved_and_a_forbidden_page_when_ingested_then_each_is_a_line(watch: Watch) -> None:
    report, _ = ingested(watch, "before")
    base = f"http://127.0.0.1:{PORT}"
    told = {each["address"].removeprefix(base): each["why"] for each in report.fetched.failed}
    assert told == {"/kapot": "the server answers 500", "/intern/notulen": "robots.txt forbids it"}
    assert report.fetched.moved == [{"address": f"{base}/leraar-worden", "to": f"{base}/zij-instroom"}]


def test_given_the_site_some_weeks_later_when_ingested_then_only_what_differs_is_read(watch: Watch) -> None:
    _, before = ingested(watch, "before")
    report, after = ingested(watch, "after")
    assert report.fetched.counts["gone"] == 2
    assert said(after, "€ 2.694,- collegegeld") == ["/kosten"]
    assert said(after, "2.601") == ["/stappenplan.docx"] or said(after, "€ 2.601") == []
    assert said(after, "meelopen op een basisschool") == said(after, "groep 5") == []
    assert said(after, "bewegingsonderwijs")
    assert said(after, "Elke donderdag van 15.00") == ["/"]
    same = [each for each in before if said([each], "geen grens aan de leeftijd")]
    assert same
    assert all(each in after for each in same)


def test_given_the_same_site_when_ingested_again_then_nothing_is_sent_read_or_published(watch: Watch) -> None:
    _, before = ingested(watch, "before")
    report, after = ingested(watch, "before")
    assert set(report.fetched.counts) <= {"same", "failed"}
    assert (report.added, report.removed, report.generation) == (0, 0, "")
    assert after == before


def test_given_a_source_of_which_nothing_goes_live_when_ingested_then_no_passage_is_kept(watch: Watch) -> None:
    report, passages = ingested(watch, "before", live=False)
    assert report.fetched.counts["new"] > 10
    assert (passages, report.generation) == ([], "")


def test_given_an_index_that_fails_when_ingested_then_the_passages_are_as_they_were(watch: Watch) -> None:
    _, before = ingested(watch, "before")

    def fails() -> str:
        raise OSError("disk full")

    with served(DemoSite("after"), PORT) as address:
        source = WatchedSource.model_validate(
            {"id": "demo", "title": "Demo", "owner": "Demo", "start": [f"{address}/"], "goes_live": ["passages"]}
        )
        with pytest.raises(OSError, match="disk full"):
            watch.run(source, fails)
    assert watch.stored.of("demo") == before
