"""Mail is the same words twice: as plain text, and as a page in the look of a region that everybody can read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from assistant.leads.letterhead import Letterhead, html_of
from knowledge.brand import DARK, LIGHT, Brand, contrast
from knowledge.catalogue import Catalogue
from knowledge.place import Region

TEXT = """Beste Sam,

Je stuurde dit:
- Contact met je opnemen.
- Je doorverwijzen.
Tot dan.

Je afspraak: https://gids.example.org/mijn-afspraak/abc?taal=en&x=1. Bewaar de link.
"""


def _page(text: str = TEXT, letterhead: Letterhead | None = None, locale: str = "nl") -> html.HtmlElement:
    return html.document_fromstring(html_of(text, "Je afspraak staat vast", locale, letterhead or Letterhead()))


def test_paragraphs_lists_and_addresses_are_what_they_look_like_in_the_text() -> None:
    page = _page(locale="en")

    assert page.get("lang") == "en"
    assert page.xpath("string(//title)") == "Je afspraak staat vast"
    assert [each.text_content() for each in page.cssselect("li")] == ["Contact met je opnemen.", "Je doorverwijzen."]
    assert [each.text_content().strip() for each in page.cssselect("div div p")][:2] == [
        "Beste Sam,",
        "Je stuurde dit:",
    ]
    [link] = page.cssselect("a")
    assert link.get("href") == link.text == "https://gids.example.org/mijn-afspraak/abc?taal=en&x=1"
    assert page.cssselect("script, link, style, img") == []


def test_a_mail_has_the_name_and_the_colours_of_its_region(catalogue: Catalogue) -> None:
    for region in catalogue.all(Region):
        letterhead = Letterhead.of(region)
        page = html_of(TEXT, "x", "nl", letterhead)

        assert letterhead.name in html.document_fromstring(page).text_content()
        if region.brand:
            assert f"background-color:{region.brand.accent}" in page
            assert f"color:{region.brand.colours['link']}" in page


@pytest.mark.parametrize("accent", ["#0b5563", "#ffd400", "#eeeeee", "#101010", "#7a1f5c"])
def test_every_word_of_a_mail_stands_out_from_its_ground(small_catalogue: Catalogue, accent: str) -> None:
    try:
        brand = Brand(accent=accent)
    except ValueError:
        return  # Such a brand does not exist: an editor is told that it cannot be read.
    region = small_catalogue.all(Region)[0].model_copy(update={"brand": brand})
    letterhead = Letterhead.of(region)

    assert contrast(letterhead.on_accent, letterhead.accent) >= 4.5
    assert contrast(letterhead.link, LIGHT) >= 4.5
    assert contrast(DARK, LIGHT) >= 4.5


def test_without_a_region_a_mail_has_the_look_of_the_product() -> None:
    assert "Loketgids" in _page(letterhead=Letterhead.of(None)).text_content()


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n<>&\"'-"), max_size=300))
def test_whatever_is_typed_is_shown_and_makes_no_markup(typed: str) -> None:
    page = _page(f"Beste\n\n{typed}\n\nGroet")

    tags = {each.tag for each in page.iter() if isinstance(each.tag, str)}
    assert tags <= {"html", "head", "meta", "title", "body", "div", "p", "br", "ul", "li", "a"}
    shown, meant = (re.sub(r"[\s-]+", "", words) for words in (page.cssselect("div div")[0].text_content(), typed))
    assert meant in shown
    assert all(each.get("href", "").startswith(("http://", "https://")) for each in page.cssselect("a"))
