"""Which of two ways to answer is taken: by the record that is likeliest, or by what the intent and the names say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assistant.answering.consult import chosen
from assistant.answering.consult.consultant import consult
from assistant.answering.consult.consultation import Consultation, Knowledge
from assistant.answering.consult.explanations import tell
from assistant.answering.consult.ranking import Choice
from assistant.answering.published import Publication
from assistant.answering.state import ConversationState, Topic
from assistant.answering.turn import Finding, Understood
from knowledge.record import Record

Asks = Callable[..., Consultation]
_ROUTE, _FAQ = "pabo-voltijd", "faq-deeltijd"


@pytest.fixture
def asks(lexical: Publication, today: date) -> Asks:
    """`asks("...", {"faq-deeltijd": 0.5}, nothing=0.1)`: a question of which each record is so likely to be the answer."""
    published = lexical.now()
    knowledge = Knowledge(published.catalogue, published.eligibility, published.search)

    def made(
        text: str, shares: dict[str, float], *, nothing: float = 0.1, topic: str = "", **read: object
    ) -> Consultation:
        understood = Understood(text, "nl", **({"intent": "route_info", "confidence": 0.9} | read))  # type: ignore[arg-type]
        state = ConversationState(region="haaglanden", topic=Topic(intent=topic))
        c = Consultation(understood, state, today, knowledge, np.zeros(384, dtype=np.float32))
        ranked = tuple((published.catalogue.get(id_, Record), share) for id_, share in shares.items())
        c.__dict__["choice"] = Choice(ranked, nothing)
        return c

    return made


def _cited(finding: Finding | None) -> str:
    return finding.cited[0].id if finding is not None else ""


def test_a_route_that_is_only_named_gives_way_to_the_record_that_is_far_likelier(asks: Asks) -> None:
    c = asks("hoe zit het met de pabo naast mijn werk", {_FAQ: 0.45, _ROUTE: 0.1}, records=(_ROUTE,))

    assert _cited(consult(c)) == _FAQ


def test_a_route_that_is_named_is_told_where_no_record_is_far_likelier(asks: Asks) -> None:
    c = asks("vertel over de pabo", {_FAQ: 0.3, _ROUTE: 0.25}, records=(_ROUTE,))

    assert _cited(consult(c)) == _ROUTE


def test_a_record_does_not_outweigh_what_is_told_when_nothing_is_likelier_still(asks: Asks) -> None:
    c = asks("hoe zit het met de pabo naast mijn werk", {_FAQ: 0.3, _ROUTE: 0.05}, nothing=0.6, records=(_ROUTE,))

    assert chosen.outweighs(c, tell(c.catalogue.get(_ROUTE, Record))) is None


def test_a_first_message_that_ends_in_dat_is_answered_by_what_it_names(asks: Asks) -> None:
    first = asks("orientatie schoolleider wanneer begint dat", {_FAQ: 0.9}, points_back=True)
    later = asks("wanneer begint dat", {_FAQ: 0.9}, points_back=True, topic="route_info")

    assert _cited(chosen.answer(first)) == _FAQ
    assert chosen.answer(later) is None


def test_a_maybe_is_not_told_where_it_is_far_likelier_that_nothing_answers(asks: Asks) -> None:
    assert _cited(chosen.maybe(asks("zakt er weleens iemand", {_FAQ: 0.3}, nothing=0.4))) == _FAQ
    assert chosen.maybe(asks("zakt er weleens iemand", {_FAQ: 0.3}, nothing=0.65)) is None


def test_what_we_know_of_elsewhere_is_told_to_who_asks_for_it_by_name(asks: Asks) -> None:
    event = "hu-open-avond"
    c = asks("open avond hogeschool utrecht", {event: 0.95}, nothing=0.0, intent="event", elsewhere="Utrecht")
    unsure = asks("open avond hogeschool utrecht", {event: 0.4}, nothing=0.3, intent="event", elsewhere="Utrecht")

    assert _cited(consult(c)) == event
    assert consult(unsure).status == "unanswerable_out_of_region"


def test_by_words_alone_no_record_outweighs_what_is_called_by_name(asks: Asks) -> None:
    c = replace(
        asks("hoe zit het met de pabo naast mijn werk", {_FAQ: 0.45, _ROUTE: 0.1}, records=(_ROUTE,)), vector=None
    )
    c.__dict__["choice"] = Choice(((c.catalogue.get(_FAQ, Record), 0.45),), 0.1)

    assert chosen.outweighs(c, tell(c.catalogue.get(_ROUTE, Record))) is None


def test_a_doubtful_wish_for_a_person_that_points_back_goes_on_about_the_thing_before(asks: Asks) -> None:
    read = {"intent": "handover", "points_back": True, "topic": "cost"}
    unsure = asks("hoe vraag ik die aan", {_FAQ: 0.1}, confidence=0.5, **read)
    sure = asks("ik wil die adviseur spreken", {_FAQ: 0.1}, confidence=0.9, **read)

    assert consult(unsure).status != "handed_over_offered"
    assert consult(sure).status == "handed_over_offered"
