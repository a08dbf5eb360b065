"""What a browser loads: the widget's modules and the demo page, read from disk once and sent compressed."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import zopfli.gzip as zopfli
from fastapi import APIRouter, Request, Response

from assistant.errors import NotFound

try:
    import minify
except ImportError:  # No wheel for this platform: the widget is served as it is written, a few kB heavier.
    minify = None

router = APIRouter(include_in_schema=False)

_WIDGET = Path(__file__).parents[2] / "widget"
_MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
}
# The launcher is one address above its modules, so that a page's tag stays short.
_ALIASES = {"widget.js": "define.js", "": "demo.html", "snippet": "snippet.html"}
_JOINED = "conversation.js"
_ON_EVERY_PAGE = ("define.js", "loket-gids.js", "launcher-styles.js", _JOINED)
_IMPORT = re.compile(r"^(?:import|export) \{([^}]*)\} from '([^']+)'\n", re.MULTILINE)
_EXPORTED = re.compile(r"^export \{(\w+)\}\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_BLOCK = r"/\*(?:(?!\*/).)*\*/"
_COMMENT = re.compile(rf"/\*(?=\*){_BLOCK[3:]}|^[ \t]*(?:{_BLOCK}|//[^\n]*)[ \t]*$", re.MULTILINE | re.DOTALL)
_SHEET = re.compile(r"(?<=\.replaceSync\(`)[^`]*(?=`\))")
_INDENT = re.compile(r"^\s+", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire."""

    media_type: str
    plain: bytes
    zipped: bytes
    etag: str

    @classmethod
    def read(cls, path: Path) -> "Asset":
        """The file, compressed; a module without the comments that only its readers need."""
        plain = path.read_bytes()
        if path.suffix == ".js":
            source = joined(path) if path.name == _JOINED else plain.decode()
            plain = minified(source).encode()
        etag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'
        # What each visitor loads is packed tighter than gzip itself does, at half a second once.
        zipped = zopfli.compress(plain) if path.name in _ON_EVERY_PAGE else gzip.compress(plain, 9, mtime=0)
        return cls(_MEDIA_TYPES[path.suffix], plain, zipped, etag)


def minified(module: str) -> str:
    """The module in as few characters as it can do with, its style sheet too."""
    if minify is None:
        return without_comments(module)
    small = _SHEET.sub(lambda sheet: minify.string("text/css", sheet[0]), module)
    return str(minify.string("application/javascript", _in_a_scope(small)))


def _in_a_scope(module: str) -> str:
    """A joined module with all but what it exports inside a function, where names are made shorter."""
    names = ",".join(_EXPORTED.findall(module))
    if not names or _IMPORT.search(module):
        return module
    return f"export const {{{names}}}=(()=>{{{_EXPORTED.sub('', module)}return {{{names}}}}})()"


def without_comments(module: str) -> str:
    """The module without indentation, types (JSDoc, wherever it stands) and comments on lines of their own."""
    return _INDENT.sub("", _COMMENT.sub("", module))


def joined(entry: Path) -> str:
    """
    The module with all that it imports in front of it, each once, and exporting what the entry exports.

    It knows the one way in which our modules import (`import {a, b} from './c.js'`), and no two of them may use one
    name at their top level; a test holds that what comes out is a module.

    The runner-up is a bundler: that is a build step, and asks of everyone who changes a word to have Node.
    """
    sources: dict[Path, str] = {}

    def collect(path: Path) -> None:
        source = path.read_text(encoding="utf-8")
        for _, imported in _IMPORT.findall(source):
            if (found := (path.parent / imported).resolve()) not in sources:
                collect(found)
        sources[path] = _EXPORT.sub("", _IMPORT.sub("", source))

    collect(entry.resolve())
    names = (name for name, _ in _IMPORT.findall(entry.read_text(encoding="utf-8")))
    return "".join(sources.values()) + "".join(f"export {{{each}}}\n" for each in names)


@cache
def assets() -> dict[str, Asset]:
    """Every file that may be asked for, by its address below `/widget/`, and the aliases."""
    files = (path for path in _WIDGET.rglob("*") if path.suffix in _MEDIA_TYPES)
    found = {path.relative_to(_WIDGET).as_posix(): Asset.read(path) for path in files}
    return found | {alias: found[name] for alias, name in _ALIASES.items()}


def _send(name: str, request: Request) -> Response:
    """
    The asset, or 304 if the browser has it already.

    Browsers ask each time whether it changed (`no-cache`): modules of two versions must never meet on one page.
    """
    asset = assets().get(name)
    if asset is None:
        raise NotFound("page", name)
    headers = {
        "ETag": asset.etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
    }
    if asset.etag in request.headers.get("if-none-match", ""):
        # With its type, since what a 304 says replaces what the browser kept, also the policy that goes with a page.
        return Response(status_code=304, headers=headers, media_type=asset.media_type)
    body = asset.plain
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = asset.zipped, "gzip"
    return Response(body, media_type=asset.media_type, headers=headers)


@router.api_route("/", methods=["GET", "HEAD"])
def demo(request: Request) -> Response:
    """The site of an invented loket, with the widget on it."""
    return _send("", request)


@router.api_route("/snippet", methods=["GET", "HEAD"])
def snippet(request: Request) -> Response:
    """Where builders of a site choose how the widget looks there, and copy the tag."""
    return _send("snippet", request)


@router.api_route("/widget.js", methods=["GET", "HEAD"])
def launcher(request: Request) -> Response:
    """The one module that a page loads."""
    return _send("widget.js", request)


@router.api_route("/widget/{name:path}", methods=["GET", "HEAD"])
def module(name: str, request: Request) -> Response:
    """A module of the widget, or a page to try it on."""
    return _send(name or "-", request)
