"""A backup taken while leads come in is whole, and comes back; a file that is none changes nothing."""

import io
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store

Loket = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a people store, a secret and a passage."""
    var = tmp_path / "data"
    monkeypatch.setenv("LOKET_VAR", str(var))
    sessions = open_store(f"sqlite:///{var / 'people.sqlite'}")
    with sessions.begin() as session:
        AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), "een lang genoeg wachtwoord")
    (var / "secret").write_text("geheim")
    (var / "passages").mkdir()
    (var / "passages" / "plan.jsonl").write_text("{}")
    (var / "vectors.sqlite").write_bytes(b"made anew")
    return var


def _restored(loket: Loket, file: Path, var: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> Result:
    monkeypatch.setenv("LOKET_VAR", str(var))
    return loket("restore", file, *more)


def test_what_is_backed_up_while_somebody_writes_comes_back_whole(
    loket: Loket, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, elsewhere, stop, acknowledged = tmp_path / "b.tar.gz", tmp_path / "elsewhere", threading.Event(), []
    sessions = open_store(f"sqlite:///{data / 'people.sqlite'}")

    def write() -> None:
        while not stop.is_set():
            with sessions.begin() as session:
                account = AccountStore(session).add(f"a{len(acknowledged)}@example.org", "A", ("hak",), None)
            acknowledged.append(account.email)

    writer = threading.Thread(target=write)
    writer.start()
    while len(acknowledged) < 5:
        pass
    before = list(acknowledged)
    made = loket("backup", file)
    stop.set()
    writer.join()
    back = _restored(loket, file, elsewhere, monkeypatch)

    assert (made.exit_code, back.exit_code) == (0, 0), made.output + back.output
    assert file.stat().st_mode & 0o077 == 0
    with open_store(f"sqlite:///{elsewhere / 'people.sqlite'}")() as session:
        emails = {each.email for each in AccountStore(session).all()}
        assert AccountStore(session).log_in("noor@example.org", "een lang genoeg wachtwoord")
    assert {"noor@example.org", *before} <= emails
    assert (elsewhere / "secret").read_text() == "geheim"
    assert (elsewhere / "passages" / "plan.jsonl").exists()
    assert not (elsewhere / "vectors.sqlite").exists()


def test_a_backup_does_not_go_over_what_is_there_unless_that_is_said(
    loket: Loket, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "b.tar.gz"
    loket("backup", file)
    with open_store(f"sqlite:///{data / 'people.sqlite'}").begin() as session:
        AccountStore(session).disable("noor@example.org")

    refused = _restored(loket, file, data, monkeypatch)
    forced = _restored(loket, file, data, monkeypatch, "--force")

    assert (refused.exit_code, forced.exit_code) == (1, 0)
    assert "--force" in refused.output
    with closing(sqlite3.connect(data / "people.sqlite")) as database:
        assert database.execute("SELECT disabled FROM account").fetchone() == (0,)


@pytest.mark.parametrize(
    "name", ["../evil.sqlite", "/evil.sqlite", "passages/../../evil", "loket.toml", "people.sqlite"]
)
def test_a_file_that_is_no_backup_changes_nothing(
    loket: Loket, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file, elsewhere = tmp_path / "b.tar.gz", tmp_path / "elsewhere"
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 7
        archive.addfile(member, io.BytesIO(b"geen db"))

    answer: Any = _restored(loket, file, elsewhere, monkeypatch)

    assert data
    assert answer.exit_code == 1
    assert "nothing was changed" in answer.output
    assert list(tmp_path.rglob("*evil*")) == []
    assert list(elsewhere.iterdir()) == []
