"""What the search finds for every question."""

import time
from collections.abc import Iterator

from evaluation.casebook import Casebook
from evaluation.product import Product
from evaluation.retrieval.configurations import NotInstalled, Shelf, chosen, made_ready, timed
from knowledge.record import Frozen

_PASSAGES = 30


class Found(Frozen):
    """The records that a question finds, best first, none twice."""

    id: str
    records: tuple[str, ...]
    milliseconds: float
    """The embedding of the question and the search; of a configuration the search alone, 0 where it is tried in memory."""
    configuration: str = ""
    """Of a set-up that is compared; empty for the search as it is served."""
    says: str = ""
    """What that set-up is, or why it could not be tried; then `id` is empty."""


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
    yield from _compared(product, casebook)


def _compared(product: Product, casebook: Casebook) -> Iterator[Found]:
    """The same questions with every configuration that is asked for."""
    shelf = Shelf(product)
    for configuration in chosen(product.configurations):
        try:
            retrieve = made_ready(configuration, shelf)
        except NotInstalled as error:
            yield Found(id="", records=(), milliseconds=0, configuration=configuration.name, says=str(error))
            continue
        for case in casebook.cases:
            if case.question and case.expect.cites_any:
                if configuration.is_timed and shelf.home.model is not None:
                    shelf.asked(shelf.home.model, case.question)  # which is the same for all, and not timed
                records, took = timed(retrieve, case.question, case.region)
                yield Found(id=case.id, records=tuple(records), milliseconds=took if configuration.is_timed else 0.0, configuration=configuration.name,
                            says=configuration.says)  # fmt: skip
