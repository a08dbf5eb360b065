"""DemoSite: serves the demo site on this machine, with its documents, its vacancies and its faults."""

import hashlib
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import typst
import yaml
from docx import Document as WordDocument
from jinja2 import Environment, FileSystemLoader, select_autoescape
from openpyxl import Workbook

_FOLDER = Path(__file__).parent
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
Version = Literal["before", "after", "neighbour"]
"""`neighbour` is another site, of a loket that says some things otherwise."""
_HTML = "text/html; charset=utf-8"


class DemoSite:
    """One version of the site: what it answers at each path."""

    def __init__(self, version: Version) -> None:
        self._facts: dict[str, Any] = yaml.safe_load((_FOLDER / f"{version}.yaml").read_text(encoding="utf-8"))
        loader = FileSystemLoader([_FOLDER / version, _FOLDER / "pages"])
        self._pages = Environment(loader=loader, autoescape=select_autoescape(["html"]))

    def answer(self, path: str, base: str) -> tuple[int, str, bytes, dict[str, str]]:
        """
        What is given at a path: status, media type, bytes and headers.

        :param base: The address of the site, without a slash at the end.
        """
        name = path.partition("?")[0]
        if name in self._facts["sent_on"]:
            status, target = self._facts["sent_on"][name]
            return status, _HTML, b"", {"Location": target}
        if name == "/kapot":
            return 500, _HTML, b"<h1>Er ging iets mis</h1>", {}
        if name in self._documents:
            media_type, body = self._documents[name]
            return 200, media_type, body, {}
        if name in ("/robots.txt", "/sitemap.xml"):
            return self._about(name, base)
        page = name.strip("/") or "index"
        if page not in self._facts["pages"]:
            return 404, _HTML, b"<h1>Deze pagina is er niet (meer)</h1>", {}
        return 200, _HTML, self._page(page, name, base).encode(), {}

    def _page(self, page: str, path: str, base: str) -> str:
        vacancies = [each | {"closes_told": _told(each["closes"])} for each in self._facts["vacancies"]]
        events = [each | {"told": _told(each["day"])} for each in self._facts["events"]]
        facts = self._facts | {"vacancies": vacancies, "events": events, "base": base, "path": path}
        vacancy = next((each for each in vacancies if each["slug"] == page), None)
        if vacancy is None:
            return self._pages.get_template(f"{page}.html").render(facts)
        return self._pages.get_template("vacature.html").render(facts, vacancy=vacancy, job=_job(vacancy, base))

    def _about(self, name: str, base: str) -> tuple[int, str, bytes, dict[str, str]]:
        if name == "/robots.txt":
            text = f"User-agent: *\nDisallow: /intern\nSitemap: {base}/sitemap.xml\n"
            return 200, "text/plain; charset=utf-8", text.encode(), {}
        pages = "".join(
            f"<url><loc>{base}/{'' if each == 'index' else each}</loc></url>" for each in self._facts["pages"]
        )
        text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>'
        return 200, "application/xml", text.encode(), {}

    @cached_property
    def _documents(self) -> dict[str, tuple[str, bytes]]:
        office = "application/vnd.openxmlformats-officedocument"
        return {
            "/flyer.pdf": ("application/pdf", self._flyer()),
            "/scholen.xlsx": (f"{office}.spreadsheetml.sheet", self._schools()),
            "/stappenplan.docx": (f"{office}.wordprocessingml.document", self._steps()),
        }

    def _flyer(self) -> bytes:
        facts = self._facts
        inputs = {"fee": facts["collegegeld"], "year": facts["collegegeld_jaar"], "phone": facts["telefoon"]}
        return bytes(typst.compile(str(_FOLDER / "flyer.typ"), sys_inputs=inputs))

    def _schools(self) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Scholen")
        rows = [["School", "Bestuur", "Plaats"]]
        rows += [[each["school"], each["board"], each["place"]] for each in self._facts["vacancies"]]
        for row in rows:
            sheet.append(row)
        kept = io.BytesIO()
        book.save(kept)
        return _steady(kept.getvalue())

    def _steps(self) -> bytes:
        document = WordDocument()
        document.add_heading("Stappenplan", 1)
        document.add_heading("Stap 1: praten", 2)
        document.add_paragraph("Maak een afspraak met het loket. Dat gesprek duurt een uur en kost niets.")
        document.add_heading("Stap 2: onderzoek", 2)
        document.add_paragraph(f"Het traject duurt daarna {self._facts['geschiktheid']}.")
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Kosten", self._facts["collegegeld"]
        kept = io.BytesIO()
        document.save(kept)
        return _steady(kept.getvalue())


@contextmanager
def served(site: DemoSite, port: int = 0) -> Iterator[str]:
    """Serve a version on this machine while the block runs; gives its address without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(site))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(site: DemoSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # Head and body in one go: two small packets wait for each other's receipt.

        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{self.connection.getsockname()[1]}"
            status, media_type, body, headers = site.answer(self.path, base)
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            same = status == 200 and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else status)
            for name, value in {"Content-Type": media_type, "ETag": tag, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet: the command says what is served."""

    return Handler


def _job(vacancy: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": vacancy["title"],
        "url": f"{base}/{vacancy['slug']}",
        "validThrough": vacancy["closes"].isoformat(),
        "employmentType": "PART_TIME",
        "hiringOrganization": {"@type": "Organization", "name": vacancy["board"]},
        "jobLocation": {"@type": "Place", "name": vacancy["school"], "address": {"addressLocality": vacancy["place"]}},
    }


def _steady(raw: bytes) -> bytes:
    """An office document without the moment at which it was made, so that the same document has the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as steady:
        for each in sorted(made.namelist()):
            body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-01T09:00:00Z", made.read(each))
            steady.writestr(zipfile.ZipInfo(each), body, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _told(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
