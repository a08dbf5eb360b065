"""What a sentence says can, may or need not be: each word that decides it stands in a source or in a sentence of ours."""

import re
from collections.abc import Iterable, Sequence

from assistant.answering.evidence import Piece
from assistant.answering.said import Said
from assistant.answering.sentences import normal
from assistant.answering.wordings import wordings

DENIALS = frozenset({
    "niet", "geen", "nooit", "nee", "zonder", "niemand", "niets", "nergens", "tenzij", "behalve", "noch", "no", "not", "never",
    "without", "none", "nobody", "unless", "except", "cannot", "nor",
})  # fmt: skip
_DECIDES = DENIALS | frozenset({
    "ja", "wel", "kan", "kun", "kunt", "kunnen", "mag", "mogen", "moet", "moeten", "hoef", "hoeft", "hoeven", "verplicht", "voldoe",
    "voldoet", "aanmerking", "past", "passen", "yes", "can", "may", "must", "need", "needs", "eligible", "qualify", "allowed",
    "entitled", "fits", "fit", "t",
})  # fmt: skip
"""`t` is what is left of `don't`."""
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
    The word in a sentence that decides on yes or no and stands in no source like that.

    :param scope: What the sentence leans on.
    :param own_sentences: What the visitor said, in the form of `normal`.
    :returns: The word, empty if every one is founded; and the piece that the sentence stands in as it is, if it does.
    """
    sentence = normal(said.text)
    piece = next((each for each in scope if sentence in each.reading.sentences), None)
    if piece is not None:
        return "", piece
    words = sentence.split()
    open_ = {place for place, word in enumerate(words) if word in _DECIDES}
    if not open_:
        return "", None
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
