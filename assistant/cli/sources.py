"""`loket sources`: the sites that are watched."""

import json
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from assistant.cli.failing import FOUND_WRONG
from assistant.cli.watching import watching
from assistant.settings import Settings
from ingestion.fetch.address import BadAddress, page_key
from ingestion.fetch.download import NotFetched
from ingestion.fetch.links import Scope, links_of
from ingestion.fetch.robots import RobotsRules
from ingestion.source import Status, WatchedSource
from ingestion.watch import Watch

sources_app = typer.Typer(no_args_is_help=True, help="The sites that are watched: list, add, test, pause.")
_out = Console()
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
SourceId = Annotated[str, typer.Argument(help="An id of `loket sources list`.")]
OPERATOR = "operator"


@sources_app.command("list")
def list_(
    region: Annotated[str | None, typer.Option(help="Only those that hold for this region.")] = None,
    status: Annotated[str | None, typer.Option(help="`active`, `paused` or `unchecked`.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Only those whose time has come.")] = False,
    as_json: Json = False,
) -> None:
    """
    List the sources: whose they are, how they stand, when they were fetched last.

    Examples: `loket sources list --region haaglanden` · `loket sources list --due --json`
    """
    with watching(Settings()) as watch:
        found = [
            each
            for each in (watch.due() if due else watch.registry)
            if (not region or region in each.regions) and (not status or each.status == status)
        ]
        ended = {each.id: watch.pages.last_ended(each.id) for each in found}
        if as_json:
            rows = [each.model_dump(mode="json") | {"last_fetched_at": _iso(ended[each.id])} for each in found]
            typer.echo(json.dumps(rows, ensure_ascii=False))
        elif not found:
            _out.print("No source is like that; `loket sources list` shows all.", highlight=False)
        else:
            _out.print(_table(found, ended))


@sources_app.command()
def add(
    source: Annotated[str, typer.Argument(help="Its id, like `site-pool-west`.")],
    start: Annotated[list[str], typer.Argument(help="Where it begins; one address or more.")],
    owner: Annotated[str, typer.Option(help="Who says what is there; the publisher in a citation.")],
    title: Annotated[str | None, typer.Option(help="What it is called; else as its owner.")] = None,
    kind: Annotated[str, typer.Option(help="website, feed, calendar, table, vacancies or onderwijsloket.")] = "website",
    region: Annotated[list[str] | None, typer.Option(help="Onderwijsregio it holds for; without, everywhere.")] = None,
    every: Annotated[int, typer.Option(help="Days between two looks.", min=1, max=366)] = 7,
    live: Annotated[
        list[str] | None, typer.Option(help="What goes live by itself: passages, vacancies, events.")
    ] = None,
) -> None:
    """
    Add a source, or change one. It is not fetched by itself until `loket sources test` found it in order.

    Example: `loket sources add site-pool-west https://www.poolwest.nl/ --owner "Pool West" --region haaglanden --live passages`
    """
    with watching(Settings()) as watch:
        given: dict[str, Any] = {
            "id": source,
            "title": title or owner,
            "owner": owner,
            "kind": kind,
            "start": start,
            "regions": region or (),
            "every": timedelta(days=every),
            "goes_live": live or (),
        }
        try:
            made = WatchedSource.model_validate(given)
            for each in made.addresses:
                page_key(each)
        except (ValidationError, BadAddress) as error:
            raise typer.BadParameter(_reason(error)) from error
        watch.registry.put(made, OPERATOR, watch.now())
        typer.echo(f"{source} is added and unchecked; now run `loket sources test {source}`")


@sources_app.command("test")
def look(source: SourceId, as_json: Json = False) -> None:
    """
    Look at the start of a source, without keeping anything: does it answer, may we, what is there to follow?

    A source that was unchecked and is in order becomes active.

    Example: `loket sources test site-pool-west`
    """
    with watching(Settings()) as watch:
        found = watch.registry.get(source)
        looks = [_look(watch, found, each) for each in found.addresses]
        in_order = all(each["status"] == "in order" for each in looks)
        if in_order and found.status == "unchecked":
            watch.registry.put(found.model_copy(update={"status": "active"}), OPERATOR, watch.now())
        if as_json:
            typer.echo(json.dumps({"id": source, "in_order": in_order, "addresses": looks}, ensure_ascii=False))
        else:
            for look in looks:
                _out.print(Text(f"{look['address']}: {look['status']}", style="green" if in_order else "red"))
                for name in ("kind", "links", "sitemaps", "pause_seconds"):
                    if name in look:
                        _out.print(f"  {name.replace('_', ' ')}: {look[name]}", highlight=False)
            if in_order and found.status == "unchecked":
                _out.print(f"{source} is active from now on.", highlight=False)
        if not in_order:
            raise typer.Exit(FOUND_WRONG)


@sources_app.command()
def pause(source: SourceId) -> None:
    """
    Stop fetching a source; what came of it stays until somebody takes it away.

    Example: `loket sources pause site-transvita`
    """
    _set(source, "paused")


@sources_app.command()
def resume(source: SourceId) -> None:
    """
    Fetch a source again from now on.

    Example: `loket sources resume site-transvita`
    """
    _set(source, "active")


def _set(source: str, status: Status) -> None:
    with watching(Settings()) as watch:
        found = watch.registry.get(source)
        watch.registry.put(found.model_copy(update={"status": status}), OPERATOR, watch.now())
        typer.echo(f"{source} is {status}")


def _look(watch: Watch, source: WatchedSource, address: str) -> dict[str, Any]:
    robots = RobotsRules(watch.downloader)
    try:
        key = page_key(address)
        found = watch.downloader.get(key, allowed=robots.allows)
    except (NotFetched, BadAddress) as error:
        return {"address": address, "status": str(error)}
    scope = Scope(source.addresses, source.follow, watch.now().date())
    links = [each for each in links_of(found.body, found.address, found.charset).links if scope.takes(each)]
    return {
        "address": found.address,
        "status": "in order",
        "kind": found.media_type,
        "links": len(links),
        "sitemaps": len(robots.sitemaps(key)),
        "pause_seconds": max(watch.pause_seconds, robots.delay(key)),
    }


def _table(found: list[WatchedSource], ended: dict[str, datetime | None]) -> Table:
    table = Table(Column("Source", no_wrap=True), "Owner", "Kind", "Status", "Every", "Goes live", "Fetched")
    for each in found:
        style = {"active": "", "paused": "dim", "unchecked": "yellow"}[each.status]
        moment = ended[each.id]
        table.add_row(
            Text(each.id, style=style),
            Text(each.owner, style=style),
            each.kind,
            Text(each.status, style=style),
            f"{each.every.days} d",
            ", ".join(sorted(each.goes_live)) or "nothing",
            f"{moment:%Y-%m-%d %H:%M}" if moment else "never",
        )
    return table


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(each) for each in first['loc'])}: {first['msg']}"
    return str(error)
