"""Feeds, calendars, tables and the content API of Onderwijsloket, from a server on this machine to what is known."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import Workbook

from ingestion.connectors.calendar import read_calendar
from ingestion.connectors.feed import read_feed
from ingestion.connectors.onderwijsloket import read_items
from ingestion.connectors.tables import read_table
from ingestion.connectors.told import Answer, Unreadable
from ingestion.extract.finding import ContactFound, CourseFound, EventFound, QuestionFound, SchoolFound, VacancyFound
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.watch import Watch, watch_in
from knowledge.catalogue import Catalogue
from knowledge.index.passages import StoredPassages
from knowledge.reader import publish, read_content

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Nieuws van het loket</title>
<entry><title>Open avond</title><link href="/nieuws/1"/><id>1</id><updated>2026-11-20T10:00:00Z</updated>
<summary type="html">&lt;p&gt;Kom langs en &lt;b&gt;vraag&lt;/b&gt; wat je wilt.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</summary></entry></feed>"""
ICAL = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Loket//NL
X-WR-CALNAME:Agenda van het loket
BEGIN:VEVENT
UID:1
SUMMARY:Informatieavond zij-instroom
DTSTART;TZID=Europe/Amsterdam:20261209T193000
DTEND;TZID=Europe/Amsterdam:20261209T210000
LOCATION:De Duinroos\\, Katwijk
URL:https://loket.example/avond
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Meeloopdag
DTSTART;VALUE=DATE:20270115
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Zonder begin
END:VEVENT
END:VCALENDAR
"""
JOBS = """Wat wij zoeken;;;;;;
Functie;School;Plaats;WTF;Sluitingsdatum;Zij-instromers;Link
Leerkracht groep 5;De Duinroos;KATWIJK;0,8;18-12-2026;ja;https://werk.example/1
=HYPERLINK("kwaad");De Golf;Katwijk;;12/31/2026;;
Docent wiskunde;De Schelp;Noordwijk;0.6;2026-12-31;nee;
"""
FAQS = [{"id": number, "status": "published", "question": f"Vraag {number} over de pabo?", "answer": "<p>Antwoord met <b>woorden</b> die iemand goed kan lezen.</p>"} for number in (1, 2, 3)]  # fmt: skip
FAQS[1]["status"] = "draft"
DESKS = [
    {
        "id": 1,
        "name": "Loket Duinstreek",
        "email": "loket@duin.example",
        "telefoon": "071 555 01 20",
        "plaats": "Katwijk",
    }
]
PROGRAMMES = [
    {"id": 1, "title": "Pabo deeltijd", "institution": {"name": "Hogeschool Duin"}, "url": "https://duin.example/pabo"}
]


def answer(raw: str | bytes, url: str = "https://loket.example/x") -> Answer:
    return Answer(raw.encode() if isinstance(raw, str) else raw, url, "", date(2026, 11, 28))


def values(found: Any) -> list[Any]:
    return [each.value for each in found.findings]


def test_given_a_feed_then_each_entry_is_a_section_and_a_link() -> None:
    read = read_feed(answer(ATOM))

    assert read.title == "Nieuws van het loket"
    assert "## Open avond" in read.content
    assert "Kom langs en **vraag** wat je wilt." in read.content
    assert "x()" not in read.content
    assert read.links[0].endswith("/nieuws/1")


def test_given_a_calendar_then_each_event_has_its_moment_and_one_that_makes_no_sense_is_left_out() -> None:
    evening, day = values(read_calendar(answer(ICAL)))

    assert isinstance(evening, EventFound)
    assert (evening.starts_at, evening.place) == (datetime.fromisoformat("2026-12-09T19:30"), "De Duinroos, Katwijk")
    assert day.is_cancelled


def test_given_a_table_of_needs_then_each_row_is_a_job_and_an_american_date_and_a_formula_are_not_believed() -> None:
    first, formula, second = values(read_table(answer(JOBS)))

    assert isinstance(first, VacancyFound)
    assert (first.title, first.school, first.municipality) == ("Leerkracht groep 5", "De Duinroos", "Katwijk")
    assert (first.fte_at_least, first.closes_on) == (Decimal("0.8"), date(2026, 12, 18))
    assert first.welcomes_zij_instromers is True
    assert (second.closes_on, second.welcomes_zij_instromers) == (date(2026, 12, 31), False)
    assert formula.title.startswith("HYPERLINK")
    assert formula.closes_on is None


def test_given_a_sheet_of_schools_then_each_has_its_board() -> None:
    book = Workbook()
    book.active.append(["BRIN nummer", "Schoolnaam", "Bevoegd gezag nummer", "Bevoegd gezag naam", "Gemeente"])
    book.active.append(["12AB", "De Duinroos", 41234, "Stichting Zandloper", "KATWIJK"])
    kept = BytesIO()
    book.save(kept)

    [school] = values(read_table(answer(kept.getvalue())))

    assert school == SchoolFound(
        name="De Duinroos", brin="12AB", board="Stichting Zandloper", board_number="41234", municipality="Katwijk"
    )


def test_given_items_of_directus_then_each_is_what_its_fields_say_and_the_next_page_is_a_link() -> None:
    page = "https://api.example/items/faqs?limit=3"
    questions = read_items(answer(json.dumps({"data": FAQS}), page))
    [desk] = values(read_items(answer(json.dumps({"data": DESKS}), "https://api.example/items/regional_desks")))
    [programme] = values(read_items(answer(json.dumps({"data": PROGRAMMES}), "https://api.example/items/programmes")))

    assert [each.question for each in values(questions)] == ["Vraag 1 over de pabo?", "Vraag 3 over de pabo?"]
    assert isinstance(values(questions)[0], QuestionFound)
    assert questions.links == ("https://api.example/items/faqs?limit=3&page=2",)
    assert desk == ContactFound(
        organisation="Loket Duinstreek", email="loket@duin.example", phone="+31715550120", municipality="Katwijk"
    )
    assert isinstance(programme, CourseFound)
    assert programme.provider == "Hogeschool Duin"


@pytest.mark.parametrize(
    ("read", "raw", "why"),
    [
        (read_feed, "niets", "no RSS or Atom"),
        (read_calendar, "BEGIN:VNIETS", "no iCalendar"),
        (read_table, "a;b\n1;2\n", "no column"),
        (read_table, b"PK\x03\x04kapot", "damaged"),
        (read_items, "{", "no JSON"),
        (read_items, "[" * 100_000, "no JSON"),
        (read_items, '{"data": {}}', "no list"),
        (read_items, '{"errors": [{"message": "Invalid user credentials."}]}', "Invalid user credentials"),
    ],
)
def test_given_an_answer_that_is_something_else_then_it_is_refused_with_the_reason(
    read: Callable[[Answer], Any], raw: str | bytes, why: str
) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        read(answer(raw))
    assert refused.value.fix


@contextmanager
def api(token: str) -> Iterator[tuple[str, list[str]]]:
    """A server that speaks as Directus does, and what it was told of who asks."""
    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            told.append(f"{parts.path} {self.headers.get('Authorization', '')}")
            items = {"/items/faqs": FAQS, "/items/regional_desks": DESKS}.get(parts.path)
            page = int(parse_qs(parts.query).get("page", ["1"])[0])
            body: dict[str, Any] = {"data": (items or [])[(page - 1) * 2 : page * 2]}
            status = 200 if items is not None else 404
            if items is not None and self.headers.get("Authorization") != f"Bearer {token}":
                status, body = 403, {"errors": [{"message": "You don't have permission to access this."}]}
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", told
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return publish(read_content())


def watching(folder: Path, catalogue: Catalogue, token: str) -> Watch:
    return watch_in(
        folder, f"sqlite:///{folder / 'k.sqlite'}", StoredPassages(folder / "passages"), "x@example.org", lambda: NOW,
        lambda: catalogue, allow_loopback=True, pause_seconds=0.0, token=token,
    )  # fmt: skip


def run(watch: Watch, base: str) -> SiteReport:
    source = WatchedSource.model_validate(
        {"id": "loket-api", "title": "API", "owner": "Onderwijsloket", "kind": "onderwijsloket", "goes_live": ["passages"],
         "start": [f"{base}/items/faqs?limit=2", f"{base}/items/regional_desks?limit=2"]}
    )  # fmt: skip
    return watch.run(source, lambda: "generation")


def test_given_the_api_with_a_token_then_all_its_pages_are_read_and_new_questions_are_proposed(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    with api("geheim") as (base, told):
        watch = watching(tmp_path, catalogue, "geheim")
        report = run(watch, base)

    assert report.fetched.counts == {"new": 3}
    assert report.found["question"] == 2
    assert all(line.endswith("Bearer geheim") for line in told if line.startswith("/items"))
    assert watch.knowing is not None
    new = [each.proposed for each in watch.knowing.proposals.list(kind="new")]
    assert {each.title for each in new} <= {"Vraag 1 over de pabo?", "Vraag 3 over de pabo?"}
    assert any("Antwoord met **woorden**" in each.text for each in watch.stored.of("loket-api"))


def test_given_the_api_without_a_token_then_the_report_says_why(tmp_path: Path, catalogue: Catalogue) -> None:
    with api("geheim") as (base, _):
        report = run(watching(tmp_path, catalogue, ""), base)

    assert [each["why"] for each in report.fetched.failed] == ["the server answers 403"] * 2


JOB_PAGE = (
    '<html><title>Leerkracht groep 6</title><script type="application/ld+json">{"@context": "https://schema.org", "@type": "JobPosting", '
    '"title": "Leerkracht groep 6", "validThrough": "2026-12-31", "hiringOrganization": {"@type": "Organization", "name": "De Duinroos"}, '
    '"jobLocation": {"@type": "Place", "address": {"addressLocality": "Katwijk"}}}</script><h1>Leerkracht groep 6</h1><p>Wij zoeken jou.</p>'
)


@contextmanager
def serving(pages: dict[str, tuple[str, str]]) -> Iterator[str]:
    """A server with these answers: by path the media type and what it says."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("text/plain", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("kind", "pages", "live"),
    [
        ("feed", {"/": ("application/atom+xml", ATOM), "/nieuws/1": ("text/html", "<h1>Open avond</h1><p>Kom op dinsdag langs.</p>")}, set()),
        ("feed", {"/": ("application/atom+xml", ATOM.replace("/nieuws/1", "mailto:x@y.nl"))}, set()),
        ("calendar", {"/": ("text/calendar", ICAL)}, {"Informatieavond zij-instroom"}),
        ("table", {"/": ("text/csv; charset=utf-8", JOBS)}, {"Leerkracht groep 5", "Docent wiskunde"}),
        ("vacancies", {"/": ("text/html", '<a href="/v/1">Leerkracht</a>'), "/v/1": ("text/html", JOB_PAGE)}, {"Leerkracht groep 6"}),
    ],
)  # fmt: skip
def test_given_a_source_of_a_kind_when_fetched_then_what_it_lists_is_live(
    tmp_path: Path, catalogue: Catalogue, kind: str, pages: dict[str, tuple[str, str]], live: set[str]
) -> None:
    watch = watching(tmp_path, catalogue, "")

    with serving(pages) as base:
        source = {"id": "lijst", "title": "Lijst", "owner": "Loket", "kind": kind, "start": [f"{base}/"],
                  "regions": ["ldb"], "goes_live": ["passages", "vacancies", "events"]}  # fmt: skip
        report = watch.run(WatchedSource.model_validate(source), lambda: "generation")

    assert report.fetched.complete
    assert report.fetched.counts["new"] == len(pages)
    assert watch.knowing is not None
    assert {each.record.title for each in watch.knowing.live.published(NOW)} == live
