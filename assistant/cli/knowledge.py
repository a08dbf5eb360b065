"""`loket knowledge`: check the content, take it out and in, and publish it."""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.cli import editorial
from assistant.cli.failing import FOUND_WRONG, explained
from assistant.settings import Settings
from knowledge.problem import ContentError
from knowledge.reader import CONTENT, ContentReader, publish

knowledge_app = typer.Typer(help="The content: check, export, import, preview, publish, go back.", no_args_is_help=True)
for _name, _command in (
    ("export", editorial.export_),
    ("import", editorial.import_),
    ("preview", editorial.preview),
    ("publish", editorial.publish),
    ("back", editorial.back),
):
    knowledge_app.command(_name)(_command)


@knowledge_app.callback()
def _group() -> None:
    """Commands on the content."""


@knowledge_app.command()
def validate(
    folder: Annotated[Path | None, typer.Argument(help="A content folder; empty: the installation's own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print problems and counts as JSON.")] = False,
) -> None:
    """
    Check every record, rule and reference. Exit code 1 when something is wrong.

    Examples:

        loket knowledge validate

        loket knowledge validate my-content --json
    """
    with explained():
        reader = ContentReader(folder or Settings().content or CONTENT)
    try:
        content = reader.read()
        reader.check()
    except ContentError as error:
        reader.problems += error.problems
        content = None
    counts: dict[str, int] = {}
    if content is not None:
        catalogue = publish(content)
        counts = dict(Counter(str(record.kind) for record in catalogue)) | {
            "rule": len(catalogue.rules),
            "draft": len(catalogue.drafts),
        }
    if as_json:
        problems = [vars(problem) for problem in reader.problems]
        typer.echo(json.dumps({"problems": problems, "published": counts}, ensure_ascii=False, indent=2))
    else:
        _show(reader, counts)
    if reader.problems:
        raise typer.Exit(FOUND_WRONG)


def _show(reader: ContentReader, counts: dict[str, int]) -> None:
    console = Console()
    for problem in reader.problems:
        # Not wrapped, so that an editor can click on file and line.
        console.print(
            f"[red]{escape(problem.file)}:{problem.line}[/] {escape(problem.what)}\n    -> {escape(problem.fix)}",
            highlight=False,
            soft_wrap=True,
        )
    if reader.problems:
        console.print(f"{len(reader.problems)} problems; nothing of this is published until they are mended.")
        return
    table = Table("kind", "published", box=None)
    for kind, number in sorted(counts.items()):
        table.add_row(kind, str(number))
    console.print(table)
    console.print("[green]The content is sound.[/]")
