"""The delivered rules, tried on people as the sources describe them: who fits which route, and after how many questions."""

from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import Any

import pytest

from assistant.eligibility.profile import Profile, parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.flow import next_fact
from evaluation.zelftest.generate import answer_of
from knowledge.catalogue import Catalogue

DUTCH = {"diploma_country": "nederland", "dutch_level": "moedertaal", "statushouder": False}
NOT_YET = {"teaching_qualification": "geen", "works_in_education": "nee", "enrolled_in_teacher_training": "nee"}
PO = {"sector": ["po"], "role": "leraar", **DUTCH, **NOT_YET}
VO = {"sector": ["vo"], "role": "leraar", **DUTCH, **NOT_YET}
MBO = {"sector": ["mbo"], "role": "leraar", **DUTCH, **NOT_YET}
FOREIGN = {"diploma_country": "buitenland", "dutch_level": "B2"}
CLOSE = {"diploma_matches_subject": "verwant"}
OTHER = {"diploma_matches_subject": "niet-verwant"}
GYM = {"subject": "lichamelijke-opvoeding"}
REFUGEE = FOREIGN | {
    "statushouder": True,
    "dutch_level": "B1",
    "diploma_level": "wo-bachelor",
    "teaching_qualification": "buitenlands",
}
NURSE = PO | {
    "diploma_level": "hbo-bachelor",
    "diploma_field": "verpleegkunde",
    "previous_degree_in_education_or_care": True,
    "age": 42,
    "needs_income": True,
    "municipality": "zoetermeer",
}
ELECTRICIAN = MBO | {
    "diploma_level": "mbo-4",
    "subject": "metaal-elektro-installatie",
    "work_experience_years": 12,
    "needs_income": True,
    "municipality": "den-haag",
}
MATHS_TEACHER = VO | CLOSE | REFUGEE | {"subject": "wiskunde", "needs_income": True, "municipality": "leiden"}
CHEMIST = (
    VO
    | CLOSE
    | {"diploma_level": "wo-master", "subject": "scheikunde", "needs_income": True, "municipality": "haarlem"}
)
HAVO = PO | {"diploma_level": "havo", "age": 19, "needs_income": False}
LEFT = VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "engels", "teaching_qualification": "tweedegraads"}
SAID_BY_THE_SOURCES: list[tuple[str, dict[str, Any], str, str]] = [
    # Primary: who may enter the pabo, and in which form.
    ("vwo, full time", PO | {"diploma_level": "vwo", "needs_income": False}, "pabo-voltijd", "fits"),
    ("mbo-4, full time", PO | {"diploma_level": "mbo-4", "needs_income": False}, "pabo-voltijd", "fits"),
    ("degree and a need to earn", PO | {"diploma_level": "hbo-bachelor", "needs_income": True}, "pabo-voltijd", "does_not_fit"),
    ("havo and a need to earn", PO | {"diploma_level": "havo", "needs_income": True}, "pabo-voltijd", "ask_adviser"),
    ("vmbo and 19", PO | {"diploma_level": "vmbo", "age": 19}, "pabo-deeltijd", "does_not_fit"),
    ("vmbo and 34", PO | {"diploma_level": "vmbo", "age": 34, "needs_income": True}, "pabo-deeltijd", "ask_adviser"),
    ("no diploma and 34", PO | {"diploma_level": "geen", "age": 34, "needs_income": True}, "pabo-deeltijd", "ask_adviser"),
    ("mbo-4 next to a job", PO | {"diploma_level": "mbo-4", "needs_income": True}, "pabo-deeltijd", "fits"),
    ("degree, shortened", PO | {"diploma_level": "wo-master"}, "pabo-verkort-deeltijd", "fits"),
    ("associate degree, shortened", PO | {"diploma_level": "associate-degree"}, "pabo-verkort-deeltijd", "does_not_fit"),
    ("vwo, shortened", PO | {"diploma_level": "vwo"}, "pabo-verkort-deeltijd", "ask_adviser"),
    ("mbo-4 and no degree", PO | {"diploma_level": "mbo-4"}, "versneld-voor-de-klas", "does_not_fit"),
    # Primary: zij-instroom and the university.
    ("degree and a school", PO | {"diploma_level": "hbo-bachelor", "employer_commitment": True}, "zij-instroom-po", "fits"),
    ("associate degree", PO | {"diploma_level": "associate-degree"}, "zij-instroom-po", "does_not_fit"),
    ("first year of hbo", PO | {"diploma_level": "hbo-propedeuse"}, "zij-instroom-po", "does_not_fit"),
    ("qualified for vo", PO | {"diploma_level": "hbo-bachelor", "teaching_qualification": "tweedegraads"}, "zij-instroom-po", "fits"),
    ("qualified for po", PO | {"diploma_level": "hbo-bachelor", "teaching_qualification": "pabo"}, "zij-instroom-po", "does_not_fit"),
    ("hbo alone", PO | {"diploma_level": "hbo-bachelor"}, "academisch-zij-instroom-po", "does_not_fit"),
    ("wo", PO | {"diploma_level": "wo-bachelor"}, "academisch-zij-instroom-po", "fits"),
    ("havo", PO | {"diploma_level": "havo"}, "academische-pabo", "does_not_fit"),
    ("vwo and time", PO | {"diploma_level": "vwo", "needs_income": False}, "academische-pabo", "fits"),
    ("wo and a need to earn", PO | {"diploma_level": "wo-bachelor", "needs_income": True}, "empo", "does_not_fit"),
    ("hbo and time", PO | {"diploma_level": "hbo-bachelor", "needs_income": False}, "empo", "ask_adviser"),
    # Primary: other jobs, coming back, coming from abroad.
    ("degree, Ad", PO | {"diploma_level": "hbo-bachelor", "role": "leraarondersteuner"}, "ad-pep-naar-pabo", "does_not_fit"),
    ("mbo-4, Ad", PO | {"diploma_level": "mbo-4", "role": "leraarondersteuner"}, "ad-pep-naar-pabo", "fits"),
    ("pabo, away for years", PO | {"diploma_level": "hbo-bachelor", "teaching_qualification": "pabo"}, "herintreder-po", "fits"),
    ("vo diploma, back to po", PO | {"diploma_level": "hbo-bachelor", "teaching_qualification": "eerstegraads"}, "herintreder-po", "does_not_fit"),
    ("teacher abroad, B1", PO | FOREIGN | {"diploma_level": "wo-bachelor", "teaching_qualification": "buitenlands", "dutch_level": "B1"}, "buitenlandse-bevoegdheid-po", "does_not_fit"),
    ("teacher abroad, mbo level", PO | FOREIGN | {"diploma_level": "mbo-4", "teaching_qualification": "buitenlands"}, "buitenlandse-bevoegdheid-po", "does_not_fit"),
    ("teacher abroad", PO | FOREIGN | {"diploma_level": "hbo-bachelor", "teaching_qualification": "buitenlands"}, "buitenlandse-bevoegdheid-po", "fits"),
    ("degree abroad", PO | FOREIGN | {"diploma_level": "wo-master"}, "zij-instroom-po", "ask_adviser"),
    ("ALO for gym", PO | GYM | CLOSE | {"role": "vakleerkracht", "diploma_level": "hbo-bachelor", "teaching_qualification": "eerstegraads"}, "vakleerkracht-bewegingsonderwijs", "fits"),
    ("CIOS for gym", PO | GYM | {"role": "vakleerkracht", "diploma_level": "mbo-4"}, "vakleerkracht-bewegingsonderwijs", "does_not_fit"),
    ("class teacher", PO | {"diploma_level": "vwo"}, "alo-lichamelijke-opvoeding", "does_not_fit"),
    ("class teacher", PO | {"diploma_level": "vwo"}, "kunstvakdocent", "does_not_fit"),
    # Primary: newcomers, and a university course far away.
    ("refugee, teacher, B1", PO | REFUGEE, "schakeltraject-statushouders", "ask_adviser"),
    ("Dutch diploma", PO | {"diploma_level": "hbo-bachelor"}, "schakeltraject-statushouders", "does_not_fit"),
    ("no refugee", PO | REFUGEE | {"statushouder": False}, "schakeltraject-statushouders", "does_not_fit"),
    ("no degree and no licence", PO | REFUGEE | {"diploma_level": "mbo-3", "teaching_qualification": "geen"}, "schakeltraject-statushouders", "does_not_fit"),
    ("vwo and time", PO | {"diploma_level": "vwo", "needs_income": False}, "pwpo-radboud", "fits"),
    ("first year of hbo", PO | {"diploma_level": "hbo-propedeuse", "needs_income": False}, "pwpo-radboud", "ask_adviser"),
    # Secondary.
    ("degree in the subject", VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "economie", "employer_commitment": True}, "zij-instroom-vo-tweedegraads", "fits"),
    ("degree in something else", VO | OTHER | {"diploma_level": "hbo-bachelor", "subject": "frans", "work_experience_years": 10}, "zij-instroom-vo-tweedegraads", "does_not_fit"),
    ("degree in something else", VO | OTHER | {"diploma_level": "hbo-bachelor", "subject": "frans"}, "tweedegraads-deeltijd", "fits"),
    ("degree in something else", VO | OTHER | {"diploma_level": "hbo-bachelor", "subject": "frans"}, "kopopleiding-tweedegraads", "does_not_fit"),
    ("hbo alone", VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "economie"}, "zij-instroom-vo-eerstegraads", "does_not_fit"),
    ("master", VO | CLOSE | {"diploma_level": "wo-master", "subject": "natuurkunde"}, "zij-instroom-vo-eerstegraads", "fits"),
    ("master", VO | CLOSE | {"diploma_level": "wo-master", "subject": "natuurkunde"}, "ulo-eenjarig", "fits"),
    ("wo-bachelor", VO | CLOSE | {"diploma_level": "wo-bachelor", "subject": "wiskunde"}, "ulo-eenjarig", "does_not_fit"),
    ("wo-bachelor", VO | CLOSE | {"diploma_level": "wo-bachelor", "subject": "wiskunde"}, "educatieve-module", "fits"),
    ("hbo alone", VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "wiskunde"}, "educatieve-module", "does_not_fit"),
    ("graduated already", VO | CLOSE | {"diploma_level": "wo-bachelor", "subject": "wiskunde"}, "educatieve-minor", "does_not_fit"),
    ("hbo, first degree", VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "wiskunde"}, "educatieve-master-tweejarig", "ask_adviser"),
    ("mbo-4 in a trade", VO | CLOSE | {"diploma_level": "mbo-4", "subject": "metaal-elektro-installatie", "work_experience_years": 12}, "zij-instroom-vmbo-mbo4", "fits"),
    ("mbo-4 and maths", VO | {"diploma_level": "mbo-4", "subject": "wiskunde", "work_experience_years": 12}, "zij-instroom-vmbo-mbo4", "does_not_fit"),
    ("no qualification", VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "engels"}, "hbo-master-eerstegraads", "does_not_fit"),
    ("no qualification", VO | CLOSE | {"diploma_level": "hbo-bachelor", "subject": "engels"}, "tweede-bevoegdheid", "does_not_fit"),
    ("no pabo", VO | {"diploma_level": "hbo-bachelor", "subject": "engels"}, "pabo-naar-vmbo", "does_not_fit"),
    ("gym", VO | GYM | {"diploma_level": "havo", "needs_income": False}, "alo-lichamelijke-opvoeding", "fits"),
    ("English", VO | {"diploma_level": "havo", "subject": "engels"}, "alo-lichamelijke-opvoeding", "does_not_fit"),
    ("English", VO | {"diploma_level": "havo", "subject": "engels"}, "groen-onderwijs", "does_not_fit"),
    # Vocational.
    ("degree and a school", MBO | {"diploma_level": "hbo-bachelor", "employer_commitment": True}, "pdg-mbo-zij-instroom", "fits"),
    ("mbo-4 and ten years", MBO | {"diploma_level": "mbo-4", "work_experience_years": 10}, "pdg-mbo-zij-instroom", "fits"),
    ("mbo-4 and one year", MBO | {"diploma_level": "mbo-4", "work_experience_years": 1}, "pdg-mbo-zij-instroom", "does_not_fit"),
    ("qualified", MBO | {"diploma_level": "hbo-bachelor", "teaching_qualification": "tweedegraads"}, "pdg-mbo-zij-instroom", "does_not_fit"),
    ("qualified", MBO | {"diploma_level": "hbo-bachelor", "teaching_qualification": "tweedegraads"}, "docent-mbo-met-bevoegdheid", "fits"),
    ("skilled worker", MBO | {"role": "instructeur", "diploma_level": "mbo-3", "work_experience_years": 12}, "mbo-instructeur", "fits"),
    ("skilled worker from abroad", MBO | FOREIGN | {"role": "instructeur", "diploma_level": "mbo-4", "work_experience_years": 12}, "mbo-instructeur", "ask_adviser"),
    # Who may teach where.
    *((f"{held} in {sector}", {"sector": [sector], "role": "leraar", **DUTCH, "diploma_level": "hbo-bachelor", "works_in_education": "nee", "teaching_qualification": held}, route, verdict) for held, sector, route, verdict in [
        ("tweedegraads", "vo", "herintreder-vo-mbo", "fits"),
        ("eerstegraads", "mbo", "herintreder-vo-mbo", "fits"),
        ("beperkt-tweedegraads", "vo", "herintreder-vo-mbo", "fits"),
        ("beperkt-tweedegraads", "mbo", "herintreder-vo-mbo", "ask_adviser"),
        ("beperkt-tweedegraads", "mbo", "docent-mbo-met-bevoegdheid", "ask_adviser"),
        ("pdg", "mbo", "docent-mbo-met-bevoegdheid", "fits"),
        ("pdg", "vo", "herintreder-vo-mbo", "does_not_fit"),
        ("pabo", "po", "herintreder-po", "fits"),
        ("pabo", "so", "herintreder-po", "fits"),
        ("pabo", "vo", "herintreder-vo-mbo", "ask_adviser"),
        ("pabo", "vo", "pabo-naar-vmbo", "fits"),
        ("pabo", "mbo", "herintreder-vo-mbo", "does_not_fit"),
        ("pabo", "mbo", "docent-mbo-met-bevoegdheid", "does_not_fit"),
        ("tweedegraads", "po", "herintreder-po", "does_not_fit"),
    ]),
    # Six people whom the desk sees every week.
    *(("nurse of 42 with hbo, Zoetermeer", NURSE, route, verdict) for route, verdict in [
        ("zij-instroom-po", "fits"), ("pabo-verkort-deeltijd", "fits"), ("versneld-voor-de-klas", "fits"),
        ("pabo-voltijd", "does_not_fit"), ("academisch-zij-instroom-po", "does_not_fit"), ("ad-pep-naar-pabo", "does_not_fit"),
    ]),
    *(("electrician with mbo-4 and 12 years, The Hague", ELECTRICIAN, route, verdict) for route, verdict in [
        ("pdg-mbo-zij-instroom", "fits"), ("mbo-instructeur", "fits"), ("tweedegraads-deeltijd", "fits"),
        ("kopopleiding-tweedegraads", "does_not_fit"), ("docent-mbo-met-bevoegdheid", "does_not_fit"), ("groen-onderwijs", "does_not_fit"),
    ]),
    *(("maths teacher from Syria with Dutch at B1, Leiden", MATHS_TEACHER, route, verdict) for route, verdict in [
        ("buitenlandse-bevoegdheid-vo-mbo", "ask_adviser"), ("schakeltraject-statushouders", "ask_adviser"),
        ("zij-instroom-vo-tweedegraads", "does_not_fit"), ("tweedegraads-deeltijd", "does_not_fit"), ("herintreder-vo-mbo", "does_not_fit"),
    ]),
    *(("chemist with wo-master who must keep earning, Haarlem", CHEMIST, route, verdict) for route, verdict in [
        ("zij-instroom-vo-eerstegraads", "fits"), ("zij-instroom-vo-tweedegraads", "fits"), ("ulo-eenjarig", "fits"),
        ("educatieve-minor", "does_not_fit"), ("hbo-master-eerstegraads", "does_not_fit"), ("herintreder-vo-mbo", "does_not_fit"),
    ]),
    *(("school leaver of 19 with havo", HAVO, route, verdict) for route, verdict in [
        ("pabo-voltijd", "fits"), ("pabo-deeltijd", "fits"), ("pabo-verkort-deeltijd", "does_not_fit"),
        ("zij-instroom-po", "does_not_fit"), ("academische-pabo", "does_not_fit"), ("pwpo-radboud", "does_not_fit"),
    ]),
    *(("qualified teacher who left eight years ago", LEFT, route, verdict) for route, verdict in [
        ("herintreder-vo-mbo", "fits"), ("tweede-bevoegdheid", "fits"), ("hbo-master-eerstegraads", "fits"),
        ("zij-instroom-vo-tweedegraads", "does_not_fit"), ("tweedegraads-deeltijd", "does_not_fit"), ("buitenlandse-bevoegdheid-vo-mbo", "does_not_fit"),
    ]),
]  # fmt: skip
"""Who it is, what they tell, the route, and its verdict; from the conditions that the sources of each route give."""

ANSWERS: Mapping[str, Any] = {
    **DUTCH,
    **NOT_YET,
    "previous_degree_in_education_or_care": False,
    "employer_commitment": False,
    "needs_income": True,
    "work_experience_years": 10,
    "hours_per_week": 36,
    "age": 40,
    "goal": "starten",
    "start": "komend-studiejaar",
}
"""What a person answers who is asked, unless they are described otherwise."""
TAKERS: Mapping[str, dict[str, Any]] = {
    "hbo to primary": {"sector": ["po"], "role": "leraar", "diploma_level": "hbo-bachelor"},
    "nurse to primary": {"sector": ["po"], "role": "leraar", "diploma_level": "hbo-bachelor", "previous_degree_in_education_or_care": True},
    "wo to primary": {"sector": ["po"], "role": "leraar", "diploma_level": "wo-master"},
    "mbo to primary": {"sector": ["po"], "role": "leraar", "diploma_level": "mbo-4"},
    "school leaver": {"sector": ["po"], "role": "leraar", "diploma_level": "havo", "age": 18, "needs_income": False},
    "assistant": {"sector": ["po"], "role": "onderwijsassistent", "diploma_level": "mbo-3"},
    "returning": {"sector": ["po"], "role": "leraar", "diploma_level": "hbo-bachelor", "teaching_qualification": "pabo"},
    "hbo to secondary": {"sector": ["vo"], "role": "leraar", "diploma_level": "hbo-bachelor", "subject": "economie", **CLOSE},
    "hbo to vocational": {"sector": ["mbo"], "role": "leraar", "diploma_level": "hbo-bachelor", "subject": "zorg-en-welzijn", **CLOSE},
    "cook to vocational": {"sector": ["mbo"], "role": "instructeur", "diploma_level": "mbo-4", "subject": "horeca-bakkerij-recreatie"},
    "nurse": NURSE,
    "electrician": ELECTRICIAN,
    "maths teacher from Syria": MATHS_TEACHER,
    "chemist": CHEMIST,
    "havo at 19": HAVO,
    "left teaching": LEFT,
}  # fmt: skip


@pytest.fixture(scope="module")
def eligibility(catalogue_of_content: Catalogue, today: date) -> Eligibility:
    return Eligibility(catalogue_of_content, today)


def facts_of(eligibility: Eligibility, told: Mapping[str, Any]) -> Profile:
    return parse_facts(told, eligibility.vocabulary)


def asked_of(eligibility: Eligibility, told: Mapping[str, Any]) -> tuple[list[str], Profile]:
    """The zelftest as this person takes it: what is asked, and what is known in the end."""
    answers, profile, asked = facts_of(eligibility, {**ANSWERS, **told}), Profile(), list[str]()
    while (found := next_fact(eligibility, profile)) is not None:
        name = found[0]
        assert name not in asked, f"{name} is asked twice"
        asked.append(name)
        answer = answer_of(answers, name, eligibility.vocabulary)
        profile = profile.skipping(name) if answer is None else profile.with_facts([answer])
    return asked, profile


@pytest.mark.parametrize(
    ("told", "route", "verdict"),
    [pytest.param(told, route, verdict, id=f"{route}: {who}") for who, told, route, verdict in SAID_BY_THE_SOURCES],
)
def test_a_route_is_judged_as_its_sources_say(
    eligibility: Eligibility, told: dict[str, Any], route: str, verdict: str
) -> None:
    found = eligibility.verdict(route, facts_of(eligibility, told).facts())

    assert found.verdict == verdict, [each.rule.id for each in found.deciding()]


@pytest.mark.parametrize("who", ["hbo to primary", "nurse to primary", "mbo to primary", "school leaver"])
def test_who_wants_to_teach_at_a_primary_school_is_asked_six_questions_at_most(
    eligibility: Eligibility, who: str
) -> None:
    asked, _ = asked_of(eligibility, TAKERS[who])

    assert len(asked) <= 6, asked


def test_half_of_the_people_are_asked_six_questions_at_most(eligibility: Eligibility) -> None:
    counts = [len(asked_of(eligibility, told)[0]) for told in TAKERS.values()]

    assert median(counts) <= 6, counts


@pytest.mark.parametrize("who", sorted(TAKERS.keys() - {"maths teacher from Syria"}))
def test_everybody_ends_with_a_route_that_is_open(eligibility: Eligibility, who: str) -> None:
    _, profile = asked_of(eligibility, TAKERS[who])

    assert eligibility.verdicts(profile.facts())[0].verdict in ("fits", "possible")


def test_a_refugee_who_taught_abroad_and_still_learns_dutch_ends_with_an_adviser(eligibility: Eligibility) -> None:
    _, profile = asked_of(eligibility, MATHS_TEACHER)

    first = eligibility.verdicts(profile.facts())[:2]

    assert {each.route.id for each in first} == {"buitenlandse-bevoegdheid-vo-mbo", "schakeltraject-statushouders"}
    assert {each.verdict for each in first} == {"ask_adviser"}


@pytest.mark.parametrize("who", ["hbo to primary", "mbo to primary", "hbo to secondary", "hbo to vocational"])
def test_without_a_qualification_the_first_routes_are_those_that_give_one(eligibility: Eligibility, who: str) -> None:
    _, profile = asked_of(eligibility, TAKERS[who])

    first = [each.route.id for each in eligibility.verdicts(profile.facts())[:3]]

    assert not {"hybride-docent", "herintreder-po", "herintreder-vo-mbo", "tweede-bevoegdheid"} & set(first)


WITH_DUTCH_PAPERS = sorted(TAKERS.keys() - {"maths teacher from Syria", "assistant"})
"""An assistant may say how good their Dutch is, instead of where their diploma is from: one of the two is enough."""


@pytest.mark.parametrize("who", WITH_DUTCH_PAPERS)
def test_nobody_with_a_dutch_diploma_or_qualification_is_asked_how_good_their_dutch_is(
    eligibility: Eligibility, who: str
) -> None:
    asked, _ = asked_of(eligibility, TAKERS[who])

    assert "dutch_level" not in asked


@pytest.mark.parametrize("who", TAKERS)
def test_only_somebody_with_a_foreign_diploma_is_asked_whether_they_are_a_refugee(
    eligibility: Eligibility, who: str
) -> None:
    asked, _ = asked_of(eligibility, TAKERS[who])

    assert ("statushouder" in asked) == (who == "maths teacher from Syria")


@pytest.mark.parametrize("who", TAKERS)
def test_nobody_is_asked_for_hours_or_for_their_aim_as_no_route_is_decided_by_them(
    eligibility: Eligibility, who: str
) -> None:
    asked, _ = asked_of(eligibility, TAKERS[who])

    assert not {"hours_per_week", "goal", "motive"} & set(asked)


@pytest.mark.parametrize("who", [who for who, told in TAKERS.items() if told["sector"] == ["po"]])
def test_who_wants_a_class_of_their_own_is_not_asked_for_gym_or_any_other_subject(
    eligibility: Eligibility, who: str
) -> None:
    asked, _ = asked_of(eligibility, TAKERS[who])

    assert "subject" not in asked


def test_somebody_with_a_foreign_diploma_is_asked_how_good_their_dutch_is(eligibility: Eligibility) -> None:
    asked, _ = asked_of(eligibility, {**TAKERS["hbo to primary"], **FOREIGN})

    assert "dutch_level" in asked


@pytest.mark.parametrize(
    ("who", "best"),
    [
        ("hbo to primary", "zij-instroom-po"),
        ("mbo to primary", "pabo-deeltijd"),
        ("school leaver", "pabo-voltijd"),
        ("returning", "herintreder-po"),
        ("hbo to secondary", "zij-instroom-vo-tweedegraads"),
        ("hbo to vocational", "pdg-mbo-zij-instroom"),
        ("cook to vocational", "mbo-instructeur"),
        ("nurse", "zij-instroom-po"),
        ("electrician", "pdg-mbo-zij-instroom"),
        ("chemist", "zij-instroom-vo-eerstegraads"),
        ("havo at 19", "pabo-voltijd"),
        ("left teaching", "herintreder-vo-mbo"),
    ],
)
def test_the_best_route_comes_first(eligibility: Eligibility, who: str, best: str) -> None:
    _, profile = asked_of(eligibility, TAKERS[who])

    assert eligibility.verdicts(profile.facts())[0].route.id == best


def test_a_master_who_must_earn_sees_the_ways_to_the_upper_years_before_the_long_ones(eligibility: Eligibility) -> None:
    _, profile = asked_of(eligibility, CHEMIST)

    first = [each.route.id for each in eligibility.verdicts(profile.facts())[:3]]

    assert first == ["zij-instroom-vo-eerstegraads", "zij-instroom-vo-tweedegraads", "ulo-eenjarig"]
