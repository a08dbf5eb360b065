"""The keuzewijzer as one file: whole, valid, escaped, and in need of nothing else."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from lxml import html

from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.html import as_fragment, as_html
from assistant.keuzewijzer.logo import read_logo

Make = Callable[..., Keuzewijzer]


@pytest.mark.parametrize(("sector", "region"), [("po", "ldb"), ("vo", "hak"), ("mbo", "haaglanden")])
def test_it_says_what_the_document_says_and_each_number_leads_to_its_source(
    made: Make, sector: str, region: str
) -> None:
    document = made(sector, region)

    page = html.fromstring(as_html(document))

    text = " ".join(page.text_content().split())
    for route in document.routes:
        assert route.title in text
        assert all(each.text in text for side in route.agreements for each in (*side.rights, *side.duties))
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    links = [each.removeprefix("#") for each in page.xpath("//a/@href") if each.startswith("#")]
    assert set(links) <= set(ids)


def test_its_headings_go_down_one_step_at_a_time(made: Make) -> None:
    page = html.fromstring(as_html(made("po", "haaglanden")))

    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_needs_nothing_from_anywhere(made: Make, picture: Callable[..., bytes]) -> None:
    page = html.fromstring(as_html(made("po", "ldb"), read_logo(picture())))

    loaded = [*page.xpath("//@src"), *page.xpath("//link/@href"), *page.xpath("//script")]

    assert all(str(each).startswith("data:") for each in loaded)
    assert page.xpath("//img/@alt") == ["Logo van Stichting De Zonnewijzer"]


def test_markup_in_a_name_is_shown_and_does_nothing(made: Make, payloads: list[str]) -> None:
    document = made("mbo", "hak", routes=("mbo-instructeur",))
    harmless = len(html.fromstring(as_html(document)).xpath("//*"))

    for payload in payloads:
        for whole in (as_html, as_fragment):
            text = whole(document.model_copy(update={"board": payload}))
            assert payload not in text or "<" not in payload
        page = html.fromstring(as_html(document.model_copy(update={"board": payload})))

        assert len(page.xpath("//*")) == harmless
        assert not page.xpath("//script | //@onerror | //@onload | //iframe")
