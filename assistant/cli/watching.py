"""The watch of this installation, and its errors as an operator reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import typer
from sqlalchemy.exc import SQLAlchemyError

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.leaning import answers_by_record
from assistant.storage.session import open_store
from ingestion.registry import SourceProblem
from ingestion.watch import Watch, watch_in
from knowledge.index.passages import StoredPassages
from knowledge.publishing.drafting import take_over_trusted


@contextmanager
def watching(settings: Settings) -> Iterator[Watch]:
    """The sources and their pages; what is wrong with them ends the command with what to do."""
    with explained():
        try:
            watch = watch_in(
                settings.var,
                settings.knowledge_address,
                StoredPassages(settings.var / "passages"),
                settings.public_url,
                utc_now,
                settings.catalogue,
                partial(answers_by_record, open_store(settings.people_address)),
                settings.fetch_loopback,
                settings.fetch_pause.total_seconds(),
                settings.onderwijsloket_token.get_secret_value(),
            )
            yield watch
            take_over_trusted(settings.knowledge_address, settings.content, utc_now())
            watch.downloader.close()
        except SourceProblem as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(FOUND_WRONG) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            typer.echo(f"the knowledge store cannot be used ({reason}); check LOKET_KNOWLEDGE_URL", err=True)
            raise typer.Exit(FOUND_WRONG) from error
