"""A whole source: new, changed, same and gone; within its site, at its pace, and on with a run that broke off."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingestion.fetch.address import BadAddress, page_key
from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader
from ingestion.fetch.fetcher import SourceFetcher
from ingestion.fetch.sitemaps import sitemap_pages
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore
from tests.ingestion.fetch.conftest import NOW, Page, Site, with_follow

SUITE = Path(__file__).resolve().parents[4] / "shared" / "data" / "suites" / "sitemaps_feeds.jsonl"


def keys(store: PageStore, site: Site) -> list[str]:
    """The paths of the pages that are there."""
    return [each.key.removeprefix(site.address) for each in store.pages("proefsite")]


def test_given_a_site_when_fetched_twice_then_only_what_changed_is_new(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, store: PageStore, archive: Archive
) -> None:
    site.html("/", "/routes", "/kosten", "https://elders.nl/", "/flyer.pdf", "/foto.jpg", ETag='"1"')
    site.html("/routes", "/")
    site.html("/kosten", "/routes#top", text="2.601 euro")
    site.pages["/flyer.pdf"] = Page(b"%PDF-1.4", media_type="application/pdf")
    first = fetcher.run(source)
    assert first.counts == {"new": 4}
    assert first.complete
    assert keys(store, site) == ["/", "/flyer.pdf", "/kosten", "/routes"]
    site.html("/kosten", text="2.694 euro")
    site.html("/", "/routes", "/kosten", ETag='"2"')
    del site.pages["/flyer.pdf"]
    second = fetcher.run(source)
    assert second.counts == {"same": 1, "changed": 2, "gone": 1}
    page = store.page("proefsite", f"{site.address}/kosten")
    assert page is not None
    assert b"2.694" in archive.get(page.digest)
    assert keys(store, site) == ["/", "/kosten", "/routes"]
    assert site.asked["/foto.jpg"] == 0


def test_given_nothing_new_when_fetched_then_pages_are_not_sent_again(
    site: Site, source: WatchedSource, fetcher: SourceFetcher
) -> None:
    site.html("/", "/a", ETag='"1"')
    site.html("/a", "/", ETag='"2"')
    fetcher.run(source)
    second = fetcher.run(source)
    assert (second.counts, second.bytes) == ({"same": 2}, 0)


def test_given_robots_txt_when_fetched_then_what_it_forbids_is_not_asked_for_and_its_sitemap_is_read(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, store: PageStore
) -> None:
    text = f"User-agent: *\nDisallow: /intern\nSitemap: {site.address}/sitemap.xml\n"
    site.pages["/robots.txt"] = Page(text, media_type="text/plain")
    listing = "".join(f"<url><loc>{site.address}{each}</loc></url>" for each in ("/los", "/intern/loon", "/"))
    site.pages["/sitemap.xml"] = Page(
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listing}</urlset>',
        media_type="application/xml",
    )
    site.html("/", "/intern")
    site.html("/los")
    site.html("/intern")
    report = fetcher.run(source)
    assert keys(store, site) == ["/", "/los"]
    assert site.asked["/intern"] == site.asked["/intern/loon"] == 0
    assert {each["why"] for each in report.failed} == {"robots.txt forbids it"}


def test_given_a_site_that_cannot_give_robots_txt_when_fetched_then_nothing_is_read(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, store: PageStore
) -> None:
    site.pages["/robots.txt"] = Page(status=500)
    site.html("/")
    fetcher.run(source)
    assert keys(store, site) == []


def test_given_an_entity_bomb_as_sitemap_when_fetched_then_the_links_are_followed_all_the_same(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, store: PageStore
) -> None:
    site.pages["/robots.txt"] = Page(f"Sitemap: {site.address}/s.xml")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    site.pages["/s.xml"] = Page(f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><urlset><url><loc>&l9;</loc></url></urlset>')
    site.html("/", "/a")
    site.html("/a")
    assert fetcher.run(source).counts == {"new": 2}
    assert keys(store, site) == ["/", "/a"]


def test_given_endless_calendars_and_circles_when_fetched_then_the_run_ends(
    site: Site, source: WatchedSource, fetcher: SourceFetcher
) -> None:
    def page(path: str) -> Page:
        number = int(path.rpartition("=")[2]) if "=" in path else 0
        links = [f"/agenda?maand={number + 1}", f"/{1990 + number}/05/", f"{path.split('?')[0]}/dieper"]
        return Page("".join(f'<a href="{each}">x</a>' for each in links))

    site.otherwise = lambda path: Page(status=404) if path == "/robots.txt" else page(path)
    report = fetcher.run(with_follow(source, depth=20, pages=200))
    assert report.complete
    assert report.counts["new"] < 100
    assert report.left_out["path in a circle"] >= 1
    assert report.left_out["of another year"] >= 1


def test_given_more_pages_than_the_limit_when_fetched_then_nothing_unseen_is_taken_for_gone(
    site: Site, source: WatchedSource, fetcher: SourceFetcher
) -> None:
    site.html("/", *(f"/p{number}" for number in range(30)))
    for number in range(30):
        site.html(f"/p{number}")
    assert fetcher.run(source).counts == {"new": 31}
    limited = fetcher.run(with_follow(source, pages=10))
    assert limited.counts == {"same": 10}
    assert limited.left_out["over the limit of pages"] == 21


def test_given_pages_that_fail_when_fetched_then_each_is_a_line_and_the_others_go_on(
    site: Site, source: WatchedSource, fetcher: SourceFetcher
) -> None:
    site.html("/", "/stuk", "/weg", "/goed", "/elders", "/oud")
    site.html("/goed")
    site.pages["/stuk"] = Page(status=500)
    site.pages["/elders"] = Page(status=302, headers={"Location": "http://localhost:1/"})
    site.pages["/oud"] = Page(status=301, headers={"Location": "/goed"})
    report = fetcher.run(source)
    assert report.counts == {"new": 3, "failed": 3}
    assert {each["address"].removeprefix(site.address): each["why"][:24] for each in report.failed} == {
        "/stuk": "the server answers 500",
        "/weg": "the server answers 404",
        "/elders": "it leads to http://local",
    }
    assert report.moved == [{"address": f"{site.address}/oud", "to": f"{site.address}/goed"}]


def test_given_a_page_that_is_no_more_when_fetched_then_it_is_gone_and_a_page_that_fails_is_not(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, store: PageStore
) -> None:
    site.html("/", "/weg", "/stuk")
    site.html("/weg")
    site.html("/stuk")
    fetcher.run(source)
    site.pages["/weg"] = Page(status=410)
    site.pages["/stuk"] = Page(status=500)
    report = fetcher.run(source)
    assert report.counts == {"same": 1, "gone": 1, "failed": 1}
    assert keys(store, site) == ["/", "/stuk"]


def test_given_a_site_that_vanishes_when_fetched_then_the_run_stops_and_keeps_what_there_is(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, store: PageStore
) -> None:
    site.html("/", *(f"/p{number}" for number in range(20)))
    for number in range(20):
        site.html(f"/p{number}")
    fetcher.run(source)
    site.pages = {path: Page(status=503) for path in site.pages} | {"/robots.txt": Page("")}
    site.otherwise = lambda _path: Page(status=503)
    report = fetcher.run(source)
    assert not report.complete
    assert "in a row failed" in report.stopped
    assert len(keys(store, site)) == 21
    assert store.runs("proefsite")[0]["state"] == "failed"


def test_given_a_kill_in_the_middle_when_run_again_then_it_goes_on_where_it_was(
    site: Site, source: WatchedSource, fetcher: SourceFetcher, knowledge_address: str, tmp_path: Path
) -> None:
    site.html("/", *(f"/p{number}" for number in range(40)))
    for number in range(40):
        site.html(f"/p{number}", text=str(number))
    command = [
        sys.executable,
        str(Path(__file__).with_name("fetching.py")),
        str(tmp_path),
        knowledge_address,
        json.dumps(source.model_dump(mode="json")),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        for _ in range(12):
            assert process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    asked = dict(site.asked)
    report = fetcher.run(source)
    assert report.resumed
    assert report.counts == {"new": 41}
    again = [path for path in asked if path.startswith("/p") and site.asked[path] > 1]
    assert len(again) <= 1


def test_given_a_pause_when_fetched_then_pages_come_no_faster(
    site: Site, source: WatchedSource, store: PageStore, archive: Archive, downloader: Downloader
) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 0.2")
    site.html("/", "/a", "/b")
    site.html("/a")
    site.html("/b")
    polite = SourceFetcher(downloader, store, archive, lambda: NOW, pause_seconds=0.0)
    began = time.monotonic()
    polite.run(source)
    assert time.monotonic() - began >= 0.4


def test_given_real_sitemaps_when_read_then_their_addresses_are_found(site: Site, downloader: Downloader) -> None:
    if not SUITE.exists():
        pytest.skip(f"the suite of sitemaps is not at {SUITE}")
    short = {}
    for number, line in enumerate(SUITE.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if row["kind"] not in {"urlset", "text"} or not row["loc"]:
            continue
        body = base64.b64decode(row["content_base64"]) if "content_base64" in row else row["content"].encode()
        path = f"/{number}.{'txt' if row['kind'] == 'text' else 'xml'}{'.gz' if row['gzip'] else ''}"
        site.pages[path] = Page(body, media_type="application/octet-stream")
        wanted = {key for each in row["loc"] if (key := _key(each))}
        if missing := wanted - set(sitemap_pages([site.address + path], downloader, 5000)):
            short[row["name"]] = len(missing)
    # A prefix for the sitemap's own namespace: the library stops at the last page of it.
    assert short == {"trafilatura/sitemap-hreflang.xml": 1}


def _key(address: str) -> str:
    try:
        return page_key(address)
    except BadAddress:
        return ""
