"""The whole application as `create_app` makes it, over the delivered content, searched by words alone."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.app import create_app
from assistant.settings import Settings

MakeApi = Callable[..., TestClient]


@dataclass(frozen=True)
class Talk:
    """A conversation that has begun, and what opens it."""

    api: TestClient
    id: str
    token: str
    greeting: dict[str, Any]

    @property
    def path(self) -> str:
        """Where the conversation is."""
        return f"/api/v1/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        """What opens it."""
        return {"Authorization": f"Bearer {self.token}"}

    def say(self, text: str) -> httpx.Response:
        """Send words."""
        return self.send({"text": text})

    def choose(self, fact: str, value: Any) -> httpx.Response:
        """Send a tapped answer."""
        return self.send({"choice": {"fact": fact, "value": value}})

    def send(self, body: dict[str, Any]) -> httpx.Response:
        """Send a message as it is."""
        return self.api.post(f"{self.path}/messages", json=body, headers=self.headers)

    def turns(self) -> list[dict[str, Any]]:
        """The transcript's turns."""
        turns: list[dict[str, Any]] = self.api.get(self.path, headers=self.headers).json()["turns"]
        return turns


@pytest.fixture(scope="session")
def api(installed: Path) -> Iterator[TestClient]:
    """One running application without limits on pace, for every test that leaves nothing behind that others see."""
    app = create_app(Settings(var=installed, embedder="none", rate_limit="off"))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def make_api(installed: Path, tmp_path: Path) -> Iterator[MakeApi]:
    """Starts another application with these settings, over a copy of the data folder."""
    with ExitStack() as running:

        def make(**settings: Any) -> TestClient:
            var = tmp_path / "var"
            if not var.exists():
                shutil.copytree(installed, var)
            app = create_app(Settings(**{"var": var, "embedder": "none"} | settings))
            return running.enter_context(TestClient(app, raise_server_exceptions=False))

        yield make


@pytest.fixture
def begin(api: TestClient) -> Callable[..., Talk]:
    """Begins a conversation on the shared application, or on another one."""

    def begin_one(on: TestClient = api, **start: Any) -> Talk:
        answer = on.post("/api/v1/conversations", json=start)
        assert answer.status_code == 201, answer.text
        begun = answer.json()
        return Talk(on, begun["conversation_id"], begun["token"], begun["reply"])

    return begin_one
