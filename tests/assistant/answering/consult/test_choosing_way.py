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


def test_what_is_nearly_as_likely_is_told_in_short_beside_the_answer(asks: Asks) -> None:
    close = consult(asks("hoe zit het met de pabo naast mijn werk", {_FAQ: 0.5, "faq-hoeveel-dagen": 0.3}))
    sure = consult(asks("hoe zit het met de pabo naast mijn werk", {_FAQ: 0.9, "faq-hoeveel-dagen": 0.08}))

    assert (_cited(close), close.beside.id if close.beside else "") == (_FAQ, "faq-hoeveel-dagen")
    assert close.likely == pytest.approx(0.8)
    assert (_cited(sure), sure.beside) == (_FAQ, None)
    assert sure.likely == pytest.approx(0.9)


def test_where_little_says_what_is_meant_the_visitor_is_asked_with_the_likeliest_first(asks: Asks) -> None:
    shares = {_FAQ: 0.24, "faq-hoeveel-dagen": 0.22, "faq-hoe-lang": 0.2, _ROUTE: 0.02}
    asked = consult(asks("hoe zit het met de pabo", shares, records=(_ROUTE,)))

    assert asked.status == "asked_clarification"
    assert [record.id for record in asked.values["records"]] == list(shares)
    assert len(asked.quick_replies) == len(shares)


def test_a_percentage_that_nothing_tells_is_not_answered_with_something_else(asks: Asks) -> None:
    cost = {"kosten-geschiktheidsonderzoek": 0.7}
    share = consult(asks("welk percentage zakt voor het geschiktheidsonderzoek", cost, intent="figure"))
    price = consult(asks("wat kost het geschiktheidsonderzoek", cost, intent="cost"))

    assert share.status == "unanswerable_not_found"
    assert _cited(price) == "kosten-geschiktheidsonderzoek"


def test_a_route_that_is_surely_meant_is_judged_whatever_else_its_name_stands_for(asks: Asks) -> None:
    read = {"intent": "admission", "records": ("zij-instroom-vo-tweedegraads", "zij-instroom-po")}
    finding = consult(asks("mag ik zij-instromen in primary school", {"zij-instroom-po": 0.95}, **read))

    assert finding.template == "admission"
    assert _cited(finding) == "zij-instroom-po"


def test_an_amount_that_is_surely_asked_for_is_no_picture_of_a_route(asks: Asks) -> None:
    read = {"intent": "cost", "records": ("zij-instroom-po",)}
    text = "wat kost een zij-instromer ons als school, alles bij elkaar"
    sure = consult(asks(text, {"kosten-zij-instroom-traject": 0.95}, **read))
    unsure = consult(asks(text, {"kosten-zij-instroom-traject": 0.2}, **read))

    assert _cited(sure) == "kosten-zij-instroom-traject"
    assert unsure.template == "money_picture"


@pytest.mark.parametrize(("strange", "status"), [(0.4, "unanswerable_out_of_scope"), (0.05, "asked_fact")])
def test_what_is_strange_to_the_field_is_declined_though_it_sounds_like_a_wish(
    asks: Asks, strange: float, status: str
) -> None:
    read = {"intent": "route_advice", "intents": {"route_advice": 0.55, "out_of_scope": strange}, "likeness": 0.5}

    assert consult(asks("i would love to become a yoga teacher", {_FAQ: 0.01}, nothing=0.98, **read)).status == status


def test_of_two_things_only_what_stands_around_of_is_compared(asks: Asks) -> None:
    both = ("pabo-deeltijd", "zij-instroom-po")
    compared = consult(asks("deeltijd pabo of zij-instroom", {_FAQ: 0.1}, records=both))
    other = consult(asks("is zij-instroom na de deeltijd pabo zwaar of niet", {_FAQ: 0.5}, records=both))

    assert compared.template == "comparison"
    assert other.template != "comparison"


def test_the_section_that_a_question_is_about_is_told_where_the_summary_leaves_it_out(asks: Asks) -> None:
    salary = {"salaris-leraar-po": 0.95}
    asked = consult(asks("telt mijn werkervaring mee voor de trede waarin ik begin", salary, intent="salary"))
    plain = consult(asks("salaris leraar basisonderwijs", salary, intent="salary"))
    english = consult(
        replace(
            c := asks("does my werkervaring count", salary, intent="salary"),
            understood=replace(c.understood, locale="en"),
        )
    )

    assert asked.detail is not None
    assert "Met meer werkervaring kun je hoger beginnen." in asked.detail.text
    assert plain.detail is None
    assert english.detail is None or "werkervaring" not in english.detail.text
