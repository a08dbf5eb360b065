"""A whole service in which an editor of Haaglanden is logged in."""

import html
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.accounts.role import Role
from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from knowledge.publishing.opening import Editorial
from knowledge.publishing.proposals import ProposalStore

PASSWORD = "een lang genoeg wachtwoord"


@dataclass
class EditorsDesk:
    """A browser of an editor, and the stores behind it."""

    app: FastAPI
    browser: TestClient
    csrf: str
    account_id: str

    @property
    def editorial(self) -> Editorial:
        """What the editors work with."""
        return self.app.state.editorial  # type: ignore[no-any-return]

    @property
    def proposals(self) -> ProposalStore:
        """What waits for a decision."""
        return ProposalStore(self.editorial.sessions)

    def get(self, path: str) -> str:
        """The text of a page of the editor."""
        response = self.browser.get(path)
        assert response.status_code == 200, response.text
        return html.unescape(response.text)

    def post(self, path: str, form: Mapping[str, Any] | None = None) -> httpx.Response:
        """Send a form."""
        return self.browser.post(path, data={"csrf": self.csrf, **(form or {})})


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


@pytest.fixture(scope="module")
def editors_desk(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> EditorsDesk:
    """The desk of an editor."""
    var = shutil.copytree(installed, tmp_path_factory.mktemp("editor") / "var")
    app = create_app(Settings(var=var, embedder="none", rate_limit="off"))
    with app.state.sessions.begin() as session:
        account = AccountStore(session).add("noor@example.org", "Noor Bakker", ("haaglanden",), PASSWORD, Role.EDITOR)
    browser = TestClient(app, follow_redirects=False)
    token = hidden(browser.get("/desk/login").text, "token")
    form = {"email": "noor@example.org", "password": PASSWORD, "token": token, "next": ""}
    assert browser.post("/desk/login", data=form).status_code == 303
    return EditorsDesk(app, browser, hidden(browser.get("/desk/redactie").text, "csrf"), account.id)
