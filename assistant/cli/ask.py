"""`loket ask`: one question, its reply and its sources, in the terminal."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from assistant.answering.reply import Reply
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.app import open_publication, today
from assistant.cli.failing import USED_WRONGLY, explained
from assistant.cli.progress import VectorBar
from assistant.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.place import Region

_LONGEST_BUILD_SECONDS = 900
_MARK = {True: "+", False: "-", None: "?"}


def ask(
    text: Annotated[list[str], typer.Argument(help="The question; several are turns of one conversation.")],
    region: Annotated[str, typer.Option(help="The region of the page; empty: the installation's own.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the reply as the API sends it; of several turns a list.")
    ] = False,
    locale: Annotated[str, typer.Option(help="nl or en.")] = "nl",
) -> None:
    """
    Ask as a visitor would.

    Examples:

        loket ask "wat kost de pabo?"

        loket ask "ik heb hbo verpleegkunde en wil voor de basisschool staan" "en wat kost dat?"

        loket ask --json "wie betaalt een zij-instroomtraject?"
    """
    if locale not in ("nl", "en"):
        typer.echo(f"--locale {locale!r}: use nl or en", err=True)
        raise typer.Exit(USED_WRONGLY)
    bar = VectorBar(Console(stderr=True), "Making vectors, once")
    with explained():
        settings = Settings()
        publication = open_publication(settings, bar.show)
    try:
        _refuse_unknown(region, publication.catalogue)
        publication.search.wait_until_built(_LONGEST_BUILD_SECONDS)
        publication.wait_until_learnt(_LONGEST_BUILD_SECONDS)
        state = ConversationState(locale="en" if locale == "en" else "nl", region=region or settings.region)
        replies = []
        for question in text:
            answered = publication.now().answering.answer(Asked(state=state, today=today(), text=question))
            state = answered.state
            replies.append(answered.reply)
    finally:
        publication.close()
    if as_json:
        replied = [reply.as_json() for reply in replies]
        typer.echo(json.dumps(replied if len(text) > 1 else replied[0], ensure_ascii=False, indent=2))
        return
    console = Console()
    for question, reply in zip(text, replies, strict=True):
        if len(text) > 1:
            console.rule(escape(question), align="left")
        show(console, reply)


def _refuse_unknown(region: str, catalogue: Catalogue) -> None:
    known = [each.id for each in catalogue.all(Region)]
    if region and region not in known:
        raise typer.BadParameter(f"{region!r} is no region; choose from {', '.join(known)}", param_hint="--region")


def show(console: Console, reply: Reply) -> None:
    """The reply as a person reads it: blocks in order, sources last."""
    for block in reply.blocks:
        if block.type == "text":
            console.print(Markdown(block.text))
        elif block.type == "route":
            console.print(f"\n[bold]{escape(block.title)}[/] {escape(f'[{block.verdict}]')} {escape(block.duration)}")
            for reason in block.reasons:
                console.print(f"  {_MARK[reason.met]} {escape(reason.text)}", highlight=False)
            for change in block.would_change:
                console.print(f"  > {escape(change.text)}", highlight=False)
        elif block.type == "money":
            table = Table(box=None, padding=(0, 1))
            for head in ("", "bedrag", "per", "jaar"):
                table.add_column(head)
            for line in block.lines:
                table.add_row(escape(line.label), line.amount, line.period, line.year)
            console.print(table)
        elif block.type == "comparison":
            table = Table(*block.columns)
            for row in block.rows:
                table.add_row(*map(escape, row))
            console.print(table)
        elif block.type == "loket":
            card = block.loket
            console.print(
                f"\n[bold]{escape(card.title)}[/] {escape(' · '.join(filter(None, (card.url, card.email, card.phone))))}"
            )
        elif block.type == "events":
            for item in block.items:
                console.print(f"  - {escape(item.title)} {escape(item.when)} {escape(item.place)}".rstrip())
        elif block.type == "question":
            console.print(f"\n[bold]{escape(block.text)}[/] [dim]{escape(block.why)}[/]")
            console.print("  " + escape(" | ".join(option.label for option in block.options)))
        elif block.type == "lead_form":
            console.print("  [dim](contact form)[/]")
    for citation in reply.citations:
        console.print(
            f"[dim]{escape(f'[{citation.n}]')} {escape(citation.title)} - {escape(citation.publisher)}, {citation.as_of} {escape(citation.url or '')}[/]",
            highlight=False, soft_wrap=True,
        )  # fmt: skip
    console.print(f"[dim]{reply.status} · {reply.understanding.intent} {reply.understanding.confidence:.2f}[/]")
