"""The number of a receipt: short enough to read out over the phone, and not to be guessed."""

import secrets
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U, which are misread or misheard."""
_HEARD_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_RANDOM, _GROUP = 11, 4


def new_receipt_id() -> str:
    """A number of 55 random bits and a check character: `7K3M-9QXA-2FVV`."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return _grouped(drawn + mod_37_36.calc_check_digit(drawn, alphabet=_ALPHABET))


def read_receipt_id(typed: str) -> str | None:
    """
    The number as we write it, whatever its capitals, spaces and dashes, with O read as 0, and I and L as 1.

    :returns: None if it cannot be a number of ours: another length, another sign, or one of them mistyped.
    """
    signs = (sign for sign in unicodedata.normalize("NFKC", typed[:80]).upper() if sign.isalnum())
    number = "".join(signs).translate(_HEARD_AS)
    if len(number) != _RANDOM + 1:
        return None
    try:
        return _grouped(mod_37_36.validate(number, alphabet=_ALPHABET))
    except ValidationError:
        return None


def _grouped(number: str) -> str:
    return "-".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP))
