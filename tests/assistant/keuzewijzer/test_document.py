"""What stands in a keuzewijzer: all that a board needs, each statement with its source, each amount with its year."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.keuzewijzer.choosing import SECTORS
from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.prose import parts_of
from assistant.keuzewijzer.tables import _groups
from knowledge.catalogue import Catalogue
from knowledge.money import Money
from knowledge.place import Region
from knowledge.route import Route

Make = Callable[..., Keuzewijzer]
REGIONS = ("haaglanden", "ldb", "hak")


def found(value: Any, name: str) -> Iterator[Any]:
    """Every value under that name, however deep."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == name:
                yield each
            yield from found(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from found(each, name)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_in_every_region_gets_a_whole_document(made: Make, sector: str, region: str) -> None:
    document = made(sector, region)

    assert document.routes
    assert document.contacts, "a board always finds somebody to call"
    assert (
        document.contacts[-1].title.startswith("Landelijk Onderwijsloket")
        or "Onderwijsloket" in document.contacts[-1].title
    )
    for route in document.routes:
        assert route.steps
        assert route.facts
        assert route.admission
        assert route.first_step
        assert [each.side for each in route.agreements] == ["De school", "De kandidaat"]


def test_each_number_points_at_a_source_that_is_listed_and_each_listed_source_is_used(made: Make) -> None:
    for sector, region in (("po", "ldb"), ("vo", "hak"), ("mbo", "haaglanden")):
        data = made(sector, region).model_dump(mode="json")

        used = {number for refs in found(data, "refs") for number in refs} | set(found(data, "ref"))
        listed = [source["number"] for source in data["sources"]]

        assert listed == list(range(1, len(listed) + 1))
        assert used == set(listed)


def test_each_amount_stands_in_a_record_with_its_year(made: Make, catalogue: Catalogue) -> None:
    known = {
        (amount.sum_in_words(), amount.year)
        for record in catalogue
        if isinstance(record, Money)
        for amount in record.amounts
    }
    for sector in SECTORS:
        for region in REGIONS:
            document = made(sector, region)

            sums = [each for route in document.routes for each in route.costs]
            sums += [each for route in document.routes for scheme in route.schemes for each in scheme.sums]
            assert sums
            assert all((each.amount, each.year) in known and each.refs for each in sums)


def test_zij_instroom_tells_a_board_what_it_must_what_it_may_and_what_can_go_wrong(made: Make) -> None:
    [route] = made("po", "ldb", routes=("zij-instroom-po",)).routes

    school, candidate = route.agreements
    assert any("geschiktheidsonderzoek" in each.text and each.refs for each in school.duties)
    assert any("verlengen" in each.text and each.basis for each in school.rights)
    assert candidate.rights
    assert candidate.duties
    assert route.guidance
    assert route.risks
    [grant] = [each for each in route.schemes if each.title.startswith("Subsidie zij-instroom")]
    assert (grant.is_for_school, grant.status) == (True, "Loopt")
    assert "15 oktober" in grant.apply
    assert grant.conditions


def test_a_trajectory_is_counted_as_planned_delayed_and_stopped_with_what_that_rests_on(made: Make) -> None:
    [route] = made("po", "ldb", routes=("zij-instroom-po",)).routes

    assert route.cases is not None
    assert [each.label for each in route.cases.columns] == ["Volgens plan", "Met vertraging", "Gestopt"]
    rows = {row.label: row.cells for row in route.cases.rows}
    # By hand, from the records: 1,900 to 2,600 and 12,300, and what is left of 60,000 over 24 months; 25,000 comes in.
    assert rows["Kosten samen"][0] == "€ 59.300 tot € 60.700"
    assert rows["Wat de school zelf betaalt"][0] == "€ 34.300 tot € 35.700"
    assert rows["Duur"] == ("24 maanden", "36 maanden", "12 maanden")
    assert all(row.cells and "niet bekend" not in row.cells for row in route.cases.rows)
    assert any("Geen bron" in each.text for each in route.cases.assumptions)
    assert all(each.refs for each in route.cases.assumptions if "Bedrag van" in each.text)
    assert made("po", "ldb", routes=("herintreder-po",)).routes[0].cases is None


def test_where_a_cost_is_not_known_nothing_is_said_to_be_left(made: Make) -> None:
    [route] = made("mbo", "haaglanden", routes=("pdg-mbo-zij-instroom",)).routes

    assert route.cases is not None
    assert not route.cases.is_complete
    assert not route.cases.bars
    [net] = [row.cells for row in route.cases.rows if row.label == "Wat de school zelf betaalt"]
    assert all(cell.startswith("niet te zeggen") for cell in net)


def test_what_is_for_the_school_comes_first_and_what_has_ended_last(made: Make) -> None:
    for sector in SECTORS:
        for route in made(sector, "haaglanden").routes:
            order = [(each.tone == "bad", not each.is_for_school) for each in route.schemes]
            assert order == sorted(order)


def test_prices_of_another_sector_are_left_out(made: Make) -> None:
    [po] = made("po", "ldb", routes=("zij-instroom-po",)).routes
    [vo] = made("vo", "ldb", routes=("zij-instroom-vo-tweedegraads",)).routes

    assert not [each.label for each in po.costs if "tweedegraads" in each.label]
    assert not [each.label for each in vo.costs if "basisonderwijs" in each.label or "eerstegraads" in each.label]
    assert not [each.what for each in vo.costs if "pabo" in each.what]
    assert any("tweedegraads" in each.label for each in vo.costs)
    assert any("basisonderwijs" in each.label for each in po.costs)


@pytest.mark.parametrize(
    ("number", "sizes"), [(1, []), (2, [2]), (4, [4]), (5, [3, 2]), (7, [3, 2, 2]), (12, [3, 3, 3, 3])]
)
def test_routes_stand_side_by_side_in_tables_of_two_to_four(
    made: Make, catalogue: Catalogue, number: int, sizes: list[int]
) -> None:
    routes = tuple(route.id for route in catalogue.all(Route) if "po" in route.sectors)[:number]

    document = made("po", "ldb", routes=routes)

    assert [len(table.columns) - 1 for table in document.tables] == sizes
    assert [title for table in document.tables for title in table.columns[1:]] == (
        [route.title for route in document.routes] if number > 1 else []
    )


@given(st.integers(2, 40))
def test_no_route_stands_alone_in_a_table(number: int) -> None:
    groups = _groups([str(each) for each in range(number)])

    assert [each for group in groups for each in group] == [str(each) for each in range(number)]
    assert all(2 <= len(group) <= 4 for group in groups)


def test_a_region_that_does_not_serve_the_sector_says_so_and_names_who_does(made: Make, catalogue: Catalogue) -> None:
    document = made("vo", "hak")

    assert "niet voor voortgezet onderwijs" in document.place.note
    assert "Talent als Docent" in [contact.title for contact in document.contacts]
    assert document.place.uncertain == ""
    there = made("po", "hak").place
    assert there.note == ""
    assert there.uncertain == catalogue.get("hak", Region).uncertain


def test_what_is_not_sure_of_a_route_and_its_money_is_said(made: Make, catalogue: Catalogue) -> None:
    for sector in SECTORS:
        for chapter in made(sector, "haaglanden").routes:
            route = catalogue.get(chapter.id, Route)
            about = {each.about for each in chapter.conflicts}
            doubts = " ".join(each.text for each in chapter.doubts)

            assert about >= {each.about for each in route.conflicts}
            assert route.uncertain in doubts
            for cost in catalogue.linked(route.costs, Money):
                if cost.title in {each.what for each in chapter.costs}:
                    assert cost.uncertain in doubts
                    assert about >= {each.about for each in cost.conflicts}
            shown = {each.title for each in chapter.schemes}
            for scheme in catalogue.linked(route.subsidies, Money):
                if scheme.title in shown:
                    assert about >= {each.about for each in scheme.conflicts}


def test_the_same_selection_gives_the_same_document_and_another_board_only_another_name(made: Make) -> None:
    first, again, other = made("po", "ldb"), made("po", "ldb"), made("po", "ldb", "Vereniging Spaarne")

    assert first == again
    assert first.model_copy(update={"board": "Vereniging Spaarne"}) == other


@given(st.text(alphabet="ab #*-`\n1.[]()<>&", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_markdown_becomes_blocks_with_words(text: str) -> None:
    for part in parts_of(text):
        assert part.blocks
        assert all(block.texts for block in part.blocks)


def test_markdown_is_told_without_its_marks() -> None:
    parts = parts_of("Eerst **vet** en [een link](https://example.org).\n\n## Kop\n\n- een\n- twee\n  - en drie\n")

    assert parts[0].blocks[0].texts == ("Eerst vet en een link.",)
    assert parts[1].title == "Kop"
    assert parts[1].blocks[0].texts == ("een", "twee en drie")
