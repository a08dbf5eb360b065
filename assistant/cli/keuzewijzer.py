"""`loket keuzewijzer`: a document for a school board, as PDF or HTML."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli.failing import FOUND_WRONG, USED_WRONGLY, explained
from assistant.eligibility.verdict import Eligibility
from assistant.keuzewijzer.choosing import NotChosen, asked_first, routes_of, select
from assistant.keuzewijzer.compose import compose
from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.html import as_html
from assistant.keuzewijzer.logo import Logo, read_logo
from assistant.keuzewijzer.pdf import as_pdf
from assistant.settings import Settings
from knowledge.catalogue import Catalogue

_KINDS = (".pdf", ".html")


def keuzewijzer(
    sector: Annotated[str, typer.Option(help="Kind of education: po, so, vo or mbo.")],
    region: Annotated[str, typer.Option(help="Id of the region; empty: that of the installation (LOKET_REGION).")] = "",
    board: Annotated[str, typer.Option(help="Name of the school board, as it stands on the cover.")] = "",
    route: Annotated[
        list[str] | None, typer.Option(help="Id of a route; repeat it. None: those that boards ask about first.")
    ] = None,
    logo: Annotated[Path | None, typer.Option(help="PNG, JPEG or SVG of at most 500 kB.")] = None,
    skip_bad_logo: Annotated[
        bool, typer.Option("--skip-bad-logo", help="Go on without the logo if it cannot be used.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Where to write; .pdf or .html decides what.")] = None,
    on: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the document; empty: today.")
    ] = None,
    list_routes: Annotated[
        bool, typer.Option("--list", help="List the routes of the sector, and write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON, for programs.")] = False,
) -> None:
    """
    Write a keuzewijzer for a school board, as PDF or HTML.

    It tells of routes, costs, subsidies, rights, duties, guidance and regional agreements, each with its source.

    The same options over the same content give the same bytes. Exit code 2 when an option is wrong.

    Examples:

        loket keuzewijzer --sector po --region ldb --board "Stichting De Zonnewijzer" --out zonnewijzer.pdf

        loket keuzewijzer --sector mbo --region haaglanden --board "ROC Voorbeeld" --route pdg-mbo-zij-instroom --out roc.html

        loket keuzewijzer --sector vo --list
    """
    progress = Console(stderr=True)
    day = on.date() if on else date.today()  # noqa: DTZ011 - the operator's own day
    with explained():
        settings = Settings()
        with progress.status("Reading the content ..."):
            catalogue = settings.catalogue()
    try:
        if list_routes:
            _list(catalogue, sector, day)
            return
        path = _target(out)
        chosen = select(catalogue, sector, region or settings.region, route or [], board, day)
        picture = _picture(logo, skip_bad_logo, progress)
    except NotChosen as error:
        raise _wrong(str(error)) from error
    with progress.status(f"Writing {path.name} ..."):
        document = compose(Eligibility(catalogue, day), chosen, picture is not None)
        body = as_pdf(document, picture) if path.suffix == ".pdf" else as_html(document, picture).encode()
        try:
            path.write_bytes(body)
        except OSError as error:
            typer.echo(f"cannot write {path}: {error.strerror}; choose another place with --out", err=True)
            raise typer.Exit(FOUND_WRONG) from error
    _tell(path, len(body), document, as_json)


def _wrong(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(USED_WRONGLY)


def _list(catalogue: Catalogue, sector: str, day: date) -> None:
    """Ids and titles; those that are taken when none is named have a star."""
    routes = routes_of(catalogue, sector, day)
    if not routes:
        raise _wrong(f"unknown sector {sector[:60]!r}; use po, so, vo or mbo")
    first = asked_first(sector)  # type: ignore[arg-type]
    for each in routes:
        typer.echo(f"{'*' if each.id in first else ' '} {each.id:32} {each.title}")


def _target(out: Path | None) -> Path:
    if out is None:
        raise _wrong("say with --out where to write, for instance --out keuzewijzer.pdf")
    if out.suffix.lower() not in _KINDS:
        raise _wrong(f"{out.name} is neither .pdf nor .html; give --out a name that ends in one of them")
    if not out.parent.is_dir():
        raise _wrong(f"the folder {out.parent} does not exist; make it, or choose another one")
    return out.with_suffix(out.suffix.lower())


def _picture(logo: Path | None, skip_bad_logo: bool, progress: Console) -> Logo | None:
    if logo is None:
        return None
    try:
        try:
            data = logo.read_bytes()
        except OSError as error:
            raise NotChosen("logo", f"the logo {logo} cannot be read: {error.strerror}; check the path", "") from error
        return read_logo(data)
    except NotChosen as error:
        if not skip_bad_logo:
            raise NotChosen("logo", f"{error} (or go on without it: --skip-bad-logo)", error.dutch) from error
        progress.print(f"[yellow]Without a logo[/]: {error}", highlight=False)
        return None


def _tell(path: Path, size: int, document: Keuzewijzer, as_json: bool) -> None:
    if as_json:
        made = {
            "file": str(path),
            "bytes": size,
            "title": document.title,
            "board": document.board,
            "routes": [each.id for each in document.routes],
            "sources": len(document.sources),
            "date": document.iso_day,
            "version": document.version,
        }
        typer.echo(json.dumps(made, ensure_ascii=False))
    else:
        routes = f"{len(document.routes)} route{'' if len(document.routes) == 1 else 's'}"
        typer.echo(f"{path}: {routes}, {len(document.sources)} sources, {size // 1024} kB, version {document.version}")
