"""Diplomas and teaching from another country: `in Marokko gestudeerd`, `een Turkse bachelor`, `in Syrië was ik lerares`."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from assistant.answering.understand.stance import Stance
from assistant.answering.understand.text import Text, fold
from assistant.eligibility.profile import KnownFact

_HERE = frozenset({"NL", "AW", "CW", "SX", "BQ"})
"""The kingdom: its diplomas are Dutch ones, or counted as such."""
_DEMONYMS = frozenset({
    "turks", "syrisch", "pools", "duits", "belgisch", "vlaams", "engels", "brits", "amerikaans", "oekraiens", "marokkaans", "surinaams",
    "spaans", "italiaans", "indiaas", "iraans", "iraaks", "eritrees", "arabisch", "grieks", "portugees", "roemeens", "bulgaars", "russisch",
    "braziliaans", "afghaans", "indonesisch", "chinees", "frans", "afrikaans", "buitenlands", "ethiopisch", "somalisch", "hongaars",
    "tsjechisch", "kroatisch", "servisch", "albanees", "egyptisch", "tunesisch", "algerijns", "libanees", "pakistaans", "ghanees",
    "nigeriaans", "filipijns", "colombiaans", "venezolaans", "argentijns", "mexicaans", "zweeds", "deens", "noors", "fins", "oostenrijks",
    "zwitsers", "iers", "schots", "canadees", "australisch", "japans", "koreaans", "vietnamees", "thais", "koerdisch", "armeens",
    "foreign", "turkish", "syrian", "polish", "german", "belgian", "british", "american", "ukrainian", "moroccan", "surinamese", "spanish",
    "italian", "indian", "iranian", "iraqi", "eritrean", "greek", "portuguese", "romanian", "bulgarian", "russian", "brazilian", "afghan",
    "indonesian", "chinese", "french", "egyptian", "pakistani", "nigerian", "ghanaian", "canadian", "australian", "irish",
})  # fmt: skip
_OTHER_NAMES = frozenset({"engeland", "schotland", "amerika", "usa", "england", "scotland", "america", "damascus", "aleppo", "istanbul",
                          "buitenland", "abroad", "thuisland", "geboorteland", "herkomstland", "turkey", "uk", "oekraine"})  # fmt: skip
PAPERS = frozenset({"diploma", "diplomas", "bachelor", "master", "degree", "universiteit", "university", "opleiding", "getuigschrift",
                     "bevoegdheid", "qualification", "hogeschool"})  # fmt: skip
_COMPATRIOTS = frozenset({
    "vlaming", "belg", "vlaamse", "belgische", "duitser", "duitse", "pool", "poolse", "turk", "turkse", "syrier", "syrische", "spanjaard",
    "spaanse", "italiaan", "italiaanse", "griek", "griekse", "portugees", "portugese", "brit", "britse", "amerikaan", "amerikaanse", "fransman",
    "franse", "belgian", "german",
})  # fmt: skip
"""Who says to be one and has a diploma most often has it from there; a question to confirm."""
_SCHOOLS_ABROAD = re.compile(
    r"\b(?:ku ?leuven|kuleuven|u ?gent|universiteit (?:gent|antwerpen)|uantwerpen|uhasselt|vub|vrije universiteit brussel|arteveldehogeschool|artevelde"
    r"|hogent|odisee|howest|vives|thomas more|ap hogeschool|karel de grote|pxl|ehb|erasmushogeschool brussel|ucll|luca school of arts"
    r"|oxford university|university of oxford|cambridge university|university of cambridge|sorbonne|heidelberg|humboldt)\b"
)
_WISHES = frozenset({"wil", "willen", "zou", "ga", "gaan", "naar", "want", "would"})
"""Who is a teacher and wants to teach elsewhere is none there: `ik ben leraar en wil in Spanje lesgeven`."""
_TRAINED_TO_TEACH = re.compile(
    r"\b(?:educatieve (?:master|bachelor)|(?:lager|kleuter|secundair) ?onderwijs|lerarenopleiding|slo|aggregatie|regent(?:aat)?|normaalschool|pgce"
    r"|lehramt|referendariat|qts)\b"
)
"""What a training of teachers is called elsewhere."""
_OWN_COUNTRY = frozenset({"nederland", "nederlands", "nederlandse", "dutch", "netherlands", "hier"})
_STUDIED = (
    frozenset({"gestudeerd", "studeerde", "afgestudeerd", "studied", "graduated", "gehaald", "behaald", "opgeleid"})
    | PAPERS
)
_TEACHERS = frozenset({"regent", "pabo", "lerarenopleiding", "leraar", "lerares", "docent", "docente", "leerkracht", "juf", "onderwijzer", "onderwijzeres", "teacher",
                       "taught", "lesgegeven", "bevoegd"})  # fmt: skip
_PAST = frozenset(
    {
        "had",
        "gedaan",
        "afgerond",
        "was",
        "gewerkt",
        "geweest",
        "werkte",
        "stond",
        "taught",
        "worked",
        "lesgegeven",
        "bevoegd",
        "heb",
        "been",
    }
)


@cache
def countries() -> frozenset[str]:
    """The countries of the world as one or two folded words, in Dutch and English."""
    names = {
        fold(name).replace("-", " ")
        for language in ("nl", "en")
        for code, name in Locale.parse(language).territories.items()
        if len(code) == 2 and code not in _HERE and not code.isdigit()
    }
    return frozenset(name for name in names if len(name) > 3 and len(name.split()) <= 2) | _OTHER_NAMES


def from_schools_abroad(text: Text, stance: Stance) -> Iterator[tuple[int, KnownFact]]:
    """That a diploma is of a school abroad (`KU Leuven`), or of who says to come from there; with what it trained for."""
    found = _SCHOOLS_ABROAD.search(text.folded)
    token = text.token_at(found.start()) if found else _compatriot(text)
    if token is None or not (found or set(text.words) & PAPERS or _TRAINED_TO_TEACH.search(text.folded)):
        return
    if stance.is_denied(token, token + 1):
        return
    end = token + len(found.group().split()) if found else token + 1
    yield token, _abroad("diploma_country", "buitenland", text, token, end, inferred=found is None)
    if _TRAINED_TO_TEACH.search(text.folded):
        yield token, _abroad("teaching_qualification", "buitenlands", text, token, end, inferred=True)


def _compatriot(text: Text) -> int | None:
    """Where somebody says what they are: `ik ben Vlaming`, `als Belg`."""
    for index, word in enumerate(text.words):
        if word in _COMPATRIOTS and set(text.words[max(0, index - 3) : index]) & {"ben", "als", "am", "as", "een"}:
            return index
    return None


def studied_abroad(text: Text, stance: Stance) -> Iterator[tuple[int, KnownFact]]:
    """That a diploma is from another country, with the token that says so."""
    for index, end in _adjectives(text):
        if set(text.words[end : end + 2]) & PAPERS:
            yield index, _abroad("diploma_country", "buitenland", text, index, end + 1)
    for index, end in _countries(text):
        words = set(stance.words(stance.segment(index)))
        if words & _STUDIED and not stance.is_denied(index, end):
            yield index, _abroad("diploma_country", "buitenland", text, index, end)
    for index, word in enumerate(text.words):
        words = set(stance.words(stance.segment(index))) if word in _OWN_COUNTRY else set[str]()
        if words & PAPERS and stance.is_denied(index, index + 1):
            yield index, _abroad("diploma_country", "buitenland", text, max(0, index - 1), index + 1, inferred=True)


def taught_abroad(text: Text, stance: Stance) -> Iterator[tuple[int, KnownFact]]:
    """That somebody was a teacher in another country: a qualification from there, and a diploma that goes with it."""
    for index, end in _countries(text):
        words = set(stance.words(stance.segment(index)))
        is_or_was = words & _PAST or ("ben" in words and not words & _WISHES)
        if words & _TEACHERS and is_or_was and not stance.is_denied(index, end):
            yield index, _abroad("teaching_qualification", "buitenlands", text, index, end)
            yield index, _abroad("diploma_country", "buitenland", text, index, end, inferred=True)


def _adjectives(text: Text) -> Iterator[tuple[int, int]]:
    for index, word in enumerate(text.words):
        if word in _DEMONYMS or word.removesuffix("e") in _DEMONYMS or word.removesuffix("se") + "s" in _DEMONYMS:
            yield index, index + 1


def _countries(text: Text) -> Iterator[tuple[int, int]]:
    for index, word in enumerate(text.words):
        if " ".join(text.words[index : index + 2]) in countries():
            yield index, index + 2
        elif word in countries():
            yield index, index + 1


def _abroad(name: str, value: str, text: Text, start: int, end: int, inferred: bool = False) -> KnownFact:
    return KnownFact(
        name=name, value=value, origin="inferred" if inferred else "said", words=text.quote(start, end)[:100]
    )
