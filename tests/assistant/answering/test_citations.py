"""A citation of a document leads to the page or the heading where the words stand."""

from urllib.parse import unquote

import pytest

from assistant.answering.citations import address_of
from knowledge.passage import Passage
from knowledge.record import Kind


def _passage(url: str | None, **more: object) -> Passage:
    told: dict[str, object] = {
        "id": "plan#3", "source_id": "plan", "kind": "document", "title": "Plan", "text": "Er zijn 400 leraren nodig.",
        "publisher": "Onderwijsregio", "as_of": "2024", "url": url,
    }  # fmt: skip
    return Passage.model_validate(told | more)


def test_a_pdf_opens_at_the_page() -> None:
    assert address_of(_passage("https://regio.nl/plan.pdf", page=12, section="Tekorten")) == (
        "https://regio.nl/plan.pdf#page=12"
    )


@pytest.mark.parametrize("heading", ["Tekorten per vak", "Zij-instroom, en dan?", "Wat kost & levert dat op? #3 100%"])
def test_a_web_page_opens_at_the_heading(heading: str) -> None:
    address = address_of(_passage("https://regio.nl/plan", section=heading))

    assert address is not None
    page, _, fragment = address.partition("#:~:text=")
    assert page == "https://regio.nl/plan"
    assert unquote(fragment) == heading
    assert not set("-,&#") & set(fragment)


def test_an_anchor_that_the_address_has_stays() -> None:
    assert address_of(_passage("https://regio.nl/plan#h2", section="Vraag")) == "https://regio.nl/plan#h2:~:text=Vraag"
    assert address_of(_passage("https://regio.nl/plan.pdf#page=3", page=12)) == "https://regio.nl/plan.pdf#page=3"


@pytest.mark.parametrize("url", [None, "file:///plan.html", "mailto:regio@regio.nl"])
def test_what_is_no_web_page_stays_as_it_is(url: str | None) -> None:
    assert address_of(_passage(url, section="Vraag")) == url


def test_a_heading_of_our_own_record_is_not_looked_for_on_the_page_of_its_source() -> None:
    passage = _passage("https://regio.nl/plan", section="Feiten", record_id="pabo", kind=Kind.TERM)

    assert address_of(passage) == "https://regio.nl/plan"
