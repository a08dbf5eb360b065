"""One page under many addresses is read, found and cited once, and a citation lands on the section that it quotes."""

import io
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from assistant.answering.citations import address_of
from ingestion.fetch.archive import Archive
from ingestion.fetch.canonical import each_page_once
from ingestion.fetch.download import Downloader, Limits
from ingestion.fetch.links import links_of
from ingestion.registry import SourceRegistry
from ingestion.source import WatchedSource
from ingestion.store.pages import KnownPage, PageStore
from ingestion.watch import Watch
from knowledge.index.passages import StoredPassages
from knowledge.passage import Passage
from tests.ingestion.fetch.conftest import NOW, Page, Site

COSTS = "Het collegegeld betaal je in september aan de hogeschool waar je studeert."
AGE = "Er is geen grens aan de leeftijd: iedereen die wil mag leraar worden bij ons."
BOOKS = "Boeken en reizen betaal je zelf, maar de school betaalt soms een deel terug."
WAITING = "Op een plek wachten duurt meestal niet langer dan een paar weken in het najaar."


def page(found_at: str, key: str = "", canonical: str = "") -> KnownPage:
    on = datetime(2026, 12, 1, tzinfo=UTC)
    return KnownPage(key or found_at, found_at, found_at, "text/html", "", "", "", (), on, on, canonical=canonical)


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([page("http://a.nl/kosten"), page("https://www.a.nl/kosten/")], ["https://www.a.nl/kosten/"]),
        ([page("https://a.nl/"), page("https://a.nl/index.html")], ["https://a.nl/"]),
        ([page("https://a.nl/kosten"), page("https://a.nl/kosten", "https://a.nl/oud")], ["https://a.nl/kosten"]),
        (
            [page("https://a.nl/x?ref=menu", canonical="https://a.nl/x"), page("https://a.nl/x")],
            ["https://a.nl/x"],
        ),
        # The address that it says it has was not fetched itself: people are sent there all the same.
        ([page("https://a.nl/p?id=7", canonical="https://a.nl/kosten")], ["https://a.nl/kosten"]),
        ([page("https://a.nl/x?a=1"), page("https://a.nl/x?a=2")], ["https://a.nl/x?a=1", "https://a.nl/x?a=2"]),
        ([page("https://a.nl/x", canonical="https://elders.nl/x")], ["https://a.nl/x"]),
        # A site that says of each page that it is the start page, or one other page.
        (
            [page("https://a.nl/x", canonical="https://a.nl/"), page("https://a.nl/")],
            ["https://a.nl/x", "https://a.nl/"],
        ),
        (
            [page(f"https://a.nl/{each}", canonical="https://a.nl/blog") for each in range(8)],
            [f"https://a.nl/{each}" for each in range(8)],
        ),
        # What a page says of itself is believed where it is the safer address, and not where it is the less safe.
        ([page("http://a.nl/x", canonical="https://a.nl/x")], ["https://a.nl/x"]),
        ([page("https://a.nl/x", canonical="http://a.nl/x")], ["https://a.nl/x"]),
    ],
)
def test_given_addresses_then_those_of_one_page_are_told_once(pages: list[KnownPage], told: list[str]) -> None:
    assert [each.found_at for each in each_page_once(pages)] == told


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/kosten#boven">', "https://a.nl/kosten"),
        ('<LINK REL="Canonical" HREF="https://a.nl/kosten?utm_source=x">', "https://a.nl/kosten"),
        ('<link rel="canonical" href="/a"><link rel="canonical" href="/b">', ""),
        ('<link rel="canonical" href="mailto:x@a.nl">', ""),
        ("", ""),
    ],
)
def test_given_a_page_then_the_address_that_it_says_it_has_is_read(head: str, canonical: str) -> None:
    body = f"<html><head>{head}</head><body><p>Tekst</p></body></html>".encode()

    assert links_of(body, "https://a.nl/p").canonical == canonical


@pytest.fixture
def watch(tmp_path: Path, store: PageStore, archive: Archive) -> Watch:
    downloader = Downloader("x@example.org", True, Limits(max_bytes=3_000_000, seconds=20.0), lambda _seconds: None)
    stored = StoredPassages(tmp_path / "passages")
    return Watch(SourceRegistry(store.sessions, {}), store, archive, downloader, stored, lambda: NOW, pause_seconds=0.0)


@pytest.fixture
def live(source: WatchedSource) -> WatchedSource:
    return source.model_copy(update={"goes_live": frozenset({"passages"})})


def passages(watch: Watch) -> list[Passage]:
    return sorted(watch.stored.of("proefsite"), key=lambda each: each.id)


def test_given_one_page_under_many_addresses_then_visitors_find_it_once_and_still_when_it_is_looked_at_again(
    site: Site, watch: Watch, live: WatchedSource
) -> None:
    tokens = count()
    ways = ("/kosten?utm_source=brief", "/kosten/", "/kosten?ref=menu", "/kosten#tabel", "/oud")

    def served(path: str) -> Page:
        """The same page wherever it is asked for, with a token in it that differs each time."""
        if not path.startswith("/kosten"):
            return Page("weg", 404)
        return Page(
            f'<html><head><title>Kosten</title><link rel="canonical" href="/kosten"></head>'
            f'<body><main><h1>Kosten</h1><p>{COSTS}</p><input type="hidden" value="{next(tokens)}"></main></body></html>'
        )

    site.html("/", *ways, text=AGE)
    site.pages["/oud"] = Page("", 301, {"Location": "/kosten"})
    site.otherwise = served

    watch.run(live, lambda: "generation")
    first = passages(watch)
    again = watch.run(live, lambda: "generation")

    assert [(each.url, each.text) for each in first if "collegegeld" in each.text] == [
        (f"{site.address}/kosten", COSTS)
    ]
    assert passages(watch) == first
    assert (again.added, again.removed) == (0, 0)


def test_given_a_page_that_comes_to_say_which_one_it_is_then_its_double_goes(
    site: Site, watch: Watch, live: WatchedSource
) -> None:
    site.html("/", "/kosten", "/kosten-pabo", text=AGE)
    body = (
        "<html><head><title>Kosten</title>{}</head><body><main><h1>Kosten</h1><p>{}</p><p>{}</p></main></body></html>"
    )
    site.pages["/kosten"] = Page(body.format("", COSTS, ""))
    site.pages["/kosten-pabo"] = Page(body.format("", COSTS, "Tot ziens."))
    watch.run(live, lambda: "generation")
    assert len([each for each in passages(watch) if "collegegeld" in each.text]) == 2

    site.pages["/kosten-pabo"] = Page(body.format('<link rel="canonical" href="/kosten">', COSTS, "Tot ziens."))
    watch.run(live, lambda: "generation")

    assert [each.url for each in passages(watch) if "collegegeld" in each.text] == [f"{site.address}/kosten"]


def pdf_of(*pages: str) -> bytes:
    """A PDF with these words on its pages; the first a cover without any."""
    held = io.BytesIO()
    canvas = Canvas(held)
    for each in ("", *pages):
        for line in range(6):
            canvas.drawString(50, 700 - 20 * line, each)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(held.getvalue())))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_given_a_page_and_a_pdf_then_each_citation_lands_on_what_it_quotes(
    site: Site, watch: Watch, live: WatchedSource
) -> None:
    site.html("/", "/vragen", "/plan.pdf")
    site.pages["/vragen"] = Page(
        f"""<html><head><title>Vragen</title></head><body><main><h1>Vragen over leraar worden</h1>
        <h2 id="wat-kost-het">Wat <em>kost</em> het?</h2><p>{COSTS}</p>
        <h2><strong>Ben ik te oud?</strong></h2><p>{AGE}</p>
        <section id="boeken"><h2>En de boeken?</h2><p>{BOOKS}</p></section>
        <h2><button aria-expanded="false" aria-controls="p1">Hoe lang wacht ik?</button></h2>
        <div id="p1" hidden><p>{WAITING}</p></div></main></body></html>"""
    )
    site.pages["/plan.pdf"] = Page(pdf_of(COSTS, AGE), media_type="application/pdf")

    watch.run(live, lambda: "generation")

    def cited(words: str, page: str) -> tuple[str, str]:
        [found] = [each for each in passages(watch) if words[:30] in each.text and page in (each.url or "")]
        return found.section, unquote((address_of(found) or "").removeprefix(site.address))

    assert cited(COSTS, "/vragen") == ("Wat kost het?", "/vragen#wat-kost-het:~:text=Wat kost het?")
    assert cited(AGE, "/vragen") == ("Ben ik te oud?", "/vragen#:~:text=Ben ik te oud?")
    assert cited(BOOKS, "/vragen") == ("En de boeken?", "/vragen#boeken:~:text=En de boeken?")
    assert cited(WAITING, "/vragen") == ("Hoe lang wacht ik?", "/vragen#:~:text=Hoe lang wacht ik?")
    assert cited(COSTS, ".pdf")[1] == "/plan.pdf#page=2"
    assert cited(AGE, ".pdf")[1] == "/plan.pdf#page=3"
