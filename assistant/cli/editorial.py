"""`loket knowledge export|import|preview|publish|back`: what editors do, for operators and programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.cli.index import progress_shown
from assistant.settings import Settings
from knowledge.publishing.case_files import export_cases, import_cases
from knowledge.publishing.consequences import digest_of
from knowledge.publishing.errors import ContentRefused, EditorialProblem
from knowledge.publishing.folder import FolderProblem, difference, export
from knowledge.publishing.opening import Editorial
from knowledge.publishing.publishing import PublicationInfo
from knowledge.publishing.revisions import Editor, utc_now
from knowledge.reader import CASES, CONTENT, read_content

OPERATOR = Editor("operator", "operator")
_out = Console()
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
ChangeSetId = Annotated[
    str, typer.Argument(help="The id of a change set; without one, those that are open are listed.")
]


def export_(
    folder: Annotated[Path, typer.Argument(help="Where to write; YAML there that is not part of it is removed.")],
    as_json: Json = False,
) -> None:
    """
    Write what is published as a folder of YAML, which `import` and LOKET_CONTENT read.

    Files in which nothing changed are copied with their comments. In an item that was edited here its comments are gone;
    those between items stay. Files whose items share parts lose all of them, and are named. What editors keep as cases
    goes to `cases/` in it, which `loket evaluate --cases` reads.

    Example: `loket knowledge export content/`
    """
    with _editing() as (settings, editorial):
        told = export(settings.content or CONTENT, editorial.publisher.content(), folder)
        cases = export_cases(editorial.cases.all(), folder)
        if as_json:
            typer.echo(json.dumps(vars(told) | {"cases": cases}))
            return
        _out.print(f"{told.items} items in {told.files} files under {folder}.", highlight=False)
        if cases:
            _out.print(
                f"{cases} cases of editors; `loket evaluate --cases {folder / CASES}` asks them.", highlight=False
            )
        for name in told.rewritten:
            _out.print(f"  {name}: items that were edited here are written anew", highlight=False)
        for name in told.without_comments:
            _out.print(f"  {name}: written anew as a whole, without its comments", highlight=False)


def import_(
    folder: Annotated[Path, typer.Argument(help="A folder of YAML, as `export` writes it.")], as_json: Json = False
) -> None:
    """
    Take what a folder says otherwise than what is published into a change set: drafts, for review and publishing.

    Example: `loket knowledge import content/`
    """
    with _editing() as (_, editorial):
        changed = difference(editorial.publisher.content(), read_content(folder))
        try:
            cases = import_cases(folder, editorial.cases, OPERATOR.name, utc_now())
        except ValueError as error:
            raise FolderProblem(f"the cases in {folder / CASES} cannot be read: {error}") from error
        if cases and not as_json:
            _out.print(f"{cases} cases of editors were new or said otherwise.", highlight=False)
        if not changed:
            told: dict[str, object] = {"change_set": None, "items": [], "cases": cases}
            typer.echo(json.dumps(told) if as_json else "It says what is published.")
            return
        change_set = editorial.change_sets.begin(f"Ingelezen uit {folder.name}", OPERATOR)
        editorial.revisions.save_all(change_set.id, changed, OPERATOR, f"Ingelezen uit {folder.name}")
        if as_json:
            items = [str(key) for key in changed]
            typer.echo(json.dumps({"change_set": change_set.id, "items": items, "cases": cases}))
            return
        _out.print(f"{len(changed)} items changed, in change set {change_set.id}.", highlight=False, soft_wrap=True)
        _out.print(
            f"Look with `loket knowledge preview {change_set.id}`, then `publish` it.", highlight=False, soft_wrap=True
        )


def preview(
    change_set: ChangeSetId = "",
    as_json: Json = False,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Ask what is published now, so that the next look is quick.")
    ] = False,
) -> None:
    """
    Show what a change set would do to answers and outcomes, before it is published. 1 if it cannot be published.

    The development cases that it can touch are asked before and after, and 20,000 drawn visitors are judged.

    Examples: `loket knowledge preview 3f0c…` · `loket knowledge preview --prepare`
    """
    from assistant.app import today
    from evaluation.consequences.answers import cases_to_ask
    from evaluation.consequences.look import look_ahead, make_ready

    with _editing() as (settings, editorial):
        if prepare:
            with progress_shown("Asking what is published", as_json) as on_progress:
                kept = cases_to_ask([each.data for each in editorial.cases.all()])
                make_ready(editorial.publisher.content(), settings, today(), on_progress, kept)
            return
        if not change_set:
            _list(editorial, as_json)
            return
        editorial.change_sets.get(change_set)
        if problems := editorial.publisher.problems(change_set):
            raise ContentRefused(problems)
        store = editorial.consequences
        store.begin(change_set, digest_of(editorial.revisions.changed_in(change_set), editorial.publisher.number()))
        try:
            with progress_shown("Asking and judging", as_json) as on_progress:

                def advance(done: int, of: int) -> None:
                    store.advance(change_set, done, of)
                    on_progress(done, of)

                found = look_ahead(
                    editorial.publisher.content(),
                    editorial.publisher.content_with(change_set),
                    settings,
                    today(),
                    advance,
                    cases_to_ask([each.data for each in editorial.cases.all()]),
                )
        except BaseException:
            store.end(change_set, None)
            raise
        result = found.model_dump(mode="json") | {"in_dutch": found.in_dutch(), "how_in_dutch": found.how_in_dutch()}
        store.end(change_set, result)
        if as_json:
            typer.echo(json.dumps(result, ensure_ascii=False))
            return
        _out.print(found.in_dutch(), highlight=False)
        _out.print(f"{found.how_in_dutch()} ({found.seconds:.0f} s)", highlight=False)
        for warning in found.warnings:
            _out.print(f"  ! {warning.dutch}", highlight=False, markup=False, soft_wrap=True)
        for answer in found.answers:
            _out.print(f"\n{answer.asked}\n  - {answer.before}\n  + {answer.after}", highlight=False, markup=False)
        for group in found.outcomes:
            _out.print(f"\n{group.profiles} x {'; '.join(group.routes)}", highlight=False, markup=False)


def publish(change_set: ChangeSetId = "", as_json: Json = False) -> None:
    """
    Publish a change set. Running servers serve it within seconds.

    What changes amounts, conditions, rules or legal bases has to be approved on the editors' pages first.

    Example: `loket knowledge publish 3f0c…`
    """
    with _editing() as (_, editorial):
        if not change_set:
            _list(editorial, as_json)
            return
        _published(editorial.publisher.publish(change_set, OPERATOR), as_json)


def back(
    number: Annotated[
        int | None, typer.Argument(help="Of a publication; 0: as delivered; without one, the one before the newest.")
    ] = None,
    shown: Annotated[bool, typer.Option("--list", help="List the publications instead.")] = False,
    as_json: Json = False,
) -> None:
    """
    Publish an earlier state again, records and index.

    Examples: `loket knowledge back` · `loket knowledge back 12` · `loket knowledge back --list`
    """
    with _editing() as (_, editorial):
        if shown:
            table = Table("number", "at", "by", "what", "items", box=None)
            for each in editorial.publisher.publications():
                what = each.comment if each.back_to is None else f"back to {each.back_to}"
                table.add_row(str(each.number), f"{each.at:%Y-%m-%d %H:%M}", each.by, what, str(len(each.items)))
            _out.print(table)
            return
        to = editorial.publisher.number() - 1 if number is None else number
        _published(editorial.publisher.back(max(to, 0), OPERATOR), as_json)


def _published(info: PublicationInfo, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"publication": info.number, "catalogue": info.catalogue, "items": len(info.items)}))
    else:
        _out.print(f"Publication {info.number}: {len(info.items)} items changed.", highlight=False)


def _list(editorial: Editorial, as_json: bool) -> None:
    found = editorial.change_sets.list()
    if as_json:
        rows = [{"id": each.id, "title": each.title, "state": each.state, "items": items} for each, items in found]
        typer.echo(json.dumps(rows, ensure_ascii=False))
    elif not found:
        _out.print("No change set is open.")
    for each, items in () if as_json else found:
        _out.print(f"{each.id}  {each.state}, {items} items  {each.title}", highlight=False, markup=False)


@contextmanager
def _editing() -> Iterator[tuple[Settings, Editorial]]:
    """The editors' store; what is wrong ends the command with what to do."""
    # Brings FastAPI and Haystack along, which `--help` does not need.
    from assistant.app import open_desk_of_editors

    with explained():
        settings = Settings()
        try:
            yield settings, open_desk_of_editors(settings)
        except ContentRefused as error:
            for problem in error.problems:
                typer.echo(problem.english, err=True)
            raise typer.Exit(FOUND_WRONG) from error
        except (EditorialProblem, FolderProblem) as error:
            typer.echo(f"{error}; `loket knowledge publish` lists what is open", err=True)
            raise typer.Exit(FOUND_WRONG) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            typer.echo(f"the knowledge store cannot be used ({reason}); check LOKET_KNOWLEDGE_URL", err=True)
            raise typer.Exit(FOUND_WRONG) from error
