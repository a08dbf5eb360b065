"""`loket index`: build the search index, list its generations, switch between them, look whether it fits."""

import contextlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.index.engine import Manifest, NoGeneration
from knowledge.index.generation import Progress as OnProgress

index_app = typer.Typer(no_args_is_help=True, help="Build the search index, list its generations, switch between them.")
_out, _err = Console(), Console(stderr=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@index_app.command()
def build(
    lexical: Annotated[bool, typer.Option("--lexical", help="Without dense vectors: seconds, not minutes.")] = False,
    as_json: Json = False,
) -> None:
    """
    Make a generation of all records and ingested documents, and serve it.

    Only what changed since the last build is embedded. A running server takes the new generation over by itself.

    Examples: `loket index build` · `loket index build --lexical` · `LOKET_EMBEDDER=none loket index build`
    """
    with explained():
        settings = Settings()
        home, catalogue = settings.index_home(), catalogue_of(settings)
        with progress_shown("Building the index", as_json) as on_progress:
            made = home.generations.build(lambda: home.material(catalogue), lexical=lexical, on_progress=on_progress)
        if as_json:
            typer.echo(made.model_dump_json())
        else:
            _out.print(f"Generation {made.id} is served: {made.passages} passages, {made.kind}.", highlight=False)


@index_app.command("list")
def list_(as_json: Json = False) -> None:
    """
    List the generations, newest first; `*` marks the one that is served.

    Examples: `loket index list` · `loket index list --json`
    """
    with explained():
        engine = Settings().index_home().engine
        manifests, current = engine.manifests(), engine.current()
        if as_json:
            rows = [each.model_dump(mode="json") | {"current": each.id == current} for each in manifests]
            typer.echo(json.dumps(rows))
        elif not manifests:
            _out.print("There is no index yet; run `loket index build`.", highlight=False)
        else:
            _out.print(_table(manifests, current))


@index_app.command()
def use(generation: Annotated[str, typer.Argument(help="An id of `loket index list`.")], as_json: Json = False) -> None:
    """
    Serve another generation from now on; a running server that has the same content follows.

    Examples: `loket index use 20260901-101500-3fa2`
    """
    with explained():
        try:
            used = Settings().index_home().generations.use(generation)
        except NoGeneration as error:
            raise typer.BadParameter(str(error)) from error
        if as_json:
            typer.echo(used.model_dump_json())
        else:
            _out.print(f"Generation {used.id} is served.", highlight=False)


@index_app.command()
def back(as_json: Json = False) -> None:
    """
    Serve the generation made before the current one.

    Examples: `loket index back`
    """
    with explained():
        used = Settings().index_home().generations.back()
        if as_json:
            typer.echo(used.model_dump_json())
        else:
            _out.print(f"Generation {used.id} is served.", highlight=False)


@index_app.command()
def check(as_json: Json = False) -> None:
    """
    Look whether the served generation opens, answers, and says what the content says; 1 if it does not.

    Examples: `loket index check` · `loket index check --json`
    """
    with explained():
        settings = Settings()
        home, catalogue = settings.index_home(), catalogue_of(settings)
        search = home.generations.open()
        try:
            material = home.material(catalogue)
            fits = search.manifest.content == material.digest()
            answers = not material.passages or bool(
                search.search(material.passages[0].title, on=material.passages[0].valid_from or date(2000, 1, 1))
            )
        finally:
            search.close()
        if as_json:
            typer.echo(json.dumps({"generation": search.manifest.id, "up_to_date": fits, "answers": answers}))
        elif fits and answers:
            _out.print(f"Generation {search.manifest.id} is up to date and answers.", highlight=False)
        else:
            typer.echo("The index is behind the content; run `loket index build`.", err=True)
        if not (fits and answers):
            raise typer.Exit(FOUND_WRONG)


def catalogue_of(settings: Settings) -> Catalogue:
    """The catalogue of the content folder. Raises `ContentError`."""
    return settings.catalogue()


@contextlib.contextmanager
def progress_shown(what: str, silent: bool) -> Iterator[OnProgress]:
    """A progress bar on standard error while passages are done; none for programs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_err, disable=silent) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _table(manifests: list[Manifest], current: str | None) -> Table:
    table = Table("", Column("Generation", no_wrap=True), "Made at (UTC)", "Kind", "Embedder", "Passages")
    for each in manifests:
        mark = "*" if each.id == current else ""
        made_at = f"{each.created_at:%Y-%m-%d %H:%M:%S}"
        table.add_row(mark, each.id, made_at, each.kind, each.embedder, str(each.passages))
    return table
