"""Other words for a reply that was verified: taken only when nothing but the words is other."""

import re

from assistant.answering.answer import AnswerStatus
from assistant.answering.claims import claims_in
from assistant.answering.language_model import LanguageModel
from assistant.answering.sentences import marks_of, sentences_of
from assistant.answering.statements import DENIALS
from knowledge.index.dutch import STOPWORDS, stem, words

REWORDED = frozenset({AnswerStatus.ANSWERED_RECORD, AnswerStatus.ANSWERED_ADVICE, AnswerStatus.ANSWERED_LIST})
"""What may be said otherwise. A quoted passage, a guard, a question and a greeting stay as they are."""
_INSTRUCTIONS = {
    "nl": "Herschrijf de tekst in eenvoudig Nederlands (B1), met korte zinnen en 'je'. Voeg niets toe en laat niets weg. "
    "Laat getallen, bedragen, jaren, namen en de verwijzingen tussen vierkante haken ([1]) staan, elk bij de zin waar "
    "het bij hoort. Verander nooit of iets wel of niet kan. Geef alleen de herschreven tekst.",
    "en": "Rewrite the text in plain English with short sentences. Add nothing and leave nothing out. Keep numbers, "
    "amounts, years, names and the references in square brackets ([1]), each with the sentence it belongs to. Never "
    "change whether something is possible. Give the rewritten text only.",
}
_MARK = re.compile(r"\[(\d+)\]")
_LINK = re.compile(r"(?:https?://|www\.|mailto:|[\w.+-]+@)[\w./?=&%#+-]+")
_LEAST, _MOST = 0.5, 1.4
"""How long the other words may be, beside the reply's own."""
_MOST_NEW = 0.4
"""The share of telling words that may be new."""


class Rewording:
    """Asks a language model for other words, and lays them beside the reply."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def reworded(self, text: str, locale: str) -> str | None:
        """
        The text in other words.

        :param text: What the reply says, with `[1]` for citations.
        :returns: None if the model gave none in time, or changed more than words. What is returned still has to be
            verified against the reply's sources.
        """
        written = self._model.write(_INSTRUCTIONS["en" if locale == "en" else "nl"], text)
        return written if written is not None and is_faithful(text, written) else None


def is_faithful(text: str, other: str) -> bool:
    """Whether the other text has the same numbers, months, references, links and denials, and few new words."""
    if not _LEAST * len(text) <= len(other) <= _MOST * len(text) + 40:
        return False
    same = (
        (_claims(text), _claims(other)),
        (set(_MARK.findall(text)), set(_MARK.findall(other))),
        (set(_LINK.findall(text)), set(_LINK.findall(other))),
        (_denials(text), _denials(other)),
    )
    return all(one == two for one, two in same) and _new(text, other) <= _MOST_NEW


def _claims(text: str) -> set[tuple[str, str, str]]:
    return {claim.key for claim in claims_in(text)}


def _denials(text: str) -> dict[tuple[int, ...], int]:
    """How often something is denied, for each source that is cited; with which word may change."""
    found: dict[tuple[int, ...], int] = {}
    for line in text.splitlines():
        cited: tuple[int, ...] = ()
        for sentence in reversed(list(sentences_of(line))):
            cited = marks_of(sentence) or cited
            denied = sum(word in DENIALS or word.endswith("n't") for word in words(sentence))
            found[cited] = found.get(cited, 0) + denied
    return {cited: denied for cited, denied in found.items() if denied}


def _new(text: str, other: str) -> float:
    known, told = _stems(text), _stems(other)
    return len(told - known) / len(told) if told else 1.0


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(_MARK.sub(" ", text)) if word not in STOPWORDS}
