"""Dutch words as a search index needs them: folded, without function words, stemmed, compounds known by their parts."""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache

import snowballstemmer

_ACCENTS = re.compile("[\u0300-\u036f]")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_LINKS = ("", "s", "en", "e", "n")
"""What Dutch puts between the parts of a compound: leraar-s-, lerar-en-, zorg-e-."""
_MIN_PART = 4

STOPWORDS = frozenset(
    [
        "aan",
        "al",
        "als",
        "alle",
        "alleen",
        "allemaal",
        "andere",
        "anders",
        "ben",
        "bent",
        "beter",
        "bij",
        "binnen",
        "boven",
        "buiten",
        "d",
        "daar",
        "daarbij",
        "daarmee",
        "daarna",
        "daarom",
        "daarvoor",
        "dan",
        "dat",
        "de",
        "den",
        "der",
        "des",
        "deze",
        "die",
        "dit",
        "doe",
        "doen",
        "doet",
        "door",
        "dus",
        "echt",
        "een",
        "eens",
        "eerst",
        "en",
        "enkele",
        "er",
        "even",
        "gaan",
        "gaat",
        "ga",
        "geen",
        "geworden",
        "ging",
        "graag",
        "had",
        "hadden",
        "heb",
        "hebben",
        "hebt",
        "heeft",
        "heel",
        "hem",
        "hen",
        "het",
        "hier",
        "hij",
        "hoe",
        "hoeveel",
        "hoor",
        "hun",
        "ie",
        "iemand",
        "iets",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "jij",
        "jou",
        "jouw",
        "jullie",
        "kan",
        "kon",
        "konden",
        "krijg",
        "krijgt",
        "krijgen",
        "kun",
        "kunnen",
        "kunt",
        "laat",
        "maar",
        "mag",
        "meer",
        "men",
        "met",
        "mij",
        "mijn",
        "moest",
        "moet",
        "moeten",
        "na",
        "naar",
        "nadat",
        "nee",
        "net",
        "niet",
        "nog",
        "nou",
        "nu",
        "o",
        "of",
        "om",
        "omdat",
        "ons",
        "onze",
        "ook",
        "onder",
        "op",
        "over",
        "per",
        "s",
        "samen",
        "soms",
        "staan",
        "staat",
        "steeds",
        "t",
        "te",
        "tegen",
        "ter",
        "terwijl",
        "tijdens",
        "toch",
        "toen",
        "tot",
        "tussen",
        "u",
        "uit",
        "uw",
        "vaak",
        "van",
        "vanaf",
        "vanuit",
        "veel",
        "via",
        "volgens",
        "voor",
        "waar",
        "waarin",
        "waarmee",
        "waarom",
        "waarop",
        "waarvoor",
        "wanneer",
        "want",
        "waren",
        "was",
        "wat",
        "we",
        "wel",
        "welk",
        "welke",
        "werd",
        "werden",
        "wie",
        "wij",
        "wil",
        "wilde",
        "willen",
        "wilt",
        "word",
        "worden",
        "wordt",
        "zal",
        "ze",
        "zelf",
        "zich",
        "zij",
        "zijn",
        "zo",
        "zoals",
        "zou",
        "zouden",
        "zowel",
        "a",
        "an",
        "and",
        "are",
        "can",
        "do",
        "does",
        "for",
        "have",
        "how",
        "i",
        "if",
        "is",
        "it",
        "me",
        "my",
        "of",
        "or",
        "that",
        "the",
        "this",
        "to",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "you",
        "your",
    ]
)
"""Words that say nothing about the subject. Question words are among them: who asks is asking already."""


def folded(text: str) -> str:
    """The text in lower case, without accents, with one kind of hyphen and apostrophe, amounts without dots."""
    text = text.lower().replace("’", "'").replace("‑", "-").replace("‐", "-").replace("–", " ")
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _THOUSANDS.sub("", text)


def words(text: str) -> list[str]:
    """The words in reading order, folded; hyphens inside a word stay, a final `'s` goes."""
    return [word.removesuffix("'s") for word in _WORD.findall(folded(text))]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """
    The Snowball stem of one folded word; hyphens and apostrophes inside it are taken out first.

    Source: Kraaij and Pohlmann, "Porter's stemming algorithm for Dutch", 1994, as in Snowball 3.
    """
    solid = word.replace("-", "").replace("'", "")
    if not solid.isalpha():
        return solid
    # One for each word, in some ten microseconds: a stemmer keeps its word in itself, so two threads would mix theirs up.
    return str(snowballstemmer.stemmer("dutch").stemWord(solid))


def parts_of(word: str, known: Container[str]) -> tuple[str, ...]:
    """
    The parts of a compound, last one first found longest: `deeltijdopleiding` is `deeltijd` and `opleiding`.

    :param word: Folded, without hyphens.
    :param known: The words that may be a part; a function word never is one, so `onderwijs` stays whole.
    :returns: Two or more parts, or none if the word does not fall apart into known words.
    """
    for at in range(_MIN_PART, len(word) - _MIN_PART + 1):
        head = word[at:]
        if head not in known or head in STOPWORDS:
            continue
        for first in _firsts(word[:at]):
            if first in known and first not in STOPWORDS:
                return first, head
            if len(first) >= 2 * _MIN_PART and (earlier := parts_of(first, known)):
                return *earlier, head
    return ()


def _firsts(left: str) -> Iterator[str]:
    """What stands before the head, with and without the letters that only link."""
    for link in _LINKS:
        if left.endswith(link) and len(left) - len(link) >= _MIN_PART:
            yield left[: len(left) - len(link)]
