"""Scores of outputs made by hand, counted by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from evaluation.answering.evaluate import UNSUPPORTED
from evaluation.answering.evaluate import evaluate as evaluate_answering
from evaluation.answering.generate import Conversed
from evaluation.answering.marks import mark
from evaluation.calibration import calibration_scores, reliability
from evaluation.case import Case, GuardCase
from evaluation.casebook import Casebook
from evaluation.eligibility.evaluate import evaluate as evaluate_eligibility
from evaluation.eligibility.generate import JudgedRoutes
from evaluation.guards.evaluate import evaluate as evaluate_guards
from evaluation.guards.generate import Guarded
from evaluation.load.crowd import Crowd, Level, Streams
from evaluation.load.evaluate import evaluate as evaluate_load
from evaluation.load.generate import Measured
from evaluation.result import PartResult
from evaluation.retrieval.evaluate import evaluate as evaluate_retrieval
from evaluation.retrieval.generate import Found
from evaluation.understanding.evaluate import count_facts
from evaluation.understanding.evaluate import evaluate as evaluate_understanding
from evaluation.understanding.generate import Heard
from evaluation.zelftest.evaluate import evaluate as evaluate_zelftest
from evaluation.zelftest.generate import Generated, Taken

Make = Callable[..., Any]


def value(result: PartResult, name: str) -> float | None:
    """The score of that name."""
    found = result.find(name)
    assert found is not None, f"no score {name!r}"
    return found.value


def heard(case_id: str, intent: str, **facts: Any) -> Heard:
    """What was understood."""
    return Heard(id=case_id, intent=intent, confidence=0.5, language="nl", facts=facts)


def test_an_intent_is_right_if_it_is_one_of_those_meant(case: Make, casebook: Make) -> None:
    book = casebook(case("a", intent=["cost", "subsidy"]), case("b", intent="cost"), case("c", status="answered"))

    result = evaluate_understanding(book, [heard("a", "subsidy"), heard("b", "salary"), heard("c", "greeting")])

    assert value(result, "intent right") == 0.5
    assert [each.id for each in result.judged if not each.right] == ["b"]
    assert result.tables[-1].rows == (("cost", "salary", "1"),)


@pytest.mark.parametrize(
    ("found", "counted"),
    [
        ({"age": 42, "sector": ["vo", "po"], "diploma_field": "Verpleegkunde (hbo)"}, (3, 0, 0)),
        ({"age": 41, "sector": ["po", "vo"]}, (1, 1, 2)),
        ({}, (0, 0, 3)),
        ({"age": 42, "role": "leraar"}, (1, 0, 2)),
        ({"age": 42, "subject": "wiskunde"}, (1, 1, 2)),
    ],
)
def test_facts_are_right_made_up_or_missed(found: dict[str, Any], counted: tuple[int, int, int], case: Make) -> None:
    told = case(
        "a", facts={"age": 42, "sector": ["po", "vo"], "diploma_field": "verpleegkunde"}, may_know=["role", "goal"]
    )

    count = count_facts(told, found)

    assert (count.right, count.invented, count.missed) == counted


def test_facts_are_scored_over_all_cases_together(case: Make, casebook: Make) -> None:
    book = casebook(case("a", facts={"age": 42, "sector": ["po"]}), case("b", facts={}))

    result = evaluate_understanding(book, [heard("a", "cost", age=42), heard("b", "cost", age=10)])

    assert value(result, "facts: precision") == 0.5
    assert value(result, "facts: recall") == 0.5
    assert value(result, "facts: F1") == 0.5


def test_retrieval_counts_the_first_right_record(case: Make, casebook: Make) -> None:
    book = casebook(*(case(each, cites_any=["goed", "ook-goed"]) for each in "abcd"))
    found = {"a": ("goed",), "b": ("x", "y", "ook-goed"), "c": ("x", "y", "z", "goed"), "d": ("x",)}

    result = evaluate_retrieval(book, [Found(id=id_, records=each, milliseconds=1) for id_, each in found.items()])

    assert value(result, "hit@1") == 0.25
    assert value(result, "hit@3") == 0.5
    assert value(result, "MRR@10") == pytest.approx((1 + 1 / 3 + 1 / 4) / 4)


def test_a_reply_is_right_if_its_status_source_and_words_are(case: Make, casebook: Make, conversed: Make) -> None:
    expected = {"cites_any": ["collegegeld"], "says": [r"2\.694"], "never": ["halvering"]}
    book = casebook(*(case(each, **expected) for each in "abcde"))
    good = "Je betaalt € 2.694."

    result = evaluate_answering(
        book,
        [
            conversed("a", good, "iets-anders", "collegegeld", evidence="2694"),
            conversed("b", good, "iets-anders", evidence="2694"),
            conversed("c", "Dat verschilt.", "collegegeld"),
            conversed("d", good + " De halvering geldt.", "collegegeld", evidence="2694"),
            conversed("e", good, "collegegeld", evidence="2694", status="unanswerable_not_found"),
        ],
    )

    assert [each.id for each in result.judged if each.right] == ["a"]
    assert value(result, "right, where a case allows it also by asking back") == 0.2
    assert value(result, "a right source") == 0.8
    assert value(result, "says what it must") == 0.8
    assert value(result, "over-abstention: declined what can be answered") == 0.2
    assert value(result, UNSUPPORTED) == 0


def test_a_planted_number_makes_a_reply_wrong_and_the_worst_of_all(case: Make, casebook: Make, conversed: Make) -> None:
    book = casebook(case("a"), case("b", cites_any=["x"]))

    result = evaluate_answering(
        book, [conversed("a", "Je krijgt € 31.000.", "subsidie", evidence="25.000"), conversed("b", "Nee.", "y")]
    )

    assert value(result, UNSUPPORTED) == 1
    assert max(result.judged, key=lambda each: each.severity).id == "a"
    assert "31.000" in result.judged[0].wrong[0]


def test_declining_is_right_where_nothing_is_known_and_only_there(case: Make, casebook: Make, conversed: Make) -> None:
    book = casebook(case("weer", status="unanswerable"), case("pizza", status="unanswerable"), case("kosten"))

    result = evaluate_answering(
        book,
        [
            conversed("weer", "Dat weet ik niet.", status="unanswerable_out_of_scope"),
            conversed("pizza", "Bij Mario."),
            conversed("kosten", "Dat weet ik niet.", status="unanswerable_not_found"),
        ],
    )

    assert value(result, "under-abstention: answered what cannot be") == 0.5
    assert value(result, "over-abstention: declined what can be answered") == 1.0


def test_a_question_back_is_right_once_its_answer_is(case: Make, casebook: Make, conversed: Make) -> None:
    allowed = {"status": ["answered", "asked"], "cites_any": ["goed"]}
    book = casebook(case("nee", **allowed), *(case(each, **allowed) for each in "abcd"))
    asks = {"status": "asked_clarification"}

    def followed(case_id: str, *cites: str, **more: Any) -> Conversed:
        first, then = (
            conversed(case_id, "Voor welk onderwijs?", **asks),
            conversed(case_id, "Zo zit het.", *cites, **more),
        )
        return first.model_copy(update={"answered_back": "po", "followed": then.turns[0]})

    result = evaluate_answering(
        book,
        [
            conversed("a", "Zo zit het.", "goed"),
            followed("b", "goed"),
            followed("c", "iets-anders"),
            followed("d", "goed", status="asked_fact"),
            conversed("nee", "Dat weet ik niet.", status="unanswerable_not_found"),
        ],
    )

    assert value(result, "right at once") == 0.2
    assert value(result, "right after one question back") == 0.2
    assert value(result, "lost") == 0.6
    assert value(result, "right at once or after one question back") == 0.4
    assert {each.id for each in result.judged if each.right} == {"a", "b"}


def test_to_be_asked_is_right_at_once_where_that_is_what_was_wanted(
    case: Make, casebook: Make, conversed: Make
) -> None:
    book = casebook(
        case("alleen-vragen", status="asked"),
        case("advies", intent="route_advice", status=["answered", "asked"], says=["zij-instroom"]),
        case("kosten", intent="cost", status=["answered", "asked"], says=["zij-instroom"]),
    )
    asked = [conversed(each, "Waar woon je?", status="asked_fact") for each in ("alleen-vragen", "advies", "kosten")]
    asked[1].turns[0].reply["understanding"]["intent"] = "route_advice"

    result = evaluate_answering(book, asked)

    assert {each.id for each in result.judged if each.right} == {"alleen-vragen", "advies"}


def test_unsupported_numbers_are_counted_per_thousand_replies(case: Make, casebook: Make, conversed: Make) -> None:
    book = casebook(*(case(each) for each in "abcd"))

    result = evaluate_answering(book, [conversed(each, "Je krijgt € 7." if each == "a" else "Ja.") for each in "abcd"])

    assert value(result, f"{UNSUPPORTED} per 1,000 replies") == 250


def test_a_confidence_that_means_what_it_says_has_no_calibration_error() -> None:
    said, came = [0.25] * 4 + [0.75] * 4, [True] + [False] * 3 + [True] * 3 + [False]

    honest = calibration_scores(said, came)
    boasting = calibration_scores([0.95] * 8, came)

    assert honest[0].value == pytest.approx(0)
    assert honest[1].value == pytest.approx(0.1875)
    assert boasting[0].value == pytest.approx(0.45)
    assert [(each.said, each.came, each.of) for each in reliability("", "", said, came).points] == [
        (0.25, 0.25, 4),
        (0.75, 0.75, 4),
    ]


def judged_routes(persona_id: str, **verdicts: Any) -> JudgedRoutes:
    """Verdicts by route; underscores stand for hyphens."""
    return JudgedRoutes(
        id=persona_id, verdicts={each.replace("_", "-"): verdict for each, verdict in verdicts.items()}, because={},
        missing={},
    )  # fmt: skip


def test_a_verdict_agrees_if_it_is_one_that_the_sources_leave_room_for(persona: Make, casebook: Make) -> None:
    book = casebook(
        persona("a", zij_instroom_po=["fits", "possible"], pabo_voltijd="does_not_fit"), persona("b", empo="possible")
    )

    result = evaluate_eligibility(
        book,
        [
            judged_routes("a", zij_instroom_po="possible", pabo_voltijd="fits"),
            judged_routes("b", empo="ask_adviser"),
        ],
    )

    assert value(result, "verdicts that agree") == pytest.approx(1 / 3)
    assert value(result, "personas wholly right") == 0
    assert {each.id: each.severity for each in result.judged} == {"a": 3, "b": 1}


def taken(persona_id: str, asked: int, verdict: Any, advice: str = "", complete: bool = True) -> Generated:
    """A zelftest about one route."""
    found = Taken(
        id=persona_id, asked=("sector", "role", "age", "goal", "start")[:asked], complete=complete,
        verdicts={"empo": verdict}, advice=advice, milliseconds=(1.0,) * (asked + 1),
    )  # fmt: skip
    return Generated(found)


def test_a_zelftest_that_leaves_somebody_with_nothing_is_a_dead_end(persona: Make, casebook: Make) -> None:
    book = casebook(*(persona(each, empo=["fits", "does_not_fit"]) for each in "abcd"))

    result = evaluate_zelftest(
        book,
        [
            taken("a", 1, "fits"),
            taken("b", 3, "does_not_fit", advice="Praat met een adviseur."),
            taken("c", 5, "does_not_fit"),
            taken("d", 5, "fits", complete=False),
        ],
    )

    assert value(result, "dead ends") == 2
    assert value(result, "questions asked, median") == 4
    assert value(result, "ends as the sources do") == 0.5


def test_what_was_measured_is_held_against_what_was_promised(casebook: Make) -> None:
    measured = Measured(
        machine="here", turn_ms=tuple(map(float, range(1, 101))), zelftest_ms=(1.0, 2.0), start_seconds=3.0,
        memory_mb=None, memory_peak_mb=None, widget_kb=21.0,
    )  # fmt: skip

    kept = {each.name: each.is_kept for each in evaluate_load(casebook(), [measured]).scores}

    assert kept["a turn over HTTP, p50"] is False
    assert kept["a zelftest step over HTTP, p95"] is True
    assert kept["start to first answer, index built"] is True
    assert kept["widget, gzipped"] is False
    assert kept["memory of the server"] is None


def test_many_at_once_are_held_against_what_was_promised(casebook: Make) -> None:
    measured = Measured(
        machine="here", turn_ms=(1.0,), zelftest_ms=(1.0,), start_seconds=3.0, memory_mb=1, memory_peak_mb=1, widget_kb=1,
        repeated_ms=(2.0,), crowd=Crowd(conversations=50, turn_ms=(100.0,) * 90 + (300.0,) * 10, lost=1),
        levels=(Level(visitors=1, turns_per_second=20, turn_ms_p95=60), Level(visitors=4, turns_per_second=31.5, turn_ms_p95=99)),
        streams=Streams(opened=500, memory_before_mb=300, memory_after_mb=338, turn_ms=30),
    )  # fmt: skip

    result = evaluate_load(casebook(), [measured])

    assert {each.name: each.is_kept for each in result.scores if "at once" in each.name} == {
        "a turn with 50 conversations at once, p50": None,
        "a turn with 50 conversations at once, p95": False,
        "turns lost with 50 conversations at once": False,
    }
    assert value(result, "turns a second at saturation") == 31.5
    assert value(result, "memory that open event streams cost") == 38
    assert result.tables[0].rows[0] == ("1", "20.0", "60 ms")


def test_a_guard_is_scored_on_what_it_catches_and_on_what_it_stops_in_vain() -> None:
    cases = (
        GuardCase(id="een", topic="crisis", message="ik wil dood", guard="crisis"),
        GuardCase(id="twee", topic="crisis", message="dood van verveling", guard="none"),
        GuardCase(id="drie", topic="own-data", message="bel 0612345678", guard="own_data", hides=("0612345678",)),
    )
    outputs = [
        Guarded(id="een", status="guarded_crisis", heard=""),
        Guarded(id="twee", status="guarded_crisis", heard=""),
        Guarded(id="drie", status="answered_record", heard="bel 0612345678"),
    ]

    result = evaluate_guards(Casebook((), (), cases), outputs)

    assert value(result, "caught") == 0.5
    assert value(result, "false alarms") == 1.0
    assert value(result, "personal data hidden") == 0.0


def test_a_record_that_is_cited_for_what_a_word_means_is_no_right_source(
    case: Callable[..., Case], conversed: Callable[..., Conversed]
) -> None:
    asked, replied = case("een", cites_any=["bevoegdheid"]), conversed("een", "Je haalt je bevoegdheid.", "bevoegdheid")
    explains = replied.turns[0].model_copy(update={"explained": ("bevoegdheid",)})

    assert mark(asked, replied).cites
    assert not mark(asked, replied.model_copy(update={"turns": (explains,)})).cites
