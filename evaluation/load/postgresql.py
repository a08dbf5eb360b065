"""A PostgreSQL of one's own for a while: to measure on, and for tests to run on."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")


class NoPostgreSQL(Exception):
    """It cannot run here; the message says what is missing."""


@contextmanager
def running_postgresql() -> Iterator[str]:
    """
    The address of a new PostgreSQL that listens on a socket in a folder of its own alone, until the block ends.

    :raises NoPostgreSQL: If it is not installed, or there is nobody it may run as.
    """
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        raise NoPostgreSQL("PostgreSQL is not installed (initdb and pg_ctl are missing): apt-get install postgresql")
    owner: str | None = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
        if "postgres" not in {each.pw_name for each in pwd.getpwall()}:
            raise NoPostgreSQL("PostgreSQL does not run as root, and there is no user postgres")
        owner = "postgres"
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    if owner:
        shutil.chown(folder, owner)

    def run(*command: str) -> None:
        subprocess.run(command, user=owner, check=True, capture_output=True, cwd=folder)  # noqa: S603 - no words from outside

    data = str(folder / "data")
    try:
        run(initdb, "-D", data, "-U", "loket", "--auth=trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off"
        # A minute is what it waits by itself, and more than that has been seen beside a full load.
        run(pg_ctl, "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "-t", "600", "start")
        try:
            yield f"postgresql://loket@/postgres?host={folder}"
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str | None:
    """Debian keeps these out of the path."""
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)
