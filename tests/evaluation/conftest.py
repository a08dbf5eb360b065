"""Hand-made cases and outputs, small enough to score by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from evaluation.answering.generate import Conversed, Said
from evaluation.case import Case, Persona
from evaluation.casebook import Casebook


def _case(case_id: str, question: str = "wat kost de pabo", **expect: Any) -> Case:
    return Case.model_validate(
        {
            "id": case_id, "topic": "kosten", "question": question, "visitor": "student", "style": "plain",
            "expect": expect, "source": "Rijksoverheid",
        }
    )  # fmt: skip


def _persona(persona_id: str, **expect: Any) -> Persona:
    return Persona.model_validate(
        {
            "id": persona_id, "topic": "po", "who": "Iemand", "visitor": "student", "facts": {"sector": ["po"]},
            "expect": {route.replace("_", "-"): verdict for route, verdict in expect.items()}, "source": "Onderwijsloket",
        }
    )  # fmt: skip


def _casebook(*items: Case | Persona) -> Casebook:
    return Casebook(
        tuple(item for item in items if isinstance(item, Case)),
        tuple(item for item in items if isinstance(item, Persona)),
    )


def _conversed(
    case_id: str, text: str, *cites: str, status: str = "answered_record", evidence: str = "", own_words: str = ""
) -> Conversed:
    reply = {
        "status": status,
        "blocks": [{"type": "text", "text": text, "html": text}],
        "citations": [{"n": n, "record_id": each} for n, each in enumerate(cites, start=1)],
        "quick_replies": [],
        "understanding": {"intent": "cost", "confidence": 0.5},
    }
    said = Said(reply=reply, evidence=(evidence,), own_words=own_words, template="record", milliseconds=10.0)
    return Conversed(id=case_id, turns=(said,))


@pytest.fixture
def case() -> Callable[..., Case]:
    """`case("een", says=["113"])`: a case that expects this."""
    return _case


@pytest.fixture
def persona() -> Callable[..., Persona]:
    """`persona("een", zij_instroom_po="fits")`: a persona with these verdicts."""
    return _persona


@pytest.fixture
def casebook() -> Callable[..., Casebook]:
    """`casebook(case, persona)`: these together."""
    return _casebook


@pytest.fixture
def conversed() -> Callable[..., Conversed]:
    """`conversed("een", "De tekst.", "cited-record")`: a conversation of one turn that ended like this."""
    return _conversed
