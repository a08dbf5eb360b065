"""`loket serve`: the service, with what to open and how far the index is."""

import contextlib
import gc
import logging
import socket
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.cli.progress import VectorBar
from assistant.settings import Settings


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 for every one of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """
    Serve the site, the API and the desk.

    Examples:

        loket serve

        loket serve --host 0.0.0.0 --port 80
    """
    console = Console()
    _claim(host, port)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("haystack", "httpx", "alembic", "alembic.runtime.migration"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    bar = VectorBar(console, "Making vectors (questions are answered by words meanwhile)")
    with explained(), _without_collecting():
        settings = Settings()
        console.print("Loketgids: reading the content and opening the index ...")
        # Loading the parts takes a second or two: not before the port and the settings are known to be good.
        import uvicorn

        from assistant.app import create_app

        app = create_app(settings, bar.show)
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    records = len(app.state.knowledge.catalogue)
    console.print(
        f"[green]Ready[/]: {records} records. Open [bold]http://{shown}:{port}/[/] for the demo page, "
        f"[bold]http://{shown}:{port}/desk[/] for advisers, [bold]http://{shown}:{port}/api/docs[/] for the API. Ctrl+C stops."
    )
    if not settings.smtp_host:
        console.print("[dim]No mail server is set (LOKET_SMTP_HOST): leads stay on the desk and wait in the outbox.[/]")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=5)


def _claim(host: str, port: int) -> None:
    """Fail now, before anything is loaded, if something else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            typer.echo(
                f"cannot listen on {host}:{port}: {error.strerror}. Is another server running there? Stop it, or use --port.",
                err=True,
            )
            raise typer.Exit(FOUND_WRONG) from error


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """
    Collect no garbage meanwhile, and never look again through what was made.

    Code, records and rules are made once and stay. Looking through them time and again takes a quarter of the start,
    and later makes some visitor wait.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
