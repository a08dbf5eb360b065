"""Personal data in what a visitor types: found by their shape and hidden before anything is kept or searched."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban
from stdnum.nl import bsn

from knowledge.catalogue import Catalogue
from knowledge.place import Loket

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?\(at\)\s?|\s+(?:apenstaartje|at)\s+)"
    r"(?:[a-z0-9-]+(?:\.|\s+(?:punt|dot)\s+))+[a-z]{2,12}(?![\w@])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{2,4}){3,8}\b", re.IGNORECASE)
_BSN = re.compile(r"(?<![\d.,-])\d(?:[ .-]?\d){8}(?![.,-]?\d)")
_BSN_NAMED = re.compile(
    r"\b(?:bsn|burger ?service ?nummer|sofi ?nummer)\b(?:\s*(?:is|nr|nummer|:|-))*\s*(\d[\d .-]{6,11}\d)", re.I
)
_OTHER_NUMBER = re.compile(r"(?:student\w*|dossier|order|klant|factuur|kvk|brin|crebo|croho|lidmaatschap|leerling)"
                           r"[ -]?(?:nummer|nr|code)?\W{0,3}(?:is|:)?\s*$", re.I)  # fmt: skip
_STREET = (
    r"(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|steeg|dreef|plantsoen|park|pad|baan|markt|ring|wal|haven)"
)
_ADDRESS = re.compile(
    rf"\b(?P<street>(?:[A-Z][\w'-]*{_STREET}|(?:Laan|Plein|Weg|Hof|Straat)(?: van)?(?: de[nr]?)? [A-Z][\w'-]+)"
    r"\s+\d{1,4}\s?(?:[a-z]{1,2}|bis)?\b(?![.,]\d|\s?(?:euro|uur|jaar|ects)))"
    rf"|\b(?:woon|wonen|woonachtig|adres is|live)\b(?: op| aan| in| at)?(?: de| het)? (?P<home>[\w'-]*{_STREET}\s+\d{{1,4}}[a-z]?)\b"
)
_POSTCODE_WITH_NUMBER = re.compile(
    r"\b[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})[ ,-]{1,3}(?:nr\.? ?|huisnummer )?\d{1,4} ?[a-z]?\b(?![\d:])"
)
_DAY = (
    r"\d{1,2}(?:e|th|st|nd|rd)?[ /.-]+(?:\d{1,2}|jan\w*|feb\w*|maart|mrt|march|apr\w*|mei|may|jun\w*|jul\w*|aug\w*|sep\w*"
    r"|okt\w*|oct\w*|nov\w*|dec\w*)[ /.,-]+(?:19|20)?\d{2}\b"
)
_BIRTH = re.compile(
    rf"\b(?:geboren|geb|geboortedatum|geboortedag|verjaardag|birth\w*|dob|born)\b\.?(?:\s*(?:op|is|on|:|datum))*\s*({_DAY})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\D")


class Hidden(NamedTuple):
    """A piece of the message that is personal: what it is, and where it stands."""

    kind: str
    start: int
    end: int


_PLACEHOLDERS = {
    "email": "[e-mailadres]",
    "iban": "[rekeningnummer]",
    "bsn": "[burgerservicenummer]",
    "phone": "[telefoonnummer]",
    "birth": "[geboortedatum]",
    "address": "[adres]",
}


class PersonalData:
    """Finds and hides e-mail and postal addresses, phone, account and citizen numbers, and dates of birth."""

    def __init__(self, public: Iterable[str] = ()) -> None:
        """
        :param public: Phone numbers and e-mail addresses that anybody may name: those of the lokets.
        """
        self._public = {_key(each) for each in public}

    def find(self, text: str) -> list[Hidden]:
        """Every piece, from left to right, none over another."""
        found: list[Hidden] = []
        for piece in self._pieces(text):
            if not any(piece.start < other.end and other.start < piece.end for other in found):
                found.append(piece)
        return sorted(found, key=lambda piece: piece.start)

    def hide(self, text: str) -> tuple[str, tuple[str, ...]]:
        """
        The text with a placeholder for each piece.

        :returns: The text, and the kinds that were hidden, each once.
        """
        pieces = self.find(text)
        for piece in reversed(pieces):
            text = text[: piece.start] + _PLACEHOLDERS[piece.kind] + text[piece.end :]
        return text, tuple(dict.fromkeys(piece.kind for piece in pieces))

    def _pieces(self, text: str) -> Iterator[Hidden]:
        """Candidates, the surest first."""
        for match in _EMAIL.finditer(text):
            if _key(match.group()) not in self._public:
                yield Hidden("email", *match.span())
        for match in _IBAN.finditer(text):
            if (end := _iban_end(match.group())) is not None:
                yield Hidden("iban", match.start(), match.start() + end)
        for match in _BIRTH.finditer(text):
            yield Hidden("birth", *match.span(1))
        for match in _BSN_NAMED.finditer(text):
            yield Hidden("bsn", *match.span(1))
        yield from self._phones(text)
        for match in _BSN.finditer(text):
            digits = _DIGITS.sub("", match.group())
            if bsn.is_valid(digits) and not _OTHER_NUMBER.search(text[: match.start()]):
                yield Hidden("bsn", *match.span())
        for match in _POSTCODE_WITH_NUMBER.finditer(text):
            yield Hidden("address", *match.span())
        for match in _ADDRESS.finditer(text):
            yield Hidden("address", *match.span(match.lastgroup or 0))

    def _phones(self, text: str) -> Iterator[Hidden]:
        if sum(map(str.isdigit, text)) < 9:
            return
        for match in PhoneNumberMatcher(text, "NL", leniency=Leniency.VALID):
            # Without a 0 or + in front it is any number of nine digits.
            is_written_as_one = match.raw_string.lstrip("(").startswith(("0", "+"))
            if is_written_as_one and _key(match.raw_string) not in self._public:
                yield Hidden("phone", match.start, match.end)


def public_contacts(catalogue: Catalogue) -> Iterator[str]:
    """Phone numbers and e-mail addresses of lokets."""
    for loket in catalogue.all(Loket):
        yield from (each for each in (loket.phone, loket.email) if each)


def _key(contact: str) -> str:
    """The same for every way to write a number: its last nine digits; an address in lower case."""
    if "@" in contact:
        return contact.lower().strip()
    return _DIGITS.sub("", contact)[-9:]


def _iban_end(candidate: str) -> int | None:
    """Where a valid account number ends that starts the candidate: words may follow it without a sign."""
    for end in range(len(candidate), 14, -1):
        if candidate[end - 1].isalnum() and iban.is_valid(candidate[:end], check_country=False):
            return end
    return None
