"""`loket doctor`: what is wrong with an installation, and what to do."""

import json
import os
import shutil
import smtplib
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape

from assistant.cli.failing import FOUND_WRONG, SETTINGS_ERRORS, wrong_settings
from assistant.errors import LoketError
from assistant.leads.contact import parse_email
from assistant.leads.reply_to import code_in, reply_to
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.answers import AnswerStore, Traffic
from assistant.storage.clock import utc_now
from assistant.storage.outbox import OutboxStore
from assistant.storage.session import open_store
from knowledge.catalogue import Catalogue
from knowledge.index.engine import IndexProblem, NoGeneration
from knowledge.place import Region
from knowledge.problem import ContentError

_NEEDED_FREE = 500 * 1024 * 1024
_LETTERS_WITHOUT_ANSWER, _LONG_WITHOUT_ANSWER = 10, timedelta(days=14)
"""So many letters, and nothing for so long: then it is more likely the mail server than the visitors."""
_REPLY_FIX = "write it as antwoord@your.domain or as @your.domain"


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: str
    state: Literal["ok", "warning", "wrong"]
    what: str
    fix: str = ""


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the checks as JSON.")] = False) -> None:
    """
    Look at settings, content, index, people store, mail and disk. Exit code 1 when something is wrong.

    Examples:

        loket doctor

        loket doctor --json
    """
    checks = list(_checks())
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        console = Console()
        colours = {"ok": "green", "warning": "yellow", "wrong": "red"}
        for check in checks:
            told = f"[{colours[check.state]}]{check.state:8}[/] {check.name}: {escape(check.what)}"
            if check.fix:
                told += f"\n         -> {escape(check.fix)}"
            console.print(told, highlight=False, soft_wrap=True)
    if any(check.state == "wrong" for check in checks):
        raise typer.Exit(FOUND_WRONG)


def _checks() -> Iterator[Check]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    yield Check(
        "python",
        "ok" if sys.version_info >= (3, 11) else "wrong",
        version,
        "" if sys.version_info >= (3, 11) else "use Python 3.11 or newer",
    )
    try:
        settings = Settings()
    except SETTINGS_ERRORS as error:
        yield Check("settings", "wrong", wrong_settings(error), "see the list of settings in the README")
        return
    yield Check("settings", "ok", f"data folder {settings.var}, region {settings.region}, embedder {settings.embedder}")
    known = {f"LOKET_{name}".upper() for name in Settings.model_fields}
    if strange := sorted(name for name in os.environ if name.startswith("LOKET_") and name not in known):
        yield Check(
            "environment", "warning", f"{', '.join(strange)}: no such setting", "see the list of settings in the README"
        )
    yield _disk(settings)
    catalogue: Catalogue | None = None
    try:
        catalogue = settings.catalogue()
        yield Check(
            "content", "ok", f"{len(catalogue)} records, {len(catalogue.rules)} rules, {len(catalogue.drafts)} drafts"
        )
    except ContentError as error:
        yield Check(
            "content",
            "wrong",
            f"{len(error.problems)} problems, first: {error.problems[0]}",
            "run `loket knowledge validate`",
        )
    if catalogue is not None:
        known = {region.id for region in catalogue.all(Region)}
        if settings.region not in known:
            yield Check(
                "region", "wrong", f"LOKET_REGION is {settings.region!r}", f"use one of: {', '.join(sorted(known))}"
            )
        yield _index(settings, catalogue)
    yield from _people(settings)
    yield _mail(settings)


def _disk(settings: Settings) -> Check:
    folder = settings.var.absolute()
    while not folder.is_dir():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < _NEEDED_FREE:
        return Check(
            "disk",
            "wrong",
            f"{free // 2**20} MB free at {folder}",
            "make room: an index is built beside the one in use",
        )
    return Check("disk", "ok", f"{free // 2**30} GB free")


def _index(settings: Settings, catalogue: Catalogue) -> Check:
    try:
        home = settings.index_home()
        with closing(home.generations.open()) as opened:
            manifest = opened.manifest
        shown = f"generation {manifest.id}, {manifest.kind}, {manifest.passages} passages"
        if manifest.content != home.material(catalogue).digest():
            behind = "it is of other content or documents"
        elif home.model is not None and manifest.kind == "lexical":
            behind = "its vectors are not made yet, so it finds by words alone"
        else:
            return Check("index", "ok", shown)
        return Check(
            "index", "warning", f"{shown}: {behind}", "it is made anew at the next start, or run `loket index build`"
        )
    except NoGeneration:
        return Check(
            "index", "warning", "there is none yet", "it is built at the first start, or run `loket index build`"
        )
    except IndexProblem as error:
        return Check("index", "wrong", str(error), "run `loket index build`")


def _people(settings: Settings) -> Iterator[Check]:
    try:
        sessions = open_store(settings.people_address)
        with sessions() as session:
            accounts = AccountStore(session).count()
            traffic = AnswerStore(session).traffic()
        stuck = OutboxStore(sessions).stuck()
    except LoketError as error:
        yield Check(
            "people store", "wrong", str(error), "let the data folder (LOKET_VAR) be written, or set LOKET_PEOPLE_URL"
        )
        return
    yield Check("people store", "ok", f"{accounts} accounts")
    yield _answers(settings, traffic)
    if not accounts:
        yield Check(
            "advisers",
            "warning",
            "nobody can log in at /desk",
            "run `loket user add EMAIL --name NAME --region REGION`",
        )
    if stuck:
        yield Check(
            "outbox",
            "wrong",
            f"{stuck} mails could not be sent for three days",
            "mend the mail settings; the leads themselves are on the desk",
        )


def _answers(settings: Settings, traffic: Traffic) -> Check:
    """Whether what visitors answer to letters comes in."""
    name, last = "answers by mail", traffic.last_answer_at
    if not settings.mail_reply:
        return Check(
            name, "ok", "they go to the mailbox of the loket; with LOKET_MAIL_REPLY they come into the dossier"
        )
    example = reply_to("", settings.mail_reply).address
    if parse_email(example) is None or code_in(example, settings.mail_reply) is None:
        return Check(
            name, "wrong", f"LOKET_MAIL_REPLY is {settings.mail_reply!r}: no mail can come in there", _REPLY_FIX
        )
    told = f"the last came in on {last:%Y-%m-%d %H:%M} UTC" if last else "none came in yet"
    what = f"to {settings.mail_reply}; {told}; {traffic.letters} letters are waited on"
    waited = utc_now() - max(filter(None, (last, traffic.first_letter_at)), default=utc_now())
    if traffic.letters >= _LETTERS_WITHOUT_ANSWER and waited > _LONG_WITHOUT_ANSWER:
        return Check(
            name,
            "warning",
            f"{what}: nobody answered for {waited.days} days",
            f"see whether the mail server hands mail for an address such as {example} to `loket mail receive`",
        )
    return Check(name, "ok", what)


def _mail(settings: Settings) -> Check:
    if not settings.smtp_host:
        return Check(
            "mail", "warning", "no mail server is set", "set LOKET_SMTP_HOST; until then leads wait on the desk"
        )
    connect: Callable[..., smtplib.SMTP] = smtplib.SMTP_SSL if settings.smtp_tls == "tls" else smtplib.SMTP
    try:
        with connect(settings.smtp_host, settings.smtp_port, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Check(
            "mail",
            "wrong",
            f"{settings.smtp_host}:{settings.smtp_port}: {error}",
            "check LOKET_SMTP_HOST, _PORT and _TLS; mail waits in the outbox",
        )
    return Check("mail", "ok", f"{settings.smtp_host}:{settings.smtp_port} answers")
