"""What the search finds for every question."""

import time
from collections.abc import Iterator

from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.record import Frozen

_PASSAGES = 30


class Found(Frozen):
    """The records that a question finds, best first, none twice."""

    id: str
    records: tuple[str, ...]
    milliseconds: float
    """The embedding of the question and the search."""


def generate(product: Product, casebook: Casebook) -> Iterator[Found]:
    """One a case that names records and is one question; a follow-up says too little to search with."""
    search = product.ready.search
    for case in casebook.cases:
        if case.question and case.expect.cites_any:
            began = time.perf_counter()
            hits = search.search(case.question, on=product.on, region=case.region, limit=_PASSAGES)
            took = 1000 * (time.perf_counter() - began)
            found = dict.fromkeys(hit.passage.record_id or hit.passage.source_id for hit in hits)
            yield Found(id=case.id, records=tuple(found), milliseconds=took)
