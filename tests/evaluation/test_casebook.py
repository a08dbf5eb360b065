"""The cases as delivered, and what happens to a case that cannot be used."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from evaluation.case import Visitor, split_of
from evaluation.casebook import CASES, CaseProblem, read_casebook
from knowledge.catalogue import Catalogue

CASE = """
- id: een-vraag
  question: wat kost de pabo
  visitor: student
  style: sloppy
  expect: {intent: cost, cites_any: [wettelijk-collegegeld]}
  source: Rijksoverheid
"""


def test_everything_that_a_case_names_is_in_the_catalogue(catalogue_of_content: Catalogue) -> None:
    assert list(read_casebook().unknown(catalogue_of_content)) == []


def test_there_are_five_hundred_questions_of_every_kind_of_visitor_and_half_are_typed_carelessly() -> None:
    cases = read_casebook().cases

    assert len(cases) >= 500
    assert {case.visitor for case in cases} == set(get_args(Visitor))
    assert sum(case.style == "sloppy" for case in cases) >= len(cases) / 2
    assert sum(case.style == "english" for case in cases) >= 50
    assert sum(bool(case.turns) for case in cases) >= 50


def test_the_three_kinds_of_visitors_of_a_loket_ask_enough_to_judge_by() -> None:
    asking = Counter(case.visitor for case in read_casebook().cases)

    assert asking["zij-instromer"] >= 100
    assert asking["student"] + asking["scholier"] >= 100
    assert asking["herintreder"] + asking["leraar"] >= 50


def test_every_intent_is_asked_for_at_least_twice(catalogue_of_content: Catalogue) -> None:
    asked = Counter(intent for case in read_casebook().cases for intent in case.expect.intent)

    assert {str(intent.name) for intent in catalogue_of_content.content.intents if asked[str(intent.name)] < 2} == set()


def test_every_case_says_where_the_right_answer_comes_from() -> None:
    casebook = read_casebook()

    assert all(len(each.source.split()) >= 1 for each in (*casebook.cases, *casebook.personas))


def test_a_third_is_kept_for_the_final_report_and_stays_there() -> None:
    cases = read_casebook().cases

    assert 0.2 < sum(case.split == "test" for case in cases) / len(cases) < 0.45
    assert split_of("advies-niets-bekend") == split_of("advies-niets-bekend")
    assert read_casebook().only("dev").cases == tuple(case for case in cases if case.split == "dev")


def test_what_is_not_in_the_catalogue_is_named_with_its_file(tmp_path: Path, catalogue_of_content: Catalogue) -> None:
    (tmp_path / "kosten.yaml").write_text(CASE.replace("wettelijk-collegegeld", "bestaat-niet"))

    assert list(read_casebook(tmp_path).unknown(catalogue_of_content)) == [
        "kosten.yaml: een-vraag: no record 'bestaat-niet'"
    ]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (CASE + CASE, "more than one case has the id een-vraag"),
        (CASE.replace("question: wat kost de pabo", "turns: []"), "een-vraag"),
        (CASE.replace("source: Rijksoverheid", ""), "een-vraag"),
        (CASE.replace("intent: cost", "says: ['(']"), "een-vraag"),
        ("vraag: [", "broken YAML"),
        ("vraag: een", "a case file is a list of cases"),
        ("- alleen een zin", "an entry that is no case"),
        ("[]", "no cases here"),
    ],
)
def test_a_case_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path: Path, written: str, problem: str) -> None:
    (tmp_path / "kosten.yaml").write_text(written)

    with pytest.raises(CaseProblem, match=r"(?s)" + problem.replace("(", r"\(")):
        read_casebook(tmp_path)


def test_everything_that_is_wrong_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "kosten.yaml").write_text(
        CASE.replace("student", "zijinstromer") + CASE.replace("cites_any", "cites").replace("een-vraag", "Twee")
    )
    (tmp_path / "geld.yaml").write_text("vraag: [")

    with pytest.raises(CaseProblem) as raised:
        read_casebook(tmp_path)

    broken, *others = str(raised.value).split("\n" + str(tmp_path))
    assert "geld.yaml: broken YAML" in broken
    assert "line 2: een-vraag: visitor: Input should be 'zij-instromer', 'student'" in others[0]
    assert "line 9: Twee: id 'Twee': write it in small letters, digits and single hyphens" in others[1]
    assert "line 9: Twee: expect.cites is no key; choose from intent, status, cites_any" in others[2]


@pytest.mark.parametrize(
    ("expect", "problem"),
    [
        ("intent: kosten", "een-vraag: no intent 'kosten'; there is greeting"),
        ("status: gone", "een-vraag: no status begins with 'gone'; there is answered_greeting"),
        ("says: [gratis], never: [gratis]", "een-vraag: gratis must be said and may not be said"),
    ],
)
def test_what_no_reply_can_meet_is_named(
    tmp_path: Path, catalogue_of_content: Catalogue, expect: str, problem: str
) -> None:
    (tmp_path / "kosten.yaml").write_text(CASE.replace("intent: cost", expect))

    [found] = read_casebook(tmp_path).unknown(catalogue_of_content)

    assert problem in found


def test_a_question_that_is_asked_twice_is_named(tmp_path: Path, catalogue_of_content: Catalogue) -> None:
    (tmp_path / "kosten.yaml").write_text(CASE + CASE.replace("een-vraag", "nog-een"))

    assert list(read_casebook(tmp_path).unknown(catalogue_of_content)) == [
        "kosten.yaml: nog-een asks the very same as een-vraag in kosten.yaml; take one of them out"
    ]


def test_the_cases_stand_beside_the_code_that_asks_them() -> None:
    assert CASES.is_dir()
