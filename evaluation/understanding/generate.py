"""What the assistant makes of every message."""

from collections.abc import Iterator
from typing import Any

from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.record import Frozen


class Heard(Frozen):
    """How the last message of a case was read."""

    id: str
    intent: str
    confidence: float
    language: str
    facts: dict[str, Any]
    """Everything that is known after it."""


def generate(product: Product, casebook: Casebook) -> Iterator[Heard]:
    """One a case, in order."""
    for case in casebook.cases:
        *_, last = product.converse(case)
        read = last.reply.understanding
        yield Heard(
            id=case.id,
            intent=read.intent,
            confidence=read.confidence,
            language=read.language,
            facts={name: seen.value for name, seen in read.facts.items()},
        )
