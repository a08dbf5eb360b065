"""What holds for every page: it is well made, it can be walked through, and no link leads nowhere."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

LISTS = ["/routes", "/kosten", "/subsidies", "/loketten", "/agenda", "/cijfers", "/vacatures", "/vragen", "/vergelijk"]
MOST_PAGES = 1500


@pytest.fixture(scope="module")
def walked(visitor: TestClient) -> dict[str, html.HtmlElement]:
    """Every page that links lead to from the home page, without the filters; a link that leads nowhere fails here."""
    found: dict[str, html.HtmlElement] = {}
    waiting = ["/"]
    broken: list[str] = []
    anchors: list[tuple[str, str, str]] = []
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop()
        answer = visitor.get(path)
        if answer.status_code >= 400:
            broken.append(path)
            continue
        if "html" not in answer.headers["content-type"]:
            continue
        page = found[path] = html.fromstring(answer.text)
        for name in ("href", "src", "action"):
            for element in page.xpath(f"//*[@{name}]"):
                parts = urlsplit(element.get(name))
                if parts.scheme or parts.netloc or (element.tag == "form" and element.get("method") == "post"):
                    continue
                target = parts.path or path
                if parts.fragment:
                    anchors.append((path, target, parts.fragment))
                query = parts.query if target in ("/vergelijk",) else ""
                whole = target + (f"?{query}" if query.count("route=") == 1 else "")
                if whole not in found and whole not in waiting and not target.startswith(("/desk", "/api")):
                    waiting.append(whole)
    missing = [
        f"{path} -> {target}#{name}"
        for path, target, name in anchors
        if target in found and not found[target].xpath("//*[@id=$name]", name=name)
    ]
    assert broken == []
    assert missing == []
    assert len(found) < MOST_PAGES
    return found


def test_every_link_leads_somewhere(walked: dict[str, html.HtmlElement]) -> None:
    assert set(LISTS) <= set(walked)
    assert sum(path.startswith("/routes/") for path in walked) > 40
    assert sum(path.startswith("/subsidies/") for path in walked) > 20


def test_an_id_is_used_once_and_labels_point_at_something(walked: dict[str, html.HtmlElement]) -> None:
    for path, page in walked.items():
        ids = Counter(page.xpath("//@id"))
        assert [each for each, count in ids.items() if count > 1] == [], path
        for name in ("for", "aria-labelledby", "aria-describedby"):
            wanted = {each for value in page.xpath(f"//@{name}") for each in value.split()}
            assert wanted <= set(ids), path


def test_headings_go_down_one_level_at_a_time(walked: dict[str, html.HtmlElement]) -> None:
    for path, page in walked.items():
        levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        if path in ("/", "/widget/example.html"):
            continue
        assert levels.count(1) == 1, path
        # The panel beside the story comes first in the order of reading, with headings of its own.
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_a_page_says_what_it_is(walked: dict[str, html.HtmlElement]) -> None:
    titles = Counter()
    for path, page in walked.items():
        if path.startswith("/widget") or "?" in path or path == "/":
            continue
        titles[page.findtext(".//title")] += 1
        [description] = page.xpath("//meta[@name='description']/@content")
        assert 20 <= len(description) <= 160, path
        assert page.get("lang") == ("en" if path.startswith("/en/") else "nl")
        assert page.xpath("//link[@rel='canonical']/@href") == [f"https://gids.example.org{path}"] or page.xpath(
            "//meta[@name='robots']"
        ), path
        assert page.xpath("//loket-gids/@region"), path
        assert page.xpath("//a[@class='skip']/@href") == ["#inhoud"]
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_page_has_a_script_or_a_style_of_its_own(walked: dict[str, html.HtmlElement]) -> None:
    for path, page in walked.items():
        inline = page.xpath("//script[not(@src) and not(@type='application/ld+json')]|//style|//@style|//@onclick")
        assert inline == [], path
