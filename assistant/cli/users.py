"""`loket user`: who may log in on the desk."""

import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from assistant.accounts.role import Role
from assistant.cli.failing import USED_WRONGLY, explained
from assistant.leads.contact import clean_line, parse_email
from assistant.settings import Settings
from assistant.storage.accounts import MIN_PASSWORD, AccountStore
from assistant.storage.session import open_store
from knowledge.place import Region

user_app = typer.Typer(no_args_is_help=True, help="Who may log in on the desk: add, list, disable, reset a password.")

Email = Annotated[str, typer.Argument(help="The adviser's e-mail address, with which they log in.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input, one line.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it, once.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@user_app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option("--name", help="As colleagues see it beside notes.")],
    region: Annotated[
        list[str],
        typer.Option("--region", help="Where they work; give it again for more. ID=ROLE for another role there."),
    ],
    role: Annotated[
        Role, typer.Option("--role", help="What they may do, where --region says nothing else.")
    ] = Role.ADVISER,
    password_stdin: FromStdin = False,
    generate: Generate = False,
    as_json: Json = False,
) -> None:
    """
    Add a colleague. The first one is best a region_admin, who invites the others on the desk. Without an option the password is asked for, twice.

    Examples: `loket user add noor@loket.nl --name "Noor Bakker" --region haaglanden --generate` ·
    `pass show noor | loket user add noor@loket.nl --name Noor --region haaglanden --region hak=editor --password-stdin`
    """
    with explained():
        settings = Settings()
        address = parse_email(email)
        if address is None:
            raise typer.BadParameter(f"{email!r} is no e-mail address", param_hint="EMAIL")
        if not clean_line(name):
            raise typer.BadParameter("give the name that colleagues see", param_hint="--name")
        known = [record.id for record in settings.catalogue().all(Region)]
        roles = {name: _role(there, role) for name, _, there in (each.partition("=") for each in region)}
        unknown = [each for each in roles if each not in known]
        if unknown:
            raise typer.BadParameter(
                f"{unknown[0]!r} is no region; choose from {', '.join(known)}", param_hint="--region"
            )
        with _accounts(settings) as accounts:
            password = _password(password_stdin, generate)
            accounts.add(address, clean_line(name), roles, password)
        _tell(f"{address} can log in at {settings.public_url.rstrip('/')}/desk", address, password, generate, as_json)


@user_app.command("list")
def list_accounts(as_json: Json = False) -> None:
    """
    Who has an account: address, name, role in each region, and whether they can log in.

    Example: `loket user list`
    """
    with explained():
        with _accounts(Settings()) as accounts:
            found = accounts.all()
        rows = [
            {
                "email": each.email,
                "name": each.name,
                "roles": dict(each.roles),
                "state": "disabled" if each.disabled else "active" if each.has_password else "invited",
                "second_step": each.has_second_step,
                "last_login_at": each.last_login_at.isoformat() if each.last_login_at else None,
            }
            for each in found
        ]
        if as_json:
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for each, row in zip(found, rows, strict=True):
            step = "second step" if each.has_second_step else "password alone"
            work = ",".join(f"{region}={role}" for region, role in each.roles.items())
            typer.echo("\t".join((each.email, each.name, work, str(row["state"]), step)))


@user_app.command()
def disable(email: Email, as_json: Json = False) -> None:
    """
    Let somebody log in no more; open sessions end at once. What they wrote stays. `reset` lets them in again.

    Example: `loket user disable noor@loket.nl`
    """
    with explained():
        with _accounts(Settings()) as accounts:
            accounts.disable(email)
        _tell(f"{email} can log in no more", email, "", False, as_json)


@user_app.command()
def reset(
    email: Email,
    password_stdin: FromStdin = False,
    generate: Generate = False,
    second_step: Annotated[bool, typer.Option("--second-step", help="Take the second step off too.")] = False,
    as_json: Json = False,
) -> None:
    """
    Give somebody another password; open sessions end, a disabled account works again. A second step stays on, unless
    `--second-step` takes it off: for who lost both the phone and the recovery codes.

    Example: `loket user reset noor@loket.nl --generate`
    """
    with explained():
        with _accounts(Settings()) as accounts:
            password = _password(password_stdin, generate)
            accounts.reset(email, password)
            account = accounts.of_email(email)
            if second_step and account is not None:
                accounts.drop_second_step(account.id)
        _tell(f"{email} has another password", email, password, generate, as_json)


def _role(told: str, otherwise: Role) -> Role:
    if told not in ("", *Role):
        raise typer.BadParameter(f"{told!r} is no role; choose from {', '.join(Role)}", param_hint="--region")
    return Role(told) if told else otherwise


@contextmanager
def _accounts(settings: Settings) -> Iterator[AccountStore]:
    with open_store(settings.people_address).begin() as session:
        yield AccountStore(session)


def _password(from_stdin: bool, generate: bool) -> str:
    if from_stdin and generate:
        typer.echo("give --password-stdin or --generate, not both", err=True)
        raise typer.Exit(USED_WRONGLY)
    if generate:
        return "-".join(secrets.token_hex(3) for _ in range(4))
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt(f"Password, at least {MIN_PASSWORD} characters", hide_input=True, confirmation_prompt=True))


def _tell(done: str, email: str, password: str, is_generated: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"email": email, "done": done} | ({"password": password} if is_generated else {})))
        return
    typer.echo(done)
    if is_generated:
        typer.echo(f"password, shown this once: {password}")
