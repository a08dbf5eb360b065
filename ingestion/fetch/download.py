"""Downloader: one address to its bytes, within limits of size and time, or a reason why not."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx

from ingestion.fetch.address import BadAddress, page_key
from ingestion.fetch.network import ForbiddenAddress, GuardedTransport

USER_AGENT = "Loketgids/1.0 (+{contact}; leest pagina's van onderwijsloketten)"
_REDIRECTS = {301, 302, 303, 307, 308}
_COME_BACK = {429, 502, 503, 504}


class NotFetched(Exception):
    """The page did not come: `why`, for the report; `status` if a server gave one."""

    def __init__(self, why: str, status: int | None = None, for_now: bool = False) -> None:
        super().__init__(why)
        self.why, self.status, self.for_now = why, status, for_now
        """`for_now`: the server or the network fails; the page may well be there."""


@dataclass(frozen=True)
class Limits:
    """What one address may cost."""

    max_bytes: int = 30_000_000
    """After unpacking."""
    seconds: float = 30.0
    """For one try, from connecting to the last byte."""
    redirects: int = 5
    tries: int = 3
    longest_wait: float = 60.0
    """A server that asks for a longer pause is left alone until the next run."""


@dataclass(frozen=True)
class Downloaded:
    """What a server gave."""

    address: str
    """Where it was found in the end, as a page key."""
    asked: str
    status: int
    """200, or 304 if it is what we have."""
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str = ""
    last_modified: str = ""
    moved_for_good: bool = False
    """Every redirect on the way was permanent."""
    links: dict[str, str] = field(default_factory=dict)


class Downloader:
    """Downloads by one polite name; the only place in the product that fetches pages of others."""

    def __init__(
        self,
        contact: str,
        allow_loopback: bool = False,
        limits: Limits | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        :param contact: A page or mailbox where the owner of a site finds who we are.
        :param allow_loopback: For tests and the demo site.
        :param pause: Waits a number of seconds; a test may look on instead.
        """
        self._limits = limits or Limits()
        self._pause = pause
        self._client = httpx.Client(
            transport=GuardedTransport(allow_loopback),
            headers={
                "User-Agent": USER_AGENT.format(contact=contact),
                "Accept": "text/html,application/xhtml+xml,application/pdf,application/json,text/*;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "nl, en;q=0.5",
            },
            timeout=httpx.Timeout(10.0),
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def get(
        self,
        address: str,
        etag: str = "",
        last_modified: str = "",
        allowed: Callable[[str], bool] = lambda _address: True,
        headers: dict[str, str] | None = None,
    ) -> Downloaded:
        """
        The page at an address, after its redirects.

        :param etag: Of what we have; with `last_modified`, so that a page which is the same is not sent again.
        :param allowed: Says of each address on the way whether it may be fetched.
        :raises NotFetched: With the reason; what fails for now has been tried again with growing pauses.
        """
        asked = _keyed(address)
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {name: value for name, value in conditions.items() if value} | (headers or {})
        for attempt in range(1, self._limits.tries + 1):
            try:
                return self._followed(asked, sent, allowed)
            except _ComeBack as later:
                wait = later.after if later.after is not None else random.uniform(0.5, 1.0) * 2**attempt  # noqa: S311
                if attempt == self._limits.tries or wait > self._limits.longest_wait:
                    raise NotFetched(later.why, later.status, for_now=True) from later
                self._pause(wait)
        raise AssertionError("the last try returns or raises")

    def _followed(self, asked: str, headers: dict[str, str], allowed: Callable[[str], bool]) -> Downloaded:
        here, seen, for_good = asked, {asked}, True
        for _ in range(self._limits.redirects + 1):
            if not allowed(here):
                why = "robots.txt forbids it" if here == asked else f"it leads to {here}, which may not be fetched"
                raise NotFetched(why)
            # What lets us in at one site is not told to another that it sends us on to.
            elsewhere = urlsplit(here).netloc != urlsplit(asked).netloc
            told = {name: value for name, value in headers.items() if not (elsewhere and name == "Authorization")}
            answer = self._once(here, told)
            if isinstance(answer, Downloaded):
                moved = here != asked and for_good
                return Downloaded(**{**answer.__dict__, "asked": asked, "moved_for_good": moved})
            for_good = for_good and answer.permanent
            here = _keyed(urljoin(here, answer.target))
            if here in seen:
                raise NotFetched(f"it is sent round in a circle by way of {here}")
            seen.add(here)
        raise NotFetched(f"it is sent on more than {self._limits.redirects} times")

    def _once(self, address: str, headers: dict[str, str]) -> "Downloaded | _SentOn":
        ends_at = time.monotonic() + self._limits.seconds
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                if response.status_code in _REDIRECTS and response.headers.get("location"):
                    return _SentOn(response.headers["location"], response.status_code in {301, 308})
                if response.status_code in _COME_BACK:
                    raise _ComeBack(
                        f"the server answers {response.status_code}", response.status_code, _after(response)
                    )
                if response.status_code == httpx.codes.NOT_MODIFIED:
                    return Downloaded(address, address, 304)
                if response.status_code != httpx.codes.OK:
                    raise NotFetched(
                        f"the server answers {response.status_code}",
                        response.status_code,
                        for_now=response.status_code >= 500,
                    )
                return self._read(address, response, ends_at)
        except ForbiddenAddress as error:
            raise NotFetched(str(error)) from error
        except httpx.TimeoutException as error:
            raise _ComeBack("it takes too long to answer") from error
        except httpx.ConnectError as error:
            raise _ComeBack(_reason(error)) from error
        except httpx.DecodingError as error:
            raise NotFetched(f"it cannot be unpacked ({error})") from error
        except httpx.TransportError as error:
            raise _ComeBack(f"the connection fails ({_reason(error)})") from error
        except httpx.InvalidURL as error:
            raise NotFetched(f"its address cannot be read ({error})") from error

    def _read(self, address: str, response: httpx.Response, ends_at: float) -> Downloaded:
        limit = self._limits.max_bytes
        if (told := response.headers.get("content-length", "")).isdigit() and int(told) > limit:
            raise NotFetched(f"it is {int(told) / 1e6:.0f} MB, and at most {limit / 1e6:.0f} MB is read")
        body = bytearray()
        # As they arrive: a packed page of a few kB can unpack to gigabytes, and one that drips takes days.
        for piece in response.iter_bytes():
            body += piece
            if len(body) > limit:
                raise NotFetched(f"it is over {limit / 1e6:.0f} MB")
            if time.monotonic() > ends_at:
                raise NotFetched(f"it was not there after {self._limits.seconds:.0f} seconds", for_now=True)
        return Downloaded(
            address,
            address,
            200,
            bytes(body),
            media_type=response.headers.get("content-type", "").split(";")[0].strip().lower(),
            charset=response.charset_encoding,
            etag=response.headers.get("etag", "")[:200],
            last_modified=response.headers.get("last-modified", "")[:60],
        )


@dataclass(frozen=True)
class _SentOn:
    target: str
    permanent: bool


class _ComeBack(Exception):
    """Failed for now; `after` is how many seconds the server asks us to wait."""

    def __init__(self, why: str, status: int | None = None, after: float | None = None) -> None:
        super().__init__(why)
        self.why, self.status, self.after = why, status, after


def _keyed(address: str) -> str:
    try:
        return page_key(address)
    except BadAddress as error:
        raise NotFetched(str(error)) from error


def _after(response: httpx.Response) -> float | None:
    """`Retry-After` in seconds (RFC 9110, section 10.2.3), as a number or as a moment."""
    told = response.headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
