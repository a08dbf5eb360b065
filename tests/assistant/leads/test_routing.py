"""A visitor goes to the loket of where they live and what they want, and always to one that takes them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NoLoket
from assistant.leads.routing import route_lead
from knowledge.catalogue import Catalogue
from knowledge.place import Loket
from knowledge.reader import CONTENT, read_catalogue


@pytest.mark.parametrize(
    ("facts", "page_region", "loket", "region"),
    [
        ({"municipality": "zoetermeer", "sector": {"po"}}, "haaglanden", "loket-haaglanden", "haaglanden"),
        ({"municipality": "den-haag", "sector": {"po"}}, "haaglanden", "loket-stad-po", "haaglanden"),
        ({"municipality": "den-haag", "sector": {"vo"}}, "haaglanden", "loket-vo", "haaglanden"),
        ({"municipality": "den-haag", "sector": {"mbo"}}, "haaglanden", "loket-haaglanden", "haaglanden"),
        ({"municipality": "den-haag", "sector": {"po", "vo"}}, "haaglanden", "loket-haaglanden", "haaglanden"),
        ({"municipality": "Den Haag", "sector": {"po"}}, "haaglanden", "loket-stad-po", "haaglanden"),
        ({"municipality": "scheveningen", "sector": {"po"}}, "haaglanden", "loket-stad-po", "haaglanden"),
        ({"municipality": "den-haag"}, "haaglanden", "loket-haaglanden", "haaglanden"),
        ({"sector": {"po"}}, "haaglanden", "loket-haaglanden", "haaglanden"),
        ({}, "haaglanden", "loket-haaglanden", "haaglanden"),
        ({"municipality": "haarlem", "sector": {"po"}}, "haaglanden", "loket-hak", "hak"),
        ({"municipality": "haarlem", "sector": {"vo"}}, "hak", "landelijk-onderwijsloket", "hak"),
        ({"sector": {"mbo"}}, "hak", "landelijk-onderwijsloket", "hak"),
        ({"municipality": "utrecht", "sector": {"po"}}, "haaglanden", "landelijk-onderwijsloket", "haaglanden"),
        ({"municipality": "Groningen", "sector": {"po"}}, "haaglanden", "landelijk-onderwijsloket", "haaglanden"),
        ({}, "onbekende-regio", "landelijk-onderwijsloket", "onbekende-regio"),
    ],
)
def test_a_visitor_goes_to_the_loket_that_fits(
    small_catalogue: Catalogue, facts: dict[str, Any], page_region: str, loket: str, region: str
) -> None:
    given = {name: frozenset(value) if isinstance(value, set) else value for name, value in facts.items()}

    routed = route_lead(small_catalogue, given, page_region)

    assert (routed.loket.id, routed.region) == (loket, region)
    assert routed.reason.endswith(".")


def test_the_reason_names_the_place_the_wish_and_the_loket(small_catalogue: Catalogue) -> None:
    routed = route_lead(small_catalogue, {"municipality": "zoetermeer", "sector": frozenset({"po"})}, "haaglanden")

    assert "Zoetermeer" in routed.reason
    assert "basisonderwijs" in routed.reason
    assert routed.loket.title in routed.reason


def test_without_any_loket_that_takes_leads_the_operator_is_told(small_catalogue: Catalogue) -> None:
    closed = tuple(
        record.model_copy(update={"takes_leads": False}) if isinstance(record, Loket) else record
        for record in small_catalogue.content.records
    )
    empty = Catalogue("empty", replace(small_catalogue.content, records=closed))

    with pytest.raises(NoLoket):
        route_lead(empty, {}, "haaglanden")


@given(
    sectors=st.frozensets(st.sampled_from(["po", "so", "vo", "mbo"])),
    municipality=st.sampled_from(["", "den-haag", "zoetermeer", "haarlem", "utrecht", "Parijs"]),
    goal=st.sampled_from(["", "orienteren", "starten", "vacature", "bijscholen"]),
    region=st.sampled_from(["haaglanden", "hak", "nergens"]),
)
def test_everybody_is_routed_to_an_open_loket_that_does_not_exclude_them(
    small_catalogue: Catalogue, sectors: frozenset[str], municipality: str, goal: str, region: str
) -> None:
    facts = {"sector": sectors, "municipality": municipality, "goal": goal}

    loket = route_lead(small_catalogue, {name: value for name, value in facts.items() if value}, region).loket

    assert loket.status == "active"
    assert loket.takes_leads
    assert not loket.municipalities or municipality in loket.municipalities
    assert not loket.sectors or not sectors or sectors & set(loket.sectors)


@pytest.mark.parametrize(
    ("facts", "loket"),
    [
        ({"municipality": "zoetermeer", "sector": {"po"}}, "word-leraar-in-den-haag"),
        ({"municipality": "den-haag", "sector": {"vo"}, "diploma_level": "hbo-bachelor"}, "de-rode-loper"),
        (
            {"municipality": "den-haag", "sector": {"po"}, "diploma_level": "hbo-bachelor"},
            "aan-de-slag-haags-basisonderwijs",
        ),
        ({"municipality": "den-haag", "sector": {"po"}, "role": "onderwijsassistent"}, "word-leraar-in-den-haag"),
        ({"municipality": "leiden", "sector": {"mbo"}}, "landelijk-onderwijsloket"),
        ({"municipality": "leiden", "sector": {"po"}}, "ldb-po-loket"),
        ({"municipality": "haarlem", "sector": {"po"}}, "ik-word-leerkracht"),
        ({"municipality": "haarlem", "sector": {"vo"}}, "talent-als-docent"),
        ({"municipality": "rotterdam", "sector": {"po"}}, "landelijk-onderwijsloket"),
    ],
)
def test_the_delivered_lokets_get_the_people_they_are_for(facts: dict[str, Any], loket: str) -> None:
    given = {name: frozenset(value) if isinstance(value, set) else value for name, value in facts.items()}

    assert route_lead(read_catalogue(CONTENT), given, "haaglanden").loket.id == loket


@pytest.mark.parametrize(
    ("facts", "loket", "words"),
    [
        # Pool West is for who is qualified already; nobody who wants to become a teacher is sent there.
        (
            {"municipality": "delft", "sector": {"po"}, "goal": "vacature", "teaching_qualification": "pabo"},
            "word-leraar-in-den-haag",
            ("basisonderwijs", "Delft", "Word leraar in Den Haag"),
        ),
        (
            {"municipality": "den-haag", "sector": {"po"}, "role": "onderwijsassistent"},
            "word-leraar-in-den-haag",
            ("basisonderwijs", "Den Haag"),
        ),
        # Twins: one city, another desk for each kind of school.
        (
            {"municipality": "den-haag", "sector": {"po"}, "diploma_level": "hbo-bachelor"},
            "aan-de-slag-haags-basisonderwijs",
            ("basisonderwijs", "Den Haag", "Aan de slag"),
        ),
        (
            {"municipality": "den-haag", "sector": {"vo"}, "diploma_level": "hbo-bachelor"},
            "de-rode-loper",
            ("voortgezet onderwijs", "Den Haag", "De Rode Loper"),
        ),
        ({"municipality": "leiden", "sector": {"po"}}, "ldb-po-loket", ("basisonderwijs", "Leiden")),
        ({"municipality": "leiden", "sector": {"vo"}}, "ldb-vo-loket", ("voortgezet onderwijs", "Leiden")),
        # Neighbours outside the regions, and what no desk here does: the national desk, and why.
        (
            {"municipality": "rotterdam", "sector": {"po"}},
            "landelijk-onderwijsloket",
            ("Rotterdam ligt buiten onze regio's",),
        ),
        (
            {"municipality": "Groningen", "sector": {"vo"}},
            "landelijk-onderwijsloket",
            ("Groningen ligt buiten onze regio's",),
        ),
        (
            {"municipality": "leiden", "sector": {"mbo"}},
            "landelijk-onderwijsloket",
            ("Voor mbo in Leiden kennen wij geen eigen loket",),
        ),
    ],
)
def test_the_reason_that_is_shown_says_why_this_loket(
    facts: dict[str, Any], loket: str, words: tuple[str, ...]
) -> None:
    given = {name: frozenset(value) if isinstance(value, set) else value for name, value in facts.items()}

    routed = route_lead(read_catalogue(CONTENT), given, "haaglanden")

    assert routed.loket.id == loket
    for each in words:
        assert each in routed.reason
    assert not any(routed.loket.id == each for each in ("pool-west", "iedereen-een-meester"))
