"""The sentences of a passage that a question is about: a quote is an answer, not a page."""

import re

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
    asked = {stem(word) for word in words(question) if len(word) >= _SHORT_WORD}
    shared = [len(asked & {stem(word) for word in words(sentence)}) for sentence in sentences]
    starts = range(max(1, len(sentences) - _SENTENCES + 1))
    best = max(starts, key=lambda start: sum(shared[start : start + _SENTENCES]))
    run = sentences[best : best + _SENTENCES]
    before = "… " if best > 0 else ""
    after = " …" if best + _SENTENCES < len(sentences) else ""
    return f"{before}{' '.join(run)}{after}"
