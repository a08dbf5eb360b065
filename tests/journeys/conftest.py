"""The whole service on loopback, with its own data folder, and Debian's Chromium to visit it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store
from tests.browser import chromium
from tests.serving import running

browser = chromium
PASSWORD = "een lang genoeg wachtwoord"
AddColleague = Callable[..., str]
LogIn = Callable[..., None]


@pytest.fixture(scope="module")
def live_settings(tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[Path], None]) -> Settings:
    """An installation of its own: lexical search alone, so that it starts at once."""
    var = tmp_path_factory.mktemp("var")
    furnish(var)
    return Settings(var=var, embedder="none", rate_limit="off", region="haaglanden")


@pytest.fixture(scope="module")
def live_app(live_settings: Settings) -> FastAPI:
    """The service itself, for what a test reads off it."""
    return create_app(live_settings)


@pytest.fixture(scope="module")
def live_server(live_app: FastAPI) -> Iterator[str]:
    """The address of the running service."""
    with running(live_app) as address:
        yield address


@pytest.fixture(scope="module")
def data_folder(live_settings: Settings) -> Path:
    """Where the running service keeps its data."""
    return live_settings.var


@pytest.fixture(scope="module")
def add_colleague(live_settings: Settings) -> AddColleague:
    """`add_colleague("Noor Bakker", role="editor")`: an account of Haaglanden, and the address to log in with."""

    def add(name: str, regions: tuple[str, ...] = ("haaglanden",), **more: Any) -> str:
        email = f"{name.split()[0].lower()}@example.org"
        with open_store(live_settings.people_address).begin() as session:
            AccountStore(session).add(email, name, regions, PASSWORD, **more)
        return email

    return add


@pytest.fixture(scope="module")
def log_in(live_server: str) -> LogIn:
    """`log_in(page, email, "/desk/agenda")`: goes there, by way of the login."""

    def log_in(page: Page, email: str, path: str = "/desk") -> None:
        page.goto(live_server + path)
        page.get_by_label("E-mailadres").fill(email)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen").click()

    return log_in


class Looks:
    """`look(page, "form")` keeps a picture of a page, and gathers in `found` what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.found: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        """Look at accessibility, and at whether the page fits the screen."""
        page.screenshot(path=self._folder / f"{name}.png", full_page=True)
        violations = Axe().run(page).response["violations"]
        self.found += [f"{name} {each['id']}: {each['nodes'][0]['html']}" for each in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.found.append(f"{name} is too wide")


@pytest.fixture
def look(tmp_path: Path) -> Looks:
    """Looks at the pages of one walk; a test ends with `assert look.found == []`."""
    return Looks(tmp_path)


@pytest.fixture(scope="module")
def desk(browser: Browser, add_colleague: AddColleague, log_in: LogIn) -> Iterator[Page]:
    """Noor of Haaglanden at her desk, without JavaScript."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}).new_page()
    log_in(page, add_colleague("Noor Bakker"))
    yield page
    page.context.close()
