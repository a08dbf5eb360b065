"""What has changed, as text for a newsletter."""

from collections.abc import Sequence
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from assistant.editor.dependencies import RecordEditor, Served
from assistant.editor.pages.newsletter import newsletter_page, period_of
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.news.board import News, wanted
from assistant.news.change import Change
from assistant.news.letter import Letter, letter
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk/redactie", route_class=EditorRoute, include_in_schema=False)

_Period = Annotated[Literal["7", "31", "92"], Query()]
_Language = Annotated[Literal["nl", "en"], Query()]
_Region = Annotated[str, Query(max_length=120)]
_PAGES = {"nl": "/veranderd", "en": "/en/changes"}


@router.get("/nieuwsbrief")
def newsletter(
    request: Request,
    editor: RecordEditor,
    served: Served,
    periode: _Period = "31",
    regio: _Region = "",
    taal: _Language = "nl",
) -> Response:
    """The text, in two forms to copy."""
    region = regio if regio in editor.account.regions else ""
    found = _changes(request, served.catalogue, periode, region, taal)
    asked = {"periode": periode, "regio": region, "taal": taal}
    page = newsletter_page(editor, served.catalogue, _letter(request, found, taal), len(found), asked)
    return render("editor/newsletter.html", page)


@router.get("/nieuwsbrief.{form}")
def as_file(
    request: Request,
    editor: RecordEditor,
    served: Served,
    form: Literal["txt", "html"],
    periode: _Period = "31",
    regio: _Region = "",
    taal: _Language = "nl",
) -> Response:
    """The same as a file."""
    region = regio if regio in editor.account.regions else ""
    made = _letter(request, _changes(request, served.catalogue, periode, region, taal), taal)
    types = {"txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}
    headers = {"Content-Disposition": f'attachment; filename="nieuwsbrief-{utc_now():%Y-%m-%d}.{form}"'}
    return Response(made.text if form == "txt" else made.html, media_type=types[form], headers=headers)


def _changes(
    request: Request, catalogue: Catalogue, days: str, region: str, locale: Literal["nl", "en"]
) -> tuple[Change, ...]:
    since = utc_now() - period_of(days)
    told = cast(News, request.app.state.news).told(catalogue, locale)
    return wanted((each for each in told if each.at >= since), region=region)


def _letter(request: Request, found: Sequence[Change], locale: Literal["nl", "en"]) -> Letter:
    site = cast(Settings, request.app.state.settings).public_url.rstrip("/")
    page = site + _PAGES[locale]
    return letter(found, locale, page, lambda change: f"{page}#{change.id}")
