"""The whole service on loopback, with its own data folder, and Debian's Chromium to visit it."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PASSWORD = "een lang genoeg wachtwoord"
AddColleague = Callable[..., str]
LogIn = Callable[..., None]

expect.set_options(timeout=20_000)
"""A busy machine draws a page in more than the five seconds that Playwright waits."""


@pytest.fixture(scope="module")
def live_settings(tmp_path_factory: pytest.TempPathFactory, kept_learnt: Path) -> Settings:
    """An installation of its own: lexical search alone, so that it starts at once."""
    var = tmp_path_factory.mktemp("var")
    (var / "understanding").symlink_to(kept_learnt)
    return Settings(var=var, embedder="none", rate_limit="off", region="haaglanden")


@pytest.fixture(scope="module")
def live_app(live_settings: Settings) -> FastAPI:
    """The service itself, for what a test reads off it."""
    return create_app(live_settings)


@pytest.fixture(scope="module")
def live_server(live_app: FastAPI) -> Iterator[str]:
    """The address of the running service."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(live_app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the service did not start; its log says why"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


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


@pytest.fixture(scope="module")
def desk(browser: Browser, add_colleague: AddColleague, log_in: LogIn) -> Iterator[Page]:
    """Noor of Haaglanden at her desk, without JavaScript."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}).new_page()
    log_in(page, add_colleague("Noor Bakker"))
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with the module, since its event loop would be in the way of asynchronous tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
