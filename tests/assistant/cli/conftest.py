"""What commands are tried on: an installation of one's own, in an environment without settings of this machine."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app

Loket = Callable[..., Result]


@pytest.fixture(autouse=True)
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `LOKET_*` of whoever runs the tests, a `loket.toml` of nobody, and lines as wide as they come."""
    for name in [name for name in os.environ if name.startswith("LOKET_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def var(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a whole installation that searches by words alone; a copy, so that it may be spoilt."""
    folder = shutil.copytree(installed, tmp_path / "var")
    monkeypatch.setenv("LOKET_VAR", str(folder))
    monkeypatch.setenv("LOKET_EMBEDDER", "none")
    return folder


@pytest.fixture
def loket() -> Loket:
    """Gives a command to `loket`."""
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def broken_content(tmp_path: Path) -> Path:
    """A content folder with two mistakes in one file, the second on line 6."""
    folder = tmp_path / "content"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "bronnen.yaml").write_text(
        "- id: bron\n  title: Een bron\n  publisher: Een uitgever\n  document: Stuk [rood]\n  as_of: 2026-01\n"
        "- id: Geen Slug\n  title: Zonder uitgever\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that end with the test, whatever happens."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
