"""Configurations of the search: ready by name, compared case by case, and honest about what is not installed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.published import Publication
from assistant.settings import Settings
from evaluation.case import Case
from evaluation.casebook import Casebook
from evaluation.product import Product
from evaluation.retrieval.comparison import comparison
from evaluation.retrieval.configurations import CONFIGURATIONS, chosen
from evaluation.retrieval.generate import Found, generate
from knowledge.index.vocabulary import Vocabulary

Make = Callable[..., Any]


def found(configuration: str, case_id: str, *records: str, says: str = "words") -> Found:
    """What a configuration finds."""
    return Found(id=case_id, records=records, milliseconds=2.0, configuration=configuration, says=says)


def test_all_is_every_configuration_and_the_served_one_is_always_among_them() -> None:
    assert [each.name for each in chosen(["all"])] == list(CONFIGURATIONS)
    assert [each.name for each in chosen(["bm25"])] == ["hybrid", "bm25"]
    assert chosen([]) == []
    with pytest.raises(ValueError, match="nothing: choose from bm25, edge-bm25"):
        chosen(["nothing"])


def test_each_is_held_against_the_served_one_on_the_same_cases(case: Make, casebook: Make) -> None:
    ids = [f"zaak-{number}" for number in range(60)]
    book: Casebook = casebook(*(case(each, cites_any=["goed"]) for each in ids))
    served = [found("hybrid", each, "goed") for each in ids]
    worse = [found("bm25", each, "x", "goed") for each in ids]
    alone = [found("words-no-joining", each, "goed") for each in ids[:1]]
    missing = Found(id="", records=(), milliseconds=0, configuration="sentence-transformers:x", says="not installed")

    table = comparison(book, [*served, *worse, *alone, missing])

    assert table.rows[0][:7] == (
        "hybrid",
        "words",
        "60",
        "100.0%",
        "100.0%",
        "1.000",
        "+0.000 (+0.000 to +0.000) to hybrid: no difference",
    )
    assert table.rows[1][3:7] == ("0.0%", "100.0%", "0.500", "-0.500 (-0.500 to -0.500) to hybrid: worse")
    assert table.rows[2][6] == "edge-bm25 was not asked"
    assert table.rows[3] == ("sentence-transformers:x", "not installed", "-", "-", "-", "-", "-", "-")


def test_words_can_be_read_without_parts_and_without_joining() -> None:
    texts = ["deeltijd opleiding", "deeltijdopleiding", "zijinstroom", "zij instroom"]

    as_served, plain = Vocabulary.of(texts), Vocabulary.of(texts, part_weight=0.0, joins=False)

    assert set(as_served.query_weights("deeltijdopleiding")) > set(plain.query_weights("deeltijdopleiding"))
    assert set(as_served.query_weights("zij instroom")) > set(plain.query_weights("zij instroom"))


def test_the_peer_searches_the_same_passages_and_meaning_needs_an_embedder(
    lexical: Publication, today: date, tmp_path: Path, case: Callable[..., Case], casebook: Make
) -> None:
    settings = Settings(var=tmp_path, embedder="none")
    product = Product(settings, on=today, publication=lexical, configurations=("bm25", "e5", "hybrid-no-joining"))
    book = casebook(case("a", "wat kost een verklaring omtrent het gedrag", cites_any=["kosten-vog"]))

    outputs = [each for each in generate(product, book) if each.configuration]

    by_name = {each.configuration: each for each in outputs}
    assert "kosten-vog" in by_name["bm25"].records
    assert by_name["hybrid-no-joining"].says == "LOKET_EMBEDDER is `none`"
    assert by_name["e5"].id == ""
