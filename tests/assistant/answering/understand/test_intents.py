"""What a visitor wants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.published import Publication
from assistant.answering.understand.intents import INTENTS
from assistant.answering.understand.learnt import LearntIntents
from assistant.answering.understand.text import Text
from knowledge.catalogue import Catalogue

_ONE_OF_EACH = [
    ("greeting", "goedemorgen allemaal"),
    ("route_advice", "ik wil juf worden, welke route past bij mij?"),
    ("route_info", "hoe lang duurt dat traject"),
    ("cost", "hoe duur is het en wie betaalt"),
    ("subsidy", "welke beurs kan ik aanvragen"),
    ("salary", "wat ga ik verdienen"),
    ("vacancy", "waar staan de vacatures"),
    ("loket", "wat zijn de openingstijden van het loket"),
    ("event", "wanneer is er een open avond"),
    ("orientation", "mag ik een keer meekijken in de klas"),
    ("admission", "wat is de vooropleiding, is er een toelatingstoets"),
    ("zelftest", "ik doe de zelftest"),
    ("definition", "wat betekent het woord duaal"),
    ("figure", "hoe groot is het tekort, heb je cijfers"),
    ("handover", "ik wil een adviseur spreken"),
    ("feedback", "dat antwoord klopt niet"),
    ("smalltalk", "dankjewel, ben je een robot"),
    ("out_of_scope", "vertel een mop over het weer"),
]


@pytest.mark.parametrize(("intent", "message"), _ONE_OF_EACH)
def test_each_intent_is_known_by_its_telling_words(intent_model: LearntIntents, intent: str, message: str) -> None:
    assert intent_model.guess(Text(message), None, {}).intent == intent


def test_the_list_above_forgets_no_intent_but_crisis_which_the_screen_stops() -> None:
    assert {intent for intent, _ in _ONE_OF_EACH} | {"crisis"} == set(INTENTS)


def test_every_intent_has_examples_in_the_content_and_no_other_has(catalogue_of_content: Catalogue) -> None:
    assert {intent.name for intent in catalogue_of_content.content.intents} == set(INTENTS)


def test_a_hint_tips_the_balance_of_a_vague_message(intent_model: LearntIntents) -> None:
    without = intent_model.guess(Text("zoetermeer"), None, {})
    hinted = intent_model.guess(Text("zoetermeer"), None, {"loket": 3.0})

    assert hinted.intent == "loket"
    assert without.confidence < hinted.confidence


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("kan de overheid financieel een handje helpen", "subsidy"),
        ("ik zou liever met een persoon van vlees en bloed overleggen", "handover"),
        ("komen jullie mij ook even te woord staan, ik praat liever met een echte collega", "handover"),
        ("I would rather speak with a human being", "handover"),
    ],
)
def test_other_words_with_the_same_meaning_are_understood(publication: Publication, message: str, intent: str) -> None:
    model = publication.now().answering.intents

    assert model.guess(Text(message), publication.search.embed(message), {}).intent == intent


@settings(max_examples=200)
@given(message=st.text(max_size=300))
def test_guessing_never_fails_and_never_claims_more_than_certainty(intent_model: LearntIntents, message: str) -> None:
    guess = intent_model.guess(Text(message), None, {})

    assert guess.intent in INTENTS
    assert 0 < guess.confidence <= 1
    assert guess.ranking[0][0] == guess.intent
