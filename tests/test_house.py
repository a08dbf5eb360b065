"""The tree is one that anybody can build anywhere, and in which everything has a home."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("assistant", "evaluation", "ingestion", "knowledge", "scripts", "tests", "widget", ".ci")
TEXT = {
    ".css",
    ".html",
    ".js",
    ".json",
    ".md",
    ".mako",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".ts",
    ".txt",
    ".yaml",
    ".yml",
    "",
}
SOMEBODYS_FOLDER = r"(?<![\w.:/}])/(?:home|root|Users)/\w"
PACKAGE_HOST = re.compile(
    r"registry\.npmjs|registry\.yarnpkg|pypi\.(?:org|python)|pythonhosted|artifactory|nexus\.|--(?:extra-)?index-url|devpi",
    re.IGNORECASE,
)
HOMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"}


def _files() -> Iterator[Path]:
    """Every file of the project that a person may have written; in a worktree `.git` is a file, and git wrote it."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _files()
        if path.suffix in TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    here = (rf"(?<![\w.:/}}]){re.escape(str(folder))}/" for folder in (ROOT, ROOT.parent, Path.home()) if folder.name)

    assert _lines_with(re.compile("|".join([SOMEBODYS_FOLDER, *here]))) == []


def test_nothing_names_where_packages_come_from() -> None:
    assert _lines_with(PACKAGE_HOST) == []


def test_every_module_is_named_after_what_it_holds() -> None:
    assert [str(path) for path in _files() if path.stem.strip("_") in HOMELESS] == []


def test_the_lock_file_names_versions_and_hashes_and_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", ".ci/run"])
def test_a_newcomer_finds_what_belongs_in_a_house(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_the_makefile_has_the_targets_that_the_readme_and_ci_use() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in ("run", "test", "check", "setup", "index", "evaluate"):
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_no_file_is_left_for_later() -> None:
    later = re.compile(r"#\s*(?:TODO|FIXME|XXX|HACK)\b|//\s*(?:TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    assert _lines_with(later) == []


def test_every_kind_of_file_in_the_packages_is_installed_with_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [shipped] = project["tool"]["setuptools"]["package-data"].values()
    packages = [pattern.removesuffix("*") for pattern in project["tool"]["setuptools"]["packages"]["find"]["include"]]

    kinds = {f"*{path.suffix}" for path in _files() if path.relative_to(ROOT).parts[0] in packages}

    assert kinds - {"*.py"} == set(shipped)
