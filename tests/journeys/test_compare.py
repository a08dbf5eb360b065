"""A visitor lays routes side by side, on a phone and on a wide screen, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def choose_two_and_add_one(page: Page, server: str) -> None:
    page.goto(f"{server}/vergelijk")
    page.get_by_label("Eerste route").select_option("zij-instroom-po")
    page.get_by_label("Tweede route").select_option("pabo-verkort-deeltijd")
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_label("Zet er nog een route naast").select_option("pabo-voltijd")
    page.get_by_role("button", name="Zet erbij").click()
    expect(page.get_by_role("columnheader")).to_have_count(3)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_routes_are_chosen_added_and_taken_away_without_a_script(
    browser: Browser, live_server: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    choose_two_and_add_one(page, live_server)

    page.get_by_role("link", name="Haal weg Voltijd pabo").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)

    cells = page.get_by_role("row", name="Wat het kost").get_by_role("cell")
    expect(cells).to_have_count(2)
    expect(cells.last).to_contain_text("€ 2.694")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_comparison_has_no_accessibility_violations(
    browser: Browser, live_server: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in (
        "/vergelijk",
        "/vergelijk?route=pabo-deeltijt",
        "/vergelijk?route=zij-instroom-po&route=pabo-deeltijd",
    ):
        page.goto(live_server + path)

        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()
