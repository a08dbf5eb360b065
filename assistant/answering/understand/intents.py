"""What a visitor wants: by the nearest labelled examples, in words and in meaning, and by telling words."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.answering.understand.phrasings import Meant
from assistant.answering.understand.text import Text, fold
from knowledge.field import Intent
from knowledge.index.dutch import stem, words

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
    """What the nearest sentences of others asked, the nearest first; empty where nothing was learnt from sentences."""


@dataclass
class IntentModel:
    """
    Nearest labelled examples: stems weighted by rarity at once, and vectors as soon as they are there.

    `learn` is called from a background thread; until then only words count.
    """

    intents: Sequence[Intent]
    temperature: float = 0.55
    _examples: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    _rarity: dict[str, float] = field(default_factory=dict)
    _vectors: Vectors | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        seen: dict[str, int] = defaultdict(int)
        for intent in self.intents:
            for example in intent.examples:
                stems = frozenset(stem(word) for word in words(example))
                self._examples.append((intent.name, stems))
                for each in stems:
                    seen[each] += 1
        total = max(1, len(self._examples))
        self._rarity = {stem: math.log(1 + total / times) for stem, times in seen.items()}

    def learn(
        self,
        embed: Callable[[Sequence[str]], Vectors] | None,
        folder: Path | None = None,
        embedder: str = "none",
    ) -> None:
        """
        Turn the examples into vectors; from then on meaning counts too.

        :param embed: None: words alone go on counting. Nothing else is needed or kept.
        """
        del folder, embedder
        if embed is None:
            return
        texts = [example for intent in self.intents for example in intent.examples]
        vectors = embed(texts)
        with self._lock:
            self._vectors = vectors

    def guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float]) -> Guess:
        """
        The intent of a message.

        :param vector: The message's vector, or None while there is none.
        :param hints: Extra weight for intents from what else is known: names found, what was asked before.
        """
        scores: dict[str, float] = dict.fromkeys(INTENTS, 0.0)
        for intent, likeness in self._by_words(text).items():
            scores[intent] += 2.0 * likeness
        if vector is not None and self._vectors is not None:
            for intent, likeness in self._by_meaning(vector).items():
                scores[intent] += 3.0 * likeness
        plain = " ".join(re.findall(r"[a-z0-9+]+", fold(text.raw)))
        for intent, pattern, weight in CUES:
            if pattern.search(plain):
                scores[intent] += weight
        for intent, weight in hints.items():
            scores[intent] += weight
        return _softmax(scores, self.temperature)

    def _by_words(self, text: Text) -> dict[str, float]:
        stems = frozenset(stem(word) for word in words(text.raw))
        mine = sum(self._rarity.get(stem, 1.5) for stem in stems)
        best: dict[str, float] = {}
        for intent, example in self._examples:
            shared = stems & example
            if shared:
                weight = sum(self._rarity[stem] for stem in shared)
                theirs = sum(self._rarity[stem] for stem in example)
                best[intent] = max(best.get(intent, 0.0), 2 * weight / (mine + theirs))
        return best

    def _by_meaning(self, vector: Vector) -> dict[str, float]:
        assert self._vectors is not None  # noqa: S101 - the caller looked
        nearness = self._vectors @ vector
        by_intent: dict[str, list[float]] = defaultdict(list)
        for (intent, _), value in zip(self._examples, nearness.tolist(), strict=True):
            by_intent[intent].append(value)
        # e5 puts everything between 0.75 and 1: spread that over 0 to 1.
        return {
            intent: max(0.0, (float(np.mean(sorted(values)[-2:])) - 0.78) / 0.22)
            for intent, values in by_intent.items()
        }


def _softmax(scores: Mapping[str, float], temperature: float) -> Guess:
    ranking = sorted(scores.items(), key=lambda pair: -pair[1])
    top = ranking[0][1]
    total = sum(math.exp((score - top) / temperature) for _, score in ranking)
    return Guess(ranking[0][0], 1 / total, tuple(ranking[:5]))
