"""How a visitor can be reached, checked and in one spelling."""

import re
import unicodedata
from typing import Literal

from assistant.errors import FieldsRefused
from knowledge.record import Frozen

PreferredContact = Literal["email", "phone", "appointment"]

_EMAIL = re.compile(
    r"[^\s@<>(),;:\\\"\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", re.I
)
_MAX_EMAIL = 254


class Contact(Frozen):
    """A name and at least one way to reach the person."""

    name: str
    email: str | None = None
    phone: str | None = None
    """`+31612345678`: international, digits only."""
    preferred: PreferredContact


def clean_line(text: str) -> str:
    """The text on one line, without control characters and invisible direction marks, and with single spaces."""
    return " ".join("".join(" " if _is_hidden(sign) else sign for sign in text).split())


def clean_text(text: str) -> str:
    """The text with its line ends (as `\\n`), without other control characters."""
    lines = re.split(r"\r\n|\r|\n", text)
    return "\n".join(
        "".join(sign for sign in line if sign == "\t" or not _is_hidden(sign)).rstrip() for line in lines
    ).strip()


def parse_email(raw: str) -> str | None:
    """The address with its domain in lower case, or None if it is no e-mail address. No network is asked."""
    address = clean_line(raw)
    local, _, domain = address.rpartition("@")
    if (
        len(address) > _MAX_EMAIL
        or not _EMAIL.fullmatch(address)
        or ".." in address
        or local.startswith(
            (".", "=?")
        )  # The second is how mail writes other letters: whoever reads it, reads another name.
        or local[-1] == "."
    ):
        return None
    return f"{local}@{domain.lower()}"


def parse_phone(raw: str) -> str | None:
    """
    The number in international form, or None if it is none.

    :param raw: Dutch (`06-12 34 56 78`, `(070) 123 45 67`) or international (`+32…`, `0032…`).
    :returns: `+` and 8 to 15 digits; for a Dutch number exactly `+31` and nine digits.
    """
    compact = re.sub(r"[\s().\-/]", "", clean_line(raw).replace("(0)", ""))
    compact = re.sub(r"^00", "+", compact)
    if re.fullmatch(r"0[1-9][0-9]{8}", compact):
        return "+31" + compact[1:]
    if compact.startswith("+31"):
        national = compact[3:].removeprefix("0")
        return "+31" + national if re.fullmatch(r"[1-9][0-9]{8}", national) else None
    return compact if re.fullmatch(r"\+[1-9][0-9]{7,14}", compact) else None


def phone_as_read(number: str) -> str:
    """The number as people in the Netherlands read it: `06 12345678`, `070 1234567`; others as they are."""
    if not number.startswith("+31"):
        return number
    national = "0" + number[3:]
    size = 2 if national.startswith("06") else 3 if _SHORT_AREA.match(national) else 4
    return f"{national[:size]} {national[size:]}"


_SHORT_AREA = re.compile(r"0(?:1[0345]|2[0346]|3[03568]|4[0356]|5[0358]|7[0-9]|8[58])")
"""Area codes of three digits; the others have four."""


def parse_contact(name: str, email: str | None, phone: str | None, preferred: PreferredContact) -> Contact:
    """
    The contact that a form describes.

    :raises FieldsRefused: If something is missing or wrong; every problem is in it, by field.
    """
    errors: dict[str, str] = {}
    name = clean_line(name)
    if not 1 <= len(name) <= 100:
        errors["name"] = "Vul je naam in, in hoogstens 100 tekens."
    address = parse_email(email) if email and email.strip() else None
    if email and email.strip() and address is None:
        errors["email"] = "Dit e-mailadres klopt niet. Kijk het even na."
    number = parse_phone(phone) if phone and phone.strip() else None
    if phone and phone.strip() and number is None:
        errors["phone"] = "Dit telefoonnummer klopt niet. Schrijf het bijvoorbeeld zo: 06 12345678."
    if preferred == "email" and address is None:
        errors.setdefault("email", "Vul je e-mailadres in: je wilt graag een e-mail.")
    if preferred == "phone" and number is None:
        errors.setdefault("phone", "Vul je telefoonnummer in: je wilt graag gebeld worden.")
    if preferred == "appointment" and address is None and number is None and not errors.keys() & {"email", "phone"}:
        errors["email"] = "Vul je e-mailadres of je telefoonnummer in. Anders kunnen we geen afspraak maken."
    if errors:
        raise FieldsRefused(errors)
    return Contact(name=name, email=address, phone=number, preferred=preferred)


def _is_hidden(sign: str) -> bool:
    """Control, format (such as right-to-left marks), surrogate and unassigned signs, and the line separators."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and sign != "\u200d"
