"""A visitor reads the public pages: on a phone and a wide screen, in the dark, on paper, with the keyboard alone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PATHS = (
    "/routes?onderwijs=po&regio=haaglanden",
    "/routes/zij-instroom-po?regio=haaglanden",
    "/kosten?onderwijs=vo",
    "/kosten/wettelijk-collegegeld",
    "/subsidies",
    "/subsidies/tegemoetkoming-leraren",
    "/loketten?plaats=Zoetermeer&onderwijs=po",
    "/afspraak",
    "/meelopen",
    "/loketten/word-leraar-in-den-haag",
    "/agenda",
    "/agenda/openscholendag",
    "/cijfers",
    "/cijfers?maat=onvervulde-banen",
    "/vacatures?regio=ldb",
    "/vragen",
    "/veranderd",
    "/en/changes",
    "/routes/bestaat-niet",
)


def opened(browser: Browser, width: int, **options: object) -> Page:
    return browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()  # type: ignore[arg-type]


def unfold(page: Page) -> None:
    """Open everything that is folded, so that what is inside is looked at too."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(
    browser: Browser, live_server: str, width: int, scheme: str
) -> None:
    page = opened(browser, width, color_scheme=scheme)
    for path in PATHS:
        page.goto(live_server + path)
        unfold(page)

        found = Axe().run(page)

        assert found.violations_count == 0, path + found.generate_report()
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is {wider} px too wide at {width} px"
    page.context.close()


def test_a_page_on_paper_is_the_story_and_nothing_else(browser: Browser, live_server: str) -> None:
    page = opened(browser, 760)
    page.emulate_media(media="print")
    page.goto(f"{live_server}/routes/zij-instroom-po")

    for selector in (".top", ".foot", ".region", ".toc", "loket-gids button"):
        expect(page.locator(selector).first).to_be_hidden()
    # What is folded on a screen is open on paper.
    expect(page.locator(".rule .source-line").first).to_be_visible()
    expect(page.locator("#kop-bronnen")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.context.close()


def test_forced_colours_keep_the_bars_and_the_labels(browser: Browser, live_server: str) -> None:
    page = opened(browser, 1280, forced_colors="active")
    page.goto(f"{live_server}/cijfers")

    fill, ground = page.evaluate(
        "[getComputedStyle(document.querySelector('.bar')).fill, getComputedStyle(document.body).backgroundColor]"
    )
    assert fill != ground
    page.context.close()


def test_somebody_finds_a_route_without_a_script(browser: Browser, live_server: str) -> None:
    page = opened(browser, 360, java_script_enabled=False)
    page.goto(live_server)

    page.get_by_role("link", name="Alle routes naar het basisonderwijs").click()
    page.get_by_label("Mijn hoogste diploma").select_option(label="Hbo-bachelor")
    page.get_by_label("Verdienen tijdens het leren").select_option("ja")
    page.get_by_role("button", name="Toon routes").click()
    page.get_by_role("link", name="Zij-instroom in het basisonderwijs", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Zij-instroom in het basisonderwijs")
    expect(page.get_by_role("heading", name="Je eerste stap")).to_be_visible()
    page.locator("details.region summary").click()
    page.get_by_role("link", name="Haaglanden", exact=True).click()
    expect(page.get_by_role("heading", name="In of dicht bij Haaglanden")).to_be_visible()
    page.get_by_role("link", name="Vind jouw loket").click()
    page.get_by_label("Je gemeente of woonplaats").fill("Delft")
    page.get_by_role("button", name="Zoek mijn loket").click()
    expect(page.get_by_role("heading", name="Jouw loket voor Delft")).to_be_visible()
    assert "regio=haaglanden" in page.url
    page.context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A small screen with a keyboard."""
    page = opened(browser, 360)
    yield page
    page.context.close()


def test_the_keyboard_reaches_content_menu_and_folds(phone: Page, live_server: str) -> None:
    phone.goto(f"{live_server}/routes/pabo-deeltijd")

    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "inhoud"

    phone.locator("details.menu summary").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Subsidies")).to_be_visible()

    rule = phone.locator(".rule details").first
    rule.locator("summary").focus()
    phone.keyboard.press("Space")
    expect(rule.locator(".source-line").first).to_be_visible()


def test_the_menu_is_open_on_a_wide_screen(browser: Browser, live_server: str) -> None:
    page = opened(browser, 1280)
    page.goto(f"{live_server}/cijfers")

    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu.get_by_role("link", name="Cijfers")).to_have_attribute("aria-current", "true")
    expect(menu.get_by_role("link", name="Routes")).to_be_visible()
    page.context.close()


def test_the_assistant_is_on_the_page_for_the_region_of_the_visitor(browser: Browser, live_server: str) -> None:
    page = opened(browser, 1280)
    page.goto(f"{live_server}/kosten?regio=hak")

    page.get_by_role("button", name="Stel je vraag").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.locator("loket-gids").get_attribute("region") == "hak"
    page.context.close()
