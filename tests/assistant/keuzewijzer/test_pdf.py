"""The PDF, read back: everything is in it, accessible, the same each time, and nothing in it was run."""

import io
import re
import time
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assistant.eligibility.verdict import Eligibility
from assistant.keuzewijzer.choosing import MOST_ROUTES, NotChosen, routes_of, select
from assistant.keuzewijzer.compose import compose
from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.logo import read_logo
from assistant.keuzewijzer.pdf import as_pdf
from knowledge.catalogue import Catalogue

Make = Callable[..., Keuzewijzer]
TODAY = date(2026, 9, 1)
THREE = (("po", "ldb"), ("vo", "hak"), ("mbo", "haaglanden"))
AMOUNT = re.compile(r"€\s?\d[\d.]*(?:,\d\d)?")
TYPST = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#include "keuzewijzer.json"',
    "#while true {}",
    "$ sum_(i=0)^n $ *vet* _schuin_ = Kop",
    "] #panic() [",
    '"; #panic(); "',
    "\\#{ } // /* @label <bron-1>",
)


def words(pdf: bytes) -> str:
    """The text of every page on one line, without the hyphens at which lines were broken."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("-\n", "-").replace("\u00ad", "").split())


def letters(text: str) -> str:
    """The text without spaces and hyphens, which differ with every break of a line."""
    return re.sub(r"[\s\u00ad-]", "", text)


@pytest.mark.parametrize(("sector", "region"), THREE)
def test_every_route_step_right_and_source_can_be_read_in_it(made: Make, sector: str, region: str) -> None:
    document = made(sector, region)

    read = letters(words(as_pdf(document)))

    for route in document.routes:
        assert letters(route.title) in read
        assert all(letters(step.title) in read for step in route.steps)
        for side in route.agreements:
            # A sentence that runs on to the next page has the foot and head of the pages in it.
            said = [each.text for each in (*side.rights, *side.duties)]
            assert all(letters(each[:40]) in read for each in said)
    assert all(letters(contact.title) in read for contact in document.contacts)
    assert all(letters(source.title) in read for source in document.sources)
    assert letters(document.board) in read
    assert letters(document.day) in read


@pytest.mark.parametrize(("sector", "region"), THREE)
def test_every_amount_in_it_stands_in_a_record(made: Make, catalogue: Catalogue, sector: str, region: str) -> None:
    document = made(sector, region)
    known = {letters(each) for record in catalogue for each in AMOUNT.findall(record.text())}
    counted = {letters(each) for each in AMOUNT.findall(document.model_dump_json(include={"routes": {"__all__": {"cases"}}}))}  # fmt: skip

    amounts = {letters(each).rstrip(".") for each in AMOUNT.findall(words(as_pdf(document)))}

    assert len(amounts) >= 5
    assert amounts <= {each.rstrip(".") for each in known | counted}


def test_it_is_accessible_and_says_what_it_is(made: Make, picture: Callable[..., bytes]) -> None:
    pdf = as_pdf(made("po", "ldb"), read_logo(picture()))

    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"].get_object()
    assert b"pdfuaid:part" in pdf or b"pdfuaid" in pdf
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Keuzewijzer basisonderwijs voor Stichting De Zonnewijzer"
    assert {str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)} >= {"In het kort", "Bronnen"}
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)


def test_the_same_choices_give_the_same_bytes(made: Make, picture: Callable[..., bytes]) -> None:
    document, logo = made("vo", "hak"), read_logo(picture())

    assert as_pdf(document, logo) == as_pdf(document, logo)
    assert as_pdf(document, logo) != as_pdf(made("vo", "hak", "Een ander bestuur"), logo)


def test_it_is_there_within_five_seconds_with_as_many_routes_as_can_be(made: Make, catalogue: Catalogue) -> None:
    routes = tuple(each.id for each in routes_of(catalogue, "po", TODAY))[:MOST_ROUTES]
    document = made("po", "ldb", routes=routes)

    began = time.thread_time()
    as_pdf(document)

    assert time.thread_time() - began < 5


@pytest.mark.parametrize("board", TYPST)
def test_typst_in_a_name_is_printed_and_not_run(made: Make, board: str) -> None:
    read = letters(words(as_pdf(made("mbo", "haaglanden", board, ("mbo-instructeur",)))))

    assert letters(board) in read
    assert "root:x:" not in read


def test_markup_in_a_name_is_printed_and_not_run(eligibility: Eligibility, payloads: list[str]) -> None:
    for payload in payloads[:25]:
        try:
            selection = select(eligibility.catalogue, "mbo", "hak", ["mbo-instructeur"], payload[:120], eligibility.on)
        except NotChosen:
            continue
        first = PdfReader(io.BytesIO(as_pdf(compose(eligibility, selection)))).pages[0].extract_text()

        assert letters(selection.board) in letters(first)


@given(board=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_name_that_is_taken_can_be_set(eligibility: Eligibility, board: str) -> None:
    try:
        selection = select(eligibility.catalogue, "mbo", "hak", ["mbo-instructeur"], board, eligibility.on)
    except NotChosen:
        return

    assert as_pdf(_composed(eligibility, selection.board)).startswith(b"%PDF")


def test_a_sign_that_no_font_has_costs_nothing_but_itself(made: Make) -> None:
    document = made("mbo", "hak", routes=("mbo-instructeur",))
    [route] = document.routes
    strange = route.model_copy(update={"first_step": "Bel 🌻 het loket \u4e2d."})

    pdf = as_pdf(document.model_copy(update={"routes": (strange,)}))

    assert letters("Bel het loket") in letters(words(pdf))


@cache
def _composed(eligibility: Eligibility, board: str) -> Keuzewijzer:
    return compose(eligibility, select(eligibility.catalogue, "mbo", "hak", ["mbo-instructeur"], board, eligibility.on))
