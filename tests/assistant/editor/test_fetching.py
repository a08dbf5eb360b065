"""An editor keeps an eye on the sources: over real stores and a real site on this machine, without a browser."""

import fcntl
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assistant.accounts.audit import Action
from assistant.editor.fetch_words import why_in_words
from assistant.storage.tables import AuditRow
from ingestion.demo.site import DemoSite, served
from ingestion.overseeing import LOCK
from ingestion.registry import SourceRegistry
from ingestion.source import WatchedSource
from ingestion.store.pages import Fetched, PageStore, ToFetch
from ingestion.store.session import open_knowledge
from knowledge.publishing.proposal import Evidence, Proposed
from tests.assistant.editor.conftest import EditorsDesk
from tests.serving import free_port
from tests.waiting import until

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
PAGE = "/desk/redactie/ophalen"
PORT = free_port()


@pytest.fixture
def pages(editors_desk: EditorsDesk) -> PageStore:
    return PageStore(open_knowledge(editors_desk.app.state.settings.knowledge_address))


@pytest.fixture
def watched(pages: PageStore) -> Any:
    """Adds a source of that name."""

    def add(name: str, regions: tuple[str, ...] = ("haaglanden",), **more: Any) -> WatchedSource:
        given = {
            "id": name, "title": f"Bron {name}", "owner": "Loket Duinstreek", "start": [f"http://127.0.0.1:{PORT}/"],
            "regions": regions, "status": "active",
        }  # fmt: skip
        source = WatchedSource.model_validate(given | more)
        SourceRegistry(pages.sessions).put(source, "test", NOW)
        return source

    return add


@pytest.fixture
def held(editors_desk: EditorsDesk) -> Iterator[None]:
    """While somebody fetches."""
    with (editors_desk.app.state.settings.var / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def actions(desk: EditorsDesk) -> list[str]:
    with desk.app.state.sessions() as session:
        return [str(row.action) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def test_given_sources_then_those_of_the_region_and_of_all_regions_are_listed(
    editors_desk: EditorsDesk, watched: Any
) -> None:
    for name, regions in (("onze", ("haaglanden",)), ("landelijk", ()), ("andere", ("ldb",))):
        watched(name, regions)

    listed = editors_desk.get(PAGE)

    assert "Bron onze" in listed
    assert "Bron landelijk" in listed
    assert "Bron andere" not in listed
    assert PAGE in editors_desk.get("/desk/redactie")
    assert "Bron onze" in editors_desk.get(f"{PAGE}?welke=nieuw")
    assert "Bron onze" not in editors_desk.get(f"{PAGE}?welke=pauze")


def test_given_a_source_when_fetched_now_then_its_run_is_told_page_by_page_in_dutch(
    editors_desk: EditorsDesk, watched: Any, pages: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = editors_desk.app.state.settings
    for name, value in {
        "VAR": settings.var, "EMBEDDER": "none", "FETCH_LOOPBACK": "true", "FETCH_PAUSE": "PT0S",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"LOKET_{name}", str(value))
    # On a machine where others keep every core busy, the most patient process would not get to its end.
    monkeypatch.setattr("knowledge.own_process._NICENESS", 0)
    watched("duin", goes_live=["passages"])

    with served(DemoSite("before"), PORT):
        done = editors_desk.post(f"{PAGE}/bron/duin/nu")
        until(lambda: "compared_with" in _report(pages, "duin"), "a run with its report", seconds=900)

    assert done.headers["location"] == f"{PAGE}/bron/duin?gedaan=begonnen"
    [run] = pages.kept_runs("duin")
    assert run.state == "done"
    source = editors_desk.get(f"{PAGE}/bron/duin")
    assert f"{PAGE}/ronde/{run.id}" in source
    told = editors_desk.get(f"{PAGE}/ronde/{run.id}")
    counts = run.report["fetched"]["counts"]
    assert re.search(rf"<dt>Pagina’s nieuw</dt><dd>{counts['new']}</dd>", told)
    assert "erbij, 0 eraf" in told
    assert "De site wil niet dat programma’s deze pagina lezen (robots.txt)." in told or "Niet opgehaald" in told
    assert not re.search(r"robots\.txt forbids|the server answers|is no kind that", told)
    assert str(Action.SOURCE_FETCHED) in actions(editors_desk)


def _report(pages: PageStore, source_id: str) -> dict[str, Any]:
    kept = pages.kept_runs(source_id, 1)
    return kept[0].report if kept else {}


@pytest.mark.usefixtures("held")
def test_given_a_run_that_goes_on_then_how_far_it_is_shows_and_no_other_begins(
    editors_desk: EditorsDesk, watched: Any, pages: PageStore
) -> None:
    watched("bezig")
    run_id, _ = pages.begin("bezig", NOW)
    pages.add(run_id, (ToFetch(f"http://127.0.0.1/{number}", 1) for number in range(10)), 100)
    for number in range(3):
        pages.keep(run_id, "bezig", None, Fetched(f"http://127.0.0.1/{number}", "failed", "the server answers 500"))

    page = editors_desk.get(f"{PAGE}/ronde/{run_id}")
    again = editors_desk.post(f"{PAGE}/bron/bezig/nu")

    assert "3 van de 10 adressen bekeken" in page
    assert f'data-follow="{PAGE}/ronde/{run_id}"' in page
    assert '<progress class="gap" max="10" value="3"' in page
    assert "We halen nu Bron bezig op." in editors_desk.get(PAGE)
    assert again.status_code == 409
    assert "één voor één" in again.text


def test_given_a_run_that_was_killed_then_it_is_told_as_broken_off(
    editors_desk: EditorsDesk, watched: Any, pages: PageStore
) -> None:
    watched("gestopt")
    run_id, _ = pages.begin("gestopt", NOW)

    page = editors_desk.get(f"{PAGE}/ronde/{run_id}")

    assert "Onderbroken" in page
    assert "data-follow=" not in page
    assert "Bron gestopt" in editors_desk.get(f"{PAGE}?welke=mis")


def test_given_bad_pages_then_each_is_a_line_and_what_they_say_is_text(
    editors_desk: EditorsDesk, watched: Any, pages: PageStore
) -> None:
    watched("slecht")
    run_id, _ = pages.begin("slecht", NOW)
    report = {
        "fetched": {
            "counts": {"failed": 2, "new": 1}, "bytes": 2_500_000, "stopped": "",
            "failed": [
                {"address": "https://slecht.example/<b>x</b>", "why": "it is over 30 MB"},
                {"address": "javascript:alert(1)", "why": "<script>alert(1)</script>"},
            ],
            "left_out": {"of another year": 12},
        },
        "refused": [{"file": "https://slecht.example/flyer.pdf", "why": "it is locked with a password", "fix": ""}],
        "read": 1, "added": 0, "removed": 0, "seconds": 61.0,
    }  # fmt: skip
    pages.end(run_id, "done", report, NOW + timedelta(minutes=1))

    raw = editors_desk.browser.get(f"{PAGE}/ronde/{run_id}").text

    assert "De pagina is te groot: meer dan 30 MB." in raw
    assert "Er zit een wachtwoord op." in raw
    assert "agenda van een ander jaar" in raw
    assert "2,5 MB" in raw
    assert "<script>alert(1)" not in raw
    assert 'href="javascript' not in raw
    assert "&lt;b&gt;x" in raw


def test_given_a_source_when_paused_then_it_is_not_fetched_until_it_is_watched_again(
    editors_desk: EditorsDesk, watched: Any
) -> None:
    watched("pauze")

    editors_desk.post(f"{PAGE}/bron/pauze/pauze")
    paused = editors_desk.app.state.overseer.site("pauze")
    page = editors_desk.get(f"{PAGE}/bron/pauze")
    editors_desk.post(f"{PAGE}/bron/pauze/hervatten")

    assert paused.status == "paused"
    assert not paused.is_due(NOW)
    assert "Gepauzeerd" in page
    assert "Weer volgen" in page
    assert editors_desk.app.state.overseer.site("pauze").status == "active"
    assert actions(editors_desk)[-2:] == [str(Action.SOURCE_PAUSED), str(Action.SOURCE_RESUMED)]


def test_given_a_source_of_another_region_then_it_is_theirs(editors_desk: EditorsDesk, watched: Any) -> None:
    watched("hunne", ("ldb",))

    page = editors_desk.get(f"{PAGE}/bron/hunne")
    done = editors_desk.post(f"{PAGE}/bron/hunne/pauze")

    assert "Nu ophalen" not in page
    assert "Je kunt hier alleen meekijken" in page
    assert done.status_code == 403
    assert editors_desk.app.state.overseer.site("hunne").status == "active"


@pytest.mark.parametrize("path", ["/bron/bestaat-niet", "/ronde/bestaat-niet"])
def test_given_what_is_not_there_then_it_says_so(editors_desk: EditorsDesk, path: str) -> None:
    assert editors_desk.browser.get(f"{PAGE}{path}").status_code == 404
    assert editors_desk.post(f"{PAGE}{path}/nu").status_code in (404, 405)


def test_given_proposals_then_an_editor_sees_those_of_their_regions_and_of_all(
    editors_desk: EditorsDesk, watched: Any
) -> None:
    evidence = (Evidence(words="Zo staat het er.", seen_on=NOW.date(), confidence="high"),)
    for name, regions in (("regio-a", ("haaglanden",)), ("regio-b", ("ldb",)), ("regio-c", ())):
        watched(name, regions)
        new = Proposed(
            kind="new", group="records", item_id=f"faq-{name}", title=f"Vraag van {name}", evidence=evidence
        )  # fmt: skip
        editors_desk.proposals.replace(name, [new], NOW)

    mine = [each for each in editors_desk.proposals.list("open") if each.source_id != "regio-b"]
    listed = editors_desk.get("/desk/redactie/voorstellen")
    [theirs] = editors_desk.proposals.list("open", source_id="regio-b")
    done = editors_desk.post(f"/desk/redactie/voorstellen/{theirs.id}/weigeren", {"waarom": "weg"})

    assert "Vraag van regio-a" in listed
    assert "Vraag van regio-c" in listed
    assert "Vraag van regio-b" not in listed
    assert f"Voorstellen van bronnen ({len(mine)})" in editors_desk.get("/desk/redactie")
    assert done.status_code == 403


@pytest.mark.parametrize(
    "why",
    [
        "robots.txt forbids it",
        "the server answers 404",
        "the server answers 503",
        "the server answers 429",
        "it is sent round in a circle by way of https://x.example/a",
        "it is sent on more than 5 times",
        "it leads to another site, x.example",
        "x.example leads to 10.0.0.1, which is not on the public internet",
        "x.example asks for port 22; only 80 and 443 are fetched",
        "it takes too long to answer",
        "it was not there after 30 seconds",
        "it is 500 MB, and at most 30 MB is read",
        "it is over 30 MB",
        "it unpacks to over 200 MB",
        "it cannot be unpacked (Error -3 while decompressing data)",
        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)",
        "x.example is not known ([Errno -2] Name or service not known)",
        "[Errno 111] Connection refused",
        "the connection fails (Server disconnected without sending a response.)",
        "its HTML cannot be read (elements stand within elements more than 400 times)",
        "it holds no text",
        "it is locked with a password",
        "it says that it is a PDF and is none",
        "reading it took more than 60 s",
        "image/png is no kind that is read",
        "it is no DOCX that can be read (BadZipFile)",
        "it closed on 2026-10-01",
        "5 addresses in a row failed, the last: the server answers 500",
        "nothing of the site could be reached: [Errno 111] Connection refused",
        "over the limit of pages",
        "of another year",
    ],
)
def test_every_reason_of_a_report_has_dutch_words(why: str) -> None:
    told = why_in_words(why)

    assert told
    assert not re.search(r"\b(?:the|it|and|not|read|answers|failed|mis:)\b", told)
