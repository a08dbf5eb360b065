"""Numbers as Dutch people write them: `42`, `tweeenveertig`, `twaalf jaar`, `forty-two`."""

from functools import cache

_ONES = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}  # fmt: skip
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip


@cache
def number_words() -> dict[str, int]:
    """Every whole number from 1 to 99 in Dutch (folded: `tweeentwintig`), and the common English ones."""
    words = dict(_ONES) | _TENS | _ENGLISH
    for tens, ten in _TENS.items():
        for ones, one in list(_ONES.items())[:9]:
            words[f"{ones}en{tens}"] = ten + one
    return words


def number_of(word: str) -> int | None:
    """
    The whole number that a folded word stands for.

    :param word: One token: `42`, `42e`, `tweeenveertig`.
    :returns: None if it is no number of at most six digits.
    """
    if word.isdecimal():
        return int(word) if len(word) <= 6 else None
    return number_words().get(word)
