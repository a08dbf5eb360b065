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
    for heading in ("Waarom", "Stappen", "Jouw geld", "Eerste stap", "Jouw loket", "Wat je nu doet"):
        assert heading in result.output


def test_the_end_of_the_input_ends_the_questions_and_shows_what_is_known() -> None:
    result = loket_zelftest(typed="po\n")

    assert result.exit_code == 0
    assert "1 vraag beantwoord" in result.output


def test_an_answer_can_be_taken_back_and_a_wrong_one_is_asked_again() -> None:
    result = loket_zelftest(typed="mars\npo\nt\nvo,mbo\nq\n")

    assert "Dat begrijp ik niet" in result.output
    assert result.output.count("In welk onderwijs wil je werken?") == 3
    assert "Voortgezet onderwijs (vmbo, havo, vwo) of Mbo" in result.output


def test_an_earlier_answer_can_be_changed_and_the_others_stay() -> None:
    result = loket_zelftest(typed="po\nleraar\nw\n1\nvo\nq\n")

    assert "De andere antwoorden blijven staan." in result.output
    assert "1. Functie: Leraar" in result.output
    assert "2. Soort onderwijs: Voortgezet onderwijs" in result.output


def test_a_number_that_cannot_be_is_told_what_can_and_nothing_is_lost() -> None:
    facts = '{"sector": ["mbo"], "role": "leraar", "diploma_level": "mbo-4", "situation": ["inkomen"]}'

    result = loket_zelftest("--facts", facts, typed="500\nq\n")

    assert "heel getal" in result.output
    assert "Hoogste diploma: Mbo niveau 4" in result.output


def test_a_near_miss_says_how_long_it_takes_and_what_it_costs() -> None:
    facts = '{"sector": ["po"], "role": "leraar", "diploma_level": "mbo-4", "situation": ["inkomen"]}'

    result = loket_zelftest("--facts", facts, typed="zoetermeer\n")

    assert "Dit past nu net niet" in result.output
    assert "Tijd: 4 jaar" in result.output
    assert "Kosten: Wettelijk collegegeld" in result.output


def test_the_municipality_decides_the_loket_and_may_be_skipped() -> None:
    facts = '{"sector": ["po"], "role": "schoolleider"}'

    haarlem = loket_zelftest("--facts", facts, typed="haarlem\n").output
    skipped = loket_zelftest("--facts", facts, typed="\n").output

    assert "Gemeente: Haarlem" in haarlem
    assert "Gemeente" not in skipped.replace("gemeente", "")
    assert haarlem.split("Jouw loket")[1] != skipped.split("Jouw loket")[1]


def test_answers_that_do_not_go_together_are_asked_about() -> None:
    facts = '{"sector": ["po"], "role": "leraar", "diploma_level": "phd", "age": 19}'

    result = loket_zelftest("--facts", facts, typed="q\n")

    assert "! Je leeftijd en je diploma passen niet goed bij elkaar" in result.output


def test_a_region_that_is_not_there_ends_with_exit_code_2() -> None:
    result = loket_zelftest("--region", "atlantis")

    assert result.exit_code == 2
    assert "haaglanden" in result.output


def test_a_program_gets_json() -> None:
    result = loket_zelftest("--json", "--facts", '{"sector": ["po"], "role": "schoolleider"}')

    assert json.loads(result.output)["outcomes"][0]["route"] == "schoolleider-po-van-buiten"


@pytest.mark.parametrize("facts", ["geen json", "[]", '{"age": 3}', '{"schoenmaat": 43}'])
def test_facts_that_cannot_be_used_end_with_exit_code_2(facts: str) -> None:
    result = loket_zelftest("--json", "--facts", facts)

    assert result.exit_code == 2
    assert "--facts cannot be used" in result.output
