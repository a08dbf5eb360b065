"""`loket` explains itself: what it can do, how, and what was wrong with what was typed."""

import inspect
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.testing import Result

from assistant.cli import COMMANDS

Loket = Callable[..., Result]
GROUPS = {
    "gaps": ["list", "dismiss"],
    "index": ["build", "list", "use", "back", "check"],
    "knowledge": ["validate", "export", "import", "preview", "publish", "back"],
    "user": ["add", "disable", "reset"],
    "links": ["check", "list"],
    "leads": ["export", "erase", "retain"],
    "mail": ["receive"],
    "sources": ["list", "add", "test", "pause", "resume"],
}


def _told(result: Result) -> str:
    return " ".join(result.output.split())


def test_help_lists_every_command_with_its_purpose(loket: Loket) -> None:
    help_ = loket("--help")

    assert help_.exit_code == 0
    for name, (_, purpose) in COMMANDS.items():
        assert name in help_.output
        assert purpose in help_.output


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_itself_what_the_list_says_of_it(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    command = getattr(import_module(f"assistant.cli.{module}"), attribute)

    told = command.info.help if isinstance(command, typer.Typer) else inspect.getdoc(command)
    assert told.startswith(COMMANDS[name][1])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_each_thing_it_does(loket: Loket, name: str) -> None:
    commands = [[name, below] for below in GROUPS[name]] if name in GROUPS else [[name]]

    for words in commands:
        help_ = loket(*words, "--help")
        assert help_.exit_code == 0, help_.output
        assert f"loket {' '.join(words)}" in _told(help_).split("Example", 1)[1]


def test_who_types_nothing_is_shown_what_there_is(loket: Loket) -> None:
    shown = loket()

    assert shown.exit_code == 2
    assert "serve" in shown.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serv"], "Did you mean 'serve'"),
        (["serve", "--poort", "80"], "No such option: --poort"),
        (["serve", "--port", "70000"], "equal to 65535"),
        (["ask"], "Missing argument"),
        (["knowledge", "check"], "No such command"),
    ],
)
def test_what_is_typed_wrong_is_explained_with_exit_code_2(loket: Loket, words: list[str], told: str) -> None:
    result = loket(*words)

    assert result.exit_code == 2
    assert told in _told(result)


def test_help_loads_none_of_the_heavy_parts() -> None:
    heavy = {"fastapi", "haystack", "numpy", "qdrant_edge", "sqlalchemy", "torch", "uvicorn"}
    code = f"""
import sys
from typer.testing import CliRunner
from assistant.cli import app
assert CliRunner().invoke(app, ["--help"]).exit_code == 0
print(sorted({heavy!r} & sys.modules.keys()))
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_installed_command_answers() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("loket"), "--help"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    assert "Loketgids" in done.stdout
    assert done.stderr == ""
