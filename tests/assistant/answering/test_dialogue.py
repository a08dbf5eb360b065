"""What a message means after the turns before it: somebody else, a supposition, `en als docent?`, `dat`, and being lost."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answering.pipeline import Answered
from assistant.answering.reply import Reply
from assistant.answering.state import ConversationState, Topic

Ask = Callable[..., Answered]
SELF = "ik heb hbo en wil naar de basisschool"


def _cited(answered: Answered) -> set[str]:
    return {citation.record_id for citation in answered.reply.citations}


def _asked(reply: Reply) -> list[str]:
    return [block.fact for block in reply.blocks if block.type == "question"]


def _facts(answered: Answered) -> dict[str, Any]:
    return answered.state.profile.facts()


@pytest.mark.parametrize(
    "about_another",
    [
        "mijn man heeft mbo 3, kan hij ook leraar worden?",
        "mijn dochter zit op de havo, kan zij naar de pabo?",
        "en mijn vrouw? die heeft vmbo",
        "my son has an mbo 2 diploma, can he teach?",
    ],
)
def test_what_is_told_of_somebody_else_is_answered_and_is_no_fact_of_the_visitor(
    ask_full: Ask, about_another: str
) -> None:
    before = ask_full(SELF)

    after = ask_full(about_another, state=before.state)

    assert _facts(after) == _facts(before)
    assert not after.reply.status.startswith("unanswerable")


def test_somebody_else_is_remembered_while_talked_about_and_then_let_go(ask_full: Ask) -> None:
    about = ask_full("mijn zoon heeft mbo 4 en wil naar de basisschool, kan hij leraar worden?")
    assert {fact.name for fact in about.state.other} >= {"diploma_level"}
    assert _facts(about) == {}

    mine = ask_full("en ik heb zelf hbo", state=about.state)

    assert mine.state.other == ()
    assert _facts(mine)["diploma_level"] == "hbo-bachelor"


def test_the_visitors_own_facts_do_not_decide_for_somebody_else(ask_full: Ask) -> None:
    answered = ask_full("ik heb een pabo diploma", "mijn man heeft vmbo, kan hij leraar op een basisschool worden?")

    assert "herintreder-po" not in _cited(answered)


@pytest.mark.parametrize("supposed", ["en als ik mijn hbo afmaak?", "stel dat ik hbo haal, mag ik dan zij-instromen?"])
def test_a_supposition_is_answered_and_not_remembered(ask_full: Ask, supposed: str) -> None:
    before = ask_full("ik heb mbo 4 en wil naar de basisschool")

    after = ask_full(supposed, state=before.state)

    assert _facts(after)["diploma_level"] == "mbo-4"
    assert not after.reply.status.startswith("unanswerable")


def test_a_kind_of_school_that_is_asked_about_is_not_where_somebody_wants_to_work(ask_full: Ask) -> None:
    before = ask_full("ik heb hbo en wil natuurkunde geven in het vo", "wat verdien ik dan?")

    after = ask_full("en op het mbo?", state=before.state)

    assert _facts(after)["sector"] == frozenset({"vo"})


@pytest.mark.parametrize(
    ("first", "then", "cited"),
    [
        ("wat kost een vog", "hoe vraag ik die aan", {"kosten-vog", "vog", "faq-vog"}),
        ("wat is de lerarenbeurs", "hoeveel is dat", {"lerarenbeurs"}),
        ("wat verdient een leraar op de basisschool", "en als onderwijsassistent?", {"salaris-onderwijsassistent"}),
        (
            "wat kost een vog",
            "en een geschiktheidsonderzoek?",
            {"kosten-geschiktheidsonderzoek", "geschiktheidsonderzoek"},
        ),
    ],
)
def test_a_question_leans_on_the_one_before(ask_full: Ask, first: str, then: str, cited: set[str]) -> None:
    assert _cited(ask_full(first, then)) & cited


@pytest.mark.parametrize("words", ["wat zijn mijn opties", "wat nu", "wat zou jij me aanraden?", "wat kan ik dan nog"])
def test_who_told_enough_and_asks_what_there_is_gets_the_routes(ask_full: Ask, words: str) -> None:
    answered = ask_full(SELF, words)

    assert answered.reply.status == "answered_advice"


@pytest.mark.parametrize("refusal", ["dat zeg ik liever niet", "weet ik niet", "geen idee", "sla over"])
def test_what_a_visitor_does_not_want_to_say_is_not_asked_again(ask_full: Ask, refusal: str) -> None:
    before = ask_full("ik wil graag leraar worden")
    [question] = _asked(before.reply)

    after = ask_full(refusal, state=before.state)

    assert question not in _asked(after.reply)
    assert question in after.state.profile.unknown


def test_the_zelftest_goes_on_after_a_question_in_between_and_knows_what_the_chat_was_told(ask_full: Ask) -> None:
    told = ask_full("ik heb havo", "ik wil de zelftest doen")
    between = ask_full(("sector", ["po"]), "wat is een pabo?", state=told.state)
    assert between.reply.status.startswith("answered")

    on = ask_full("verder met de zelftest", state=between.state)

    assert on.state.mode == "zelftest"
    [asked] = _asked(on.reply)
    assert asked not in {"diploma_level", "sector"}


def test_after_two_messages_that_we_did_not_understand_a_person_is_offered_for_that_reason(ask_full: Ask) -> None:
    first = ask_full("flauwekul blabla")
    second = ask_full("kwantumverstrengeling in supergeleiders", state=first.state)

    assert first.reply.status == "unanswerable_not_found"
    assert second.reply.status == "handed_over_offered"
    [form] = [block for block in second.reply.blocks if block.type == "lead_form"]
    assert form.reason == "repeated_misunderstanding"


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("ben wel 59", "age", 59),
        ("ben kapster 41 jaar uit wassenaar", "age", 41),
        ("school wil me houden", "employer_commitment", True),
        ("ik heb een school die mij wil hebben", "employer_commitment", True),
        ("ik werk toch niet in het onderwijs", "works_in_education", "nee"),
        ("im a teaching assistant and want to become a teacher", "works_in_education", "onderwijsassistent"),
        ("had de pabo gedaan in turkije", "teaching_qualification", "buitenlands"),
        ("mijn diploma is niet van nederland", "diploma_country", "buitenland"),
        ("gestopt met hbo na een jaar, propedeuse gehaald", "diploma_level", "hbo-propedeuse"),
    ],
)
def test_what_is_told_in_passing_is_heard(ask: Ask, words: str, name: str, value: object) -> None:
    assert _facts(ask(words)).get(name) == value


def test_hours_are_corrected_without_saying_that_they_are_a_week(ask: Ask) -> None:
    assert _facts(ask("24 uur in de week", "o nee 32 uur kan ook"))["hours_per_week"] == 32


@pytest.mark.parametrize("words", ["welke school wil mij aannemen?", "welk werk doet een school", "kan zij instromen"])
def test_a_question_tells_nothing_of_a_school_that_wants_somebody(ask: Ask, words: str) -> None:
    assert "employer_commitment" not in _facts(ask(words))


def test_who_does_not_know_which_of_some_things_they_mean_is_told_the_likeliest(ask_full: Ask) -> None:
    options = ("hybride-docent", "faq-lesgeven-naast-baan", "zij-instroom-po")
    asked = ConversationState(
        region="haaglanden", topic=Topic(intent="route_info", candidates=options, question="kan zoiets")
    )

    answered = ask_full("weet ik niet", state=asked)

    assert answered.reply.status == "answered_record"
    assert [citation.record_id for citation in answered.reply.citations][:2] == list(options[:2])
