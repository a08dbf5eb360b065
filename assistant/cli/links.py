"""`loket links`: whether the addresses that the content names still answer."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.leaning import Leaning
from assistant.storage.session import open_store
from ingestion.fetch.download import Downloader
from ingestion.fetch.robots import RobotsRules
from ingestion.link_check import LIMITS, SOURCE, LinkCheck, LinkLooker, dead_link_proposals
from knowledge.publishing.item import ItemKey
from knowledge.publishing.links import LinkState, LinkStore
from knowledge.publishing.opening import Editorial, open_editorial
from knowledge.publishing.proposals import ProposalStore

links_app = typer.Typer(
    no_args_is_help=True, help="The addresses that the content names: ask whether they answer, list which do not."
)
_err = Console(stderr=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@dataclass(frozen=True)
class _Opened:
    settings: Settings
    editorial: Editorial
    links: LinkStore


@links_app.command()
def check(
    everything: Annotated[
        bool, typer.Option("--all", help="Ask for every address, also those that are not due.")
    ] = False,
    as_json: Json = False,
) -> None:
    """
    Ask for the addresses that are due, politely; what fails three nights in a row is proposed to editors.

    An address that answers is asked for once a week, one that fails every night, and after a week of that once a week.
    Ends with 1 if an address may be dead.

    Examples: `loket links check` · `loket links check --all`
    """
    with explained():
        opened = _opened()
        upkeep, settings = opened.editorial.upkeep.now(), opened.settings
        opened.links.keep_only(upkeep.addresses)
        robots = Downloader(settings.public_url, settings.fetch_loopback, LIMITS)
        looker = LinkLooker(settings.public_url, settings.fetch_loopback, LIMITS)
        checking = LinkCheck(looker, RobotsRules(robots), opened.links, utc_now, settings.fetch_pause.total_seconds())
        counts: Counter[str] = Counter()
        with _err.status("Asking ...") as status:
            for state in checking.run(upkeep.addresses, everything):
                counts[state.last.outcome] += 1
                status.update(f"{counts.total()} asked, {counts['failed']} failed: {state.address[:60]}")
        looker.close()
        robots.close()
        states = opened.links.all()
        dead = [each for each in states.values() if each.may_be_dead]
        now = utc_now()
        proposals = list(dead_link_proposals(upkeep, states, now.date()))
        answers = Leaning(open_store(settings.people_address)).counts()
        damage = {each.item_id: upkeep.damage(ItemKey(each.group, each.item_id), answers) for each in proposals}
        ProposalStore(opened.editorial.sessions).replace(SOURCE, proposals, now, damage)
        if as_json:
            told = dict(counts) | {"may_be_dead": [_as_data(each) for each in dead]}
            typer.echo(json.dumps(told, ensure_ascii=False))
        else:
            typer.echo(
                f"{counts.total()} asked: {counts['fine']} answer, {counts['failed']} failed, "
                f"{counts['closed']} do not let a program look; {len(dead)} may be dead"
            )
        if dead:
            raise typer.Exit(FOUND_WRONG)


@links_app.command("list")
def list_(
    dead: Annotated[bool, typer.Option("--dead", help="Only those that may be dead.")] = False, as_json: Json = False
) -> None:
    """
    List the addresses that did not answer last, how many nights in a row, and what names them.

    Examples: `loket links list` · `loket links list --dead --json`
    """
    with explained():
        opened = _opened()
        upkeep = opened.editorial.upkeep.now()
        found = [
            each
            for each in opened.links.all().values()
            if (each.may_be_dead if dead else each.nights) and each.address in upkeep.addresses
        ]
        found.sort(key=lambda each: (-each.nights, each.address))
        if as_json:
            rows = [
                _as_data(each) | {"named_by": [str(key) for key in upkeep.addresses[each.address]]} for each in found
            ]
            typer.echo(json.dumps(rows, ensure_ascii=False))
            return
        for each in found:
            typer.echo(f"{each.nights:3} nights  {each.address}  ({each.last.why})")
            for key in upkeep.addresses[each.address]:
                typer.echo(f"{'':12}{key}")
        if not found:
            typer.echo("no address failed")


def _opened() -> _Opened:
    settings = Settings()
    editorial = open_editorial(settings.knowledge_address, settings.content)
    return _Opened(settings, editorial, LinkStore(editorial.sessions))


def _as_data(state: LinkState) -> dict[str, object]:
    return {
        "address": state.address,
        "nights": state.nights,
        "failed_since": state.failed_since.isoformat() if state.failed_since else None,
        "status": state.last.status,
        "why": state.last.why,
    }
