"""A visitor can ask what is known, correct it, and have it forgotten in their own words; the reply says it back."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answering.pipeline import Answered, Answering
from assistant.answering.published import Publication
from assistant.answering.reply import TextBlock
from assistant.answering.state import ConversationState
from tests.conftest import talk

KNOWN = ("ik heb mbo 4 en wil naar de basisschool", "ik ben 38 jaar", "ik woon in Zoetermeer")


@pytest.fixture
def answering(lexical: Publication) -> Answering:
    """Searched by words alone: none of this hangs on vectors."""
    return lexical.now().answering


@pytest.fixture
def after(answering: Answering) -> Callable[..., Answered]:
    """`after("...", "...")`: what came of the last of these messages, to somebody who told who they are."""
    return lambda *turns, **given: talk(answering, *KNOWN, *turns, **given)


def _facts(answered: Answered) -> dict[str, Any]:
    return answered.state.profile.facts()


def _text(answered: Answered) -> str:
    return "\n".join(block.text for block in answered.reply.blocks if isinstance(block, TextBlock))


@pytest.mark.parametrize(
    "question",
    [
        "wat weet je van mij?",
        "Wat weet je nu eigenlijk allemaal over mij",
        "welke gegevens heb je van me",
        "wat heb je over mij onthouden?",
        "wat heb ik tot nu toe ingevuld",
        "weet je nog waar ik woon?",
    ],
)
def test_who_asks_what_is_known_reads_each_fact_with_the_words_it_comes_from(
    after: Callable[..., Answered], question: str
) -> None:
    answered = after(question)

    assert answered.reply.status == "answered_memory"
    assert "Hoogste diploma: Mbo niveau 4 (je zei “mbo 4”)" in _text(answered)
    assert "Zoetermeer" in _text(answered)
    assert "Klopt niet: Leeftijd" in [quick.label for quick in answered.reply.quick_replies]


def test_it_is_told_in_english_to_who_asks_in_english(answering: Answering) -> None:
    answered = talk(answering, "i have mbo 4", "what do you know about me?", locale="en")

    assert "Highest diploma" in _text(answered)


@pytest.mark.parametrize(
    "other",
    [
        "wat weet je van de pabo?",
        "weet je wat een pabo kost?",
        "ik weet niet wat bij mij past",
        "ik ben mijn diploma vergeten mee te nemen, is dat erg?",
        "wat gebeurt er met mijn gegevens?",
        "moet ik mijn oude diploma weggooien",
        "wat heb ik nodig voor de pabo",
        "vergeet niet dat ik mbo heb",
    ],
)
def test_a_message_that_only_looks_like_it_is_about_something_else(after: Callable[..., Answered], other: str) -> None:
    answered = after(other)

    assert answered.reply.status != "answered_memory"
    assert {"diploma_level", "age", "municipality"} <= _facts(answered).keys()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("vergeet dat ik mbo zei", "diploma_level"),
        ("wis mijn leeftijd", "age"),
        ("wil je mijn woonplaats verwijderen?", "municipality"),
        ("vergeet maar waar ik woon", "municipality"),
        ("vergeet “Hoogste diploma”", "diploma_level"),
        ("vergeet wat ik net zei", "municipality"),
        ("please forget my age", "age"),
        ("geen mbo 4", "diploma_level"),
        ("ik heb toch geen mbo 4", "diploma_level"),
        ("ik woon niet in zoetermeer", "municipality"),
    ],
)
def test_one_fact_is_forgotten_and_said_back_while_the_others_stay(
    after: Callable[..., Answered], words: str, name: str
) -> None:
    answered = after(words)

    assert name not in _facts(answered)
    assert len({"diploma_level", "age", "municipality", "sector"} & _facts(answered).keys()) == 3
    assert any(word in _text(answered) for word in ("vergeten", "forgotten"))


@pytest.mark.parametrize(
    "words", ["wis alles", "vergeet alles wat ik zei", "verwijder mijn gegevens", "delete everything"]
)
def test_everything_is_forgotten(after: Callable[..., Answered], words: str) -> None:
    answered = after(words)

    assert _facts(answered) == {}
    assert answered.reply.status == "answered_memory"


def test_every_button_of_the_summary_takes_away_or_turns_its_own_fact(
    answering: Answering, after: Callable[..., Answered]
) -> None:
    told = after("welke gegevens heb je van mij?")

    for quick in told.reply.quick_replies:
        turn = quick.text if quick.choice is None else (quick.choice.fact, quick.choice.value)
        assert turn is not None
        answered = talk(answering, turn, state=told.state)
        assert _facts(answered) != _facts(told), quick.label


def test_a_correction_is_said_back_with_what_it_was(after: Callable[..., Answered]) -> None:
    answered = after("nee dat klopt niet, ik heb hbo")

    assert _facts(answered)["diploma_level"] == "hbo-bachelor"
    assert "Hbo-bachelor (eerst: Mbo niveau 4)" in _text(answered)


@pytest.mark.parametrize("words", ["nee, 39", "sorry 39", "nee 39 jaar"])
def test_a_number_alone_corrects_the_number_that_was_told_last(answering: Answering, words: str) -> None:
    answered = talk(answering, "ik heb mbo 4", "ik ben 38 jaar", words)

    assert _facts(answered)["age"] == 39
    assert "39 (eerst: 38)" in _text(answered)


def test_a_number_that_may_be_of_two_things_corrects_neither(answering: Answering) -> None:
    before = talk(answering, "ik ben 38 jaar en kan 24 uur per week werken")

    assert _facts(talk(answering, "nee, 39", state=before.state)) == _facts(before)


def test_forgetting_and_telling_anew_in_one_message(after: Callable[..., Answered]) -> None:
    answered = after("vergeet dat ik mbo zei, ik heb een hbo diploma")

    assert _facts(answered)["diploma_level"] == "hbo-bachelor"


def test_who_only_says_that_it_is_wrong_is_asked_what(after: Callable[..., Answered]) -> None:
    answered = after("nee dat klopt niet")

    assert answered.reply.status == "asked_clarification"
    assert answered.reply.quick_replies[0].label == "Klopt niet: Gemeente"
    assert "municipality" in _facts(answered)


def test_an_objection_when_nothing_is_known_is_about_the_answer(answering: Answering) -> None:
    assert talk(answering, "dat klopt niet").reply.status != "asked_clarification"


def test_what_was_inferred_from_a_withdrawn_fact_goes_too(answering: Answering) -> None:
    before = talk(answering, "ik heb hbo werktuigbouwkunde en wil natuurkunde geven in het vo")
    assert "diploma_matches_subject" in _facts(before)

    answered = talk(answering, "ik wil toch geen natuurkunde maar engels geven", state=before.state)

    assert _facts(answered)["subject"] == "engels"
    assert "diploma_matches_subject" not in _facts(answered)


def test_what_is_inferred_is_said_back_once_with_a_tap_to_correct_it(answering: Answering) -> None:
    first = talk(answering, "ik heb hbo werktuigbouwkunde en wil natuurkunde geven in het vo")
    wrong = [quick for quick in first.reply.quick_replies if quick.label.startswith("Klopt niet")]
    assert "Ik ga ervan uit" in _text(first)

    assert wrong
    second = talk(answering, "ik ben 40 jaar", state=first.state)
    assert "Ik ga ervan uit" not in _text(second)


def test_a_guess_never_takes_the_place_of_what_was_said(answering: Answering) -> None:
    answered = talk(answering, "ik ben tweedegraads bevoegd voor wiskunde", "ik ben niet eerstegraads")

    assert _facts(answered)["teaching_qualification"] == "tweedegraads"


def test_a_state_of_before_these_fields_still_loads() -> None:
    old = {
        "locale": "nl",
        "region": "haaglanden",
        "profile": {"known": [{"name": "age", "value": 40, "origin": "said", "words": "40"}], "unknown": ["sector"]},
        "topic": {"intent": "cost"},
        "mode": "advice",
        "asked": "sector",
    }

    state = ConversationState.model_validate(old)

    assert (state.erased, state.told, state.said_back) == (frozenset(), (), frozenset())
    assert ConversationState.model_validate(state.model_dump(mode="json")) == state
