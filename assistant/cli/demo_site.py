"""`loket demo-site`: a made-up loket site on this machine, to try ingestion on."""

import signal
from typing import Annotated, cast, get_args

import typer

from ingestion.demo.site import DemoSite, Version, served


def demo_site(
    version: Annotated[
        str,
        typer.Option(
            help="`before`; `after` some weeks: amounts, pages and vacancies changed; or `neighbour`: a site that says otherwise."
        ),
    ] = "before",
    port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65535)] = 8090,
) -> None:
    """
    Serve a small loket site with documents, vacancies and faults, to try ingestion on.

    Example: `loket demo-site`, and beside it `LOKET_FETCH_LOOPBACK=true loket sources add demo http://127.0.0.1:8090/ --owner Demo
    --live passages` and `LOKET_FETCH_LOOPBACK=true loket ingest --source demo`; then again with `--version after`.
    """
    if version not in get_args(Version):
        raise typer.BadParameter(f"use one of {', '.join(get_args(Version))}", param_hint="--version")
    chosen = cast(Version, version)
    try:
        with served(DemoSite(chosen), port) as address:
            typer.echo(f"the demo site, {chosen}, is on {address}/ (stop with Ctrl+C)")
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except OSError as error:
        typer.echo(f"port {port} cannot be used ({error.strerror}); choose another with --port", err=True)
        raise typer.Exit(1) from error
