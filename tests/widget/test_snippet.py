"""The page on which builders of a site choose how the widget looks, in a real Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

CONTRASTS = """async () => {
    const {BRANDS} = await import('/widget/brands.js')
    const light = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
    const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05) }
    return Object.values(BRANDS).flatMap(({colours: c}) => [
        contrast(c.accent, c['on-accent']), contrast(c.link, '#ffffff'),
        contrast(c['accent-dark'], c['on-accent-dark']), contrast(c['link-dark'], '#16242a'),
    ])
}"""


@pytest.fixture
def page(browser: Browser, api: Any) -> Iterator[Page]:
    """The page at a desk; its own errors fail the test."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made = context.new_page()
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.goto(f"{api.address}/snippet")
    yield made
    context.close()
    assert errors == []


def test_what_is_chosen_stands_in_the_text_and_shows_on_the_page(page: Page, api: Any) -> None:
    page.select_option("#region", "ldb")
    page.get_by_label("Linksonder").check()
    page.get_by_label("Tekst op de knop").fill('Vraag "het" <ons>')

    tag = page.locator("#tag")
    expect(tag).to_contain_text(f'<script type="module" src="{api.address}/widget.js"></script>')
    expect(tag).to_contain_text('region="ldb" position="left" label="Vraag &quot;het&quot; &lt;ons>"')
    expect(page.locator("#look")).to_contain_text("--loket-accent: #7a1f5c;")
    button = page.get_by_role("button", name='Vraag "het" <ons>')
    assert (button.bounding_box() or {})["x"] < 100
    assert button.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(122, 31, 92)"


def test_a_colour_of_ones_own_gets_readable_words_on_it_or_a_warning(page: Page) -> None:
    page.locator("#accent").fill("#ffe600")

    expect(page.locator("#look")).to_contain_text("--loket-on-accent: #000000;")
    expect(page.get_by_text("Deze kleur valt weinig op.")).to_be_visible()
    page.locator("#accent").fill("#1d4f91")
    expect(page.get_by_text("Deze kleur valt weinig op.")).to_have_count(0)


def test_the_tag_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Kopieer de tag").click()

    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#tag").text_content()


def test_the_colours_of_every_region_can_be_read_in_the_light_and_in_the_dark(page: Page) -> None:
    assert min(page.evaluate(CONTRASTS)) >= 4.5


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_is_accessible_and_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
