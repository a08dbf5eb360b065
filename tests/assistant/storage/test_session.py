"""The store opens where it is told, brings its tables up to date, and says what is wrong when it cannot."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError

from assistant.errors import StoreUnavailable
from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.storage.lead_search import is_of_index
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions, open_store
from assistant.storage.tables import Base
from tests.assistant.storage.conftest import IN_SQLITE

MakeLead = Callable[..., tuple[Lead, NewMail]]


def test_the_migrations_make_exactly_the_tables_of_the_code(sessions: Sessions) -> None:
    with sessions() as session:
        ours = {"include_name": lambda name, *_: not is_of_index(name)}
        differences = compare_metadata(MigrationContext.configure(session.connection(), opts=ours), Base.metadata)

    assert differences == []


def test_the_folder_is_made_and_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "people.sqlite"

    open_store(f"sqlite:///{file}")

    assert file.stat().st_mode & 0o077 == 0


@IN_SQLITE
def test_sqlite_is_set_to_lose_nothing_and_to_erase_for_good(sessions: Sessions) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10000}

    with sessions() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}

    assert found == wanted


def test_processes_that_start_at_once_on_a_new_store_all_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'people.sqlite'}"
    program = "import sys; from assistant.storage.session import open_store; open_store(sys.argv[1])"

    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(lambda _: subprocess.run([sys.executable, "-c", program, url], check=False), range(3)))

    assert [end.returncode for end in ends] == [0, 0, 0]


def test_a_file_that_is_no_database_is_refused_with_what_to_check(tmp_path: Path) -> None:
    file = tmp_path / "people.sqlite"
    file.write_bytes(b"geen database " * 100)

    with pytest.raises(StoreUnavailable, match="LOKET_PEOPLE_URL"):
        open_store(f"sqlite:///{file}")

    assert file.read_bytes() == b"geen database " * 100


def test_an_address_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    for url in ("nonsense", f"sqlite:///{tmp_path}", "postgresql://127.0.0.1:1/people"):
        with pytest.raises(StoreUnavailable):
            open_store(url)


def test_an_error_of_the_database_does_not_repeat_what_was_typed(sessions: Sessions) -> None:
    with sessions() as session, pytest.raises(DatabaseError) as error:
        session.execute(text("SELECT :typed FROM nowhere"), {"typed": "een geheim"})

    assert "geheim" not in str(error.value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root and the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_on_a_full_disk_a_lead_is_refused_and_those_acknowledged_stay(small_disk: Path, make_lead: MakeLead) -> None:
    sessions = open_store(f"sqlite:///{small_disk / 'people.sqlite'}")
    acknowledged: list[str] = []

    with pytest.raises(OperationalError, match="full"):  # noqa: PT012 - which of the many fills the disk is not known
        for number in range(500):
            lead, mail = make_lead(f"Naam {number}")
            with sessions.begin() as session:
                LeadStore(session).add(lead.model_copy(update={"message": "x" * 2000}), mail)
            acknowledged.append(lead.id)

    sessions.kw["bind"].dispose()
    reopened = open_store(f"sqlite:///{_copied_to_a_roomy_disk(small_disk)}")
    with reopened() as session:
        kept = [lead.id for lead in LeadStore(session).of_email("sam@example.org")]
    assert acknowledged
    assert set(kept) == set(acknowledged)


def _copied_to_a_roomy_disk(folder: Path) -> Path:
    roomy = folder.parent / "roomy"
    shutil.copytree(folder, roomy)
    return roomy / "people.sqlite"
