"""`loket receipt`: an advice judged again as it was, and what changed since."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.cli.failing import FOUND_WRONG, USED_WRONGLY, explained
from assistant.eligibility.verdict import Eligibility
from assistant.settings import Settings
from assistant.storage.receipts import KeptReceipt, ReceiptStore
from assistant.storage.session import open_store
from assistant.zelftest.receipt_id import read_receipt_id
from assistant.zelftest.replay import Replay, Replayer, RouteDifference, Since
from knowledge.archive import CatalogueArchive

_REPLAYED = {
    "same": "[green]Replayed: the same advice.[/]",
    "differs": "[red]Replayed: NOT the same advice.[/] The rules engine or the kept data changed since; see below.",
    "retired": "[yellow]Not replayed:[/] the catalogue of then is no longer kept. Below stands what was written down.",
}
_VERDICTS = {"fits": "green", "possible": "yellow", "ask_adviser": "cyan", "does_not_fit": "dim"}
_CHANGES = {"new": "+", "gone": "-", "changed": "~", "judged_otherwise": "~"}


def receipt(
    number: Annotated[str, typer.Argument(help="The number on the advice, such as 7K3M-9QXA-2FVV.", metavar="ID")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON, for programs.")] = False,
) -> None:
    """
    Replay the advice of a receipt on the catalogue of its day, and say what changed since.

    Exit code 0 when it comes out the same; 1 when it does not, cannot be replayed or is unknown; 2 for no number at all.

    Examples:

        loket receipt 7K3M-9QXA-2FVV

        loket receipt 7k3m9qxa2fvv --json
    """
    if read_receipt_id(number) is None:
        typer.echo(
            f"{number[:40]!r} is no number of a receipt: it has 12 letters and digits, and one may be mistyped",
            err=True,
        )
        raise typer.Exit(USED_WRONGLY)
    with explained():
        settings = Settings()
        with open_store(settings.people_address)() as session:
            kept = ReceiptStore(session).get(number)
        today = Eligibility(
            settings.catalogue(),
            date.today(),  # noqa: DTZ011 - the operator's own day
        )
        replayer = Replayer(CatalogueArchive(settings.catalogues).find)
        replayed, since = replayer.replay(kept.receipt), replayer.since(kept.receipt, today)
    if as_json:
        typer.echo(json.dumps(_as_json(kept, replayed, since), ensure_ascii=False, indent=2))
    else:
        _show(Console(), kept, replayed, since)
    if replayed.state != "same" or not kept.is_intact:
        raise typer.Exit(FOUND_WRONG)


def _as_json(kept: KeptReceipt, replayed: Replay, since: Since) -> dict[str, Any]:
    return {
        "id": kept.id,
        "digest": kept.receipt.digest,
        "is_intact": kept.is_intact,
        "receipt": kept.receipt.as_json(),
        "replay": replayed.model_dump(mode="json"),
        "since": since.model_dump(mode="json"),
    }


def _show(console: Console, kept: KeptReceipt, replayed: Replay, since: Since) -> None:
    receipt = kept.receipt
    console.rule(f"Receipt {kept.id}")
    console.print(f"Advice of {receipt.day}, catalogue {receipt.catalogue}, engine {receipt.engine}", highlight=False)
    console.print(f"Region: {receipt.region or 'not known'}", highlight=False)
    for name in (*receipt.asked, *receipt.unknown):
        value = receipt.facts.get(name, "does not know")
        told = ", ".join(value) if isinstance(value, list) else str(value)
        console.print(f"  {name}: [bold]{escape(told)}[/]", highlight=False)
    if not kept.is_intact:
        console.print("[red]The row is not what was written: its digest does not match.[/]")
    console.print(_REPLAYED[replayed.state])
    for difference in replayed.routes:
        _show_difference(console, difference)
    console.print(_verdicts(kept))
    console.rule(f"Since then, to {since.day}, catalogue {since.catalogue}")
    if since.is_same:
        console.print("Nothing changed: today the same facts lead to the same advice.")
    if since.forgotten:
        console.print(f"Not asked any more, so left out: {', '.join(since.forgotten)}")
    if not since.knows_amounts:
        console.print("Amounts and wording cannot be compared: the catalogue of then is no longer kept.")
    for difference in since.routes:
        _show_difference(console, difference)


def _verdicts(kept: KeptReceipt) -> Table:
    table = Table("route", "verdict", "met", "unmet", "open", title="As it was written down", title_justify="left")
    order = list(_VERDICTS)
    for each in sorted(kept.receipt.routes, key=lambda one: (order.index(one.verdict), one.route)):
        if each.verdict != "does_not_fit":
            verdict = f"[{_VERDICTS[each.verdict]}]{each.verdict}[/]"
            table.add_row(each.route, verdict, *(str(len(rules)) for rules in (each.met, each.unmet, each.open)))
    refused = sum(each.verdict == "does_not_fit" for each in kept.receipt.routes)
    table.caption = f"and {refused} routes that do not fit"
    return table


def _show_difference(console: Console, difference: RouteDifference) -> None:
    moved = f"{difference.then or 'not there'} -> {difference.now or 'not there'}"
    words = f"[bold]{moved}[/]" if difference.is_another_verdict else f"still {difference.now}"
    console.print(f"{escape(difference.title)} ({difference.route}): {words}", highlight=False)
    for line in _lines(difference):
        console.print(f"    {escape(line)}", highlight=False, soft_wrap=True)


def _lines(difference: RouteDifference) -> Iterator[str]:
    for rule in difference.rules:
        states = f" ({rule.then or 'not judged'} -> {rule.now or 'not judged'})" if rule.then != rule.now else ""
        yield f"{_CHANGES[rule.what]} {rule.what.replace('_', ' ')}: {rule.rule}{states} {rule.statement}".rstrip()
    for amount in difference.amounts:
        yield f"€ {amount.title}: {'; '.join(amount.then) or 'nothing'} -> {'; '.join(amount.now) or 'nothing'}"
