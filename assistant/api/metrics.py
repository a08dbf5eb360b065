"""Counts and times what is asked. No path parameters and no words of visitors are kept."""

from collections.abc import Mapping
from time import perf_counter

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = Counter("loket_requests_total", "Requests by route and status", ["route", "status"])
SECONDS = Histogram(
    "loket_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.03, 0.06, 0.125, 0.25, 0.5, 1, 5),
)
TURNS = Counter("loket_turns_total", "Turns by how they ended", ["status"])
REPEATED = Counter("loket_turns_repeated_total", "Turns that were answered from memory")
STEP_SECONDS = Histogram(
    "loket_step_seconds",
    "Time of each step of a turn",
    ["step"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.06, 0.125, 0.25, 0.5),
)


def count_turn(status: str, took: Mapping[str, float], *, repeated: bool = False) -> None:
    """
    Count one turn, and the milliseconds of its steps.

    :param repeated: Whether it was answered from memory.
    """
    TURNS.labels(status).inc()
    REPEATED.inc(int(repeated))
    for name, milliseconds in took.items():
        STEP_SECONDS.labels(name).observe(milliseconds / 1000)


class Metrics:
    """ASGI middleware that measures every HTTP request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            # The route's own pattern, not the address: addresses hold ids.
            route = getattr(scope.get("route"), "path", "unknown")
            REQUESTS.labels(route, str(status)).inc()
            SECONDS.labels(route).observe(perf_counter() - began)
