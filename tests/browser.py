"""Debian's Chromium, for tests: launched once a module, and as patient as a busy machine asks for."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.waiting import PATIENCE_SECONDS

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
PATIENCE_MILLISECONDS = PATIENCE_SECONDS * 1000

expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="module", name="browser")
def chromium() -> Iterator[Browser]:
    """Closed with the module, since its event loop would be in the way of asynchronous tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        new_context = launched.new_context

        def patient(**options: Any) -> BrowserContext:
            context = new_context(**options)
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            return context

        launched.new_context = patient  # type: ignore[method-assign]
        yield launched
        launched.close()
