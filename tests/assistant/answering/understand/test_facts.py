"""What a message tells about the visitor, and what it does not."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answering.turn import Understood

Told = Callable[..., dict[str, Any]]
Understand = Callable[..., Understood]


def test_one_sentence_tells_five_facts(told: Told) -> None:
    facts = told("ik heb hbo verpleegkunde, ben 42 en woon in Zoetermeer, ik wil voor de basisschool staan")

    assert facts["diploma_level"] == "hbo-bachelor"
    assert facts["diploma_field"] == "Verpleegkunde"
    assert facts["age"] == 42
    assert facts["municipality"] == "zoetermeer"
    assert facts["sector"] == frozenset({"po"})
    assert facts["role"] == "leraar"


def test_each_fact_keeps_the_words_it_came_from(understand: Understand) -> None:
    message = "ik heb hbo verpleegkunde, ben 42 en woon in Zoetemeer"

    facts = understand(message).facts

    assert facts
    assert all(fact.words and fact.words in message for fact in facts)


@pytest.mark.parametrize(
    "message",
    [
        "ik heb geen hbo",
        "ik heb geen hbo of universiteit gedaan",
        "wel mbo 4 maar geen hbo",
        "ik heb wel mbo maar geen hbo",
        "hbo niet afgerond",
        "ik heb mijn hbo nooit afgemaakt",
        "als ik mijn hbo afmaak wil ik voor de klas",
        "zodra ik hbo afgerond heb, wil ik leraar worden",
        "I have no hbo",
    ],
)
def test_a_diploma_that_is_denied_or_only_supposed_is_not_had(told: Told, message: str) -> None:
    assert told(message).get("diploma_level") not in ("hbo-bachelor", "wo-master")


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("wel mbo 4 maar geen hbo", "mbo-4"),
        ("ik heb geen mbo maar wel havo", "havo"),
        ("eerst mbo 4 en daarna hbo", "hbo-bachelor"),
        ("ik heb vwo en havo", "vwo"),
        ("ik heb niet alleen havo maar ook hbo", "hbo-bachelor"),
        ("mavo gedaan", "vmbo"),
        ("ik heb geen diploma", "geen"),
        ("mts elektrotechniek", "mbo-4"),
        ("ik heb hbo-v", "hbo-bachelor"),
        ("ik heb een associate degree", "associate-degree"),
        ("i have a university degree", "wo-master"),
    ],
)
def test_the_highest_diploma_that_is_had_counts(told: Told, message: str, level: str) -> None:
    assert told(message)["diploma_level"] == level


@pytest.mark.parametrize("message", ["ik heb havo", "mavo gedaan en 55 jaar", "ik heb vmbo-t", "ik heb mbo 4"])
def test_a_school_one_went_to_is_not_a_school_one_wants_to_work_at(told: Told, message: str) -> None:
    assert "sector" not in told(message)


@pytest.mark.parametrize(
    "message", ["pabo niet afgerond", "ik heb de pabo niet afgerond", "ik heb mijn pabo nooit afgemaakt"]
)
def test_a_pabo_that_was_not_finished_is_no_qualification(told: Told, message: str) -> None:
    assert told(message).get("teaching_qualification", "geen") == "geen"


@pytest.mark.parametrize("message", ["ik heb de pabo afgerond", "ik heb de pabo gedaan", "pabo op zak"])
def test_a_pabo_that_was_finished_is_a_qualification(told: Told, message: str) -> None:
    assert told(message)["teaching_qualification"] == "pabo"


@pytest.mark.parametrize(
    ("message", "fact", "value"),
    [
        ("ik ben tweeënveertig", "age", 42),
        ("ik ben veertig jaar oud", "age", 40),
        ("ik ben 42 jaar", "age", 42),
        ("i am 35 years old", "age", 35),
        ("mijn kinderen zijn 12 en ik ben 42", "age", 42),
        ("ik heb twaalf jaar gewerkt in de zorg", "work_experience_years", 12),
        ("ik werk al tien jaar als kok", "work_experience_years", 10),
        ("ik ben 12 jaar werkzaam in de zorg", "work_experience_years", 12),
        ("ik heb 16 uur per week", "hours_per_week", 16),
        ("ik ben 24 uur beschikbaar", "hours_per_week", 24),
    ],
)
def test_a_number_is_an_age_years_of_work_or_hours_by_the_words_around_it(
    told: Told, message: str, fact: str, value: int
) -> None:
    facts = told(message)

    numbers = {name: facts[name] for name in ("age", "work_experience_years", "hours_per_week") if name in facts}
    assert numbers == {fact: value}


def test_age_years_of_work_and_hours_are_told_apart_in_one_sentence(told: Told) -> None:
    facts = told("ik ben 52, heb 20 jaar ervaring als lasser en 24 uur per week")

    assert (facts["age"], facts["work_experience_years"], facts["hours_per_week"]) == (52, 20, 24)


@pytest.mark.parametrize(
    "message", ["ik ben 1.75 lang", "ik heb 3 kinderen", "ik ben 240", "ik ben de 3e", "ik ben geen 40"]
)
def test_other_numbers_are_no_age(told: Told, message: str) -> None:
    assert "age" not in told(message)


def test_hbo_v_is_a_level_and_a_field_in_care(told: Told) -> None:
    facts = told("ik heb hbo-v gedaan")

    assert facts["diploma_level"] == "hbo-bachelor"
    assert facts["diploma_field"] == "Verpleegkunde"
    assert facts["previous_degree_in_education_or_care"] is True


def test_a_diploma_in_a_school_subject_suggests_the_subject_to_who_wants_the_vo(understand: Understand) -> None:
    facts = {fact.name: fact for fact in understand("ik heb een wo master scheikunde en wil in het vo lesgeven").facts}

    assert facts["diploma_field"].value == "Scheikunde"
    assert (facts["subject"].value, facts["subject"].origin) == ("scheikunde", "inferred")
    assert (facts["diploma_matches_subject"].value, facts["diploma_matches_subject"].origin) == ("verwant", "inferred")


@pytest.mark.parametrize(
    "message", ["ik heb een wo master scheikunde", "ik heb een wo master scheikunde en wil naar de basisschool"]
)
def test_a_diploma_in_a_school_subject_suggests_nothing_to_others(told: Told, message: str) -> None:
    facts = told(message)

    assert facts["diploma_field"] == "Scheikunde"
    assert "subject" not in facts


def test_who_wants_to_teach_a_subject_wants_to_be_a_teacher(told: Told) -> None:
    facts = told("ik wil wiskunde geven op een middelbare school")

    assert facts["subject"] == "wiskunde"
    assert facts["role"] == "leraar"
    assert facts["sector"] == frozenset({"vo"})


@pytest.mark.parametrize(
    "message", ["ik was leraar in syrie", "ik was leraar in Syrië", "i was a teacher in my country"]
)
def test_a_teacher_from_abroad_has_a_foreign_qualification(told: Told, message: str) -> None:
    facts = told(message)

    assert facts["teaching_qualification"] == "buitenlands"
    assert "works_in_education" not in facts


@pytest.mark.parametrize(
    "message",
    [
        "ik heb nen educatieve master wiskunde van de KU Leuven",
        "Ik ben Vlaming en heb een bachelor lager onderwijs van de Arteveldehogeschool",
        "ik ben regent wiskunde-fysica in belgie",
    ],
)
def test_a_training_of_teachers_abroad_is_a_foreign_qualification(told: Told, message: str) -> None:
    facts = told(message)

    assert facts["teaching_qualification"] == "buitenlands"
    assert facts["diploma_country"] == "buitenland"


@pytest.mark.parametrize(
    ("message", "country"),
    [
        ("ik heb een master scheikunde van de ugent", "buitenland"),
        ("ik ben belg met een bachelor verpleegkunde", "buitenland"),
        ("ik heb een master scheikunde uit leiden", None),
        ("ik ben belg en woon in den haag", None),
        ("ik ga met mijn klas naar gent", None),
        ("ik heb cambridge c2 en een hbo diploma", None),
        ("ik ben leraar en wil in spanje lesgeven", None),
    ],
)
def test_a_diploma_is_of_where_it_was_given(told: Told, message: str, country: str | None) -> None:
    facts = told(message)

    assert facts.get("diploma_country") == country
    assert "teaching_qualification" not in facts


@pytest.mark.parametrize(
    ("message", "level"),
    [("mijn nederlands is B1", "B1"), ("ik spreek nederlands op niveau b2", "B2"), ("my dutch is a2", "A2")],
)
def test_a_language_level_is_told_with_the_language(told: Told, message: str, level: str) -> None:
    assert told(message)["dutch_level"] == level


@pytest.mark.parametrize("message", ["mijn nederlands is B1", "ik spreek nederlands op niveau b2"])
def test_speaking_dutch_is_not_wanting_to_teach_it(told: Told, message: str) -> None:
    assert "subject" not in told(message)


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("ik heb nog geen school", False),
        ("een school wil mij aannemen", True),
        ("ik heb al een school", True),
        ("heb geen werkgever", False),
    ],
)
def test_whether_a_school_wants_the_visitor_is_told(told: Told, message: str, value: bool) -> None:
    assert told(message)["employer_commitment"] is value


@pytest.mark.parametrize(("message", "value"), [("ik ben statushouder", True), ("ik ben geen statushouder", False)])
def test_a_flag_is_told_or_denied(told: Told, message: str, value: bool) -> None:
    assert told(message)["statushouder"] is value


@pytest.mark.parametrize("place", ["Zoetemeer", "zoetermeer", "Zoetermeeer"])
def test_a_misspelt_place_is_the_place(told: Told, place: str) -> None:
    assert told(f"ik woon in {place}")["municipality"] == "zoetermeer"


@pytest.mark.parametrize(
    "message",
    [
        "mijn vrouw heeft hbo en wil juf worden",
        "mijn zoon is 18 en wil leraar worden",
        "my daughter is 20 and wants to teach",
        "een vriendin heeft de pabo gedaan",
    ],
)
def test_facts_of_somebody_else_are_not_the_visitors(understand: Understand, message: str) -> None:
    understood = understand(message)

    assert understood.about_somebody_else
    assert understood.facts == ()


@pytest.mark.parametrize(
    "message",
    [
        "wat verdient een leraar in het mbo?",
        "wat kost de pabo voor iemand met hbo?",
        "hoe lang duurt zij-instroom in het vo",
        "is er een loket in Delft?",
        "what does a teacher in primary school earn?",
    ],
)
def test_a_question_about_the_world_tells_nothing_about_the_visitor(understand: Understand, message: str) -> None:
    understood = understand(message)

    assert understood.facts == ()
    assert understood.scope, "what the question mentions narrows its answer"


def test_two_kinds_of_school_are_both_kept(told: Told) -> None:
    assert told("ik wil in het po of so werken")["sector"] == frozenset({"po", "so"})


@pytest.mark.parametrize(
    "message", ["ik ben verpleegkundige", "ik werk al tien jaar als kok", "ik ben 12 jaar werkzaam in de zorg"]
)
def test_a_trade_is_at_most_a_guess_at_the_subject(understand: Understand, message: str) -> None:
    said = {fact.name for fact in understand(message).facts if fact.origin == "said"}

    assert not said & {"subject", "diploma_field", "diploma_level"}


def test_working_in_a_trade_is_no_diploma_in_it(told: Told) -> None:
    assert "diploma_field" not in told("ik heb twaalf jaar gewerkt in de bouw")


@pytest.mark.parametrize(
    "message",
    ["welke stappen moet ik zetten", "ik wil een school leiden", "ik wil kunnen kampen met drukte in de klas"],
)
def test_a_verb_that_is_a_place_too_is_a_verb(told: Told, message: str) -> None:
    assert "municipality" not in told(message)


@pytest.mark.parametrize(
    "message", ["ik woon in leiden", "Leiden", "een loket in Zetten", "ik werk bij een school in leiden"]
)
def test_the_same_place_is_a_place_where_a_place_stands(told: Told, message: str) -> None:
    assert "municipality" in told(message)
