"""Metrics count what is asked, and hold nothing by which a person or a conversation could be known."""

import re
from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.api import brands, pages
from assistant.site.views import ROUTERS as PUBLIC_PAGES


def _counted(api: TestClient, name: str, **labels: str) -> float:
    """The value of one counter."""
    return sum(
        sample.value
        for family in text_string_to_metric_families(api.get("/metrics").text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_requests_are_counted_and_timed_by_route_and_status(api: TestClient) -> None:
    route = "/api/v1/routes/{record_id}"
    before = _counted(api, "loket_requests_total", route=route, status="404")
    timed = _counted(api, "loket_request_seconds_count", route=route)

    api.get("/api/v1/routes/bestaat-niet")

    assert _counted(api, "loket_requests_total", route=route, status="404") == before + 1
    assert _counted(api, "loket_request_seconds_count", route=route) == timed + 1


def test_turns_are_counted_by_how_they_ended(api: TestClient, begin: Callable[..., Any]) -> None:
    before = _counted(api, "loket_turns_total", status="guarded_abuse")

    begin().say("klootzak")

    assert _counted(api, "loket_turns_total", status="guarded_abuse") == before + 1


def test_what_was_refused_before_it_came_to_a_route_is_counted_too(api: TestClient) -> None:
    before = _counted(api, "loket_requests_total", status="413")

    api.post("/api/v1/leads", content=b"x" * 70_000)

    assert _counted(api, "loket_requests_total", status="413") == before + 1


def test_metrics_hold_no_ids_words_addresses_or_unknown_paths(api: TestClient, begin: Callable[..., Any]) -> None:
    begun = begin(page_url="https://example.org/zwaantje")
    begun.say("ik ben Zwaantje de Vries, zwaantje@example.org, 06-12345678")
    begun.turns()
    api.get("/api/v1/search", params={"q": "geheime vraag"})
    api.get("/zwaantje-de-vries/06-12345678")

    text = api.get("/metrics").text

    for private in (begun.id, begun.token, "Zwaantje", "zwaantje", "12345678", "geheime", "127.0.0.1", "testclient"):
        assert private not in text, private
    routes = set(re.findall(r'route="([^"]*)"', text))
    known = set(api.get("/api/openapi.json").json()["paths"])
    assert routes <= known | {
        "unknown", "/", "/widget.js", "/widget/{name:path}", "/api/openapi.json", "/api/docs", "/redactie",
        *(route.path for router in (brands.router, pages.router) for route in router.routes),
        *(route for route in routes if route.startswith("/desk")),
        *(route.path for router in PUBLIC_PAGES for route in router.routes),
    }, routes - known  # fmt: skip
