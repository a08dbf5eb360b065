"""How a command ends when something is wrong: one English message with what to do, and the right exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError

from assistant.errors import LoketError
from knowledge.reader import ContentError

FOUND_WRONG = 1
USED_WRONGLY = 2


@contextmanager
def explained() -> Iterator[None]:
    """
    Turns what can go wrong at start into a message on standard error.

    Exit code 2 for a wrong setting; 1 for content, index or store that cannot be used.
    """
    try:
        yield
    except ContentError as error:
        typer.echo(f"the content cannot be published; run `loket knowledge validate` after mending:\n{error}", err=True)
        raise typer.Exit(FOUND_WRONG) from error
    except ValidationError as error:
        wrong = "; ".join(f"LOKET_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())
        typer.echo(f"a setting is wrong: {wrong} (the README lists every setting)", err=True)
        raise typer.Exit(USED_WRONGLY) from error
    except Exception as error:
        # Loaded only now: it brings Haystack along, and most commands should not wait for that.
        from knowledge.index.engine import IndexProblem

        if not isinstance(error, (IndexProblem, LoketError, OSError)):
            raise
        typer.echo(str(error), err=True)
        raise typer.Exit(FOUND_WRONG) from error
