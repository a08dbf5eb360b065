"""What a visitor wants: by the nearest sentences of others who wanted it, and by telling words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from assistant.answering.understand.classifier import Classifier
from assistant.answering.understand.phrasings import (
    Meaning,
    Meant,
    PhrasingIndex,
    Vector,
    Vectors,
    sentences_of,
    shares,
)
from assistant.answering.understand.text import Text, fold
from knowledge.catalogue import Catalogue
from knowledge.phrasing import IntentName

INTENTS: tuple[str, ...] = get_args(IntentName)

_FEWEST_CLASSES = 2
_CUES: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
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


_TEMPERATURE = 0.06
"""Of nearness, before anything is learnt."""
_NOTHING_NEAR = 0.35
"""How near sentences are to a message that none of them is about."""
_POINT_NEAR = 0.05
"""What a point of a telling word or of a hint counts for beside nearness..."""
_POINT = 0.8
"""... and, in log-odds, beside what was learnt."""


@dataclass(frozen=True)
class Guess:
    """The likeliest intent, how sure, and the others in order."""

    intent: str
    confidence: float
    """0 to 1: how often this is right; calibration is reported by `loket evaluate understanding`."""
    ranking: tuple[tuple[str, float], ...]
    meant: tuple[Meant, ...] = ()
    """The things it may ask, the nearest first."""


class IntentModel:
    """
    What sentences with a known meaning say about a message: the editors' phrasings and the other wordings of each FAQ.

    `learn` is called from a background thread; until then the nearest sentences, as they are spelt, tell the intent.
    """

    def __init__(self, sentences: Iterable[tuple[str, Meaning]]) -> None:
        self._index = PhrasingIndex(sentences)
        self._classifier: Classifier | None = None

    @classmethod
    def of(cls, catalogue: Catalogue) -> "IntentModel":
        """The model that a catalogue's sentences make."""
        return cls(sentences_of(catalogue))

    def learn(
        self, embed: Callable[[Sequence[str]], Vectors] | None, folder: Path | None = None, embedder: str = "none"
    ) -> None:
        """
        Learn from the sentences; from then on meaning counts too.

        :param embed: None: words alone are learnt.
        :param folder: Where what was learnt is kept, so that the next start reads it.
        :param embedder: The embedder's fingerprint: what was learnt with another one is not used.
        """
        vectors = self._index.learn(embed) if embed is not None else None
        pairs = [
            (sentence, meaning.intent, place)
            for place, (sentence, meaning) in enumerate(zip(self._index.sentences, self._index.meanings, strict=True))
            if meaning.intent
        ]
        if len({intent for _, intent, _ in pairs}) < _FEWEST_CLASSES:
            return
        kept = folder / f"intents-{_digest(pairs, embedder)}.npz" if folder is not None else None
        self._classifier = _read(kept) or _learnt(pairs, vectors)
        if kept is not None and not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            for old in kept.parent.glob("intents-*.npz"):
                old.unlink(missing_ok=True)
            self._classifier.save(kept)

    def guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float]) -> Guess:
        """
        The intent of a message.

        :param vector: The message's vector, or None while there is none.
        :param hints: Extra weight for intents from what else is known: names found, what was asked before.
        """
        likeness = self._index.likeness(text.raw, vector)
        learnt = self._classifier
        if learnt is None:
            scores, point = self._index.intents(likeness), _POINT_NEAR
        else:
            scores, point = learnt.evidence(text.raw, vector), _POINT
        scores = dict.fromkeys(INTENTS, min([0.0, *scores.values()])) | scores
        plain = " ".join(re.findall(r"[a-z0-9+]+", fold(text.raw)))
        for intent, pattern, weight in _CUES:
            if pattern.search(plain):
                scores[intent] += point * weight
        for intent, weight in hints.items():
            scores[intent] += point * weight
        found = shares(scores, _TEMPERATURE, _NOTHING_NEAR) if learnt is None else shares(scores, 1.0)
        ranking = tuple(sorted(found.items(), key=lambda pair: -pair[1])[:5])
        return Guess(ranking[0][0], ranking[0][1], ranking, self._index.meant(likeness))


def _learnt(pairs: Sequence[tuple[str, str, int]], vectors: Vectors | None) -> Classifier:
    mine = vectors[[place for _, _, place in pairs]] if vectors is not None else None
    return Classifier.learnt([sentence for sentence, _, _ in pairs], [intent for _, intent, _ in pairs], mine)


def _read(path: Path | None) -> Classifier | None:
    """What was learnt before, if it is there and whole."""
    if path is None or not path.exists():
        return None
    try:
        return Classifier.load(path)
    except (OSError, ValueError, KeyError):
        return None


def _digest(pairs: Sequence[tuple[str, str, int]], embedder: str) -> str:
    told = "\n".join([embedder, *(f"{intent}\t{sentence}" for sentence, intent, _ in pairs)])
    return sha256(told.encode()).hexdigest()[:16]
