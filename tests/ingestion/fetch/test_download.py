"""One address to its bytes: what is refused, what is tried again, what is not sent twice."""

import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from ingestion.fetch.download import Downloader, NotFetched
from ingestion.fetch.network import ForbiddenAddress, GuardedTransport, is_public
from tests.ingestion.fetch.conftest import Page, Site


def why(downloader: Downloader, address: str, **options: Any) -> NotFetched:
    """The reason for which it is not fetched."""
    with pytest.raises(NotFetched) as caught:
        downloader.get(address, **options)
    return caught.value


def test_given_a_page_when_fetched_then_its_bytes_and_what_tells_it_apart_come_along(
    site: Site, downloader: Downloader
) -> None:
    site.pages["/"] = Page("één", headers={"ETag": '"v1"', "Last-Modified": "Mon, 30 Nov 2026 10:00:00 GMT"})
    found = downloader.get(f"{site.address}/")
    assert (found.body.decode(), found.media_type, found.charset, found.etag) == ("één", "text/html", "utf-8", '"v1"')
    assert "+https://example.org/loket" in site.headers_of["/"]["user-agent"]


def test_given_what_we_have_when_fetched_again_then_it_is_not_sent(site: Site, downloader: Downloader) -> None:
    site.pages["/"] = Page("tekst", headers={"ETag": '"v1"'})
    assert downloader.get(f"{site.address}/", etag='"v1"').status == 304


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://127.1/",
        "http://2130706433/",
        "http://localhost/",
    ],
)
def test_given_an_address_inside_when_fetched_then_it_is_refused_without_a_second_try(
    address: str, pauses: list[float]
) -> None:
    strict = Downloader("x@example.org", pause=pauses.append)
    assert "public internet" in why(strict, address).why
    assert pauses == []


def test_given_a_name_that_changes_to_this_machine_when_fetched_again_then_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolves(_host: str, port: int, **_options: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr("ingestion.fetch.network.socket.getaddrinfo", resolves)
    connected: list[str] = []

    def connects(address: tuple[str, int], *_args: Any, **_options: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("httpcore._backends.sync.socket.create_connection", connects)
    strict = Downloader("x@example.org", pause=lambda _seconds: None)
    with pytest.raises(NotFetched) as caught:
        strict.get("http://loket.example/")
    assert "127.0.0.1, which is not on the public internet" in caught.value.why
    assert connected == ["93.184.216.34"]


def test_given_a_redirect_to_an_address_inside_when_fetched_then_it_is_refused(site: Site, pauses: list[float]) -> None:
    loose = Downloader("x@example.org", allow_loopback=True, pause=pauses.append)
    site.pages["/"] = Page(status=302, headers={"Location": "http://10.1.2.3/geheim"})
    assert "10.1.2.3, which is not on the public internet" in why(loose, f"{site.address}/").why


def test_given_another_port_than_a_site_uses_when_connecting_then_it_is_refused() -> None:
    assert is_public("93.184.216.34")
    with pytest.raises(ForbiddenAddress, match="port 22"):
        GuardedTransport()._pool._network_backend.connect_tcp("93.184.216.34", 22)  # type: ignore[attr-defined]


def test_given_redirects_when_fetched_then_it_ends_where_they_lead(site: Site, downloader: Downloader) -> None:
    site.pages |= {
        "/oud": Page(status=301, headers={"Location": "/nieuw"}),
        "/nieuw": Page("hier"),
        "/even": Page(status=302, headers={"Location": "/nieuw"}),
        "/rond": Page(status=302, headers={"Location": "/rond2"}),
        "/rond2": Page(status=302, headers={"Location": "/rond"}),
        "/mail": Page(status=302, headers={"Location": "mailto:x@y.nl"}),
    }
    site.otherwise = lambda path: Page(status=302, headers={"Location": f"{path}x"})
    moved = downloader.get(f"{site.address}/oud")
    assert (moved.address, moved.moved_for_good) == (f"{site.address}/nieuw", True)
    assert not downloader.get(f"{site.address}/even").moved_for_good
    assert "circle" in why(downloader, f"{site.address}/rond").why
    assert "more than 5 times" in why(downloader, f"{site.address}/eindeloos").why
    assert "cannot be read" in why(downloader, f"{site.address}/mail").why


def test_given_a_bomb_or_a_flood_when_fetched_then_it_is_stopped_at_the_limit(
    site: Site, downloader: Downloader
) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    site.pages["/bom"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    site.pages["/kapot"] = Page(b"no gzip", headers={"Content-Encoding": "gzip"})

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            handler.wfile.write(b"x" * 10_000)

    def claim(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n")

    site.pages |= {"/vloed": Page(stream=_until_broken(flood)), "/groot": Page(stream=_until_broken(claim))}
    for path in ("/bom", "/vloed"):
        assert "it is over 0 MB" in why(downloader, site.address + path).why
    assert "it is 500 MB" in why(downloader, f"{site.address}/groot").why
    assert "unpacked" in why(downloader, f"{site.address}/kapot").why


def test_given_a_server_that_drips_when_fetched_then_the_time_limit_ends_it(site: Site, downloader: Downloader) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.pages["/traag"] = Page(stream=_until_broken(drip))
    assert "not there after 2 seconds" in why(downloader, f"{site.address}/traag").why


def test_given_a_server_that_asks_to_come_back_when_fetched_then_it_is_tried_again_as_it_asks(
    site: Site, downloader: Downloader, pauses: list[float]
) -> None:
    answers = iter([Page(status=503, headers={"Retry-After": "7"}), Page(status=429), Page("er weer")])
    site.otherwise = lambda _path: next(answers)
    assert downloader.get(f"{site.address}/druk").body == b"er weer"
    assert pauses[0] == 7
    assert 2 <= pauses[1] <= 4


def test_given_a_server_that_asks_for_an_hour_when_fetched_then_it_is_left_for_the_next_run(
    site: Site, downloader: Downloader, pauses: list[float]
) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1))
    site.pages["/dicht"] = Page(status=503, headers={"Retry-After": later})
    failed = why(downloader, f"{site.address}/dicht")
    assert (failed.status, failed.for_now, pauses, site.asked["/dicht"]) == (503, True, [], 1)


def test_given_a_broken_server_when_fetched_then_it_says_so(site: Site, downloader: Downloader) -> None:
    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x16\x03\x01 no http at all\r\n\r\n")

    site.pages["/onzin"] = Page(stream=nonsense)
    assert "connection fails" in why(downloader, f"{site.address}/onzin").why
    assert why(downloader, f"{site.address}/weg").status == 404
    tls = why(downloader, f"https://127.0.0.1:{site.port}/")
    assert tls.for_now
    assert "SSL" in tls.why or "TLS" in tls.why


def _until_broken(stream: Any) -> Any:
    def run(handler: BaseHTTPRequestHandler) -> None:
        try:
            stream(handler)
        except OSError:
            return

    return run
