"""Questions as visitors ask them, and what they are answered with; the index has words and meaning."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.pipeline import Answered
from assistant.answering.reply import Block, Reply
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.place import Loket

Ask = Callable[..., Answered]


def _text(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if block.type == "text")


def _cited(reply: Reply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


def _blocks(reply: Reply, type_: str) -> list[Any]:
    return [block for block in reply.blocks if block.type == type_]


def _block(reply: Reply, type_: str) -> Block | Any:
    [block] = _blocks(reply, type_)
    return block


# Advice


def test_one_sentence_is_enough_for_advice_with_reasons_and_the_next_question(ask_full: Ask) -> None:
    reply = ask_full("ik heb hbo verpleegkunde, ben 42 en woon in Zoetermeer, ik wil voor de basisschool staan").reply

    routes = _blocks(reply, "route")
    assert reply.status is AnswerStatus.ANSWERED_ADVICE
    assert {"zij-instroom-po", "pabo-verkort-deeltijd"} <= {route.route for route in routes}
    assert all(route.verdict in ("fits", "possible") and route.reasons for route in routes)
    assert any(reason.met is True for reason in routes[0].reasons)
    assert _block(reply, "question").fact not in reply.understanding.facts
    assert {route.route for route in routes} <= set(_cited(reply))


def test_what_was_guessed_is_said_so_that_it_can_be_put_right(ask_full: Ask) -> None:
    reply = ask_full("ik heb een wo master scheikunde en wil in het vo lesgeven").reply

    assert "Ik ga ervan uit dat dit klopt" in _text(reply)
    assert "Scheikunde" in _text(reply)


def test_who_tells_only_a_wish_is_asked_first(ask_full: Ask) -> None:
    reply = ask_full("ik wil leraar worden").reply

    assert reply.status is AnswerStatus.ASKED_FACT
    assert not _blocks(reply, "route")
    assert _block(reply, "question").options[-1].value is None


def test_advice_ends_without_a_question_and_offers_a_person(ask_full: Ask) -> None:
    answered = ask_full("ik heb hbo verpleegkunde en wil voor de basisschool staan")
    for _ in range(12):
        if answered.state.asked is None:
            break
        answered = ask_full("weet ik niet", state=answered.state)

    assert answered.reply.status is AnswerStatus.ANSWERED_ADVICE
    assert _block(answered.reply, "lead_form").reason == "advice"
    assert answered.state.mode == "chat"
    assert answered.state.verdicts


def test_a_correction_changes_the_sector_and_the_advice_with_it(ask_full: Ask) -> None:
    before = ask_full("ik heb hbo economie en wil in het vo lesgeven")

    after = ask_full("nee, ik bedoel het mbo", state=before.state)

    assert after.state.profile.facts()["sector"] == frozenset({"mbo"})
    assert after.state.profile.facts()["diploma_level"] == "hbo-bachelor"
    assert _blocks(after.reply, "route")[0].route == "pdg-mbo-zij-instroom"


def test_a_correction_is_no_answer_to_the_question_that_was_open(ask_full: Ask) -> None:
    answered = ask_full("ik wil leraar worden in het vo", "nee, ik bedoel po")

    assert answered.state.profile.facts() == {"role": "leraar", "sector": frozenset({"po"})}


def test_a_later_statement_replaces_an_earlier_one(ask_full: Ask) -> None:
    answered = ask_full("ik heb hbo en wil in het basisonderwijs lesgeven", "nee, ik bedoel mbo 4")

    assert answered.state.profile.facts()["diploma_level"] == "mbo-4"


def test_advice_for_somebody_else_keeps_nothing_of_them(ask_full: Ask) -> None:
    answered = ask_full("mijn vrouw heeft hbo en wil juf worden")

    assert answered.state.profile.known == ()
    assert "diegene" in _text(answered.reply)


# Routes


@pytest.mark.parametrize(
    ("question", "route", "said"),
    [
        ("hoe lang duurt de verkorte pabo", "pabo-verkort-deeltijd", "2 tot 4 jaar"),
        ("waar kan ik de pabo volgen?", "pabo-voltijd", "Hogeschool Leiden"),
        ("welke stappen moet ik zetten voor zij-instroom in het po", "zij-instroom-po", "Zo pak je"),
        ("hoeveel uur per week kost zij-instroom in het po", "zij-instroom-po", "dagen voor de klas"),
    ],
)
def test_the_aspect_that_is_asked_is_told(ask_full: Ask, question: str, route: str, said: str) -> None:
    reply = ask_full(question).reply

    assert _cited(reply)[0] == route
    assert said in _text(reply)


def test_asking_for_steps_tells_nothing_about_where_one_lives(ask_full: Ask) -> None:
    answered = ask_full("welke stappen moet ik zetten voor zij-instroom in het po")

    assert "municipality" not in answered.state.profile.facts()


@pytest.mark.parametrize(("sector", "route"), [("vo", "zij-instroom-vo-tweedegraads"), ("po", "zij-instroom-po")])
def test_a_name_of_several_sectors_is_asked_about_and_then_answered(ask_full: Ask, sector: str, route: str) -> None:
    asked = ask_full("hoe gaat zij-instroom?")
    answered = ask_full(sector, state=asked.state)

    assert asked.reply.status is AnswerStatus.ASKED_CLARIFICATION
    assert _block(asked.reply, "question").fact == "sector"
    assert answered.reply.status is AnswerStatus.ANSWERED_RECORD
    assert _cited(answered.reply)[0] == route


def test_what_a_word_means_is_told_though_it_stands_for_several_routes(ask_full: Ask) -> None:
    # Behind it stands what a word in the answer means.
    assert _cited(ask_full("wat is zij-instroom?").reply)[0] == "zij-instromer"


def test_tapping_the_sector_answers_the_question_that_was_clarified(ask_full: Ask) -> None:
    answered = ask_full("hoe gaat zij-instroom?", ("sector", ["po"]))

    assert _cited(answered.reply)[0] == "zij-instroom-po"


def test_a_correction_of_the_sector_turns_to_the_route_of_that_sector(ask_full: Ask) -> None:
    corrected = ask_full("hoe gaat zij-instroom?", "vo", "nee, ik bedoel po")
    cost = ask_full("en wat kost dat?", state=corrected.state)

    assert _cited(corrected.reply)[0] == "zij-instroom-po"
    assert "zij-instroom-po" in _cited(cost.reply)


def test_two_routes_are_laid_side_by_side(ask_full: Ask) -> None:
    reply = ask_full("verschil tussen zij-instroom en de deeltijd pabo in het basisonderwijs").reply

    comparison = _block(reply, "comparison")
    assert len(comparison.columns) == 3
    assert _cited(reply)[:2] == ["zij-instroom-po", "pabo-deeltijd"]
    assert all(len(row) == 3 for row in comparison.rows)
    [costs] = [row for row in comparison.rows if row[0] == "Wat het kost"]
    assert "2.694" in costs[2]
    # Every cell that says something of a record points at its source.
    assert {each.citation for each in comparison.cited} <= {each.n for each in reply.citations}
    assert {(each.row, each.column) for each in comparison.cited} >= {(0, 0), (0, 1)}


def test_the_difference_between_two_forms_of_one_programme_compares_those_two(ask_full: Ask) -> None:
    reply = ask_full("wat is het verschil tussen de voltijd pabo en de deeltijd pabo?").reply

    assert _block(reply, "comparison").columns[1].startswith("Voltijd pabo")
    assert _block(reply, "comparison").columns[2].startswith("Deeltijd pabo")


def test_three_routes_stand_side_by_side_with_the_verdict_for_who_told_something(ask_full: Ask) -> None:
    reply = ask_full(
        "ik heb havo en wil naar het basisonderwijs",
        "wat is het verschil tussen voltijd pabo, deeltijd pabo en zij-instroom?",
    ).reply

    comparison = _block(reply, "comparison")
    assert len(comparison.columns) == 4
    [verdicts] = [row for row in comparison.rows if row[0] == "Past het bij jou?"]
    assert verdicts[3] == "Past nu niet"


# Follow-ups


def test_and_what_does_that_cost_is_about_the_route_before(ask_full: Ask) -> None:
    answered = ask_full("hoe lang duurt de pabo?", "en wat kost dat?")

    assert answered.reply.understanding.intent == "cost"
    assert {"pabo-voltijd", "wettelijk-collegegeld"} <= set(_cited(answered.reply))
    assert any("2.694" in line.amount for line in _block(answered.reply, "money").lines)


def test_and_part_time_is_about_the_kin_of_the_route_before(ask_full: Ask, catalogue_of_content: Catalogue) -> None:
    reply = ask_full("hoe lang duurt de pabo?", "en in deeltijd?").reply

    route: Any = catalogue_of_content.find(_cited(reply)[0])
    assert route.id.startswith("pabo")
    assert "deeltijd" in route.forms


def test_part_time_of_the_full_time_pabo_is_the_pabo_without_a_diploma(ask_full: Ask) -> None:
    assert _cited(ask_full("hoe lang duurt de pabo?", "en in deeltijd?").reply)[0] == "pabo-deeltijd"


def test_how_long_after_what_it_costs_is_about_the_same_route(ask_full: Ask) -> None:
    reply = ask_full("wat kost de pabo?", "en hoe lang duurt dat?").reply

    assert _cited(reply)[0].startswith("pabo")


def test_and_in_the_mbo_is_about_the_kin_of_the_route_before(ask_full: Ask) -> None:
    reply = ask_full("vertel over zij-instroom in het vo", "en in het mbo?").reply

    assert _cited(reply)[0] == "pdg-mbo-zij-instroom"


def test_a_sector_after_what_it_costs_narrows_the_cost(ask_full: Ask) -> None:
    assert ask_full("wat kost zij-instroom?", "vo").reply.understanding.intent == "cost"


# Money


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("wat verdient een docent mbo?", "salaris-docent-mbo"),
        ("wat verdient een leraar in het mbo?", "salaris-docent-mbo"),
        ("wat verdient een leraar op de middelbare school?", "salaris-leraar-vo"),
        ("wat verdient een juf op de basisschool?", "salaris-leraar-po"),
    ],
)
def test_the_salary_is_that_of_the_sector_that_is_asked(ask_full: Ask, question: str, record: str) -> None:
    reply = ask_full(question).reply

    assert _cited(reply)[0] == record
    assert _block(reply, "money").lines[0].amount.startswith(("€", "ongeveer €"))


def test_a_subsidy_for_the_school_is_said_to_be_for_the_school(ask_full: Ask) -> None:
    reply = ask_full("subsidie zij-instroom, hoeveel is dat?").reply

    assert "subsidie-zij-instroom" in _cited(reply)
    assert "voor de school" in _text(reply)
    assert "niet voor jou" in _text(reply)
    assert all("voor de school" in line.label for line in _block(reply, "money").lines)


@pytest.mark.parametrize("question", ["bestaat het stap budget nog?", "kan ik stap-budget aanvragen"])
def test_a_scheme_that_ended_is_told_as_ended(ask_full: Ask, question: str) -> None:
    reply = ask_full(question).reply

    assert "stap-budget" in _cited(reply)
    assert re.search(r"bestaat niet meer|gestopt", _text(reply))


def test_a_scheme_that_is_closed_now_is_told_as_closed(ask_full: Ask) -> None:
    reply = ask_full("lerarenbeurs aanvragen").reply

    assert _cited(reply)[0] == "lerarenbeurs"
    assert "nu niet aanvragen" in _text(reply)


def test_every_amount_shown_has_its_year(ask_full: Ask) -> None:
    reply = ask_full("wat kost de deeltijd pabo").reply

    lines = _block(reply, "money").lines
    assert lines
    assert all(re.match(r"^20\d\d(-20\d\d)?$", line.year) for line in lines)
    assert all(line.citation in {each.n for each in reply.citations} for line in lines)


# Words and figures


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("wat betekent tweedegraads?", "tweedegraads"),
        ("wat is een vog?", "vog"),
        ("wat is pdg", "pdg"),
        ("what is a vog?", "vog"),
    ],
)
def test_a_word_is_explained(ask_full: Ask, question: str, term: str) -> None:
    reply = ask_full(question).reply

    assert reply.status is AnswerStatus.ANSWERED_RECORD
    assert _cited(reply)[0] == term


def test_a_figure_comes_with_its_area_and_its_year(ask_full: Ask) -> None:
    reply = ask_full("hoe groot is het lerarentekort in den haag?").reply

    assert reply.understanding.intent == "figure"
    assert _cited(reply)[0].startswith("dh-")
    assert "Den Haag" in _text(reply).split("\n")[0]
    assert re.search(r"\b20\d\d\b", _text(reply).split("\n")[0])


@pytest.mark.parametrize(
    ("question", "region", "first", "says"),
    [
        ("tekort vo haaglanden", "haaglanden", "hgl-vo-open-vacatures-2022", "2022"),
        ("hoeveel zij-instromers in ldb", "ldb", "ldb-nieuwe-instroom-2024", "zegt het plan niet"),
        ("hoeveel zij-instromers in ldb", "haaglanden", "ldb-nieuwe-instroom-2024", "63 fte"),
        ("is het tekort in het vso gestegen?", "haaglanden", "dh-vso-stijging-2024", "16,6 procent"),
        (
            "hoeveel zij-instromers zijn er in hak",
            "hak",
            "hak-zij-instromers-aandeel",
            "Een aantal noemt het plan niet",
        ),
    ],
)
def test_a_figure_is_that_of_the_region_asked_about_and_says_what_the_source_does_not(
    ask_full: Ask, question: str, region: str, first: str, says: str
) -> None:
    reply = ask_full(question, region=region).reply

    assert reply.understanding.intent == "figure"
    assert _cited(reply)[0] == first
    assert says in _text(reply)


def test_a_figure_that_two_plans_give_for_two_areas_names_both(ask_full: Ask) -> None:
    reply = ask_full("hoe groot is het lerarentekort in haaglanden?").reply

    assert "Bronnen zijn het niet eens over wat de 547 fte is" in _text(reply)
    assert {"plan-haaglanden-2024", "regio-tekort-den-haag-2023"} <= set(_cited(reply))


@pytest.mark.parametrize(
    ("question", "record", "instead"),
    [
        ("krijg ik nog halvering collegegeld?", "halvering-collegegeld", "tegemoetkoming leraren"),
        ("kan ik het STAP-budget gebruiken voor de pabo?", "stap-budget", "levenlanglerenkrediet"),
        ("kan ik mijn studiekosten aftrekken van de belasting?", "studiekosten-aftrekken", "tegemoetkoming leraren"),
        ("krijg ik een scholingsvoucher van het uwv?", "scholingsvoucher-uwv", "UWV"),
        ("is er nog subsidie korte scholingstrajecten?", "subsidie-korte-scholingstrajecten-vo", "Vraag je school"),
        ("bestaat klassewerk nog?", "klassewerk", "Word leraar in Den Haag"),
        ("bestaat echt onderwijs nog?", "echt-onderwijs", "Aan de slag in het Haagse basisonderwijs"),
        ("bestaat eerst de klas nog?", "eerst-de-klas", "zij-instroom"),
    ],
)
def test_what_has_ended_is_said_to_have_ended_with_what_is_there_instead(
    ask_full: Ask, question: str, record: str, instead: str
) -> None:
    reply = ask_full(question).reply

    assert _cited(reply)[0] == record
    assert re.search(r"gestopt|bestaat niet meer|niet mee door", _text(reply))
    assert instead in _text(reply)


def test_who_only_mentions_what_has_ended_is_not_told_about_it(ask_full: Ask) -> None:
    reply = ask_full("ik wil terug voor de klas").reply

    assert "herintred" in _cited(reply)[0], (
        "the way back, a route or what is asked of it, not the campaign of that name"
    )


# Places


@pytest.mark.parametrize("place", ["Delft", "delft", "Zoetemeer", "Scheveningen", "leiden", "Haarlem"])
def test_the_loket_is_found_by_municipality_misspelt_too(
    ask_full: Ask, catalogue_of_content: Catalogue, place: str
) -> None:
    reply = ask_full(f"ik woon in {place}, welk loket is er voor mij?").reply

    loket = catalogue_of_content.get(_block(reply, "loket").loket.id, Loket)
    assert reply.status is AnswerStatus.ANSWERED_RECORD
    assert loket.status == "active"
    assert loket.id in _cited(reply)
    assert _block(reply, "loket").loket.reason


def test_lokets_of_three_regions_are_told_apart(ask_full: Ask) -> None:
    lokets = {
        place: _block(ask_full(f"loket in {place}").reply, "loket").loket.id for place in ("Delft", "Leiden", "Haarlem")
    }

    assert len(set(lokets.values())) == 3, lokets


def test_who_lives_elsewhere_is_told_so_and_sent_to_the_national_loket(ask_full: Ask) -> None:
    reply = ask_full("ik woon in Maastricht, welk loket is er voor mij?").reply

    assert reply.status is AnswerStatus.UNANSWERABLE_OUT_OF_REGION
    assert _block(reply, "loket").loket.id == "landelijk-onderwijsloket"
    assert "Maastricht" in _text(reply)


def test_who_lives_elsewhere_is_told_so_in_advice_too(ask_full: Ask) -> None:
    reply = ask_full("ik woon in Amersfoort en wil leraar worden").reply

    assert reply.status is AnswerStatus.UNANSWERABLE_OUT_OF_REGION


def test_who_lives_in_a_municipality_of_no_region_is_told_so_in_advice_too(ask_full: Ask) -> None:
    reply = ask_full("ik woon in Utrecht en wil leraar worden").reply

    assert reply.status is AnswerStatus.UNANSWERABLE_OUT_OF_REGION


# Outings


def test_only_events_to_come_are_told(ask_full: Ask, catalogue_of_content: Catalogue) -> None:
    for today in (date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 9), date(2027, 5, 1)):
        shown = _block(ask_full("welke bijeenkomsten zijn er?", today=today).reply, "events").items

        events = [catalogue_of_content.get(item.id, Event) for item in shown]
        assert events
        assert all((event.ends_at or event.starts_at).date() >= today for event in events)
        assert [event.starts_at for event in events] == sorted(event.starts_at for event in events)


def test_when_all_events_are_over_there_are_ways_to_look_round(ask_full: Ask) -> None:
    reply = ask_full("welke bijeenkomsten zijn er?", today=date(2031, 1, 1)).reply

    assert "Ik weet nu geen bijeenkomst" in _text(reply)
    assert _blocks(reply, "lead_form")


def test_who_wants_to_look_round_is_shown_how(ask_full: Ask) -> None:
    reply = ask_full("hoe kan ik sfeer proeven op een school in mijn buurt?").reply

    assert reply.understanding.intent == "orientation"
    assert reply.status in (AnswerStatus.ANSWERED_LIST, AnswerStatus.ANSWERED_RECORD)
    assert reply.citations


# Admission


@pytest.mark.parametrize(
    ("question", "verdict", "opening"),
    [
        ("mag ik met mbo 4 naar de pabo?", "possible", "Het kan:"),
        ("kan ik met vmbo de pabo doen", "ask_adviser", "Dat kan ik niet alleen zeggen"),
    ],
)
def test_admission_is_answered_by_the_rules(ask_full: Ask, question: str, verdict: str, opening: str) -> None:
    reply = ask_full(question).reply

    assert reply.status is AnswerStatus.ANSWERED_ADVICE
    assert _block(reply, "route").verdict == verdict
    assert _text(reply).startswith(opening)


def test_admission_that_is_refused_says_what_would_change_it(ask_full: Ask) -> None:
    reply = ask_full(
        "ik heb mbo 4 en wil in het po werken", "kan ik met mbo 4 zij-instroom in het basisonderwijs doen?"
    ).reply

    route = _blocks(reply, "route")[0]
    assert route.route == "zij-instroom-po"
    assert route.verdict in ("does_not_fit", "ask_adviser")
    assert any(reason.met is False for reason in route.reasons)


@pytest.mark.parametrize("level", ["hbo", "mbo 4"])
def test_admission_to_zij_instromen_is_answered_by_the_rules_of_its_sector(ask_full: Ask, level: str) -> None:
    reply = ask_full(f"mag ik met {level} zij-instromen in het po?").reply

    assert reply.status is AnswerStatus.ANSWERED_ADVICE
    assert _block(reply, "route").route == "zij-instroom-po"


# People, small talk and what is not ours


@pytest.mark.parametrize("question", ["ik wil iemand spreken", "kan iemand mij bellen?", "can I talk to a person?"])
def test_who_wants_a_person_gets_a_form_and_a_desk(ask_full: Ask, question: str) -> None:
    reply = ask_full(question).reply

    assert reply.status is AnswerStatus.HANDED_OVER_OFFERED
    assert _block(reply, "lead_form").reason == "asked"
    assert reply.handoff is not None
    assert reply.handoff.loket == _block(reply, "loket").loket.id


def test_a_greeting_is_greeted_and_says_it_is_a_computer(ask_full: Ask) -> None:
    reply = ask_full("goedemiddag").reply

    assert reply.status is AnswerStatus.ANSWERED_GREETING
    assert "computer" in _text(reply)


@pytest.mark.parametrize("question", ["wat voor weer wordt het morgen?", "schrijf een gedicht over de zee"])
def test_what_is_not_about_education_is_out_of_scope(ask_full: Ask, question: str) -> None:
    assert ask_full(question).reply.status is AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE


@pytest.mark.parametrize(
    "question", ["kwantumverstrengeling in supergeleiders", "hoe repareer ik mijn fietsketting", "flauwekul blabla"]
)
def test_what_is_not_known_is_said_with_a_way_on(ask_full: Ask, question: str) -> None:
    answered = ask_full(question)

    assert answered.reply.status in (
        AnswerStatus.UNANSWERABLE_NOT_FOUND,
        AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE,
    )
    assert answered.reply.citations, "the desk that may know is named"
    assert answered.reply.quick_replies


def test_what_is_not_known_without_vectors_is_not_guessed_either(ask: Ask) -> None:
    assert ask("kwantumverstrengeling in supergeleiders").reply.status is AnswerStatus.UNANSWERABLE_NOT_FOUND


def test_turns_without_an_answer_are_counted_until_there_is_one(ask_full: Ask) -> None:
    lost = ask_full("flauwekul blabla", "kwantumverstrengeling in supergeleiders")
    found = ask_full("wat is een vog?", state=lost.state)

    assert lost.state.misunderstood == 2
    assert found.state.misunderstood == 0


def test_a_complaint_is_heard_and_a_person_offered(ask_full: Ask) -> None:
    reply = ask_full("dat klopt niet").reply

    assert reply.status is AnswerStatus.ANSWERED_FEEDBACK
    assert _block(reply, "lead_form").reason == "complaint"


@pytest.mark.parametrize(
    "message",
    ["ik zie het niet zitten om vier jaar te studeren", "ik ben kapot van mijn baan", "daar geloof ik niks van"],
)
def test_who_is_tired_or_doubts_is_not_in_crisis(ask_full: Ask, message: str) -> None:
    assert ask_full(message).reply.status is not AnswerStatus.GUARDED_CRISIS


def test_a_thank_you_stays_one_though_a_word_of_it_can_be_a_fact(ask_full: Ask) -> None:
    assert ask_full("thanks so much!").reply.status is AnswerStatus.ANSWERED_SMALLTALK


def test_a_crisis_is_answered_with_113_and_nothing_else(ask_full: Ask) -> None:
    reply = ask_full("ik zie het leven niet meer zitten").reply

    assert reply.status is AnswerStatus.GUARDED_CRISIS
    assert {"113", "0800-0113"} <= set(re.findall(r"0800-0113|\b113\b", _text(reply)))
    assert not _blocks(reply, "lead_form")


@pytest.mark.parametrize(
    "question",
    ["what does it cost to become a primary school teacher?", "I want to become a teacher", "what is a vog?"],
)
def test_an_english_question_gets_an_english_reply(ask_full: Ask, question: str) -> None:
    reply = ask_full(question).reply

    assert reply.locale == "en"
    assert not re.search(r"\b(?:je|een|het|voor)\b", _text(reply).split("\n")[0]) or "Dutch" in _text(reply)


# The zelftest in the chat


def test_the_zelftest_starts_with_what_is_already_known(ask_full: Ask) -> None:
    answered = ask_full("ik heb hbo en wil voor de basisschool staan", "ik wil de zelftest doen")

    assert answered.state.mode == "zelftest"
    assert "neem ik mee" in _text(answered.reply)
    assert _block(answered.reply, "question").fact not in ("sector", "diploma_level")


def test_a_question_of_the_zelftest_can_be_skipped_and_is_not_asked_again(ask_full: Ask) -> None:
    first = ask_full("start de zelftest")
    skipped = ask_full("weet ik niet", state=first.state)

    assert skipped.state.asked != first.state.asked
    assert first.state.asked in skipped.state.profile.unknown


def test_a_question_in_the_middle_of_the_zelftest_is_answered_and_the_zelftest_goes_on(ask_full: Ask) -> None:
    answered = ask_full("start de zelftest", "po", "wat is een vog?")
    going_on = ask_full("leraar", state=answered.state)

    assert _cited(answered.reply)[0] == "vog"
    assert going_on.state.profile.facts()["role"] == "leraar"
    assert going_on.state.mode == "zelftest"


def test_an_answer_that_is_not_understood_is_asked_again(ask_full: Ask) -> None:
    first = ask_full("start de zelftest")
    again = ask_full("hm", state=first.state)

    assert again.state.asked == first.state.asked
    assert _block(again.reply, "question").fact == first.state.asked


@pytest.mark.parametrize("answer", ["weet ik niet", "first", "last"])
def test_the_zelftest_ends_in_an_advice(ask_full: Ask, answer: str) -> None:
    answered = ask_full("start de zelftest")
    asked: list[str] = []
    while answered.state.asked is not None and len(asked) < 25:
        asked.append(answered.state.asked)
        question = _block(answered.reply, "question")
        known = [option.value for option in question.options if option.value is not None] or [question.minimum]
        chosen = None if answer == "weet ik niet" else known[0] if answer == "first" else known[-1]
        if chosen is not None and question.input == "set":
            chosen = [chosen]
        answered = ask_full((answered.state.asked, chosen), state=answered.state)

    assert len(asked) == len(set(asked)), "no question is asked twice"
    assert answered.reply.status is AnswerStatus.ANSWERED_ADVICE
    assert answered.state.mode == "chat"
    assert _blocks(answered.reply, "route")


def test_an_answer_in_the_zelftest_can_be_taken_back(ask_full: Ask) -> None:
    answered = ask_full("start de zelftest", "vo", "nee, ik bedoel po")

    assert answered.state.profile.facts()["sector"] == frozenset({"po"})
    assert answered.state.mode == "zelftest"
