"""
What a sentence states, in so many words: it stands in a source as it is, or is put together from whole sentences.

A sentence that lost its `niet`, or got another year, is no sentence of the source any more.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.answering.claims import MONTHS, TIMES
from assistant.answering.evidence import Piece
from assistant.answering.said import Said
from assistant.answering.sentences import normal
from assistant.answering.understand.numbers import number_words
from assistant.answering.wordings import wordings

DENIALS = frozenset({
    "niet", "geen", "nooit", "nee", "zonder", "niemand", "niets", "nergens", "tenzij", "behalve", "noch", "no", "not", "never",
    "without", "none", "nobody", "unless", "except", "cannot", "nor",
})  # fmt: skip
_ANYWHERE = frozenset(TIMES) | frozenset(MONTHS) | frozenset({
    "tot", "to", "of", "or", "en", "and", "per", "euro", "ongeveer", "about", "hoogstens", "at", "most", "online", "in", "met",
})  # fmt: skip
"""Words between numbers and names: what they say is held to a source as a claim of its own."""
_LEADS = re.compile(r"^(?:ja|nee|yes|no|het kan|dat hangt|it may|it can|it depends|dat kan ik niet|i cannot)\b")
LEADS_OF = {
    "fits": ("ja", "yes"),
    "possible": ("het kan", "dat hangt", "it may", "it can", "it depends"),
    "ask_adviser": ("dat kan ik niet", "dat hangt", "i cannot", "it depends"),
    "does_not_fit": ("nee", "no"),
}
"""With which words a reply may begin that tells a verdict."""


def unfounded(said: Said, scope: Sequence[Piece], own_sentences: Iterable[str]) -> tuple[str, Piece | None]:
    """
    The first word of a sentence that stands in no source and no template like that.

    :param scope: What the sentence leans on.
    :param own_sentences: What the visitor said, in the form of `normal`.
    :returns: The word, empty if every one is founded; and the piece that the sentence stands in as it is, if it does.
    """
    sentence = normal(said.text)
    piece = next((each for each in scope if sentence in each.reading.sentences), None)
    if piece is not None:
        return "", piece
    words = sentence.split()
    spelt = number_words()
    open_ = {place for place, word in enumerate(words) if not (word[0].isdigit() or word in _ANYWHERE or word in spelt)}
    lead = _LEADS.match(sentence)
    if said.numbers and lead is not None and not _may_lead(lead.group(), scope):
        return lead.group(), None
    for known in (wordings(), *(each.reading.sentences for each in scope), own_sentences):
        for stretch in known:
            if stretch in sentence:
                open_ -= _covered(words, stretch.split())
        if not open_:
            return "", None
    return words[min(open_)], None


def _may_lead(lead: str, scope: Sequence[Piece]) -> bool:
    """Whether a verdict in scope lets a reply begin so; with no verdict in scope it is no answer to `may I`."""
    verdicts = [each.text for each in scope if each.field == "verdict"]
    return not verdicts or any(lead in LEADS_OF[verdict] for verdict in verdicts)


def _covered(words: list[str], stretch: list[str]) -> set[int]:
    """The places of the words at which this stretch stands."""
    size = len(stretch)
    starts = (at for at in range(len(words) - size + 1) if words[at : at + size] == stretch)
    return {place for at in starts for place in range(at, at + size)}
