"""Each published record has its page, with its sources, and with no amount that it does not hold."""

import re

import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistant.site.addresses import address_of
from assistant.site.wording import partial_date_in_words
from knowledge.catalogue import Catalogue
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.place import Loket
from knowledge.programme import Programme
from knowledge.reader import CONTENT, read_catalogue
from knowledge.record import Record
from knowledge.route import Route

PUBLISHED = [record for record in read_catalogue(CONTENT) if address_of(record)]
AMOUNT = re.compile(r"€\s?(\d[\d.]*(?:,\d+)?)")


def amounts_in(text: str) -> set[str]:
    """The sums in a text, without their points at the end of a sentence."""
    return {found.rstrip(".,") for found in AMOUNT.findall(text)}


def records_on_page(catalogue: Catalogue, record: Record) -> list[Record]:
    """The records that a page about this one may lean on."""
    if not isinstance(record, Route):
        return [record]
    linked = catalogue.linked([*record.costs, *record.subsidies, *record.salaries, *record.orientations], Record)
    programmes = [each for each in catalogue.all(Programme) if record.id in each.routes]
    return [record, *linked, *programmes, *catalogue.linked(record.related, Route)]


@pytest.mark.parametrize("record", PUBLISHED, ids=lambda record: record.id)
def test_a_record_has_a_page_with_its_sources_and_only_its_own_amounts(
    visitor: TestClient, catalogue: Catalogue, record: Record
) -> None:
    answer = visitor.get(address_of(record) or "")

    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    text = " ".join(page.text_content().split())
    assert page.cssselect("h1")[0].text_content() == record.title
    told = page.cssselect("section[aria-labelledby=kop-bronnen]")[0].text_content()
    for source in (catalogue.sources[each] for each in record.sources):
        assert source.title in told
        assert partial_date_in_words(source.as_of) in told
    known = "\n".join(each.text() for each in records_on_page(catalogue, record))
    known += "\n".join(rule.statement + rule.otherwise for rule in catalogue.rules if rule.route == record.id)
    # What the picture of the purse adds up is for its own tests to hold.
    for picture in page.cssselect("#geld"):
        picture.getparent().remove(picture)
    shown = amounts_in(page.text_content())
    assert shown <= amounts_in(known), f"not in a record: {shown - amounts_in(known)}"
    if record.uncertain:
        assert "Dit weten we niet zeker." in text
    assert ("Bronnen zeggen iets anders" in text) or not record.conflicts


@pytest.mark.parametrize("record", [each for each in PUBLISHED if isinstance(each, Cost | Subsidy | Salary)], ids=str)
def test_an_amount_stands_with_its_year_and_a_source(visitor: TestClient, record: Money) -> None:
    page = html.fromstring(visitor.get(address_of(record) or "").text)

    rows = page.cssselect("table tbody tr")

    assert len(rows) == len(record.amounts)
    for row, amount in zip(rows, record.amounts, strict=True):
        text = " ".join(row.text_content().replace("\u00a0", " ").split())
        assert amount.sum_in_words() in text
        assert amount.year in text
        assert row.cssselect(".table__source")[0].text_content().strip() != "Bron"


@pytest.mark.parametrize("record", [each for each in PUBLISHED if isinstance(each, Route)], ids=lambda each: each.id)
def test_a_route_shows_its_steps_rules_and_next_step(visitor: TestClient, catalogue: Catalogue, record: Route) -> None:
    page = html.fromstring(visitor.get(f"/routes/{record.id}").text)

    steps = [each.text_content() for each in page.cssselect(".timeline__title")]
    assert steps == [step.title for step in record.steps]
    assert record.next_step in page.cssselect(".next")[0].text_content()
    statements = {each.text_content() for each in page.cssselect(".rule__what")}
    needed = {rule.statement for rule in catalogue.rules if rule.route == record.id and rule.kind != "preference"}
    assert statements == needed
    assert all(each.cssselect(".source-line") for each in page.cssselect(".rule"))


def test_what_has_ended_says_so_and_what_there_is_instead(visitor: TestClient, catalogue: Catalogue) -> None:
    ended = [each for each in catalogue.all(Subsidy) if each.status == "ended"]
    assert ended
    for record in ended:
        page = html.fromstring(visitor.get(address_of(record) or "").text)

        assert "Deze regeling bestaat niet meer." in page.text_content()
        if record.replaced_by:
            assert page.cssselect(f'.notice a[href="/subsidies/{record.replaced_by}"]')
    for loket in (each for each in catalogue.all(Loket) if each.status == "ended"):
        assert "Dit loket is gestopt." in visitor.get(f"/loketten/{loket.id}").text


def test_a_draft_is_nowhere(visitor: TestClient, catalogue: Catalogue) -> None:
    addresses = [address for each in catalogue.drafts if (address := address_of(each))]

    assert all(visitor.get(address).status_code == 404 for address in addresses)
