"""What every request meets before a route does: limits on size and pace, and headers that keep browsers strict."""

import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.accounts.network import network_of
from assistant.api.problem import problem_of
from assistant.api.sites import AllowedSites
from assistant.errors import TooLarge, TooMany
from assistant.settings import Settings

MAX_BODY_BYTES = 64 * 1024
MAX_UPLOAD_BYTES = 3 * 1024 * 1024
"""Where a file may come along: more than it may weigh, so that who sends too large a one is told so on the page."""
_UPLOADS = re.compile(
    r"/desk/(login(/code)?|verder|keuzewijzer|redactie/tabel/[a-z_]+|redactie/(onderdeel|nieuw|voorbeeld|vertalen)(/.*)?)"
)
"""And where an editor may paste a whole document, to be told on the page that it is too long, with what they typed.
The same text goes with the login form when the session was over."""
_MAX_ADDRESSES = 20_000
_STAFF = ("/desk", "/redactie")
_BY_NUMBER = (
    "/api/v1/receipts/",
    "/api/v1/zelftest/saved",
    "/zelftest/overzicht/",
    "/zelftest/verder/",
    "/aanmelding/",
    "/eerder",
    "/mijn-afspraak/",
    "/mijn-dag/",
    "/vacatures/bericht/",
)
"""What is opened by a number or a code alone: a slow pace leaves nothing to whoever tries them out."""
_LEADING_TO_LEADS = ("/afspraak/", "/aanmelden/", "/meelopen")
"""Forms of the site that end at a loket."""
_PAGES = ("/zelftest", "/aanmelding", "/eerder", "/vacatures", "/mijn-afspraak", "/mijn-dag", *_LEADING_TO_LEADS)
"""Where people are who read a page, not a program that reads a problem."""
_DOORS = ("/desk/login", "/desk/link/", "/desk/wachtwoord-vergeten")
_OF_ONE_VISITOR = ("/api/v1/conversations", "/api/v1/leads", "/api/v1/zelftest/saved")

_STAFF_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


def install(app: FastAPI, settings: Settings) -> None:
    """Put the limits and headers around the application; the last one added is the first one met."""
    app.add_middleware(BodyLimit)
    if settings.rate_limit == "on":
        app.add_middleware(RateLimit, messages_per_minute=settings.messages_per_minute)
    app.add_middleware(SecurityHeaders, is_secure=settings.secure_cookies)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.allowed_origins),
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
        expose_headers=["Retry-After"],
        max_age=3600,
    )
    app.add_middleware(AllowedSites, settings=settings)


class SecurityHeaders:
    """Adds the headers that fit what is sent: a staff page, another page, or data."""

    def __init__(self, app: ASGIApp, is_secure: bool) -> None:
        self._app = app
        self._is_secure = is_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_staff = _is_staff(scope["path"])

        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"], is_staff)
            await send(message)

        await self._app(scope, receive, add_headers)

    def _add(self, headers: MutableHeaders, path: str, is_staff: bool) -> None:
        is_page = headers.get("content-type", "").startswith("text/html")
        headers.setdefault("x-content-type-options", "nosniff")
        headers.setdefault("referrer-policy", "no-referrer" if is_staff else "strict-origin-when-cross-origin")
        headers.setdefault("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()")
        policy = _STAFF_POLICY if is_staff else _PAGE_POLICY if is_page else _DATA_POLICY
        headers.setdefault("content-security-policy", policy)
        # The widget is fetched by other sites; pages for staff by nobody else.
        headers.setdefault("cross-origin-resource-policy", "same-origin" if is_staff else "cross-origin")
        if is_page:
            headers.setdefault("cross-origin-opener-policy", "same-origin")
        if is_staff:
            headers.setdefault("x-frame-options", "DENY")
        if is_staff or path.startswith(_OF_ONE_VISITOR):
            headers.setdefault("cache-control", "no-store")
        if self._is_secure:
            headers.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")


class BodyLimit:
    """Refuses a body over the limit, also one that does not say its size beforehand."""

    def __init__(self, app: ASGIApp, limit_bytes: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._limit = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        limit = max(self._limit, MAX_UPLOAD_BYTES) if _UPLOADS.fullmatch(scope["path"]) else self._limit
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > limit:
                await problem_of(TooLarge(limit))(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        is_given = False

        async def replay() -> Message:
            nonlocal is_given
            if is_given:
                return await receive()
            is_given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, replay, send)


@dataclass
class _Bucket:
    """Tokens left at a moment; they grow back evenly."""

    tokens: float
    at: float


class TokenBuckets:
    """A number of requests a minute for each address, of which all may come at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._capacity = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, address: str) -> int:
        """
        Take one token.

        :returns: 0 if there was one, else the whole seconds until there is.
        """
        now = self._clock()
        bucket = self._buckets.pop(address, None) or _Bucket(self._capacity, now)
        bucket.tokens = min(self._capacity, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        self._buckets[address] = bucket
        if len(self._buckets) > _MAX_ADDRESSES:
            self._buckets.popitem(last=False)
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return math.ceil((1 - bucket.tokens) / self._per_second)


class RateLimit:
    """Holds each address to a pace. Behind a proxy, uvicorn's `--proxy-headers` says who is asking."""

    def __init__(self, app: ASGIApp, messages_per_minute: int) -> None:
        self._app = app
        tenth = max(1, messages_per_minute // 10)
        self._messages = TokenBuckets(messages_per_minute)
        self._conversations = TokenBuckets(tenth)
        self._leads = TokenBuckets(tenth)
        self._saved = TokenBuckets(tenth)
        self._numbers = TokenBuckets(messages_per_minute)
        self._logins = TokenBuckets(messages_per_minute)
        self._other_calls = TokenBuckets(messages_per_minute * 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        buckets = self._buckets_for(scope) if scope["type"] == "http" else None
        wait_seconds = buckets.take(_address(scope)) if buckets else 0
        if wait_seconds:
            error = TooMany(wait_seconds)
            refusal = _page_of(error) if scope["path"].startswith(_PAGES) else problem_of(error)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _buckets_for(self, scope: Scope) -> TokenBuckets | None:
        path, is_post = scope["path"].rstrip("/"), scope["method"] == "POST"
        if path.startswith(_DOORS) and is_post:
            return self._logins
        if path in ("/zelftest/bewaren", "/api/v1/zelftest/saved", "/vacatures/bericht") and is_post:
            return self._saved
        if path.startswith(_LEADING_TO_LEADS) and is_post:
            return self._leads
        if path.startswith(_BY_NUMBER):
            return self._numbers
        if path.startswith("/zelftest") and is_post:
            return self._other_calls
        if not path.startswith("/api/"):
            return None
        if path == "/api/v1/conversations" and is_post:
            return self._conversations
        if path == "/api/v1/leads" and is_post:
            return self._leads
        if is_post and (path.endswith("/messages") or path == "/api/v1/feedback"):
            return self._messages
        return None if scope["method"] == "OPTIONS" else self._other_calls


def _page_of(error: TooMany) -> HTMLResponse:
    """What somebody reads who is at a page: going back in the browser brings them where they were."""
    page = (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Even wachten</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>Even wachten</h1>'
        f"<p>{error.visitor_message}</p><p>Ga daarna terug in je browser. Wat je invulde, staat er nog.</p></main></body></html>"
    )
    headers = {"Retry-After": str(error.retry_after_seconds), "Cache-Control": "no-store"}
    return HTMLResponse(page, status_code=error.status_code, headers=headers)


def _address(scope: Scope) -> str:
    """Who asks."""
    return network_of(scope["client"][0]) if scope.get("client") else ""


def _is_staff(path: str) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in _STAFF)
