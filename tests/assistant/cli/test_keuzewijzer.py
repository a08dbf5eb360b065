"""`loket keuzewijzer`: a file for a board, or what to do about an option."""

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from assistant.cli import app

GOOD = ("keuzewijzer", "--sector", "mbo", "--region", "haaglanden", "--board", "ROC Voorbeeld", "--date", "2026-09-01")


@pytest.fixture
def run() -> CliRunner:
    """The command as an operator gives it."""
    return CliRunner()


@pytest.mark.parametrize(("name", "begins"), [("roc.pdf", b"%PDF-"), ("roc.HTML", b"<!doctype html>")])
def test_the_suffix_decides_what_is_written(run: CliRunner, tmp_path: Path, name: str, begins: bytes) -> None:
    result = run.invoke(app, [*GOOD, "--out", str(tmp_path / name)])

    assert result.exit_code == 0, result.output
    [written] = tmp_path.iterdir()
    assert written.read_bytes().startswith(begins)
    assert "4 routes" in result.output


def test_the_same_options_give_the_same_bytes(run: CliRunner, tmp_path: Path) -> None:
    for name in ("een.pdf", "twee.pdf"):
        assert run.invoke(app, [*GOOD, "--out", str(tmp_path / name)]).exit_code == 0

    assert (tmp_path / "een.pdf").read_bytes() == (tmp_path / "twee.pdf").read_bytes()


def test_a_program_can_read_what_was_made(run: CliRunner, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (200, 80), "#123456").save(logo)
    options = ["--route", "mbo-instructeur", "--logo", str(logo), "--out", str(tmp_path / "a.pdf"), "--json"]

    result = run.invoke(app, [*GOOD, *options])

    made = json.loads(result.stdout)
    assert made["routes"] == ["mbo-instructeur"]
    assert made["date"] == "2026-09-01"
    assert made["bytes"] == (tmp_path / "a.pdf").stat().st_size


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--sector", "xx", "--out", "a.pdf"], "use one of: po, so, vo, mbo"),
        (["--region", "leiden", "--out", "a.pdf"], "did you mean ldb"),
        (["--route", "mbo-instructor", "--out", "a.pdf"], "did you mean mbo-instructeur"),
        (["--route", "pabo-voltijd", "--out", "a.pdf"], "not for mbo"),
        (["--board", "x" * 500, "--out", "a.pdf"], "shorten it"),
        (["--board", "  ", "--out", "a.pdf"], "--board"),
        (["--out", "a.docx"], "neither .pdf nor .html"),
        (["--out", "nowhere/a.pdf"], "does not exist"),
        (["--logo", "nowhere.png", "--out", "a.pdf"], "--skip-bad-logo"),
        ([], "--out"),
        (["--date", "gisteren", "--out", "a.pdf"], "gisteren"),
    ],
)
def test_a_wrong_option_is_named_with_what_to_do(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run.invoke(app, [*GOOD, *options])

    assert result.exit_code == 2, result.output
    assert says in " ".join(result.output.split())
    assert not list(tmp_path.iterdir())


def test_a_lying_logo_can_be_left_out(run: CliRunner, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_text("geen plaatje", encoding="utf-8")
    options = ["--logo", str(logo), "--out", str(tmp_path / "a.pdf")]

    refused = run.invoke(app, [*GOOD, *options])
    left_out = run.invoke(app, [*GOOD, *options, "--skip-bad-logo"])

    assert refused.exit_code == 2
    assert "no PNG, JPEG or SVG" in " ".join(refused.output.split())
    assert left_out.exit_code == 0
    assert "Without a logo" in left_out.output
    assert (tmp_path / "a.pdf").exists()


def test_a_place_that_cannot_be_written_to_is_named(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()

    result = run.invoke(app, [*GOOD, "--out", str(tmp_path / "a.pdf")])

    assert result.exit_code == 1
    assert "cannot write" in " ".join(result.output.split())


def test_the_routes_of_a_sector_can_be_listed(run: CliRunner) -> None:
    result = run.invoke(app, ["keuzewijzer", "--sector", "mbo", "--list"])

    assert result.exit_code == 0
    assert "* pdg-mbo-zij-instroom" in result.output
    assert "zij-instroom-po" not in result.output
