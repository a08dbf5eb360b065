"""
One site with everything that goes wrong on sites, fetched and read in one run: each is a line, and the rest goes on.

A run over it ends, what is good is read, and what visitors are told is neither broken nor changed.
"""

import gzip
import io
import ipaddress
import re
import socket
import ssl
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader, Limits
from ingestion.knowing import Knowing
from ingestion.registry import SourceRegistry
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore
from ingestion.watch import Watch
from knowledge.index.passages import StoredPassages
from knowledge.publishing.live import LiveStore
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.session import open_publishing
from knowledge.reader import publish, read_content
from tests.ingestion.fetch.conftest import NOW, Page, Site

GOOD = "Het loket helpt je bij elke vraag over werken op een basisschool in de buurt van de kust."
MEGABYTE = 1_000_000
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "hahahahahaha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><urlset><url><loc>&i;</loc></url></urlset>"
)


def pdf(text: str = GOOD) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.drawString(50, 700, text)
    canvas.save()
    return held.getvalue()


def changed(raw: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    change(writer)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def with_script(writer: PdfWriter) -> None:
    """Let it run something when it is opened."""
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hoi')")}
    )


def zip_bomb() -> bytes:
    """A DOCX of some hundred kB that unpacks to hundreds of MB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(400):
            part.write(b" " * MEGABYTE)
    return held.getvalue()


def flood(handler: BaseHTTPRequestHandler) -> None:
    """500 MB, made while it is sent, by a server that does not say how much it is."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>")
        for _ in range(500):
            handler.wfile.write(b"x" * MEGABYTE)
    except OSError:
        pass


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BAD: dict[str, tuple[Page, str]] = {
    "/rond": (Page(status=302, headers={"Location": "/rond2"}), "circle"),
    "/rond2": (Page(status=302, headers={"Location": "/rond"}), "circle"),
    "/gzip-bom": (Page(gzip.compress(b"0" * 50 * MEGABYTE), headers={"Content-Encoding": "gzip"}), "it is over 3 MB"),
    "/zip-bom.docx": (Page(zip_bomb(), media_type=DOCX), "it unpacks to over"),
    "/vloed": (Page(stream=flood), "it is over 3 MB"),
    "/op-slot.pdf": (
        Page(changed(pdf(), lambda each: each.encrypt("geheim")), media_type="application/pdf"),
        "encrypted",
    ),
    "/kapot.pdf": (Page(b"%PDF-1.7\n" + b"\x00\xff" * 200, media_type="application/pdf"), "damaged"),
    "/diep": (Page("<div>" * 100_000 + "diep" + "</div>" * 100_000), "it holds no text"),
    "/geen.pdf": (Page("\x89PNG\r\n\x1a\n" + "\x00" * 100, media_type="application/pdf"), "says that it is a PDF"),
    "/plaatje": (Page(b"\x89PNG\r\n\x1a\n" + b"\x00\xff" * 500, media_type="text/html"), "binary"),
    "/verboden/x": (Page("<p>geheim"), "robots.txt forbids it"),
    "/druk": (Page(status=429, headers={"Retry-After": "3600"}), "the server answers 429"),
    "/dicht": (Page(status=503, headers={"Retry-After": "1"}), "the server answers 503"),
}
"""By path what the site answers, and what the report says of it."""
FINE: dict[str, Page] = {
    "/goed": Page(f"<html><title>Goed</title><main><h1>Goed</h1><p>{GOOD}</p></main>"),
    "/script.pdf": Page(changed(pdf(), with_script), media_type="application/pdf"),
    "/xref.pdf": Page(re.sub(rb"startxref\s+\d+", b"startxref\n7", pdf()), media_type="application/pdf"),
    "/door-elkaar": Page(
        f"<html><title>Geëerd</title><p>Café één. {GOOD} </p><p>Na de".encode() + " pauze: geëindigd.".encode("cp1252")
    ),
    "/leugen": Page(f"<!doctype html><title>Leugen</title><p>{GOOD}</p>", media_type="application/pdf"),
    "/ld": Page(
        f'<html><title>Baan</title><script type="application/ld+json">{{"@type": "JobPosting", "title": "Leerkracht</script><p>{GOOD}</p>'
    ),
    "/voorbij": Page(
        f"<html><title>Vacature leerkracht</title><h1>Vacature leerkracht groep 5</h1><p>{GOOD}</p>"
        "<p>School: De Golf. Solliciteer voor 1 oktober 2019.</p>"
    ),
}
"""What is wrong with these does not keep them from being read."""


def most_memory() -> float:
    """The most MB that this process had since it was asked last."""
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on this machine with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def watch(tmp_path: Path, store: PageStore, archive: Archive) -> Watch:
    editorial = open_publishing(f"sqlite:///{tmp_path / 'knowledge.sqlite'}")
    catalogue = publish(read_content())
    return Watch(
        SourceRegistry(store.sessions, {}),
        store,
        archive,
        Downloader("x@example.org", True, Limits(max_bytes=3 * MEGABYTE, seconds=20.0), lambda _seconds: None),
        StoredPassages(tmp_path / "passages"),
        lambda: NOW,
        pause_seconds=0.0,
        knowing=Knowing(lambda: catalogue, ProposalStore(editorial), LiveStore(editorial), lambda: NOW),
    )


def source_at(*addresses: str) -> WatchedSource:
    return WatchedSource.model_validate(
        {
            "id": "proefsite",
            "title": "Proefsite",
            "owner": "Loket Proef",
            "start": addresses,
            "goes_live": ["passages", "vacancies", "events"],
            "follow": {"pages": 200},
        }
    )


def lines(report: SiteReport, site: Site) -> dict[str, str]:
    """What the report says of each path that did not come or was not read."""
    told = {each["address"]: each["why"] for each in report.fetched.failed}
    told |= {each.file: each.why for each in report.refused}
    return {key.removeprefix(site.address): why for key, why in told.items()}


def test_given_a_site_with_everything_wrong_when_taken_in_then_each_is_a_line_and_the_rest_is_read(
    site: Site, watch: Watch
) -> None:
    between = [path for pair in zip(BAD, [*FINE] * 2, strict=False) for path in pair]
    site.html("/", *dict.fromkeys([*between, *BAD, *FINE, "/agenda/2026/12"]), text=GOOD)
    site.pages |= {path: page for path, (page, _) in BAD.items()} | FINE
    site.pages["/robots.txt"] = Page(f"User-agent: *\nDisallow: /verboden/\nSitemap: {site.address}/bom.xml")
    site.pages["/bom.xml"] = Page(LAUGHS, media_type="application/xml")

    def endless(path: str) -> Page:
        """A calendar that always has a next month, and one of which each page has a filter more."""
        if not path.startswith("/agenda/"):
            return Page("weg", 404)
        at = len(path)
        return Page(f'<title>Agenda</title><p>Niets.</p><a href="{path}/volgende">v</a><a href="{path}?f={at}">f</a>')

    site.otherwise = endless
    catalogue = watch.knowing.catalogue() if watch.knowing else None
    most_memory()
    before = most_memory()

    report = watch.run(source_at(f"{site.address}/"), lambda: "generation")

    grown = most_memory() - before
    told = lines(report, site)
    assert report.fetched.complete, report.fetched.stopped
    assert {path: told.get(path, "no line") for path, (_, why) in BAD.items() if why not in told.get(path, "")} == {}
    assert [path for path in FINE if path in told] == []
    read = {each.url.removeprefix(site.address) for each in watch.stored.of("proefsite") if each.url}
    assert {"/", "/goed", "/script.pdf", "/xref.pdf"} <= read
    words = " ".join(each.text for each in watch.stored.of("proefsite"))
    assert "app.alert" not in words
    assert "geheim" not in words
    assert "haha" not in words
    assert [each["title"] for each in report.dropped] or not report.vacancies or report.vacancies.added == 0
    assert site.asked["/verboden/x"] == 0
    assert sum(count for path, count in site.asked.items() if path.startswith("/agenda")) < 60
    assert grown < 300, "nothing is held whole that is larger than a page may be"
    assert watch.knowing is not None
    assert watch.knowing.catalogue() is catalogue
    assert {each.proposed.kind for each in watch.knowing.proposals.list()} <= {"new"}


def test_given_a_certificate_that_nobody_vouches_for_then_nothing_is_read_and_the_report_says_why(
    self_signed: str, watch: Watch
) -> None:
    report = watch.run(source_at(self_signed), lambda: "generation")

    assert "certificate" in report.fetched.failed[0]["why"].lower()
    assert report.generation == ""
    assert watch.stored.of("proefsite") == []


def test_given_a_name_that_comes_to_lead_inside_mid_run_then_the_rest_is_left_and_what_there_was_stays(
    site: Site, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.html("/", "/goed", text=GOOD)
    site.pages["/goed"] = FINE["/goed"]
    watch.run(source_at(f"{site.address}/"), lambda: "generation")
    before = watch.stored.of("proefsite")
    looked_up = socket.getaddrinfo

    def inside(host: str, *rest: Any, **more: Any) -> Any:
        """The owner of the name lets it lead to a machine behind our walls from now on."""
        if host == "loket.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
        return looked_up(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", inside)

    report = watch.run(
        source_at(f"{site.address}/").model_copy(
            update={"start": source_at("http://loket.example/", f"{site.address}/").start}
        ),
        lambda: "generation",
    )

    told = {each["address"]: each["why"] for each in report.fetched.failed}
    assert "not on the public internet" in told["http://loket.example/"]
    assert watch.stored.of("proefsite") == before


def test_given_a_site_that_vanishes_mid_run_then_index_and_catalogue_are_as_they_were(site: Site, watch: Watch) -> None:
    site.html("/", *(f"/p{number}" for number in range(30)), text=GOOD)
    for number in range(30):
        site.html(f"/p{number}", text=f"{GOOD} Dit is pagina {number}.")
    watch.run(source_at(f"{site.address}/"), lambda: "generation")
    before = watch.stored.of("proefsite")
    left = 10

    def gone(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.close()

    def vanishing(path: str) -> Page:
        nonlocal left
        left -= 1
        return Page(f"<p>{GOOD} Nu anders. {path}") if left > 0 else Page(stream=gone)

    site.pages = {"/robots.txt": Page("")}
    site.otherwise = vanishing
    published: list[str] = []

    report = watch.run(source_at(f"{site.address}/"), lambda: published.append("x") or "generation")

    assert not report.fetched.complete
    assert "in a row failed" in report.fetched.stopped
    assert (watch.stored.of("proefsite"), published) == (before, [])
    assert watch.pages.runs("proefsite")[0]["state"] == "failed"
