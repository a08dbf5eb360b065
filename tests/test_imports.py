"""Imports point one way, and only at what the product says it needs."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("knowledge", "ingestion", "assistant", "evaluation")
COMES_WITH = {"starlette": "fastapi", "markupsafe": "jinja2"}
"""A package whose maker says which version of it goes with another one: naming it ourselves could only contradict."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _named(requirement: str) -> str:
    """The package that a requirement is about: `qdrant-client>=1.20` is `qdrant-client`."""
    return _plain(re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0])


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(folder: str) -> Iterator[tuple[Path, str]]:
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield path, node.module.partition(".")[0]


def test_the_contracts_between_the_parts_hold() -> None:
    # In a process of its own: it sets up logging, and thereby silences every logger that there is.
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]

    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("folder", [*OURS, "tests"])
def test_what_is_imported_is_among_the_dependencies(folder: str) -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    more = extras["test"] if folder == "tests" else [*extras["transformers"], *extras.get(folder, ())]
    declared = {_named(each) for each in [*PROJECT["project"]["dependencies"], *more]}
    distributions = packages_distributions()

    undeclared = {
        f"{path.relative_to(ROOT)}: {module}"
        for path, module in _imported(folder)
        if module not in (*OURS, folder, *sys.stdlib_module_names)
        and COMES_WITH.get(module) not in declared
        and not declared & {_plain(each) for each in [module, *distributions.get(module, ())]}
    }

    assert undeclared == set()
