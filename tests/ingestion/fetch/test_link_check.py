"""Addresses in the content are asked for at night, over a real site on this machine: politely, and with patience."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from ingestion.fetch.download import Downloader, Limits
from ingestion.fetch.robots import RobotsRules
from ingestion.link_check import LinkCheck, LinkLooker, dead_link_proposals
from knowledge.publishing.item import ItemKey
from knowledge.publishing.links import NIGHTS, LinkStore
from knowledge.publishing.session import open_publishing
from knowledge.publishing.upkeep import Entry, Upkeep
from tests.ingestion.fetch.conftest import Page, Site

NIGHT = datetime(2026, 12, 1, 3, tzinfo=UTC)
LIMITS = Limits(seconds=2.0, tries=2, longest_wait=5.0)


@pytest.fixture
def links(knowledge_address: str) -> LinkStore:
    return LinkStore(open_publishing(knowledge_address))


@pytest.fixture
def ask(links: LinkStore, pauses: list[float]) -> Callable[..., dict[str, str]]:
    """Asks for addresses in one night; the outcome of each that was asked for."""

    def asked(*addresses: str, night: int = 0, hours: int = 0, everything: bool = False) -> dict[str, str]:
        looker = LinkLooker("https://example.org/loket", True, LIMITS, pauses.append)
        robots = RobotsRules(Downloader("https://example.org/loket", True, LIMITS, pauses.append))
        now = NIGHT + timedelta(days=night, hours=hours)
        check = LinkCheck(looker, robots, links, lambda: now, 1.5, pauses.append, clock=lambda: 0.0)
        return {each.address: each.last.outcome for each in check.run(addresses, everything)}

    return asked


def test_given_a_page_that_is_gone_then_it_may_be_dead_after_three_nights_and_not_before(
    site: Site, links: LinkStore, ask: Callable[..., dict[str, str]]
) -> None:
    gone = f"{site.address}/weg"

    for night in range(NIGHTS):
        assert not links.wanting(), f"after {night} nights nobody is bothered"
        assert ask(gone, night=night) == {gone: "failed"}
        assert ask(gone, night=night, hours=1, everything=True) == {gone: "failed"}, "twice in a night counts once"

    [state] = links.wanting()
    assert (state.nights, state.last.status, state.failed_since) == (NIGHTS, 404, NIGHT)
    assert [each.at.day for each in state.looks] == [3, 3, 2, 2, 1, 1]


def test_given_a_page_that_comes_back_then_its_nights_are_forgotten_and_its_history_is_not(
    site: Site, links: LinkStore, ask: Callable[..., dict[str, str]]
) -> None:
    page = f"{site.address}/soms"
    for night in range(2):
        ask(page, night=night)
    site.html("/soms")

    ask(page, night=2)

    state = links.all()[page]
    assert (state.nights, state.failed_since) == (0, None)
    assert [each.outcome for each in state.looks] == ["fine", "failed", "failed"]


def test_what_answers_is_left_alone_for_a_week_and_what_fails_long_is_too(
    site: Site, ask: Callable[..., dict[str, str]]
) -> None:
    fine, gone = f"{site.address}/goed", f"{site.address}/weg"
    site.html("/goed")

    asked = [set(ask(fine, gone, night=night)) for night in range(14)]

    assert [night for night, each in enumerate(asked) if fine in each] == [0, 7]
    assert [night for night, each in enumerate(asked) if gone in each] == [0, 1, 2, 3, 4, 5, 6, 13]


def test_a_failing_server_is_tried_again_in_the_same_night_before_it_counts(
    site: Site, ask: Callable[..., dict[str, str]], pauses: list[float]
) -> None:
    page = f"{site.address}/druk"
    site.pages["/druk"] = Page("druk", 503, {"Retry-After": "2"})

    assert ask(page) == {page: "failed"}

    assert site.asked["/druk"] == 2
    assert 2.0 in pauses


def test_what_robots_forbid_or_only_people_may_see_is_not_called_dead(
    site: Site, ask: Callable[..., dict[str, str]]
) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /geheim", media_type="text/plain")
    site.pages["/geheim"] = Page("geheim")
    site.pages["/poort"] = Page("alleen mensen", 403)
    secret, gate = f"{site.address}/geheim", f"{site.address}/poort"

    assert ask(secret, gate) == {secret: "closed", gate: "closed"}
    assert site.asked["/geheim"] == 0


def test_a_site_that_is_no_more_is_as_dead_as_its_pages(ask: Callable[..., dict[str, str]]) -> None:
    nowhere = "http://127.0.0.1:9/pagina"

    assert ask(nowhere) == {nowhere: "failed"}


def test_where_a_page_went_is_remembered_and_a_move_for_good_is_told(
    site: Site, links: LinkStore, ask: Callable[..., dict[str, str]]
) -> None:
    site.html("/nieuw")
    site.pages["/oud"] = Page("", 301, {"Location": "/nieuw"})
    site.pages["/even"] = Page("", 302, {"Location": "/nieuw"})

    ask(f"{site.address}/oud", f"{site.address}/even")

    [moved] = links.wanting()
    assert (moved.address, moved.last.moved_to) == (f"{site.address}/oud", f"{site.address}/nieuw")
    assert links.all()[f"{site.address}/even"].last.moved_to == f"{site.address}/nieuw"


def test_two_pages_of_a_site_are_asked_for_with_a_pause_and_a_large_one_is_not_read(
    site: Site, ask: Callable[..., dict[str, str]], pauses: list[float]
) -> None:
    site.html("/een")
    site.pages["/twee"] = Page(b"x" * 5_000_000)

    assert set(ask(f"{site.address}/een", f"{site.address}/twee").values()) == {"fine"}

    assert pauses == [1.5]


def test_each_item_that_names_a_dead_address_is_proposed_to_editors(
    site: Site, links: LinkStore, ask: Callable[..., dict[str, str]]
) -> None:
    gone, key = f"{site.address}/weg", ItemKey("sources", "duo-weg")
    upkeep = Upkeep({key: Entry(key, "sources", "DUO", (), (), (), "")}, {}, {gone: (key,)}, {})
    ask(gone)
    assert list(dead_link_proposals(upkeep, links.all(), date(2026, 12, 1))) == []
    for night in (1, 2):
        ask(gone, night=night)

    [proposed] = dead_link_proposals(upkeep, links.all(), date(2026, 12, 3))

    assert (proposed.kind, proposed.group, proposed.item_id) == ("gone", "sources", "duo-weg")
    assert proposed.evidence[0].words == "De site zegt dat deze pagina er niet is (404)."
    assert "3 nachten" in proposed.about


def test_what_our_content_names_no_more_is_forgotten(
    site: Site, links: LinkStore, ask: Callable[..., dict[str, str]]
) -> None:
    ask(f"{site.address}/een", f"{site.address}/twee")

    assert links.keep_only([f"{site.address}/twee"]) == 1

    assert set(links.all()) == {f"{site.address}/twee"}
