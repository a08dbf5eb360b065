"""What a visitor reads of what has changed: nothing at first, then what was published, and never a draft."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistant.app import create_app
from assistant.settings import Settings
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Editor
from tests.assistant.site.test_schema_org import data_of, mistakes

ANNA, BRAM = Editor("anna", "Anna Bakker", ("haaglanden",)), Editor("bram", "Bram de Groot", ("haaglanden",))
FEE = ItemKey("records", "wettelijk-collegegeld")
ROUTE = ItemKey("records", "pabo-voltijd")
LOCAL = ItemKey("records", "stagevergoeding-haaglanden")
SECRET = "een geheim dat niemand mag lezen"
PAGES = ["/veranderd", "/veranderd/feed", "/en/changes", "/en/changes/feed", "/veranderd?regio=haaglanden"]


@dataclass
class Newsroom:
    """A service, and editors who publish in it."""

    browser: TestClient
    editorial: Editorial

    def draft(self, key: ItemKey, **fields: Any) -> str:
        """A change set with these fields of an item changed."""
        change = self.editorial.change_sets.begin("Interne titel van de wijziging", ANNA, "haaglanden").id
        content = self.editorial.revisions.published(key)
        assert content is not None
        self.editorial.revisions.save(change, key, {**content, **fields}, ANNA)
        return change

    def publish(self, key: ItemKey, told: str = "", told_en: str = "", **fields: Any) -> str:
        """The same, published."""
        change, sets = self.draft(key, **fields), self.editorial.change_sets
        sets.tell(change, told, told_en)
        sets.comment(change, BRAM, SECRET)
        sets.submit(change)
        sets.approve(change, BRAM)
        self.editorial.publisher.publish(change, ANNA)
        return change

    def raise_fee(self, value: str, **more: str) -> str:
        """Publish another tuition fee."""
        content = self.editorial.revisions.published(FEE)
        assert content is not None
        return self.publish(FEE, **more, amounts=[{**content["amounts"][0], "value": value}, *content["amounts"][1:]])

    def open(self, address: str) -> html.HtmlElement:
        """A page that has to be there."""
        answer = self.browser.get(address)
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)


@pytest.fixture(scope="module")
def newsroom(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """One service for all, since starting one takes seconds."""
    var = shutil.copytree(installed, tmp_path_factory.mktemp("news") / "var")
    app = create_app(Settings(var=var, embedder="none", rate_limit="off", public_url="https://gids.example.org"))
    # Without its background work, which would take publications over by itself: here the tests say when.
    return Newsroom(TestClient(app), app.state.editorial)


def sentences(page: html.HtmlElement) -> list[str]:
    return [each.text_content() for each in page.cssselect(".change h3")]


def test_first_nothing_has_changed(newsroom: Newsroom) -> None:
    page = newsroom.open("/veranderd")

    assert "Nog niets veranderd" in page.text_content()
    assert feedparser.parse(newsroom.browser.get("/veranderd/feed").content).entries == []
    assert "Laatst veranderd" not in newsroom.browser.get("/routes/pabo-voltijd").text


def test_a_published_amount_is_on_the_page_in_both_languages_and_in_the_feed(newsroom: Newsroom) -> None:
    newsroom.raise_fee("2999", told="Studeren wordt duurder.", told_en="Studying becomes more expensive.")

    dutch, english = newsroom.open("/veranderd"), newsroom.open("/en/changes")
    [entry] = feedparser.parse(newsroom.browser.get("/veranderd/feed").content).entries

    assert "€\u00a02.999 per studiejaar" in dutch.cssselect(".change__now")[0].text_content()
    assert dutch.cssselect(".changes__told")[0].text_content() == "Studeren wordt duurder."
    assert dutch.cssselect(".change .source-line a")
    assert "€\u00a02,999 per study year" in english.cssselect(".change__now")[0].text_content()
    assert english.cssselect(".changes__told")[0].text_content() == "Studying becomes more expensive."
    assert english.get("lang") == "en"
    assert "€ 2.999" in entry.summary
    assert entry.link == "https://gids.example.org/kosten/wettelijk-collegegeld"
    assert dutch.xpath("//link[@type='application/atom+xml']/@href") == ["/veranderd/feed"]


def test_the_pages_of_its_routes_say_when(newsroom: Newsroom) -> None:
    page = newsroom.open("/routes/pabo-voltijd")

    assert "Laatst veranderd op" in page.text_content()
    assert page.xpath("//aside//a[starts-with(@href, '/veranderd?route=pabo-voltijd')]")
    [found] = [each for each in data_of(newsroom.browser, "/routes/pabo-voltijd") if each.get("@type") == "WebPage"]
    assert found["dateModified"].startswith("20")


def test_the_filters_choose(newsroom: Newsroom) -> None:
    newsroom.publish(ROUTE, next_step="Ga naar een open dag van een pabo bij jou in de buurt.")
    newsroom.publish(LOCAL, summary="In Haaglanden krijg je tijdens je stage een vergoeding van je school.")

    money, routes = newsroom.open("/veranderd?onderwerp=geld"), newsroom.open("/veranderd?onderwerp=route")
    here, elsewhere = newsroom.open("/veranderd?regio=haaglanden"), newsroom.open("/veranderd?regio=hak")
    wrong = newsroom.open("/veranderd?onderwerp=universum&route=nergens&pagina=-3")

    assert len(sentences(money)) == 2
    assert [each.partition(".")[0] for each in sentences(routes)] == ["Voltijd pabo (leraar basisonderwijs)"]
    assert len(sentences(here)) == 3
    assert len(sentences(elsewhere)) == 2
    assert len(wrong.cssselect("[role=status]")) == 2
    assert sentences(newsroom.open("/veranderd?pagina=999999999999")) == sentences(wrong)


def test_nothing_of_the_desk_is_ever_told(newsroom: Newsroom) -> None:
    waiting = newsroom.draft(ROUTE, summary=f"Dit is {SECRET}, want het is nog een concept.")
    newsroom.editorial.change_sets.tell(waiting, f"Dit is {SECRET}.", f"This is {SECRET}.")
    newsroom.publish(
        ItemKey("records", "pabo-deeltijd"),
        confidence="low",
        summary=f"Dit is {SECRET}, want wij weten het niet zeker.",
    )
    newsroom.publish(LOCAL, review_by="2031-01-01", also_called=[SECRET])

    for address in PAGES:
        text = newsroom.browser.get(address).text
        for word in (SECRET, "Anna", "Bram", "Interne titel", "2031-01-01"):
            assert word not in text, f"{address} tells {word!r}"
    assert "staat niet meer op deze site" in newsroom.browser.get("/veranderd").text


def test_what_is_typed_stays_text(newsroom: Newsroom) -> None:
    newsroom.publish(
        ROUTE, told="<script>alert(1)</script>", next_step="Bel <img src=x onerror=alert(1)> met een pabo."
    )

    for address in PAGES:
        text = newsroom.browser.get(address).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_search_engines_read_it_in_words_that_schema_org_knows(newsroom: Newsroom) -> None:
    for address in ("/veranderd", "/en/changes"):
        [feed] = [each for each in data_of(newsroom.browser, address) if each.get("@type") == "DataFeed"]

        assert [*mistakes(feed)] == []
        assert feed["dataFeedElement"]
    assert "https://gids.example.org/veranderd" in newsroom.browser.get("/sitemap.xml").text


def test_the_page_is_kept_by_browsers_until_something_is_published(newsroom: Newsroom) -> None:
    first = newsroom.browser.get("/veranderd/feed")
    again = newsroom.browser.get("/veranderd/feed", headers={"if-none-match": first.headers["etag"]})
    newsroom.raise_fee("3001")

    assert again.status_code == 304
    assert newsroom.browser.get("/veranderd/feed", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_the_page_pages(newsroom: Newsroom) -> None:
    for value in range(4000, 4026):
        newsroom.raise_fee(str(value))

    page = newsroom.open("/veranderd?onderwerp=geld")
    older = page.xpath("//a[contains(@class, 'button--plain') and contains(@href, 'pagina')]/@href")

    assert len(sentences(page)) == 25
    assert older == ["/veranderd?onderwerp=geld&pagina=2"]
    assert sentences(newsroom.open(older[0]))
