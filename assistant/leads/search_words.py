"""The words by which a lead is found: without capitals and accents, the same when it is kept and when it is looked for."""

import re
import unicodedata
from collections.abc import Iterable

from assistant.leads.contact import phone_as_read
from assistant.leads.lead import Lead

_MAX_CHARS = 20_000
_MAX_WORDS = 8
_NO_WORD = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Lower-case letters and digits, with single spaces between words: `ozlem de vries` for `Özlem  de Vries`."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(_NO_WORD.sub(" ", plain).split())


def search_text(lead: Lead, notes: Iterable[str] = ()) -> str:
    """Everything by which an adviser may look for a lead: name and address, what the visitor said, and the notes."""
    contact = lead.contact
    number = phone_as_read(contact.phone) if contact.phone else ""
    parts = [contact.name, contact.email or "", number, number.replace(" ", ""), contact.phone or "", lead.message]
    for fact in lead.facts:
        values = fact.value if isinstance(fact.value, frozenset) else [fact.value]
        parts += [fact.words, *(str(each) for each in values if not isinstance(each, bool))]
    parts += [turn.question for turn in lead.transcript]
    return folded(" ".join([*parts, *notes]))[:_MAX_CHARS]


def wanted_words(typed: str) -> list[str]:
    """The beginnings of words that all have to be there; empty if nothing was typed that can be looked for."""
    return folded(typed).split()[:_MAX_WORDS]
