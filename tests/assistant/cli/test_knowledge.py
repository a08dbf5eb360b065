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


def test_what_was_exported_edited_and_imported_is_published_and_taken_back(loket: Loket, tmp_path: Path) -> None:
    """From one command to the next, as an operator who keeps the content in git does it."""
    folder = tmp_path / "content"
    assert loket("knowledge", "export", folder).exit_code == 0
    assert "It says what is published" in loket("knowledge", "import", folder).stdout
    terms = folder / "terms" / "terms.yaml"
    text = terms.read_text("utf-8")
    terms.write_text(text.replace("- id: bevoegdheid\n", "- id: bevoegdheid\n  review_by: 2027-01-01\n"), "utf-8")

    imported = json.loads(loket("knowledge", "import", folder, "--json").stdout)
    listed = loket("knowledge", "publish")
    published = json.loads(loket("knowledge", "publish", imported["change_set"], "--json").stdout)
    back = json.loads(loket("knowledge", "back", "--json").stdout)

    assert imported["items"] == ["records/bevoegdheid"]
    assert imported["change_set"] in listed.stdout
    assert (published["publication"], back["publication"]) == (1, 2)
    assert published["catalogue"] != back["catalogue"]
    assert "back to 0" in loket("knowledge", "back", "--list").stdout


def test_an_amount_is_not_published_from_the_command_line_alone(loket: Loket, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    assert loket("knowledge", "export", folder).exit_code == 0
    costs = folder / "money" / "costs.yaml"
    costs.write_text(costs.read_text("utf-8").replace("2694", "2999"), "utf-8")
    imported = json.loads(loket("knowledge", "import", folder, "--json").stdout)

    refused = loket("knowledge", "publish", imported["change_set"])

    assert refused.exit_code == 1
    assert "needs a second person" in refused.stderr


def test_a_change_set_that_is_not_there_is_said_to_be_none(loket: Loket) -> None:
    for command in ("preview", "publish"):
        refused = loket("knowledge", command, "bestaat-niet")
        assert (refused.exit_code, "no change set" in refused.stderr) == (1, True)
