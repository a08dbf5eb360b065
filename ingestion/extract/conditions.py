"""Conditions: what one needs, must or may not, by the sentences that say so."""

import re
from collections.abc import Iterator

from ingestion.extract.finding import ConditionAbout, ConditionFound, Finding, Origin
from ingestion.extract.text import PageText, Unit
from knowledge.record import Confidence

_CUES: tuple[tuple[ConditionAbout, str], ...] = (
        ("vooropleiding", r"\b(?:havo|vwo|vmbo|mbo)(?:\b|-)|mbo[ -]?[1-4]\b|toelatingsto|21\+|vooropleiding|\bpropedeuse"),
        ("diploma", r"\bhbo\b|\bwo\b|hbo-|wo-|universita|bachelor|\bmaster(?!class)|diploma|getuigschrift|afgeronde opleiding|degree"),
        ("bevoegdheid", r"\b(?:on)?bevoegd|\bPDG\b|lesbevoegdheid|pedagogisch-didactisch getuigschrift"),
        ("vog", r"\bVOG\b|verklaring omtrent"),
        ("werkgever", r"in dienst|werkplek|aanstelling|werkgever|dienstverband|arbeidsovereenkomst|arbeidscontract|school (?:hebt|heeft|vindt|wil)|baan (?:op|bij)"),
        ("geschiktheid", r"geschiktheid|assessment"),
        ("taal", r"taalniveau|taaleis|nederlands (?:op|spreekt|beheers)|\bniveau (?:A[12]|B[12]|C[12])\b|\b(?:A2|B1|B2|C1|C2)\b|NT2|staatsexamen|beheers\w* (?:de )?nederlands"),
        ("ervaring", r"ervaring\b|gewerkt (?:hebben|hebt)"),
        ("leeftijd", r"\bleeftijd|\d+ jaar (?:of|en) ouder|\d+ jaar (?:oud|zijn|bent)|(?:ouder|jonger) dan|\b21 jaar\b"),
        ("inkomen", r"\binkomen\b|uitkering\b"),
)  # fmt: skip
_ABOUT = tuple((about, re.compile(pattern, re.IGNORECASE)) for about, pattern in _CUES)
_NEEDED = re.compile(
    r"\bmoet(?:en)?\b|\bnodig\b|vereist|verplicht|voorwaarde|\bmag\b|\bmogen\b|in het bezit|alleen als|\bzonder\b|minimaal|ten minste|minstens|"
    r"\bje hebt\b|\bu hebt\b|\bje bent\b|\bbeschik(?:t|ken)\b|\bkun je\b.*\b(?:krijgen|aanvragen|overleggen)|kunt? (?:een .*)?(?:overleggen|laten zien)|"
    r"laat .*(?:waarderen|erkennen)|\bkan niet\b|\bkun je geen\b|\bkun je niet\b|niet mogelijk|\bslaagt\b|\bmaak je\b.*toets|\bdoe je de\b|\bneed\b|\bmust\b|required|"
    r"\btoegelaten\b|toelaatbaar|\beis(?:en|t)?\b",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"voorwaard|toelating|\beisen\b|wat heb je nodig|wat vragen wij|wie ben jij|wie zoeken wij|wat neem je mee|voor wie|functie-eisen|jouw profiel|wat breng",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\bkan niet\b|\bkun je (?:nog )?(?:geen|niet)\b|kunnen (?:helaas )?niet|niet mogelijk|\bmag (?:je )?niet\b|\bmogen niet\b|komt niet in aanmerking|niet toegelaten|uitgesloten",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(
    r"\bhoeft? (?:je )?(?:niet|geen)|\bje hoeft\b|niet nodig|geen voorwaarde|maar hoeft niet|is geen |^\s*nee\b|\bkost\b|\?\s*$|wij (?:hebben|bieden)|kun je .* volgen",
    re.IGNORECASE,
)
_LONGEST = 600


def conditions(page: PageText) -> Iterator[Finding]:
    """Every sentence that says what one needs or who cannot."""
    for unit in page.units:
        if unit.in_table and not _HEADED.search(unit.column):
            continue
        found = _condition(unit)
        if found is not None:
            value, sure = found
            yield Finding(
                value=value,
                words=page.words(unit),
                place=page.place(unit),
                confidence=sure,
                origin=Origin.TABLE if unit.in_table else Origin.TEXT,
            )


def _condition(unit: Unit) -> tuple[ConditionFound, Confidence] | None:
    text = " ".join(unit.text.split())
    if _NO_CONDITION.search(text) or len(text) < 8:
        return None
    # `Heb je een buitenlands diploma? Laat het eerst waarderen.` is one condition in two sentences.
    asked = " ".join(unit.lead.split())
    whole = f"{asked} {text}" if asked.endswith("?") and not unit.bullet and len(asked) < 200 else text
    about = tuple(name for name, pattern in _ABOUT if pattern.search(whole))
    if not about:
        return None
    headed = bool(unit.headings) and bool(_HEADED.search(" ".join(unit.headings[-2:])))
    needed = bool(_NEEDED.search(text)) or bool(unit.bullet and _NEEDED.search(unit.lead))
    if not needed and not (headed and (unit.bullet or unit.in_table)):
        return None
    refuses = bool(_REFUSES.search(text)) or bool(re.search(r"\bzonder\b.*\bmag je niet\b", text, re.IGNORECASE))
    sure: Confidence = "high" if headed and needed else "medium"
    return ConditionFound(statement=whole[:_LONGEST], about=about, refuses=refuses), sure
