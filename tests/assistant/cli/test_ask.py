"""`loket ask` prints the reply that a visitor would get, for people or for programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from assistant.answering.reply import Reply

Loket = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("var")


def test_a_question_is_answered_in_words_with_its_sources_and_how_it_ended(loket: Loket) -> None:
    result = loket("ask", "wat kost de pabo?")

    assert result.exit_code == 0, result.output
    assert "collegegeld" in result.stdout.lower()
    assert "[1] " in result.stdout
    assert "https://" in result.stdout
    assert "answered_" in result.stdout
    assert result.stderr == ""


def test_a_program_gets_the_reply_of_the_contract(loket: Loket) -> None:
    result = loket("ask", "--json", "wat is zij-instroom in het basisonderwijs?")

    reply = Reply.model_validate_json(result.stdout)
    assert reply.citations
    assert reply.as_json() == json.loads(result.stdout)


def test_several_questions_are_one_conversation(loket: Loket) -> None:
    result = loket("ask", "--json", "ik wil in het basisonderwijs werken", "en wat kost dat?")

    first, second = (Reply.model_validate(each) for each in json.loads(result.stdout))
    assert first.understanding.facts["sector"].value == ["po"]
    assert second.understanding.facts["sector"].value == ["po"]


def test_a_conversation_is_printed_with_its_questions(loket: Loket) -> None:
    result = loket("ask", "hallo", "wat is de [red]pabo[/red]?")

    assert "hallo" in result.stdout
    assert "[red]pabo[/red]" in result.stdout


def test_english_is_answered_in_english(loket: Loket) -> None:
    result = loket("ask", "--json", "--locale", "en", "how much is the tuition fee?")

    assert json.loads(result.stdout)["locale"] == "en"


@pytest.mark.parametrize(
    ("option", "value", "told"), [("--locale", "fr", "use nl or en"), ("--region", "nergens", "haaglanden")]
)
def test_a_wrong_option_is_explained_with_what_can_be_chosen(loket: Loket, option: str, value: str, told: str) -> None:
    result = loket("ask", "hallo", option, value)

    assert result.exit_code == 2
    assert told in result.stderr


def test_nothing_is_written_about_who_asked(loket: Loket, var: Path) -> None:
    before = {file: file.stat().st_size for file in var.glob("people.sqlite*")}

    loket("ask", "ik ben Sam en woon in Zoetermeer")

    assert {file: file.stat().st_size for file in var.glob("people.sqlite*")} == before


@pytest.mark.parametrize(
    ("name", "value", "exit_code", "told"),
    [
        ("LOKET_SMTP_PORT", "veel", 2, "LOKET_SMTP_PORT: "),
        ("LOKET_RATE_LIMIT", "uit", 2, "LOKET_RATE_LIMIT: "),
        ("LOKET_LEAD_RETENTION", "een jaar", 2, "LOKET_LEAD_RETENTION: "),
        ("LOKET_EMBEDDER", "word2vec", 1, "LOKET_EMBEDDER"),
        ("LOKET_CONTENT", "/nergens", 1, "point LOKET_CONTENT at a folder"),
        ("LOKET_VAR", "/dev/null/var", 1, "LOKET_VAR"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(
    loket: Loket, monkeypatch: pytest.MonkeyPatch, name: str, value: str, exit_code: int, told: str
) -> None:
    monkeypatch.setenv(name, value)

    result = loket("ask", "hallo")

    assert result.exit_code == exit_code
    assert told in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("toml", "told"), [("smtp_prot = 25\n", "LOKET_SMTP_PROT: "), ("smtp_port = [\n", "loket.toml is not TOML")]
)
def test_a_mistake_in_the_file_of_settings_is_named(loket: Loket, toml: str, told: str) -> None:
    Path("loket.toml").write_text(toml, encoding="utf-8")

    result = loket("ask", "hallo")

    assert result.exit_code == 2
    assert told in result.stderr
