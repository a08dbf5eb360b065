"""Templates to responses. A template gets one page, and nothing else."""

from hashlib import sha256
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from assistant.desk.pages.parts import Shell

_HERE = Path(__file__).parent
_SHARED = _HERE.parent / "templates" / "components" / "money_picture.css"
STYLESHEET = (_HERE / "static" / "desk.css").read_bytes() + _SHARED.read_bytes()
SCRIPT = (_HERE / "static" / "desk.js").read_bytes()
STYLESHEET_ADDRESS = f"/desk/static/desk.css?v={sha256(STYLESHEET).hexdigest()[:12]}"
SCRIPT_ADDRESS = f"/desk/static/desk.js?v={sha256(SCRIPT).hexdigest()[:12]}"


class Page(Protocol):
    """Any page of the desk."""

    @property
    def shell(self) -> Shell:
        """What stands around it."""
        ...


_env = Environment(
    # The editor's pages stand in the same frame.
    loader=FileSystemLoader([_HERE / "templates", _HERE.parent / "templates", _HERE.parent / "editor" / "templates"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_env.globals["stylesheet"] = STYLESHEET_ADDRESS
_env.globals["script"] = SCRIPT_ADDRESS
# For the consent text alone, which was sanitised when it was made.
_env.filters["as_sanitised_html"] = Markup


def render(template: str, page: Page, status_code: int = 200, **more: str) -> HTMLResponse:
    """
    The page as HTML.

    :param more: Addresses of what else the page loads.
    """
    return HTMLResponse(_env.get_template(template).render(page=page, **more), status_code=status_code)
