"""`loket ingest`: documents into the search index, beside the records."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.cli.index import Json, catalogue_of, progress_shown
from assistant.settings import Settings
from ingestion.origin import OriginError, origin_of
from ingestion.pipeline import ingest as ingest_path


def ingest(
    path: Annotated[Path, typer.Argument(help="A file, or a folder that is read whole.")],
    source: Annotated[str, typer.Option(help="Id of the source; one that the content knows gives the other options.")],
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
    Take txt, Markdown, HTML or PDF files as all there is of a source, and publish a new index.

    What was ingested of the source before is replaced. A file that cannot be read is refused with the reason, and the
    others go on; the exit code is then 1.

    Examples: `loket ingest plan.pdf --source plan-haaglanden-2024 --region haaglanden` ·
    `loket ingest documenten/ --source documenten-hgl --publisher "Gemeente Den Haag" --as-of 2026-05`
    """
    with explained():
        if not path.exists():
            raise typer.BadParameter(f"there is no file or folder {path}")
        settings = Settings()
        home, catalogue = settings.index_home(), catalogue_of(settings)
        try:
            origin = origin_of(catalogue, source, region, title, publisher, url, as_of)
        except OriginError as error:
            raise typer.BadParameter(str(error)) from error

        def publish() -> str:
            with progress_shown("Building the index", as_json) as on_progress:
                return home.generations.build(lambda: home.material(catalogue), anew=False, on_progress=on_progress).id

        report = ingest_path(path, origin, home.stored, publish)
        if as_json:
            typer.echo(json.dumps(report.to_dict()))
        else:
            Console().print(report.table())
        if not report.is_complete:
            raise typer.Exit(FOUND_WRONG)
