"""What is read from every page case: made into a real document, converted, and read as ingestion does."""

import time
from collections.abc import Iterator

from evaluation.casebook import Casebook
from evaluation.ingestion.build import document_of
from evaluation.ingestion.case import PageCase
from evaluation.product import Product
from ingestion.convert import text_of
from ingestion.extract.finding import Finding, PageKind
from ingestion.extract.reading import ConvertedPage, read_page
from ingestion.extract.vocabulary import Vocabulary, vocabulary_of
from knowledge.record import Frozen

_ADDRESS = "https://voorbeeld.example/pagina"


class PageRead(Frozen):
    """What came of one page, and how long it took."""

    id: str
    kind: PageKind
    findings: tuple[Finding, ...]
    seconds: float
    """Of converting and reading."""


def generate(product: Product, casebook: Casebook) -> Iterator[PageRead]:
    """One a page."""
    vocabulary = vocabulary_of(product.publication.catalogue)
    return (read_case(case, vocabulary) for case in casebook.pages)


def read_case(case: PageCase, vocabulary: Vocabulary) -> PageRead:
    """Convert and read the document of a case."""
    raw = document_of(case)
    began = time.perf_counter()
    title, content = text_of(raw, f".{case.format}", with_footer=True)
    html = case.page if case.format == "html" else ""
    page = read_page(ConvertedPage(content, case.as_of, title, _ADDRESS, html), vocabulary)
    return PageRead(id=case.id, kind=page.kind, findings=page.findings, seconds=time.perf_counter() - began)
