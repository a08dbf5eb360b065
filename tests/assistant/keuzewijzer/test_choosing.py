"""What a keuzewijzer may be made for, and what is said where it cannot."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.keuzewijzer.choosing import LONGEST_BOARD, SECTORS, NotChosen, asked_first, board_name, select
from knowledge.catalogue import Catalogue
from knowledge.place import Region
from knowledge.route import Route

DAY = date(2026, 9, 1)


@pytest.mark.parametrize("sector", SECTORS)
def test_who_names_no_route_gets_those_that_boards_ask_about_first(catalogue: Catalogue, sector: str) -> None:
    for region in catalogue.all(Region):
        selection = select(catalogue, sector, region.id, [], "Stichting De Zonnewijzer", DAY)

        assert [route.id for route in selection.routes] == list(asked_first(sector))  # type: ignore[arg-type]
        assert all(sector in route.sectors for route in selection.routes)


@pytest.mark.parametrize(
    ("field", "changed", "english", "dutch"),
    [
        ("sector", {"sector": "basisonderwijs"}, "did you mean po", "Kies een soort onderwijs"),
        ("region", {"region": "leiden"}, "did you mean ldb", "Bedoel je ldb"),
        ("region", {"region": "mars"}, "use one of: haaglanden, ldb, hak", "haaglanden"),
        ("route", {"routes": ["pabo-vltijd"]}, "did you mean pabo-voltijd", "Bedoel je pabo-voltijd"),
        ("route", {"routes": ["pdg-mbo-zij-instroom"]}, "is for mbo, not for po", "niet voor basisonderwijs"),
        ("board", {"board": " \t "}, "holds no letters", "Vul de naam"),
        ("board", {"board": "🌻🌻"}, "holds no letters", "Vul de naam"),
        ("board", {"board": "a" * 500}, "longer than 120", "te lang"),
        ("board", {"board": "a" * 9_000}, "longer than 120", "te lang"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    catalogue: Catalogue, field: str, changed: dict[str, object], english: str, dutch: str
) -> None:
    good: dict[str, object] = {"sector": "po", "region": "ldb", "routes": [], "board": "De Zonnewijzer"}

    with pytest.raises(NotChosen) as refused:
        select(catalogue, on=DAY, **(good | changed))  # type: ignore[arg-type]

    assert refused.value.field == field
    assert english in str(refused.value)
    assert dutch in refused.value.dutch


def test_more_routes_than_a_board_reads_are_refused(catalogue: Catalogue) -> None:
    every = [route.id for route in catalogue.all(Route) if "po" in route.sectors]

    with pytest.raises(NotChosen, match="at most 12"):
        select(catalogue, "po", "ldb", every, "De Zonnewijzer", DAY)


def test_a_route_named_twice_is_told_once(catalogue: Catalogue) -> None:
    selection = select(catalogue, "po", "ldb", ["pabo-voltijd", "pabo-voltijd"], "De Zonnewijzer", DAY)

    assert [route.id for route in selection.routes] == ["pabo-voltijd"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Stichting "De Zonnewijzer" & Co', 'Stichting "De Zonnewijzer" & Co'),
        ("  Vereniging\n‘t Spaarne ", "Vereniging ‘t Spaarne"),
        ("Cafe\u0301 Onderwijs", "Café Onderwijs"),
        ("Zonne🌻wijzer\u202e", "Zonnewijzer"),
        ('#eval("1+1") *vet* <b>x</b>', '#eval("1+1") *vet* <b>x</b>'),
    ],
)
def test_a_name_is_one_line_of_signs_that_can_be_printed_and_keeps_the_rest(typed: str, printed: str) -> None:
    assert board_name(typed) == printed


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_name_is_refused_or_becomes_one_printable_line(typed: str) -> None:
    try:
        name = board_name(typed)
    except NotChosen:
        return

    assert 0 < len(name) <= LONGEST_BOARD
    assert name.splitlines() == [name]
    assert board_name(name) == name
