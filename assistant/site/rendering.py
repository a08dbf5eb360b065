"""Templates to responses. A template gets one page, and nothing else."""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from assistant.answering.markup import text_block
from assistant.site.shell import Shell

_HERE = Path(__file__).parent
_SHARED = _HERE.parent / "templates" / "components" / "money_picture.css"
STYLESHEET = b"".join(
    file.read_bytes() for file in (_HERE / "static" / "site.css", _HERE / "static" / "zelftest.css", _SHARED)
)
STYLESHEET_ADDRESS = f"/site/static/site.css?v={sha256(STYLESHEET).hexdigest()[:12]}"
_HEADING = re.compile(r"<(/?)h([34])>")
HTML = "text/html; charset=utf-8"
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Page(Protocol):
    """Any public page."""

    @property
    def shell(self) -> Shell:
        """What stands around it."""
        ...


def json_ld(data: Mapping[str, Any]) -> Markup:
    """The data as it may stand in a script element: nothing in it can end that element or begin another."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S704


def markdown(text: str, level: int = 3) -> Markup:
    """
    An editor's Markdown as sanitised HTML.

    :param level: What its `##` headings become: one below the heading of the page that they stand under.
    """
    html = _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + level - 3}>", text_block(text).html)
    return Markup(html)  # noqa: S704 - nh3 has cleaned it


_env = Environment(
    loader=FileSystemLoader([_HERE / "templates", _HERE.parent / "templates"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_env.globals["stylesheet"] = STYLESHEET_ADDRESS
_env.filters["json_ld"] = json_ld
_env.filters["markdown"] = markdown


def render(request: Request, template: str, page: Page, status_code: int = 200) -> Response:
    """
    A page that anybody may keep for five minutes: compressed, and 304 for who has it already.

    For what belongs to one visitor there is `render_private`.
    """
    return published(request, _html(template, page).encode(), HTML, status_code)


def render_private(template: str, page: Page, status_code: int = 200) -> Response:
    """A page of one visitor, which nobody keeps."""
    return Response(
        _html(template, page),
        status_code=status_code,
        media_type=HTML,
        headers={"Cache-Control": "no-store"},
    )


def _html(template: str, page: Page) -> str:
    """The page; an amount stays on one line with its sign."""
    return _env.get_template(template).render(page=page).replace("€ ", "€\u00a0")


def sitemap_xml(addresses: Sequence[str]) -> bytes:
    """A sitemap as search engines read it (sitemaps.org)."""
    return _env.get_template("sitemap.xml").render(addresses=addresses).encode()


def render_own(request: Request, template: str, page: Page, status_code: int = 200) -> Response:
    """
    A page of one visitor that they may go back to: their own browser keeps it, and asks again when it is opened anew.

    With `no-store`, as `render_private` has it, going back to the answer to a form is an error page of the browser.
    """
    body = _html(template, page).encode()
    headers = {
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Encoding",
        "X-Robots-Tag": "noindex",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return Response(body, status_code=status_code, media_type=HTML, headers=headers)


def published(request: Request, body: bytes, media_type: str, status_code: int = 200, max_age: int = 300) -> Response:
    """
    Anything public as a response, with the headers that let browsers and caches keep it.

    :param max_age: Seconds for which it may be shown without asking again.
    """
    etag = f'W/"{sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={max_age}", "Vary": "Accept-Encoding"}
    if status_code != 200:
        headers = {"Cache-Control": "no-store"}
    elif etag in request.headers.get("if-none-match", ""):
        # With its type, since what a 304 says replaces what the browser kept, also the policy that goes with a page.
        return Response(status_code=304, headers=headers, media_type=media_type)
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return Response(body, status_code=status_code, media_type=media_type, headers=headers)
