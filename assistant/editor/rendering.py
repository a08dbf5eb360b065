"""Templates to responses: the editor's own, in the frame of the desk."""

from hashlib import sha256
from pathlib import Path

from starlette.responses import HTMLResponse

from assistant.desk import rendering
from assistant.desk.rendering import Page

SCRIPT = (Path(__file__).parent / "static" / "editor.js").read_bytes()
SCRIPT_ADDRESS = f"/desk/static/editor.js?v={sha256(SCRIPT).hexdigest()[:12]}"


def render(template: str, page: Page, status_code: int = 200) -> HTMLResponse:
    """The page as HTML."""
    return rendering.render(template, page, status_code, editor_script=SCRIPT_ADDRESS)
