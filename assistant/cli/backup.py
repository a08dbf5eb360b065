"""`loket backup` and `loket restore`: what cannot be made anew, in one file, while the service goes on."""

import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from assistant.cli.failing import FOUND_WRONG, explained
from assistant.settings import Settings
from assistant.storage.session import open_store

_MADE_ANEW = {"vectors.sqlite"}
_FOLDERS = ("catalogues", "passages")
_SECRET = "secret"  # noqa: S105 - the name of a file


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it, for instance loket.tar.gz; readable by you alone.")],
) -> None:
    """
    Write databases, the installation's secret, archived catalogues and ingested passages to one file.

    The service may go on meanwhile: each database is copied as it was at one moment. The index is not in it: it is made
    anew. A people store in PostgreSQL is not in it either: use pg_dump for that.

    Example: `loket backup /backups/loket-monday.tar.gz`
    """
    with explained():
        settings = Settings()
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            draft.touch(mode=0o600)
            with tarfile.open(draft, "w:gz") as archive, tempfile.TemporaryDirectory() as folder:
                for source in _files(settings.var):
                    kept = _copied(source, Path(folder)) if source.suffix == ".sqlite" else source
                    archive.add(kept, source.relative_to(settings.var).as_posix(), recursive=False)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        typer.echo(f"wrote {file} ({file.stat().st_size // 1024} kB)")
        if settings.people_url and not settings.people_url.startswith("sqlite"):
            typer.echo("the people store is not in it: back it up with pg_dump", err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="What `loket backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also over a data folder in which there is something.")
    ] = False,
) -> None:
    """
    Put a backup into the data folder. Stop the service first. What is past its time is erased at the next start; people
    who were erased after the backup have to be erased again.

    Example: `loket restore /backups/loket-monday.tar.gz`
    """
    with explained():
        settings = Settings()
        if not force and any(settings.var.glob("*.sqlite")):
            typer.echo(f"{settings.var} holds databases already; stop the service and use --force", err=True)
            raise typer.Exit(FOUND_WRONG)
        settings.var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.var) as folder:
            names = _unpacked(file, Path(folder))
            for name in names:
                target = settings.var / name
                target.parent.mkdir(parents=True, exist_ok=True)
                for side in ("-wal", "-shm"):
                    target.with_name(target.name + side).unlink(missing_ok=True)
                (Path(folder) / name).replace(target)
        open_store(settings.people_address)
        typer.echo(f"restored {len(names)} file(s) into {settings.var}")


def _files(var: Path) -> Iterator[Path]:
    yield from sorted(each for each in var.glob("*.sqlite") if each.name not in _MADE_ANEW and each.is_file())
    if (var / _SECRET).is_file():
        yield var / _SECRET
    for folder in _FOLDERS:
        yield from sorted(each for each in (var / folder).rglob("*") if each.is_file())


def _copied(source: Path, folder: Path) -> Path:
    """A database as it was at one moment, without stopping who writes to it."""
    copy = folder / source.name
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)
    return copy


def _unpacked(file: Path, folder: Path) -> list[str]:
    """Unpack what a backup may hold, and see that the databases are whole before anything is put in its place."""
    names = []
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                if not member.isfile() or not _is_ours(member.name):
                    raise ValueError(f"it holds {member.name!r}, which no backup holds")
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.touch(mode=0o600)
                target.write_bytes((archive.extractfile(member) or io.BytesIO()).read())
                names.append(member.name)
        for name in names:
            if name.endswith(".sqlite"):
                with closing(sqlite3.connect(folder / name)) as database:
                    found = database.execute("PRAGMA integrity_check").fetchone()[0]
                if found != "ok":
                    raise ValueError(f"{name} is damaged: {found}")
        if not names:
            raise ValueError("it is empty")
    except (tarfile.TarError, sqlite3.DatabaseError, ValueError, EOFError) as error:
        typer.echo(f"{file} cannot be restored, and nothing was changed: {error}", err=True)
        raise typer.Exit(FOUND_WRONG) from error
    return names


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        return False
    return path.parts[0] in _FOLDERS if len(path.parts) > 1 else name == _SECRET or path.suffix == ".sqlite"
