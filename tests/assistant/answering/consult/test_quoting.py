"""What a document says is told with its year, and what is old is said to be."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.answering.compose import Composed
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.explanations import quote
from assistant.answering.reply import TextBlock
from assistant.answering.verify import Verified
from knowledge.index.search import Hit
from knowledge.passage import Passage

Write = Callable[..., tuple[Composed, Verified]]


@pytest.mark.parametrize(
    ("as_of", "locale", "said"),
    [
        ("2024-05", "nl", "Dit document is van 2024. Het kan nu anders zijn."),
        ("2023", "en", "This document is from 2023. It may be different now."),
        ("2025-12-31", "nl", ""),
        ("2026", "en", ""),
    ],
)
def test_an_old_document_is_said_to_be_old(write: Write, as_of: str, locale: str, said: str) -> None:
    passage = Passage(
        id="plan#1", source_id="plan", kind="document", title="Plan", text="In de regio zijn 400 leraren nodig.",
        publisher="Onderwijsregio", as_of=as_of,
    )  # fmt: skip
    asked = SimpleNamespace(today=date(2026, 11, 28), understood=SimpleNamespace(text="hoeveel leraren zijn er nodig?"))

    composed, verified = write(quote(cast(Consultation, asked), Hit(passage, 1.0, 0.9, 1.0)), cast(Any, locale))

    block, *_ = [each for each in composed.reply.blocks if isinstance(each, TextBlock)]
    assert verified.holds, verified.unsupported
    assert (said in block.text) if said else ("Het kan nu" not in block.text and "It may be" not in block.text)
    assert as_of[:4] in block.text
