"""
How near somebody is to a step, told by what they said themselves.

It helps an adviser choose words for the first call. It is no score: people are never ordered by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.eligibility.profile import KnownFact


class Warmth(StrEnum):
    """Whether somebody wants to take a step, still looks around, or did not tell."""

    READY = "ready"
    EXPLORING = "exploring"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Signal:
    """One thing that was said, and what it means, in Dutch."""

    warmth: Warmth
    text: str
    words: str
    """The visitor's own words; empty if it was chosen from a list."""


_SIGNALS: dict[tuple[str, str | bool], tuple[Warmth, str]] = {
    ("employer_commitment", True): (Warmth.READY, "Een school wil deze persoon in dienst nemen"),
    ("start", "zo-snel-mogelijk"): (Warmth.READY, "Wil zo snel mogelijk beginnen"),
    ("start", "komend-studiejaar"): (Warmth.READY, "Wil komend studiejaar beginnen"),
    ("goal", "starten"): (Warmth.READY, "Wil beginnen met een opleiding of traject"),
    ("goal", "vacature"): (Warmth.READY, "Zoekt een baan"),
    ("goal", "meelopen"): (Warmth.READY, "Wil een dag meelopen"),
    ("goal", "terugkeren"): (Warmth.READY, "Wil terug naar het onderwijs"),
    ("teaching_qualification", "pabo"): (Warmth.READY, "Is al bevoegd (pabo)"),
    ("teaching_qualification", "tweedegraads"): (Warmth.READY, "Is al bevoegd (tweedegraads)"),
    ("teaching_qualification", "eerstegraads"): (Warmth.READY, "Is al bevoegd (eerstegraads)"),
    ("teaching_qualification", "pdg"): (Warmth.READY, "Is al bevoegd (PDG)"),
    ("goal", "orienteren"): (Warmth.EXPLORING, "Wil eerst rustig kijken wat er kan"),
    ("start", "later"): (Warmth.EXPLORING, "Wil pas later beginnen"),
}


def signals(facts: Iterable[KnownFact]) -> tuple[Signal, ...]:
    """What was said that tells how near somebody is to a step, in the order it was told."""
    found = []
    for fact in facts:
        if not isinstance(fact.value, str | bool):
            continue
        if signal := _SIGNALS.get((fact.name, fact.value)):
            found.append(Signal(*signal, fact.words))
    return tuple(found)


def warmth(facts: Iterable[KnownFact]) -> Warmth:
    """One word for it: a wish to take a step counts for more than a wish to look around."""
    told = {signal.warmth for signal in signals(facts)}
    return next((each for each in (Warmth.READY, Warmth.EXPLORING) if each in told), Warmth.UNKNOWN)
