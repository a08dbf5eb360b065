"""`loket zelftest` in a terminal."""

import json

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app


def loket_zelftest(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["zelftest", *arguments], input=typed)


def test_answers_lead_to_routes_with_reasons_and_a_first_step() -> None:
    typed = "1\nleraar\nhbo-bachelor\n1\n7\n1\n1\n1\n1\n1\n1\n1\n1\n"

    result = loket_zelftest(typed=typed)

    assert result.exit_code == 0, result.output
    assert "In welk onderwijs wil je werken?" in result.output
    assert "past" in result.output
    assert "Eerste stap:" in result.output


def test_the_end_of_the_input_ends_the_questions_and_shows_what_is_known() -> None:
    result = loket_zelftest(typed="po\n")

    assert result.exit_code == 0
    assert "1 vragen beantwoord" in result.output


def test_an_answer_can_be_taken_back_and_a_wrong_one_is_asked_again() -> None:
    result = loket_zelftest(typed="mars\npo\nt\nvo,mbo\nq\n")

    assert "Dat begrijp ik niet" in result.output
    assert result.output.count("In welk onderwijs wil je werken?") == 3
    assert "Voortgezet onderwijs (vmbo, havo, vwo) of Mbo" in result.output


def test_a_program_gets_json() -> None:
    result = loket_zelftest("--json", "--facts", '{"sector": ["po"], "role": "schoolleider"}')

    assert json.loads(result.output)["outcomes"][0]["route"] == "schoolleider-po-van-buiten"


@pytest.mark.parametrize("facts", ["geen json", "[]", '{"age": 3}', '{"schoenmaat": 43}'])
def test_facts_that_cannot_be_used_end_with_exit_code_2(facts: str) -> None:
    result = loket_zelftest("--json", "--facts", facts)

    assert result.exit_code == 2
    assert "--facts cannot be used" in result.output
