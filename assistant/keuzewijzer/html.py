"""The keuzewijzer as a page: to look at before the PDF is made, or as one file that needs nothing else."""

from base64 import b64encode
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.logo import Logo

_TEMPLATES = Path(__file__).parent / "templates"
STYLESHEET = (_TEMPLATES / "keuzewijzer.css").read_text(encoding="utf-8")
_env = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(document: Keuzewijzer, logo: Logo | None = None) -> str:
    """One file, with its style and the logo in it."""
    return _env.get_template("keuzewijzer.html").render(
        d=document,
        logo=_address(logo),
        style=Markup(STYLESHEET),  # noqa: S704 - our own file
    )


def as_fragment(document: Keuzewijzer, logo: Logo | None = None) -> Markup:
    """The document alone, for within another page that has `STYLESHEET`; everything in it is escaped."""
    template = _env.get_template("document.html")
    return Markup(template.render(d=document, logo=_address(logo)))  # noqa: S704 - autoescaped


def _address(logo: Logo | None) -> str:
    """The logo as an address that holds it; empty if there is none."""
    return f"data:image/png;base64,{b64encode(logo.png).decode()}" if logo is not None else ""
