"""`loket ingest`: documents and watched sites into the search index, beside the records."""

import contextlib
import fcntl
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.cli.index import Json, catalogue_of, progress_shown
from assistant.cli.watching import watching
from assistant.settings import Settings
from ingestion.origin import OriginError, origin_of
from ingestion.overseeing import LOCK
from ingestion.pipeline import ingest as ingest_path
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.store.pages import Fetched
from ingestion.watch import Watch
from knowledge.publishing.live import LiveTally

_GLANCES = (0.05, 0.2)
"""Seconds to wait before it is believed that somebody fetches: a page that looks whether somebody does holds the file too."""
_out, _err = Console(), Console(stderr=True)


def ingest(
    path: Annotated[
        Path | None, typer.Argument(help="A file, or a folder that is read whole; without, sites are fetched.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Id of the source: with a path the one it becomes, without the one to fetch.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Fetch every active source whose time has come.")] = False,
    region: Annotated[
        str | None, typer.Option(help="Onderwijsregio it holds for; without, it holds everywhere.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What a citation calls it; else the file's own title.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it can be read.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day, month or year it speaks of; else the file's date.")] = None,
    as_json: Json = False,
) -> None:
    """
    Take files as all there is of a source, or fetch the sites that are watched, and publish a new index.

    With a path: txt, Markdown, HTML, PDF, DOCX, XLSX or CSV; what was ingested of the source before is replaced. Without: what is new on
    a site of `loket sources list` is fetched, at the pace the site asks for, and a run that was broken off goes on.
    What cannot be read is refused with the reason, and the others go on; the exit code is then 1.

    Examples: `loket ingest plan.pdf --source plan-haaglanden-2024 --region haaglanden` ·
    `loket ingest --source site-pool-west` · `loket ingest --due`
    """
    if path is None:
        _fetch(source, due, as_json)
        return
    if due or source is None:
        raise typer.BadParameter("a path needs --source, and does not go with --due")
    with explained():
        if not path.exists():
            raise typer.BadParameter(f"there is no file or folder {path}")
        settings = Settings()
        home, catalogue = settings.index_home(), catalogue_of(settings)
        try:
            origin = origin_of(catalogue, source, region, title, publisher, url, as_of)
        except OriginError as error:
            raise typer.BadParameter(str(error)) from error
        report = ingest_path(path, origin, home.stored, _publishing(settings, as_json))
        if as_json:
            typer.echo(json.dumps(report.to_dict()))
        else:
            _out.print(report.table())
        if not report.is_complete:
            raise typer.Exit(FOUND_WRONG)


def _fetch(source: str | None, due: bool, as_json: bool) -> None:
    """Fetch one source, or all that are due, one after the other; a site that fails does not stop the next."""
    if due == (source is not None):
        raise typer.BadParameter("give a path, or --source with an id of `loket sources list`, or --due")
    settings = Settings()
    with watching(settings) as watch, _alone(settings.var):
        wanted = watch.due() if source is None else (watch.registry.get(source),)
        reports = [_run(watch, each, _publishing(settings, as_json), as_json) for each in wanted]
        if as_json:
            typer.echo(json.dumps([each.to_dict() for each in reports], ensure_ascii=False))
        elif not reports:
            _out.print("No source is due.", highlight=False)
        else:
            _out.print(_table(reports))
        if any(not each.fetched.complete or each.fetched.failed or each.refused for each in reports):
            raise typer.Exit(FOUND_WRONG)


@contextlib.contextmanager
def _alone(var: Path) -> Iterator[None]:
    """One run at a time, also of a server and a person: two would fetch a site twice as fast as it asks for."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / LOCK).open("w") as file:
        for wait in (*_GLANCES, None):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if wait is None:
                    typer.echo("sources are being fetched already; wait until that is done", err=True)
                    raise typer.Exit(FOUND_WRONG) from error
                time.sleep(wait)
        yield


def _run(watch: Watch, source: WatchedSource, publish: Callable[[], str], quiet: bool) -> SiteReport:
    counts: Counter[str] = Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True, disable=quiet) as progress:
        task = progress.add_task(source.id, total=None)

        def seen(fetched: Fetched) -> None:
            counts[fetched.outcome] += 1
            told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
            progress.update(task, advance=1, description=f"{source.id}: {told}")

        return watch.run(source, publish, seen)


def _publishing(settings: Settings, quiet: bool) -> Callable[[], str]:
    """Makes and serves a generation of all records and passages, and gives its id."""
    home = settings.index_home()

    def publish() -> str:
        # Read at that moment: vacancies that just went live are part of what is published.
        catalogue = catalogue_of(settings)
        with progress_shown("Building the index", quiet) as on_progress:
            return home.generations.build(lambda: home.material(catalogue), anew=False, on_progress=on_progress).id

    return publish


def _table(reports: list[SiteReport]) -> Table:
    table = Table("Source", "Pages", "Passages", "Vacancies", "Events", "Proposals", "Time, size", "What to know")
    for each in reports:
        fetched = each.fetched
        pages = ", ".join(f"{number} {name}" for name, number in fetched.counts.items())
        proposals = each.proposals
        table.add_row(
            Text(fetched.source_id),
            pages,
            f"+{each.added} -{each.removed}",
            _tally(each.vacancies),
            _tally(each.events),
            f"+{proposals.opened} -{proposals.superseded}, {proposals.standing} wait" if proposals else "as before",
            f"{each.seconds:.0f} s, {fetched.bytes / 1e6:.1f} MB",
            Text("\n".join(_notes(each))),
        )
    return table


def _tally(live: LiveTally | None) -> str:
    return f"+{live.added} ~{live.changed} -{live.gone}" if live else ""


def _notes(report: SiteReport) -> list[str]:
    """What went wrong or was left out, and why."""
    fetched = report.fetched
    notes = [fetched.stopped] if fetched.stopped else []
    notes += [f"{one['address']}: {one['why']}" for one in fetched.failed[:10]]
    notes += [f"{len(fetched.failed) - 10} more"] if len(fetched.failed) > 10 else []
    notes += [f"{one.file}: {one.why}; {one.fix}" for one in report.refused[:10]]
    notes += [f"{one['title']} is not shown: {one['why']}" for one in report.dropped[:10]]
    notes += report.repairs[:5]
    notes += [f"{number} links left out: {reason}" for reason, number in fetched.left_out.items()]
    return notes
