"""The keuzewijzer on the desk: choose, look, download. Nothing of it is kept."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from starlette.responses import Response

from assistant.answering.published import Publication, Published
from assistant.desk.dependencies import DocumentMaker, DocumentMakerWithForm, SignedInAdviser
from assistant.desk.keuzewijzer_pages import Filled, form_page, preview_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.keuzewijzer.choosing import NotChosen, Selection, select
from assistant.keuzewijzer.compose import compose
from assistant.keuzewijzer.html import STYLESHEET, as_fragment, as_html
from assistant.keuzewijzer.logo import LARGEST_BYTES, Logo, read_logo
from assistant.keuzewijzer.pdf import as_pdf

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

Step = Literal["voorbeeld", "pdf", "html", "terug"]
_NO_ROUTE = "Kies minstens één route."


def _published(request: Request) -> Published:
    return cast(Publication, request.app.state.knowledge).now()


Now = Annotated[Published, Depends(_published)]


@router.get("/static/keuzewijzer.css")
def stylesheet() -> Response:
    """The look of the document in a page of the desk."""
    return Response(STYLESHEET, media_type="text/css", headers={"Cache-Control": "no-cache"})


@router.get("/keuzewijzer")
def choose(
    adviser: DocumentMaker,
    now: Now,
    sector: Annotated[str, Query(max_length=20)] = "",
    region: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The form: for which schools first, and when that is chosen the rest."""
    return render("keuzewijzer.html", form_page(adviser, now.catalogue, Filled(sector, region), now.on))


@router.post("/keuzewijzer")
def make(
    adviser: DocumentMakerWithForm,
    now: Now,
    step: Annotated[Step, Form()] = "voorbeeld",
    sector: Annotated[str, Form(max_length=20)] = "",
    region: Annotated[str, Form(max_length=80)] = "",
    route: Annotated[list[str] | None, Form(max_length=60)] = None,
    board: Annotated[str, Form(max_length=4_000)] = "",
    logo: Annotated[UploadFile | None, File()] = None,
    kept_logo: Annotated[str, Form(max_length=800_000)] = "",
    without_logo: Annotated[bool, Form()] = False,
) -> Response:
    """The document to look at or to download; what is wrong comes back with the form, and nothing typed is lost."""
    filled = Filled(sector, region, tuple(route or ()), board, kept_logo, without_logo)
    if step == "terug":
        return render("keuzewijzer.html", form_page(adviser, now.catalogue, filled, now.on))
    uploaded = logo.file.read(LARGEST_BYTES + 1) if logo is not None and logo.filename else b""
    picture, errors = _picture(uploaded, kept_logo)
    notice = errors.pop("logo") + " Het document is nu zonder logo." if without_logo and errors else ""
    filled = Filled(sector, region, filled.routes, board, _kept(picture), without_logo)
    try:
        if not route:
            errors["route"] = _NO_ROUTE
        selection = select(now.catalogue, sector, region, route or [], board, now.on)
    except NotChosen as error:
        errors[error.field] = error.dutch
    if errors:
        return render("keuzewijzer.html", form_page(adviser, now.catalogue, filled, now.on, errors), 422)
    return _made(step, adviser, now, selection, picture, filled, notice)


def _made(
    step: Step,
    adviser: SignedInAdviser,
    now: Published,
    selection: Selection,
    picture: Logo | None,
    filled: Filled,
    notice: str,
) -> Response:
    document = compose(now.eligibility, selection, picture is not None)
    if step == "voorbeeld":
        if selection.board != " ".join(filled.board.split()):
            notice = f"{notice} Sommige tekens in de naam kunnen we niet afdrukken. Die zijn weggelaten.".strip()
        page = preview_page(adviser, document, as_fragment(document, picture), filled, notice)
        return render("keuzewijzer_voorbeeld.html", page)
    name = f"keuzewijzer-{selection.sector}-{selection.region.id}-{selection.on.isoformat()}.{step}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if step == "pdf":
        return Response(as_pdf(document, picture), media_type="application/pdf", headers=headers)
    return Response(as_html(document, picture), media_type="text/html; charset=utf-8", headers=headers)


def _picture(uploaded: bytes, kept: str) -> tuple[Logo | None, dict[str, str]]:
    """The logo that is sent now, else the one that was read before; and what is wrong with it."""
    try:
        if uploaded:
            return read_logo(uploaded), {}
        # What comes back from a browser is as hostile as what came first.
        return (read_logo(b64decode(kept, validate=True)) if kept else None), {}
    except NotBase64:
        return None, {"logo": "Het logo is onderweg beschadigd. Kies het bestand opnieuw."}
    except NotChosen as error:
        return None, {"logo": error.dutch}


def _kept(logo: Logo | None) -> str:
    return b64encode(logo.png).decode() if logo is not None else ""
