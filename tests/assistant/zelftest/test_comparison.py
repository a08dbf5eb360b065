"""Two to four routes side by side: every cell says something, with its source."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.comparison import LABELS, MOST, Comparison, NotComparable, Row, comparison, nearest_routes
from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.money import Money
from knowledge.programme import MONTHS, Programme
from knowledge.route import Route

PAIR = ("zij-instroom-po", "pabo-deeltijd")


def knowing(**facts: FactValue) -> Profile:
    return Profile().with_facts(KnownFact(name=name, value=value, origin="chosen") for name, value in facts.items())


def row_of(table: Comparison, aspect: str) -> Row:
    [row] = [each for each in table.rows if each.aspect == aspect]
    return row


def texts(row: Row) -> list[list[str]]:
    return [[line.text for line in cell.lines] for cell in row.cells]


def test_every_pair_of_routes_has_a_full_table_without_an_empty_cell(eligibility: Eligibility) -> None:
    routes = [route.id for route in eligibility.catalogue.all(Route)]

    for pair in combinations(routes, 2):
        table = comparison(eligibility, pair)

        assert [route.id for route in table.routes] == list(pair)
        assert all(len(row.cells) == 2 for row in table.rows)
        assert all(cell.lines and all(line.text for line in cell.lines) for row in table.rows for cell in row.cells)


def test_what_a_cell_says_has_a_source_with_a_date_unless_it_is_not_known(eligibility: Eligibility) -> None:
    for route in eligibility.catalogue.all(Route):
        table = comparison(eligibility, (route.id, "pabo-voltijd" if route.id != "pabo-voltijd" else "empo"))

        for cell in (cell for row in table.rows for cell in row.cells):
            for line in cell.lines:
                assert (line.source is not None) is cell.is_known
                assert cell.is_known or line.text == "Niet bekend: vraag het loket."
                assert line.source is None or line.source.as_of


def test_an_amount_stands_in_its_record_and_tells_its_year(eligibility: Eligibility, catalogue: Catalogue) -> None:
    for route in catalogue.all(Route):
        table = comparison(eligibility, (route.id, "pabo-voltijd" if route.id != "pabo-voltijd" else "empo"))

        for line in (line for row in table.rows for cell in row.cells for line in cell.lines if line.year):
            record = catalogue.find(line.record or "")
            if isinstance(record, Money):
                sums = [(amount.sum_in_words(), amount.year) for amount in record.amounts]
                assert any(words in line.text and year == line.year for words, year in sums)
                assert line.year in line.text


def test_what_the_visitor_pays_comes_before_what_the_school_pays(eligibility: Eligibility) -> None:
    [zij_instroom, _] = texts(row_of(comparison(eligibility, PAIR), "cost"))

    payers = ["betaal je zelf" in line for line in zij_instroom]

    assert True in payers
    assert payers == sorted(payers, reverse=True)


def test_who_told_nothing_gets_no_verdict(eligibility: Eligibility) -> None:
    table = comparison(eligibility, PAIR, Profile())

    assert table.rows[0].aspect == "duration"
    assert all(route.verdict is None for route in table.routes)


def test_who_told_something_gets_the_verdict_and_what_is_missing(eligibility: Eligibility) -> None:
    table = comparison(eligibility, PAIR, knowing(sector=frozenset({"po"}), role="leraar", diploma_level="havo"))

    assert [route.verdict for route in table.routes] == ["does_not_fit", "possible"]
    assert texts(row_of(table, "verdict")) == [["Past nu niet"], ["Past misschien"]]
    [refused, still_open] = texts(row_of(table, "missing"))
    assert any("hbo" in line for line in refused)
    assert still_open[-1].startswith("Nog te vragen: ")


@given(
    picked=st.lists(st.integers(0, 45), min_size=2, max_size=MOST, unique=True),
    level=st.sampled_from(["geen", "havo", "mbo-4", "hbo-bachelor", "wo-master"]),
    sector=st.sampled_from(["po", "so", "vo", "mbo"]),
)
@settings(max_examples=60, deadline=None)
def test_the_verdicts_are_those_of_the_zelftest(
    eligibility: Eligibility, picked: Sequence[int], level: str, sector: str
) -> None:
    routes = eligibility.catalogue.all(Route)
    ids = list(dict.fromkeys(routes[at % len(routes)].id for at in picked))
    profile = knowing(sector=frozenset({sector}), diploma_level=level)
    if len(ids) < 2:
        return

    table = comparison(eligibility, ids, profile)

    for compared in table.routes:
        assert compared.verdict == eligibility.verdict(compared.id, profile.facts()).verdict
    assert all(cell.lines for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_labels_are_in_the_language_asked_for(eligibility: Eligibility, locale: str) -> None:
    table = comparison(eligibility, PAIR, knowing(diploma_level="havo"), locale=locale)

    assert [row.label for row in table.rows] == list(LABELS[locale].values())


def test_the_programmes_of_the_own_region_come_first(catalogue: Catalogue, eligibility: Eligibility) -> None:
    fields = {
        "routes": PAIR[:1],
        "institution": "inholland",
        "summary": "Een opleiding.",
        "sources": catalogue.find("inholland").sources,
    }  # type: ignore[union-attr]
    programmes = [
        Programme.model_validate({"id": "ver", "title": "Ver weg", "starts_in": [9], "regions": ["hak"], **fields}),
        Programme.model_validate({"id": "dichtbij", "title": "Dichtbij", "starts_in": [2], "regions": ["ldb"], "places": ["Leiden"], **fields}),
    ]  # fmt: skip
    content = catalogue.content
    others = [each for each in content.records if not isinstance(each, Programme)]
    with_programmes = Catalogue("test", type(content)(**{**vars(content), "records": (*others, *programmes)}))

    table = comparison(Eligibility(with_programmes, eligibility.on), PAIR, region="ldb")

    [starts, _] = texts(row_of(table, "starts"))
    offered = [line for line in starts if "Inholland" in line]
    assert "(Leiden)" in offered[0]
    assert MONTHS[1] in offered[0]
    assert MONTHS[8] in offered[1]


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        ([], "minstens twee"),
        (["pabo-voltijd"], "minstens twee"),
        (["pabo-voltijd", "pabo-voltijd"], "twee keer dezelfde route: Voltijd pabo"),
        (["pabo-voltijd", "pabo-deeltijd", "pabo-duaal", "empo", "zij-instroom-po"], "hoogstens vier"),
        (["pabo-voltijd", "pabo-deeltijt"], "kennen we niet: ‘pabo-deeltijt’"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(
    eligibility: Eligibility, ids: list[str], says: str
) -> None:
    with pytest.raises(NotComparable, match=says):
        comparison(eligibility, ids)


def test_a_misspelt_id_and_a_lone_route_bring_suggestions(eligibility: Eligibility) -> None:
    with pytest.raises(NotComparable) as misspelt:
        comparison(eligibility, ["pabo-deeltijt", "pabo-voltijd"])
    with pytest.raises(NotComparable) as alone:
        comparison(eligibility, ["zij-instroom-po"])

    assert misspelt.value.suggestions[0] == "pabo-deeltijd"
    assert set(alone.value.suggestions) <= set(eligibility.catalogue.get("zij-instroom-po", Route).related)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_words_at_all_get_suggestions_that_exist_or_none(eligibility: Eligibility, wanted: str) -> None:
    routes = eligibility.catalogue.all(Route)

    assert set(nearest_routes(routes, wanted)) <= {route.id for route in routes}
