"""Dutch or English: by the small words, which hardly occur in the other language."""

from typing import Literal

from assistant.answering.understand.text import Text

_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "we",
        "and",
        "how",
        "what",
        "which",
        "who",
        "why",
        "can",
        "could",
        "i",
        "im",
        "my",
        "you",
        "your",
        "do",
        "does",
        "have",
        "has",
        "would",
        "like",
        "want",
        "to",
        "become",
        "teach",
        "teacher",
        "with",
        "degree",
        "where",
        "when",
        "much",
        "long",
        "need",
        "school",
        "from",
        "please",
        "thank",
        "thanks",
        "hello",
        "job",
        "without",
        "not",
        "for",
        "of",
        "at",
        "am",
        "are",
        "they",
        "this",
        "that",
        "it",
        "about",
        "there",
        "any",
        "english",
        "dutch",
        "primary",
        "secondary",
    ]
)
_DUTCH = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "hoe",
        "wat",
        "welke",
        "wie",
        "waarom",
        "kan",
        "kun",
        "ik",
        "mijn",
        "je",
        "jij",
        "jouw",
        "heb",
        "hebt",
        "heeft",
        "wil",
        "wilt",
        "worden",
        "leraar",
        "met",
        "zonder",
        "niet",
        "geen",
        "voor",
        "van",
        "op",
        "aan",
        "ben",
        "bent",
        "zijn",
        "is",
        "waar",
        "wanneer",
        "veel",
        "lang",
        "nodig",
        "school",
        "uit",
        "graag",
        "dank",
        "hallo",
        "baan",
        "dit",
        "dat",
        "er",
        "ook",
        "maar",
        "als",
        "naar",
        "moet",
        "mag",
        "wel",
        "nog",
        "al",
        "dan",
        "bij",
        "ze",
        "we",
        "om",
        "te",
        "docent",
        "juf",
        "opleiding",
    ]
)
_BOTH = _ENGLISH & _DUTCH


def language_of(text: Text, usual: Literal["nl", "en"]) -> Literal["nl", "en"]:
    """
    The language of a message.

    :param usual: The language of the conversation: what it stays when the words do not tell.
    """
    words = [word for word in text.words if word not in _BOTH]
    english = sum(word in _ENGLISH for word in words)
    dutch = sum(word in _DUTCH for word in words)
    if english >= dutch + 2 or (english > dutch and len(words) <= 3 and usual == "en"):
        return "en"
    if dutch >= english + 1 and dutch >= 1 and (usual == "nl" or dutch >= english + 2):
        return "nl"
    return usual
