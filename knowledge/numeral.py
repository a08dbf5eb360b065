"""Dutch words for whole numbers: `tweeëntwintig`, `honderdtwintig`, `vijftienhonderd`."""

import unicodedata
from functools import cache

ONES = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19,
}  # fmt: skip
TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}  # fmt: skip


def folded(word: str) -> str:
    """The word in small letters and without accents: `Tweeëntwintig` is `tweeentwintig`."""
    apart = unicodedata.normalize("NFKD", word.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))


@cache
def to_ninety_nine() -> dict[str, int]:
    """Every whole number from 1 to 99, folded."""
    words = ONES | TENS
    for tens, ten in TENS.items():
        for ones, one in list(ONES.items())[:9]:
            words[f"{ones}en{tens}"] = ten + one
    return words


@cache
def number_of_word(word: str) -> int | None:
    """
    The whole number that one Dutch word stands for, up to 999.999; None if it is no number word.

    `een` is 1 too: whether it counts or is an article, the words around it say.
    """
    word = folded(word)
    if len(word) > 60:
        return None
    before, thousand, after = word.partition("duizend")
    if thousand:
        many, rest = (_to_nine_hundred(before) if before else 1), (_to_nine_hundred(after) if after else 0)
        return None if many is None or rest is None else many * 1000 + rest
    return _to_nine_hundred(word)


def _to_nine_hundred(word: str) -> int | None:
    before, hundred, after = word.partition("honderd")
    if not hundred:
        return to_ninety_nine().get(word)
    many = to_ninety_nine().get(before) if before else 1
    rest = to_ninety_nine().get(after.removeprefix("en")) if after else 0
    return None if many is None or rest is None else many * 100 + rest
