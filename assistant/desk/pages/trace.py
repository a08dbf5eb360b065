"""What the sentences of an answer rest on, for an adviser who wants to check one."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.leads.lead import LeansOn

_FIELDS = {
    "title": "titel", "summary": "samenvatting", "body": "uitleg", "details": "gegevens", "amounts": "bedragen", "uncertain":
    "wat niet zeker is", "conflicts": "waar bronnen het niet eens zijn", "claim": "wat een bron zegt", "source": "bron en datum",
    "statement": "regel", "otherwise": "regel: wat er wel kan", "needs_adviser": "regel voor de adviseur", "condition":
    "voorwaarde van een regel", "verdict": "oordeel over de route", "change": "wat de route mogelijk maakt", "sum":
    "opgeteld uit de bedragen", "label": "naam van een gegeven", "routing": "keuze van het loket", "next_step": "eerste stap",
    "steps": "stappen", "income": "inkomen", "hours_per_week": "tijd per week", "apply_at": "aanvragen", "contact": "contact",
    "phone": "telefoon", "email": "e-mailadres", "address": "adres", "url": "webadres", "hours": "openingstijden", "answer":
    "antwoord op ja of nee",
}  # fmt: skip
_LANGUAGES = {"(en)": "in het Engels"}


@dataclass(frozen=True)
class Find:
    """One place where a sentence was found."""

    source: str
    """`Bron 2`; empty where the answer gives it no number."""
    field: str
    record: str


@dataclass(frozen=True)
class LeansOnRow:
    """A sentence of the answer, and where it was found."""

    says: str
    finds: tuple[Find, ...]


def trace_rows(leans_on: Iterable[LeansOn]) -> tuple[LeansOnRow, ...]:
    """One row a sentence, in the order of the answer."""
    found: dict[str, list[Find]] = {}
    for each in leans_on:
        source = f"Bron {each.number}" if each.number else ""
        found.setdefault(each.says, []).append(Find(source, field_in_words(each.field), each.record))
    return tuple(LeansOnRow(says, tuple(finds)) for says, finds in found.items())


def field_in_words(field: str) -> str:
    """`samenvatting`, `uitleg in het Engels`; a heading of a document stays as it is."""
    name, _, language = field.partition(" ") if field.endswith(tuple(_LANGUAGES)) else (field, "", "")
    words = _FIELDS.get(name, name.replace("_", " "))
    return f"{words} {_LANGUAGES[language]}" if language else words
