"""The sweep sees what it is there to see, and what stands next to it is measured on the same visitors."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.flow import interview_of
from evaluation.zelftest.definition import Witnesses, allowed
from evaluation.zelftest.evaluate import evaluate
from evaluation.zelftest.generate import Generated
from evaluation.zelftest.peers import RequiredAnswers, ThreeQuestions, peers, zen_verdicts
from evaluation.zelftest.sweep import Swept, sweep
from evaluation.zelftest.tables import refusing_rows, zen_input, zen_table
from evaluation.zelftest.walk import Walker
from knowledge.catalogue import Catalogue


def drawn_by(seed: int) -> Random:
    """Draws the same visitors every time."""
    return Random(seed)  # noqa: S311 - a visitor, not a secret


@pytest.fixture
def eligibility(catalogue_of_content: Catalogue, today: date) -> Eligibility:
    """Rules of its own for each test: some of these tests spoil them."""
    return Eligibility(catalogue_of_content, today)


def walked(eligibility: Eligibility, times: int = 60) -> list[str]:
    """Everything that a few visitors run into."""
    walker = Walker(eligibility)
    found = [walker.walk(drawn_by(seed), "evenly" if seed % 2 else "as visitors") for seed in range(times)]
    return [wrong for each in found for wrong in (*each.contradictions, *each.idle, each.dead_end) if wrong]


def test_the_same_visitors_are_drawn_at_every_run_in_one_process_or_two(eligibility: Eligibility) -> None:
    def key(processes: int) -> list[str]:
        return sorted(
            str((each.drawn, sorted(each.questions.items()), sorted(each.asked.items())))
            for each in sweep(eligibility, 200, processes)
        )

    assert key(1) == key(2)


def test_nobody_runs_into_anything(eligibility: Eligibility) -> None:
    assert walked(eligibility, 300) == []


def test_a_verdict_that_its_rules_cannot_mean_is_seen(
    eligibility: Eligibility, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = eligibility.rule_verdicts
    monkeypatch.setattr(eligibility, "rule_verdicts", lambda route_id, _: judge(route_id, (-1,) * 40))
    monkeypatch.setattr("evaluation.zelftest.walk.allowed", lambda rules: allowed(rules) - {"does_not_fit"})

    assert any("its rules say" in each for each in walked(eligibility))


def test_a_question_that_cannot_matter_is_seen(eligibility: Eligibility) -> None:
    interview = interview_of(eligibility)
    asks = interview.next_fact
    level = eligibility.levels["start"]
    interview.next_fact = lambda state: ("start", 1) if state[level] == -1 else asks(state)  # type: ignore[method-assign]

    assert "start" in walked(eligibility)


def test_an_end_that_one_more_answer_would_change_is_seen(eligibility: Eligibility) -> None:
    interview = interview_of(eligibility)
    asks = interview.next_fact
    sector = eligibility.levels["sector"]
    interview.next_fact = lambda state: None if state[sector] != -1 else asks(state)  # type: ignore[method-assign]

    assert any("one more answer" in each for each in walked(eligibility))


def test_a_visitor_without_a_way_on_is_seen(eligibility: Eligibility, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.zelftest.walk.advice", lambda *_: "")

    assert "the advice does not end in a step" in walked(eligibility, 5)


def test_a_fact_in_a_diagram_is_proven_to_matter_by_two_visitors(eligibility: Eligibility) -> None:
    witnesses, state = Witnesses(eligibility), interview_of(eligibility).state_of_nothing()

    for route, node in zip(eligibility.routes, eligibility.ahead(state), strict=True):
        for level in eligibility.diagram.matters[node]:
            assert witnesses.matters(route.id, node, state, level), (route.id, eligibility.domains[level].fact.name)


def test_the_same_rules_as_tables_of_another_engine_give_the_same_verdicts(eligibility: Eligibility) -> None:
    zen = pytest.importorskip("zen", reason="zen-engine is not installed")
    import json

    table = zen_table(eligibility, list(refusing_rows(eligibility)))
    decision = zen.ZenEngine().create_decision(json.dumps(table))
    walker = Walker(eligibility)

    for seed in range(150):
        facts = walker.whole_visitor(drawn_by(seed))
        theirs = zen_verdicts(eligibility, decision.evaluate(zen_input(eligibility, facts))["result"])
        assert theirs == {each.route.id: each.verdict for each in eligibility.verdicts(facts)}


def test_the_wizards_ask_a_fixed_number_and_show_what_answers_lead_to(eligibility: Eligibility) -> None:
    three, four = ThreeQuestions(), RequiredAnswers(eligibility)
    facts = Walker(eligibility).whole_visitor(drawn_by(3))

    assert (len(three.asked), len(four.asked)) == (3, 4)
    results = {
        three.result({"diploma_level": level, "teaching_qualification": held, "diploma_country": country})
        for level in three.asked["diploma_level"]
        for held in three.asked["teaching_qualification"]
        for country in three.asked["diploma_country"]
    }
    assert len(results) == 5
    open_ = {each.route.id for each in eligibility.verdicts(facts) if each.verdict != "does_not_fit"}
    assert open_ <= four.result(facts)


def test_what_is_not_installed_says_so(eligibility: Eligibility, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.zelftest.peers.find_spec", lambda _: None)

    *others, engine = peers(eligibility, visitors=5)

    assert "pip install zen-engine" in engine.note
    assert engine.microseconds == ()
    assert all(len(each.microseconds) == 5 for each in others)


def test_the_sweep_and_the_others_are_in_the_report(eligibility: Eligibility, casebook: Callable[..., object]) -> None:
    outputs = [*sweep(eligibility, 100, 1), *peers(eligibility, visitors=5)]

    result = evaluate(casebook(), [Generated(each) for each in outputs])  # type: ignore[arg-type]

    kept = {each.name: each.is_kept for each in result.scores if each.promise is not None}
    assert kept["sweep: dead ends"]
    assert kept["sweep: contradictions"]
    assert kept["sweep: questions that could not have mattered"]
    titles = [table.title for table in result.tables if table.rows]
    assert "The sweep" in titles
    assert any("Next to others" in title for title in titles)
    assert isinstance(outputs[0], Swept)
