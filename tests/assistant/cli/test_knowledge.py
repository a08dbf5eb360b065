"""`loket knowledge validate` finds every mistake in the content, with file, line and what to do."""

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Loket = Callable[..., Result]


def test_the_delivered_content_is_sound_and_counted(loket: Loket) -> None:
    result = loket("knowledge", "validate", "--json")

    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["problems"] == []
    promised = {
        "route": 15,
        "cost": 10,
        "subsidy": 10,
        "salary": 5,
        "region": 3,
        "institution": 20,
        "term": 25,
        "faq": 25,
    }
    for kind, least in promised.items():
        assert told["published"][kind] >= least, kind
    assert told["published"]["orientation"] + told["published"].get("event", 0) >= 15


def test_a_person_reads_that_it_is_sound(loket: Loket) -> None:
    result = loket("knowledge", "validate")

    assert result.exit_code == 0
    assert "The content is sound." in result.stdout


def test_every_mistake_is_named_with_file_line_and_what_to_do(loket: Loket, broken_content: Path) -> None:
    result = loket("knowledge", "validate", broken_content)

    assert result.exit_code == 1
    assert "sources/bronnen.yaml:6 " in result.stdout
    assert result.stdout.count("    -> ") >= 2
    assert "nothing of this is published" in result.stdout


def test_a_program_gets_the_mistakes_as_json(loket: Loket, broken_content: Path) -> None:
    result = loket("knowledge", "validate", broken_content, "--json")

    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert {problem["line"] for problem in told["problems"]} == {6}
    assert all(problem["fix"] for problem in told["problems"])


def test_what_stands_in_a_file_is_shown_as_it_stands(loket: Loket, broken_content: Path) -> None:
    (broken_content / "routes").mkdir()
    (broken_content / "routes" / "[rood].yaml").write_text("- id: '[bold]x[/bold]'\n", encoding="utf-8")

    assert "[rood].yaml:1 " in loket("knowledge", "validate", broken_content).stdout


def test_broken_yaml_and_strange_files_are_mistakes_and_no_crash(loket: Loket, broken_content: Path) -> None:
    for name, content in {
        "a": b"- id: [\n", "b": b"\xff\xfe\x00", "c": b"", "d": b"een zin", "e": b"- 1\n- 2\n",
        "f": b"- id: x\n  id: y\n", "g": b"a: &a [*a]\n", "h": b"- !!python/object/apply:os.system [ls]\n", "i": b"\x00",
    }.items():  # fmt: skip
        (broken_content / f"{name}.yaml").write_bytes(content)

    result = loket("knowledge", "validate", broken_content, "--json")

    assert result.exit_code == 1, result.output
    named = {problem["file"] for problem in json.loads(result.stdout)["problems"]}
    assert {"a.yaml", "b.yaml", "d.yaml", "e.yaml", "f.yaml", "g.yaml", "h.yaml", "i.yaml"} <= named


def test_a_folder_without_content_is_said_to_be_so(loket: Loket, tmp_path: Path) -> None:
    for folder in (tmp_path / "weg", tmp_path):
        result = loket("knowledge", "validate", folder)

        assert result.exit_code == 1
        assert "there is no content here" in result.stdout
