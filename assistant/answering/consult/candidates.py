"""Which records a question may be about, and what speaks for each of them."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.consult.traits import RecordTraits, Stems, Traits, stems_of
from assistant.answering.consult.wanted import wanted_in
from assistant.answering.turn import Understood
from assistant.answering.understand.intents import INTENTS
from assistant.answering.understand.phrasings import NO_RECORD, Near
from knowledge.index.search import Hit
from knowledge.record import Kind, Record

FEATURES = (
    "near", "near_second", "held", "near_lead", "nearest", "learnt", "learnt_lead", "learnt_first",
    "taught", "taught_order", "taught_first", "asking_taught", "asking_taught_order",
    "asking_near", "asking_learnt", "asking_lead", "asking_kind_fits", "asking_intent_asked", "asks_apart",
    "similar", "similar_lead", "rank", "first", "coverage", "agreed",
    "text_share", "name_likeness", "name_mentioned", "named", "named_first", "about_named", "misses_named",
    "kind_fits", "intent_asked", "aspect_asked", "sector_fits", "sector_misfit", "form_fits", "form_misfit",
    "place_fits", "elsewhere", "foreign", "ended", "tells_wanted", "lacks_wanted",
    *(f"is_{kind}" for kind in Kind),
)  # fmt: skip
"""What is known of a candidate, in the order of the weights; each about 0 to 1."""
SPEAKS_AGAINST = frozenset({"misses_named", "sector_misfit", "form_misfit", "elsewhere", "foreign", "lacks_wanted"})
SPEAKS_EITHER_WAY = frozenset({"asks_apart", "agreed", "ended", *(f"is_{kind}" for kind in Kind)})
"""Of all others more of it may never make a candidate less likely, whatever a few examples seem to say."""
NOTHING = (
    "none", "none_unlike", "none_near", "none_learnt", "none_unlearnt", "none_taught", "none_asking_taught", "none_asking_near", "none_asking_learnt",
    "none_asking_unlearnt", "none_unsimilar", "none_kind", "none_asking_kind", "none_sure", "none_told",
    *(f"none_{intent}" for intent in INTENTS),
)  # fmt: skip
"""What is known of the case that no record answers: a share of its own beside those of the candidates."""
_ORDERS = 4
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
    question = _Question.of(evidence, traits)
    ids = dict.fromkeys([*question.near, *question.asking_near, *question.found, *evidence.understood.records])
    known = [each for id_ in ids if (each := traits.find(id_)) is not None and each.record.is_valid_on(on)]
    return Candidates(
        tuple(each.record for each in known), tuple(_row(each, question) for each in known), _nothing(question)
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


def _order(share: float) -> float:
    """The order of magnitude of a probability, 0 to 1 from one in ten thousand to sure."""
    return max(0.0, 1 + math.log10(share) / _ORDERS) if share > 0 else 0.0


def _is_told(traits: Traits | None) -> bool:
    return traits is not None and traits.record.kind not in _UNTOLD


@dataclass(frozen=True)
class _Question:
    """A question as far as it is the same for every candidate."""

    evidence: Evidence
    traits: RecordTraits
    stems: Stems
    named: Sequence[str]
    """Things that it calls by name."""
    found: Mapping[str, _Found]
    near: Mapping[str, Near]
    intents: Mapping[str, float]
    asking_near: Mapping[str, Near]
    asking_intents: Mapping[str, float]
    sectors: frozenset[str]
    wanted: frozenset[str]
    tops: Mapping[str, Sequence[float]]
    """Of what a candidate may lead in: the two highest."""

    @classmethod
    def of(cls, evidence: Evidence, traits: RecordTraits) -> "_Question":
        understood, found = evidence.understood, _found(evidence.hits)
        asking = understood.asking
        near, asking_near = understood.near, asking.near if asking is not None else understood.near
        tops = {
            "near": [each.best for id_, each in near.items() if id_ != NO_RECORD],
            "learnt": [each.learnt for id_, each in near.items() if id_ != NO_RECORD],
            "taught": [each.taught for id_, each in near.items() if id_ != NO_RECORD],
            "asking": [each.learnt for id_, each in asking_near.items() if id_ != NO_RECORD],
            "similar": [each.similar for each in found.values()],
        }
        return cls(
            evidence=evidence,
            traits=traits,
            stems=stems_of(understood.text),
            named=[each for each in understood.records if _is_told(traits.find(each))],
            found=found,
            near=near,
            intents=understood.intents,
            asking_near=asking_near,
            asking_intents=asking.intents if asking is not None else understood.intents,
            sectors=_sectors(understood),
            wanted=wanted_in(understood.text),
            tops={name: sorted(values, reverse=True)[:2] for name, values in tops.items()},
        )

    def lead(self, name: str, mine: float) -> float:
        """How far it is before the second, or behind the first."""
        return _lead(mine, self.tops[name])

    def top(self, name: str) -> float:
        """The highest there is."""
        return max(self.tops[name], default=0.0)


def _row(traits: Traits, q: _Question) -> tuple[float, ...]:
    record, understood, all_traits = traits.record, q.evidence.understood, q.traits
    near, asking, found = q.near.get(record.id, Near()), q.asking_near.get(record.id, Near()), q.found.get(record.id)
    is_nearest = near.best == q.top("near") > 0
    is_first = found is not None and found.rank == 0
    mine = found.similar if found is not None else 0.0
    about = [each for each in q.named if each in traits.about]
    forms = frozenset(map(str, getattr(record, "forms", ())))
    told = {
        "near": near.best,
        "near_second": near.second,
        "held": near.held,
        "near_lead": q.lead("near", near.best),
        "nearest": float(is_nearest),
        "learnt": near.learnt,
        "learnt_lead": q.lead("learnt", near.learnt),
        "learnt_first": float(near.learnt == q.top("learnt") > 0),
        "taught": near.taught,
        "taught_order": _order(near.taught),
        "taught_first": float(near.taught == q.top("taught") > 0),
        "asking_taught": asking.taught,
        "asking_taught_order": _order(asking.taught),
        "asking_near": asking.best,
        "asking_learnt": asking.learnt,
        "asking_lead": q.lead("asking", asking.learnt),
        "asking_kind_fits": all_traits.kind_fits(q.asking_intents, str(record.kind)),
        "asking_intent_asked": _asked_with(q.asking_intents, traits),
        "asks_apart": float(understood.asking is not None),
        "similar": mine,
        "similar_lead": q.lead("similar", mine),
        "rank": 1 / (1 + found.rank) if found is not None else 0.0,
        "first": float(is_first),
        "coverage": found.coverage if found is not None else 0.0,
        "agreed": float(is_nearest and is_first),
        "text_share": all_traits.share(q.stems, traits.text),
        "name_likeness": all_traits.likeness(q.stems, traits.names),
        "name_mentioned": all_traits.mentioned(q.stems, traits.names),
        "named": float(record.id in understood.records),
        "named_first": float(understood.records[:1] == (record.id,)),
        "about_named": len(about) / len(q.named) if q.named else 0.0,
        "misses_named": 1 - len(about) / len(q.named) if q.named else 0.0,
        "kind_fits": all_traits.kind_fits(q.intents, str(record.kind)),
        "intent_asked": _asked_with(q.intents, traits),
        "aspect_asked": float(bool(understood.aspect) and any(a == understood.aspect for _, a in traits.asked)),
        "sector_fits": float(bool(q.sectors and set(record.sectors) & q.sectors)),
        "sector_misfit": float(bool(q.sectors and record.sectors) and not set(record.sectors) & q.sectors),
        "form_fits": float(bool(forms & q.evidence.forms)),
        "form_misfit": float(bool(forms and q.evidence.forms) and not forms & q.evidence.forms),
        "place_fits": float(bool(q.evidence.places & {*record.regions, *getattr(record, "places", ())})),
        "elsewhere": float(bool(q.evidence.places and record.regions) and not q.evidence.places & set(record.regions)),
        "foreign": float(bool(q.evidence.region) and not record.holds_in(q.evidence.region)),
        "tells_wanted": float(bool(q.wanted & traits.tells)),
        "lacks_wanted": float(bool(q.wanted - traits.tells)),
        "ended": float(getattr(record, "status", "") == "ended"),
        f"is_{record.kind}": 1.0,
    }
    return tuple(told.get(name, 0.0) for name in FEATURES)


def _asked_with(intents: Mapping[str, float], traits: Traits) -> float:
    """How likely it is that the question has an intent with which this record is asked for."""
    return sum(share for intent, share in intents.items() if intent in traits.intents)


def _lead(mine: float, best_two: Sequence[float]) -> float:
    """How far it is before the second, or behind the first."""
    if not best_two:
        return 0.0
    rival = best_two[1] if len(best_two) > 1 and mine == best_two[0] else best_two[0] if mine < best_two[0] else 0.0
    return mine - rival


def _sectors(understood: Understood) -> frozenset[str]:
    told = understood.scope.get("sector") or next((each for each in understood.facts if each.name == "sector"), None)
    return told.value if told is not None and isinstance(told.value, frozenset) else frozenset()


def _nothing(q: _Question) -> tuple[float, ...]:
    near, asking = q.near.get(NO_RECORD, Near()), q.asking_near.get(NO_RECORD, Near())
    told = {
        "none": 1.0,
        "none_unlike": 1 - q.top("near"),
        "none_near": near.best,
        "none_learnt": near.learnt,
        "none_unlearnt": 1 - q.top("learnt"),
        "none_taught": near.taught,
        "none_asking_taught": asking.taught,
        "none_asking_near": asking.best,
        "none_asking_learnt": asking.learnt,
        "none_asking_unlearnt": 1 - q.top("asking"),
        "none_unsimilar": 1 - q.top("similar"),
        "none_kind": q.traits.kind_fits(q.intents, ""),
        "none_asking_kind": q.traits.kind_fits(q.asking_intents, ""),
        "none_sure": max(q.intents.values(), default=0.0),
        "none_told": min(1.0, len(q.evidence.understood.facts) / 3),
    } | {f"none_{intent}": share for intent, share in q.intents.items()}
    return tuple(told.get(name, 0.0) for name in NOTHING)
