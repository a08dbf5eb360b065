"""What a visitor can want, the words that tell it, and what a guess at it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answering.understand.phrasings import Meant, Near
from assistant.answering.understand.text import Text

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]

INTENTS = (
    "greeting", "route_advice", "route_info", "cost", "subsidy", "salary", "vacancy", "loket", "event", "orientation",
    "admission", "zelftest", "definition", "figure", "handover", "feedback", "smalltalk", "out_of_scope", "crisis",
)  # fmt: skip

CUES: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (intent, re.compile(pattern), weight)
    for intent, pattern, weight in (
        ("cost", r"\b(?:wat|hoeveel) kost(?:en)?\b|\bkost(?:en)?\b.{0,12}\b(?:dat|het|geld)\b|\bcollegegeld\b|\bschoolgeld\b|\blesgeld\b|\bhoe duur\b|\bwie betaalt\b|\bzelf betalen\b|\bkosten\b|\bgratis\b|\btuition\b|\bcosts?\b|\bhow (?:much|expensive)\b", 2.0),
        ("subsidy", r"\bsubsid\w*|\bbeurs\b|\blerarenbeurs\b|\bstudiefinanciering\b|\bstufi\b|\btegemoetkoming\b|\bkrediet\b|\blenen\b|\blening\b|\bvergoeding\b|\bgrants?\b|\bloans?\b|\bstap budget\b|\bfinanciele (?:steun|hulp)\b", 2.2),
        ("salary", r"\bverdien\w*|\bsalaris\w*|\bloon\b|\bcao schaal\b|\bschaal\b|\binkomen\b|\bearn\b|\bsalary\b|\bkrijg ik (?:dan )?betaald\b|\bbruto\b|\bstartsalaris\b", 2.0),
        ("vacancy", r"\bvacature\w*|\bvacanc\w+|\bbaan\b|\bbanen\b|\bsollicit\w+|\bjobs?\b", 1.8),
        ("loket", r"\bloket\w*|\bwaar kan ik terecht\b|\btelefoonnummer\b|\bopeningstijden\b|\bdesk\b|\bwaar moet ik (?:zijn|heen)\b|\b(?:welke|een) instantie\b|\bmet wie kan ik\b|\bwie (?:kan|kunnen) (?:mij|me) helpen\b|\bkunnen jullie (?:mij|me) helpen\b", 1.6),
        ("event", r"\bopen (?:dag|avond|huis)\w*|\bbijeenkomst\w*|\bvoorlichting\w*|\bagenda\b|\bwebinar\b|\bbanenmarkt\w*|\bevents?\b|\binformatieavond\w*", 2.0),
        ("orientation", r"\bmeelop\w+|\bmeeloop\w*|\bmeekijken\b|\borienter\w+|\borientatie\w*|\bkennismak\w+|\bsfeer proeven\b|\bproefles\b|\bsnuffel\w*|\bvisit a school\b|\bshadow\b", 2.0),
        ("admission", r"\btoelating\w*|\btoelaatbaar\b|\bmag ik met\b|\bkan ik met\b|\bwelk diploma\b|\bvooropleiding\b|\btoets(?:en)?\b|\badmission\b|\bmag je met\b|\bwat heb ik nodig\b|\bdiploma nodig\b|\b21\s?(?:plus|\+)", 1.6),
        ("zelftest", r"\bzelf\s?test\b|\bde test\b|\bvragenlijst\b|\bself\s?test\b|\bquiz\b", 3.0),
        ("definition", r"^(?:wat|what) (?:is|zijn|betekent|doet|are|does)\b(?!.*\b(?:kosten|salaris|tekort|verschil)\b)|\bbetekent\b|\bbetekenis\b|\bleg uit\b|\bwat bedoel\w* je met\b|\bstaat\b.{0,20}\bvoor\b", 1.0),
        ("figure", r"\btekort\w*|\bpercentage\b|\bcijfers?\b|\bhoeveel (?:leraren|vacatures|zij instromers|schoolleiders|scholen|studenten)\b|\bshortage\b|\bstatistie\w+", 1.8),
        ("handover", r"\b(?:mens|medewerker|persoon|iemand|adviseur) (?:\w+ )?(?:spreken|praten|bellen)\b|\bbel (?:mij|me)\b|\bteruggebeld\b|\bgebeld worden\b|\bafspraak\b|\bpraat met een mens\b|\btalk to (?:a|some)\w*|\bcall me\b|\biemand (?:mij|me) bellen\b", 3.0),
        ("route_info", r"\bhoe lang duurt\b|\bhoelang\b|\bduur\b|\bhow long\b|\bhoe werkt\b|\bhoe zwaar\b|\bvertel (?:me )?(?:meer )?over\b|\bdeeltijd\b|\bverschil tussen\b|\bstappen\b|\bwanneer (?:start|begin)\w*|\bwaar kan ik .{0,25}(?:volgen|doen|studeren)\b|\bper week\b", 1.2),
        ("route_advice", r"\b(?:wil|zou) (?:\w+ ){0,6}(?:leraar|docent|juf|meester|leerkracht|lerares|onderwijs|voor de klas|lesgeven|les geven)\b|\bwelke route\b|\bpast bij mij\b|\bomschol\w+|\bcarriereswitch\b|\bbecome a teacher\b|\bzij instromer worden\b|\bwaar begin ik\b", 1.6),
        ("out_of_scope", r"\b(?:partij|stemmen|verkiezing\w*|politiek\w*|rijbewijs|paspoort|huisarts|tandarts|advocaat|piloot|politieagent|brandweerman)\b|\bmijn (?:kind|zoon|dochter)\b.{0,40}\b(?:school|inschrijven|aanmelden|ziek\w*)\b", 2.5),
        ("greeting", r"^(?:hallo|hoi|hey|hi|hello|dag|goede\w+|hee)\b(?:\W+\w+){0,2}\W*$", 3.0),
        ("smalltalk", r"\b(?:bedankt|dank je|dankjewel|dank u|thanks|thank you)\b|\b(?:robot|chatbot)\b|\bben jij? (?:een )?mens\b", 1.5),
        ("feedback", r"\bklopt niet\b|\bklacht\b|\bbegrijpt? me niet\b|\bniet goed\b|\bdat is fout\b|\bonzin\b", 2.0),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """The likeliest intent, how sure, and the others in order."""

    intent: str
    confidence: float
    """0 to 1: the softmax share of the first; calibration is reported by `loket evaluate understanding`."""
    ranking: tuple[tuple[str, float], ...]
    meant: tuple[Meant, ...] = ()
    """What the nearest sentences of others asked, the nearest first."""
    near: Mapping[str, Near] = field(default_factory=dict)
    """By record how near the sentences that ask for it are."""
    likeness: float = 0.0
    """How near the nearest sentence of all is."""
    asking: "Guess | None" = None
    """The same of the part of the message that asks, where it also tells something."""


@dataclass(frozen=True)
class Part:
    """The part of a message that asks, with its vector."""

    text: str
    vector: Vector | None


class Guesses(Protocol):
    """What guesses intents."""

    def guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float], asking: Part | None = None) -> Guess:
        """
        The intent of a message.

        :param vector: The message's vector, or None while there is none.
        :param hints: Extra weight for intents from what else is known: names found, what was asked before.
        :param asking: The part of it that asks, where it also tells something.
        """
