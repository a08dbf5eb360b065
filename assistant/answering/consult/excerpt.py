"""The sentences of a passage that a question is about: a quote is an answer, not a page."""

import re
from collections.abc import Sequence

from knowledge.index.dutch import stem, words

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9•‘'\"(])|\s+(?=•)")
_SENTENCES = 3
_SHORT_WORD = 4


def excerpt_of(text: str, question: str) -> str:
    """
    The run of at most three sentences that shares most words with the question, word for word.

    :returns: The sentences with single spaces; `…` stands where the passage goes on.
    """
    sentences = [sentence for each in _SENTENCE_END.split(text) if (sentence := " ".join(each.split()))]
    best, run = _best_run(sentences, question)
    before = "… " if best > 0 else ""
    after = " …" if best + _SENTENCES < len(sentences) else ""
    return f"{before}{' '.join(run)}{after}"


def run_about(text: str, question: str) -> str:
    """The same of our own text, of which nothing has to show what is left out."""
    sentences = [sentence for each in _SENTENCE_END.split(text) if (sentence := " ".join(each.split()))]
    return " ".join(_best_run(sentences, question)[1])


def _best_run(sentences: Sequence[str], question: str) -> tuple[int, Sequence[str]]:
    """Where the run begins, and its sentences."""
    asked = {stem(word) for word in words(question) if len(word) >= _SHORT_WORD}
    shared = [len(asked & {stem(word) for word in words(sentence)}) for sentence in sentences]
    starts = range(max(1, len(sentences) - _SENTENCES + 1))
    best = max(starts, key=lambda start: sum(shared[start : start + _SENTENCES]))
    return best, sentences[best : best + _SENTENCES]
