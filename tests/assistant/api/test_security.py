"""What every request meets first: limits on size and pace, and headers that keep browsers strict."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.api import problem, security
from assistant.api.security import MAX_BODY_BYTES, TokenBuckets
from assistant.settings import Settings

Serve = Callable[..., TestClient]


def _app(settings: Settings) -> FastAPI:
    app = FastAPI()

    async def size(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    for path in ("/api/v1/conversations", "/api/v1/conversations/x/messages", "/api/v1/leads", "/desk/login"):
        app.post(path)(size)
    app.get("/api/v1/routes")(lambda: {})
    app.get("/", response_class=HTMLResponse)(lambda: "<p>demo</p>")
    app.get("/desk", response_class=HTMLResponse)(lambda: "<p>desk</p>")

    @app.get("/crash")
    def crash() -> None:
        raise RuntimeError

    problem.install(app)
    security.install(app, settings)
    return app


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Makes an application with these settings."""

    def make(address: str = "192.0.2.1", **settings: Any) -> TestClient:
        return TestClient(_app(Settings(**settings)), client=(address, 1), raise_server_exceptions=False)

    return make


def test_a_body_up_to_the_limit_arrives_whole_and_over_it_is_refused(serve: Serve) -> None:
    client = serve(rate_limit="off")

    fits = client.post("/api/v1/leads", content=b"x" * MAX_BODY_BYTES)
    over = client.post("/api/v1/leads", content=b"x" * (MAX_BODY_BYTES + 1))
    in_pieces = client.post("/api/v1/leads", content=(b"x" * 1000 for _ in range(200)))

    assert fits.json() == {"bytes": MAX_BODY_BYTES}
    assert over.status_code == in_pieces.status_code == 413
    assert over.headers["content-type"] == "application/problem+json"


def test_messages_are_held_to_the_pace_and_conversations_and_leads_to_a_tenth(serve: Serve) -> None:
    client = serve(messages_per_minute=20)

    paths = ("/api/v1/conversations/x/messages", "/api/v1/conversations", "/api/v1/leads")
    allowed = {path: [client.post(path).status_code for _ in range(25)].count(200) for path in paths}
    refused = client.post("/api/v1/leads")

    assert allowed == dict(zip(paths, (20, 2, 2), strict=True))
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 30


def test_another_address_has_a_pace_of_its_own_and_one_ipv6_network_has_one_together() -> None:
    app = _app(Settings(messages_per_minute=10))

    def ask(address: str) -> int:
        return TestClient(app, client=(address, 1)).post("/api/v1/leads").status_code

    addresses = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]
    assert [ask(address) for address in addresses] == [200, 429, 200, 200, 429, 200]


def test_the_limit_can_be_off_for_measurements(serve: Serve) -> None:
    client = serve(rate_limit="off", messages_per_minute=1)

    assert {client.post("/api/v1/leads").status_code for _ in range(20)} == {200}


def test_pages_and_health_are_not_counted(serve: Serve) -> None:
    client = serve(messages_per_minute=1)

    assert {client.get("/").status_code for _ in range(30)} == {200}


def test_every_answer_has_the_headers_that_fit_it(serve: Serve) -> None:
    client = serve(rate_limit="off")

    page, desk, data, crash = (client.get(path).headers for path in ("/", "/desk", "/api/v1/routes", "/crash"))

    for headers in (page, desk, data, crash):
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe" not in headers["content-security-policy"]
    assert "script-src 'self'" in page["content-security-policy"]
    assert page["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in desk["content-security-policy"]
    assert "script-src 'self';" in desk["content-security-policy"], "live pages of the desk have scripts of their own"
    assert desk["cache-control"] == "no-store"
    assert desk["referrer-policy"] == "no-referrer"
    assert desk["cross-origin-resource-policy"] == "same-origin"
    assert data["cross-origin-resource-policy"] == "cross-origin"
    assert data["content-security-policy"].startswith("default-src 'none'")
    assert "strict-transport-security" not in page
    assert "strict-transport-security" in serve(secure_cookies=True).get("/").headers


def test_a_site_that_may_embed_the_widget_may_read_answers_also_refusals(serve: Serve) -> None:
    client = serve(messages_per_minute=10, allowed_origins=("https://loket.example.org",))
    allowed, other = {"Origin": "https://loket.example.org"}, {"Origin": "https://example.com"}

    first = client.post("/api/v1/leads", headers=allowed)
    refused = client.post("/api/v1/leads", headers=allowed)
    strange = client.get("/api/v1/routes", headers=other)
    preflight = client.options(
        "/api/v1/leads",
        headers=allowed
        | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"},
    )

    assert first.headers["access-control-allow-origin"] == "https://loket.example.org"
    assert refused.status_code == 429
    assert refused.headers["access-control-allow-origin"] == "https://loket.example.org"
    assert "access-control-allow-origin" not in strange.headers
    assert preflight.status_code == 200
    assert "access-control-allow-credentials" not in first.headers


def test_a_page_of_another_site_is_refused_in_words_that_it_can_show(serve: Serve) -> None:
    client = serve(
        rate_limit="off", allowed_origins=("https://loket.example.org",), public_url="https://gids.example.org"
    )
    page = {"Origin": "https://example.com", "Sec-Fetch-Site": "cross-site"}

    asked_before = client.options(
        "/api/v1/leads",
        headers={**page, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"},
    )
    refused = client.post("/api/v1/leads", headers=page, content=b"x")

    assert asked_before.status_code == 204
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["access-control-allow-origin"] == "https://example.com"
    assert refused.json()["detail"] == (
        "Dit gesprek mag niet op deze site staan. Stel je vraag op https://gids.example.org."
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://loket.example.org", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://behind.a.proxy", "Sec-Fetch-Site": "same-origin"},
        {},
    ],
)
def test_an_allowed_site_our_own_pages_and_programs_are_served(serve: Serve, headers: dict[str, str]) -> None:
    client = serve(rate_limit="off", allowed_origins=("https://loket.example.org",))

    assert client.post("/api/v1/leads", headers=headers, content=b"x").json() == {"bytes": 1}


@given(st.integers(1, 100), st.lists(st.floats(0, 30), max_size=60))
def test_no_address_ever_gets_more_than_its_minute_and_a_burst(per_minute: int, pauses: list[float]) -> None:
    now = 0.0
    buckets = TokenBuckets(per_minute, clock=lambda: now)
    granted = 0

    for pause in pauses:
        now += pause
        granted += buckets.take("a") == 0

    assert granted <= per_minute + per_minute * now / 60 + 1e-6


@given(st.integers(1, 100))
def test_after_the_seconds_that_were_named_there_is_room_again(per_minute: int) -> None:
    now = 0.0
    buckets = TokenBuckets(per_minute, clock=lambda: now)
    for _ in range(per_minute):
        assert buckets.take("a") == 0

    now += buckets.take("a")

    assert buckets.take("a") == 0
