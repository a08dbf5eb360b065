"""How a command ends when something is wrong: one English message with what to do, and the right exit code."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from assistant.errors import LoketError
from assistant.settings import Settings
from knowledge.problem import ContentError

FOUND_WRONG = 1
USED_WRONGLY = 2
SETTINGS_ERRORS = (ValidationError, SettingsError, tomllib.TOMLDecodeError)
"""What reading the settings may raise."""


@contextmanager
def explained() -> Iterator[None]:
    """
    Turns what can go wrong at start into a message on standard error.

    Exit code 2 for a wrong setting; 1 for content, index, store or data folder that cannot be used.
    """
    try:
        yield
    except ContentError as error:
        typer.echo(f"the content cannot be published; run `loket knowledge validate` after mending:\n{error}", err=True)
        raise typer.Exit(FOUND_WRONG) from error
    except SETTINGS_ERRORS as error:
        typer.echo(f"a setting is wrong: {wrong_settings(error)} (the README lists every setting)", err=True)
        raise typer.Exit(USED_WRONGLY) from error
    except LoketError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FOUND_WRONG) from error
    except OSError as error:
        typer.echo(f"{error}; check that the data folder (LOKET_VAR) can be written and has room", err=True)
        raise typer.Exit(FOUND_WRONG) from error
    except Exception as error:
        # Loaded only now: it brings Haystack along, and most commands should not wait for that.
        from knowledge.index.engine import IndexProblem

        if not isinstance(error, IndexProblem):
            raise
        typer.echo(str(error), err=True)
        raise typer.Exit(FOUND_WRONG) from error


def wrong_settings(error: Exception) -> str:
    """Which settings are wrong and why, by the names that an operator gives them."""
    if isinstance(error, ValidationError):
        if error.title != Settings.__name__:
            raise error
        return "; ".join(f"LOKET_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"{Settings.model_config['toml_file']} is not TOML: {error}"
    return str(error)
