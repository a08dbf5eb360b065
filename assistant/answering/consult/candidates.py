"""Which records a question may be about, and what speaks for each of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.consult.traits import RecordTraits, Traits, stems_of
from assistant.answering.turn import Understood
from assistant.answering.understand.phrasings import Near
from knowledge.index.search import Hit
from knowledge.record import Kind, Record

FEATURES = (
    "near", "near_second", "held", "near_lead", "nearest", "similar", "similar_lead", "rank", "first", "coverage", "agreed",
    "text_share", "name_likeness", "name_mentioned", "named", "named_first", "about_named", "misses_named",
    "kind_fits", "intent_asked", "aspect_asked", "sector_fits", "sector_misfit", "form_fits", "form_misfit",
    "place_fits", "elsewhere", "foreign", "ended",
    *(f"is_{kind}" for kind in Kind),
)  # fmt: skip
"""What is known of a candidate, in the order of the weights; each about 0 to 1."""
NOTHING = ("none", "none_unlike", "none_unlikest", "none_unsimilar", "none_kind", "none_sure")
"""What is known of the case that no record answers: a share of its own beside those of the candidates."""
_LOWEST = 0.80
"""The similarity that e5 gives to what has nothing in common."""
_FORMS = {
    "deeltijd": re.compile(r"\bdeeltijd\w*|\bpart[ -]?time\b"),
    "voltijd": re.compile(r"\bvoltijd\w*|\bfull[ -]?time\b"),
    "duaal": re.compile(r"\bduale?\b|\bduaal\b"),
    "flexibel": re.compile(r"\bflexibel\w*|\bonline\b|\bthuis\b|\bafstand\w*"),
}
_UNTOLD = frozenset({Kind.TERM, Kind.REGION})
"""Kinds whose names are said in passing: who names a thing of another kind asks about that thing."""


@dataclass(frozen=True)
class Evidence:
    """Everything that a choice leans on."""

    understood: Understood
    hits: Sequence[Hit]
    """The passages that searching finds, best first."""
    forms: frozenset[str] = frozenset()
    """Forms of study that the question names."""
    places: frozenset[str] = frozenset()
    """Towns and regions that it names, by name and id."""
    region: str = ""
    """Of the visitor."""


@dataclass(frozen=True)
class Candidates:
    """Records with their features, one row each in the order of `FEATURES`, and the row of `NOTHING`."""

    records: tuple[Record, ...]
    rows: tuple[tuple[float, ...], ...]
    nothing: tuple[float, ...]


@dataclass
class _Found:
    """How searching found one record."""

    rank: int
    similar: float = 0.0
    coverage: float = 0.0


def candidates_of(evidence: Evidence, traits: RecordTraits, on: date) -> Candidates:
    """
    The records that the question may be about, with what speaks for each.

    They come from searching, from the sentences of others that are nearest, and from the names in the question.
    """
    understood = evidence.understood
    found = _found(evidence.hits)
    near = understood.near
    named = [each for each in understood.records if _is_told(traits.find(each))]
    ids = dict.fromkeys([*near, *found, *understood.records])
    known = [each for id_ in ids if (each := traits.find(id_)) is not None and each.record.is_valid_on(on)]
    asked = stems_of(understood.text)
    intents = dict(understood.intents)
    nearest = sorted((each.best for each in near.values()), reverse=True)[:2]
    similar = sorted((each.similar for each in found.values()), reverse=True)[:2]
    rows = tuple(
        _row(each, evidence, traits, asked, intents, near.get(each.record.id, Near()), found.get(each.record.id),
             nearest, similar, named)
        for each in known
    )  # fmt: skip
    return Candidates(
        tuple(each.record for each in known), rows, _nothing(traits, understood, intents, nearest, similar)
    )


def forms_in(text: str) -> tuple[str, ...]:
    """The forms of study that a question names: `deeltijd`, `voltijd`, `duaal`, `flexibel`."""
    lower = text.lower()
    return tuple(form for form, pattern in _FORMS.items() if pattern.search(lower))


def _found(hits: Iterable[Hit]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for hit in hits:
        record_id = hit.passage.record_id
        if record_id is None:
            continue
        each = found.setdefault(record_id, _Found(len(found)))
        each.similar = max(each.similar, _spread(hit.similarity))
        each.coverage = max(each.coverage, hit.coverage)
    return found


def _spread(similarity: float | None) -> float:
    return 0.0 if similarity is None else max(0.0, (similarity - _LOWEST) / (1 - _LOWEST))


def _is_told(traits: Traits | None) -> bool:
    return traits is not None and traits.record.kind not in _UNTOLD


def _row(
    traits: Traits,
    evidence: Evidence,
    all_traits: RecordTraits,
    asked: frozenset[str],
    intents: Mapping[str, float],
    near: Near,
    found: _Found | None,
    nearest: Sequence[float],
    similar: Sequence[float],
    named: Sequence[str],
) -> tuple[float, ...]:
    record, understood = traits.record, evidence.understood
    is_nearest = bool(nearest) and near.best == nearest[0] > 0
    is_first = found is not None and found.rank == 0
    mine = found.similar if found is not None else 0.0
    about = [each for each in named if each in traits.about]
    misses = [each for each in named if each not in traits.about]
    sectors = _sectors(understood)
    forms = frozenset(map(str, getattr(record, "forms", ())))
    told = {
        "near": near.best,
        "near_second": near.second,
        "held": near.held,
        "near_lead": _lead(near.best, nearest),
        "nearest": float(is_nearest),
        "similar": mine,
        "similar_lead": _lead(mine, similar),
        "rank": 1 / (1 + found.rank) if found is not None else 0.0,
        "first": float(is_first),
        "coverage": found.coverage if found is not None else 0.0,
        "agreed": float(is_nearest and is_first),
        "text_share": all_traits.share(asked, traits.text),
        "name_likeness": all_traits.likeness(asked, traits.names),
        "name_mentioned": all_traits.mentioned(asked, traits.names),
        "named": float(record.id in understood.records),
        "named_first": float(understood.records[:1] == (record.id,)),
        "about_named": len(about) / len(named) if named else 0.0,
        "misses_named": len(misses) / len(named) if named else 0.0,
        "kind_fits": all_traits.kind_fits(intents, str(record.kind)),
        "intent_asked": sum(share for intent, share in intents.items() if intent in traits.intents),
        "aspect_asked": float(bool(understood.aspect) and any(a == understood.aspect for _, a in traits.asked)),
        "sector_fits": float(bool(sectors and set(record.sectors) & sectors)),
        "sector_misfit": float(bool(sectors and record.sectors) and not set(record.sectors) & sectors),
        "form_fits": float(bool(forms & evidence.forms)),
        "form_misfit": float(bool(forms and evidence.forms) and not forms & evidence.forms),
        "place_fits": float(bool(evidence.places & {*record.regions, *getattr(record, "places", ())})),
        "elsewhere": float(bool(evidence.places and record.regions) and not evidence.places & set(record.regions)),
        "foreign": float(bool(evidence.region) and not record.holds_in(evidence.region)),
        "ended": float(getattr(record, "status", "") == "ended"),
        f"is_{record.kind}": 1.0,
    }
    return tuple(told.get(name, 0.0) for name in FEATURES)


def _lead(mine: float, best_two: Sequence[float]) -> float:
    """How far it is before the second, or behind the first."""
    if not best_two:
        return 0.0
    rival = best_two[1] if len(best_two) > 1 and mine == best_two[0] else best_two[0] if mine < best_two[0] else 0.0
    return mine - rival


def _sectors(understood: Understood) -> set[str]:
    told = understood.scope.get("sector") or next((each for each in understood.facts if each.name == "sector"), None)
    return set(told.value) if told is not None and isinstance(told.value, frozenset) else set()


def _nothing(
    traits: RecordTraits,
    understood: Understood,
    intents: Mapping[str, float],
    nearest: Sequence[float],
    similar: Sequence[float],
) -> tuple[float, ...]:
    near = nearest[0] if nearest else 0.0
    told = {
        "none": 1.0,
        "none_unlike": 1 - near,
        "none_unlikest": max(0.0, understood.likeness - near),
        "none_unsimilar": 1 - (similar[0] if similar else 0.0),
        "none_kind": traits.kind_fits(intents, ""),
        "none_sure": max(intents.values(), default=0.0),
    }
    return tuple(told[name] for name in NOTHING)
