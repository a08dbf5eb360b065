"""The `loket` command: everything an operator does, in English."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

COMMANDS = {
    "serve": ("serve:serve", "Serve the site, the API and the desk."),
    "ask": ("ask:ask", "Ask as a visitor would."),
    "zelftest": (
        "zelftest:zelftest",
        "Take the zelftest: from answers to routes, with reasons, steps, money and the nearest way on.",
    ),
    "receipt": (
        "receipt:receipt",
        "Replay the advice of a receipt on the catalogue of its day, and say what changed since.",
    ),
    "sources": ("sources:sources_app", "The sites that are watched: list, add, test, pause."),
    "ingest": (
        "ingest:ingest",
        "Take files as all there is of a source, or fetch the sites that are watched, and publish a new index.",
    ),
    "links": ("links:links_app", "The addresses that the content names: ask whether they answer, list which do not."),
    "index": ("index:index_app", "Build the search index, list its generations, switch between them."),
    "knowledge": ("knowledge:knowledge_app", "The content: check, export, import, preview, publish, go back."),
    "evaluate": ("evaluate:evaluate", "Ask every case, score what came, and write a report."),
    "keuzewijzer": ("keuzewijzer:keuzewijzer", "Write a keuzewijzer for a school board, as PDF or HTML."),
    "user": ("users:user_app", "Who may log in on the desk: add, list, disable, reset a password."),
    "leads": ("leads:leads_app", "Leads: export or erase one person's data, apply the retention, resend mail."),
    "mail": ("mail:mail_app", "Answers to letters from the desk, as a mail server hands them over."),
    "gaps": ("gaps:gaps_app", "Questions without a good answer, grouped by meaning: list and dismiss them."),
    "demo-site": (
        "demo_site:demo_site",
        "Serve a small loket site with documents, vacancies and faults, to try ingestion on.",
    ),
    "backup": (
        "backup:backup",
        "Write databases, the installation's secret, archived catalogues and ingested passages to one file.",
    ),
    "restore": ("backup:restore", "Put a backup into the data folder."),
    "doctor": ("doctor:doctor", "Look at settings, content, index, people store, mail and disk."),
}
"""Name to where it is, below this package, and what it is for. A module is loaded when its command is given."""


class _LoadedWhenGiven(TyperGroup):
    """Knows every command by name and purpose: help and `user add` do not wait for a search engine to load."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in COMMANDS:
            self.add_command(_loaded(args[0]))
        return super().resolve_command(ctx, args)


def _loaded(name: str) -> Any:
    """The command itself, with its options and its own help."""
    module, _, attribute = COMMANDS[name][0].partition(":")
    found = getattr(import_module(f"{__name__}.{module}"), attribute)
    holder = _grouped()
    if isinstance(found, typer.Typer):
        holder.add_typer(found, name=name)
    else:
        holder.command(name)(found)
    return get_group(holder).commands[name]


def _grouped(**settings: Any) -> typer.Typer:
    """Commands under one name, also when there is only one of them."""
    made = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False, **settings)
    made.callback()(lambda: None)
    return made


app = _grouped(
    name="loket",
    cls=_LoadedWhenGiven,
    help="Loketgids: the digital colleague of a regional education desk.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, (_, _purpose) in COMMANDS.items():
    app.command(_name, help=_purpose)(lambda: None)
