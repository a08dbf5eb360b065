"""`loket gaps`: what visitors asked and got no good answer to."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from assistant.answering.gaps import gaps
from assistant.answering.understand.intents import Vector
from assistant.cli.failing import explained
from assistant.settings import Settings
from assistant.storage.gaps import GapStore
from assistant.storage.session import open_store
from knowledge.index.dense import embedder_of

gaps_app = typer.Typer(
    no_args_is_help=True, help="Questions without a good answer, grouped by meaning: list and dismiss them."
)


@gaps_app.command("list")
def list_(
    region: Annotated[str | None, typer.Option("--region", help="Only the questions of this region.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """
    Print the groups, the most asked first, each with the id to dismiss it by.

    Example: `loket gaps list --region haaglanden`
    """
    with explained():
        settings = Settings()
        embedder = embedder_of(settings.embedder)

        def embed(question: str) -> Vector | None:
            return embedder.model.queries([question])[0] if embedder else None

        with open_store(settings.people_address)() as session:
            found = gaps(GapStore(session).unanswered([region] if region else None), embed)
        if as_json:
            typer.echo(json.dumps([asdict(gap) for gap in found], ensure_ascii=False, indent=2, default=str))
            return
        for gap in found:
            typer.echo(f"{gap.count:4}  {gap.last_asked_at:%Y-%m-%d}  {gap.turn_id}  {gap.question}")
            for example in gap.examples:
                typer.echo(f"{'':18}{example}")
        if not found:
            typer.echo("no questions without an answer")


@gaps_app.command()
def dismiss(turn_id: Annotated[str, typer.Argument(help="The id that `loket gaps list` prints.")]) -> None:
    """
    Say that a question, and those that ask the same, are not ours to answer.

    Example: `loket gaps dismiss 3f2a…`
    """
    with explained():
        with open_store(Settings().people_address).begin() as session:
            GapStore(session).dismiss(turn_id, "operator")
        typer.echo("dismissed")
