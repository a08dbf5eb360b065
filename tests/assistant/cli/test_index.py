"""`loket index` and `loket ingest`, as an operator types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app

SOURCE = """
- id: plan-haaglanden-2024
  title: Plan van aanpak Onderwijsregio Haaglanden 2024
  publisher: Onderwijsregio Haaglanden
  document: plan.pdf
  as_of: "2024"
"""
TEXT = "Werven\n\nPool West is een invalpool van schoolbesturen in de regio Haaglanden.\n"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one source, no records, and words alone to search by."""
    (tmp_path / "content" / "sources").mkdir(parents=True)
    (tmp_path / "content" / "sources" / "plans.yaml").write_text(SOURCE)
    (tmp_path / "plan.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    for name, value in {"VAR": "var", "CONTENT": "content", "EMBEDDER": "none"}.items():
        monkeypatch.setenv(f"LOKET_{name}", value)
    return tmp_path


def loket(*arguments: str) -> Result:
    """What the command gives."""
    return CliRunner().invoke(app, arguments)


def test_an_index_is_built_listed_switched_and_gone_back_to() -> None:
    first, second = (json.loads(loket("index", "build", "--json").stdout)["id"] for _ in range(2))

    assert [(each["id"], each["current"]) for each in json.loads(loket("index", "list", "--json").stdout)] == [
        (second, True),
        (first, False),
    ]
    assert json.loads(loket("index", "back", "--json").stdout)["id"] == first
    assert json.loads(loket("index", "use", second, "--json").stdout)["id"] == second
    assert loket("index", "check").exit_code == 0


def test_a_person_reads_which_generation_is_served() -> None:
    assert "There is no index yet" in loket("index", "list").stdout

    assert "is served: 0 passages, lexical." in loket("index", "build").stdout
    assert "*" in loket("index", "list").stdout


def test_a_document_is_ingested_under_the_source_that_the_content_knows(installation: Path) -> None:
    made = loket("ingest", "plan.txt", "--source", "plan-haaglanden-2024", "--region", "haaglanden", "--json")

    report = json.loads(made.stdout)
    assert (made.exit_code, report["added"], report["complete"]) == (0, 1, True)
    [line] = (installation / "var" / "passages" / "plan-haaglanden-2024.jsonl").read_text().splitlines()
    kept = json.loads(line)
    assert (kept["title"], kept["as_of"]) == ("Plan van aanpak Onderwijsregio Haaglanden 2024", "2024")
    assert loket("index", "check").exit_code == 0


def test_a_file_that_is_refused_makes_the_exit_code_one_and_is_named_with_what_to_do(installation: Path) -> None:
    (installation / "plan.txt").write_bytes(b"")

    made = loket("ingest", "plan.txt", "--source", "leeg")

    assert made.exit_code == 1
    assert "it is empty" in made.stdout
    assert "the index is as it was" in made.stdout


def test_an_index_that_is_behind_the_content_is_something_wrong(installation: Path) -> None:
    loket("index", "build")
    (installation / "content" / "sources" / "plans.yaml").write_text(SOURCE.replace('"2024"', '"2025"'))
    loket("ingest", "plan.txt", "--source", "plan-haaglanden-2024")
    loket("index", "back")

    checked = loket("index", "check")

    assert checked.exit_code == 1
    assert "run `loket index build`" in checked.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("index", "use", "20260101-000000-none"),
        ("ingest", "nowhere.txt", "--source", "a"),
        ("ingest", "plan.txt", "--source", "Geen Slug"),
        ("ingest", "plan.txt"),
        ("ingest", "plan.txt", "--source", "a", "--as-of", "vorig jaar"),
    ],
)
def test_a_command_that_is_used_wrongly_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert loket(*arguments).exit_code == 2


def test_an_unknown_embedder_is_told_with_what_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_EMBEDDER", "gpt")

    told = loket("index", "build")

    assert told.exit_code == 1
    assert "use `e5`, `none` or" in told.stderr


def test_a_qdrant_server_that_is_down_is_told_with_what_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_QDRANT_URL", "http://127.0.0.1:9")

    told = loket("index", "list")

    assert told.exit_code == 1
    assert "LOKET_QDRANT_URL" in told.stderr


@pytest.mark.parametrize("command", [("index", "build"), ("index", "list"), ("index", "use"), ("ingest",)])
def test_help_gives_an_example(command: tuple[str, ...]) -> None:
    assert "Examples:" in loket(*command, "--help").stdout
