"""Twins: things that may be the same under two names, told by two sources or by a source and our editors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingestion.compare.jobs import same_event, same_job
from ingestion.compare.likeness import Likeness, alike_in, likeness, names_alike, sharing
from ingestion.compare.said import SourcePage, SourceSays, host
from ingestion.compare.thing import Sort, Thing, told_by_source, told_by_us, told_elsewhere
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.publishing.pairs import pair_id
from knowledge.publishing.proposal import Proposed
from knowledge.vacancy import Vacancy

_SAME_TEXT = 0.5
"""Of what either says in runs of three words: copied, and changed here and there."""
_SAME_NAME = 85
_LIKE_NAME = 70
_LIKE_EMPLOYER = 80
_EVERYWHERE = 40
"""What so many share (a sentence that everybody writes, a town) tells nothing of two of them."""


@dataclass(frozen=True)
class Twins:
    """What a source tells that is, or may be, there already under another name."""

    proposed: tuple[Proposed, ...]
    known: frozenset[str]
    """The ids of its finds that are not new because of it."""


def twins(says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue, today: date) -> Twins:
    """
    Hold what a source tells, and what our editors have from it, beside what others and our editors tell.

    Each is asked about once, beside the one that is most like it. What an editor called the same or not the same is not
    asked again, whichever of the two is looked at. What is the same without doubt is not asked either (`jobs.py`).

    :param pages: Of the source, without what tells of a moment.
    """
    written = told_by_us(says, catalogue, today)
    sites = {host(each) for each in says.source.addresses}
    mine = [*told_by_source(says, pages, catalogue, today), *(each for each in written if each.site in sites)]
    others = [*told_elsewhere(says, catalogue, today), *written]
    sharers = sharing(each.features for each in others)
    proposed: dict[str, Proposed] = {}
    known = set[str]()
    for each in mine:
        places = {
            at
            for key in each.features.shareable()
            if isinstance(key, tuple) or len(sharers.get(key, ())) <= _EVERYWHERE
            for at in sharers.get(key, ())
        }
        outcome = _twin(each, (others[at] for at in sorted(places)), says)
        if outcome is not None:
            known.add(each.id)
            if isinstance(outcome, Proposed):
                proposed.setdefault(outcome.item_id, outcome)
    return Twins(tuple(proposed.values()), frozenset(known))


def _twin(mine: Thing, others: Iterator[Thing], says: SourceSays) -> Proposed | Literal["known"] | None:
    """What is to be asked of one thing; `known` if an editor has said what it is; None if it is like no other."""
    best: tuple[float, Thing, tuple[str, ...]] | None = None
    for other in others:
        if other.sort != mine.sort or other.id == mine.id or _is_one_already(mine, other, says):
            continue
        pair = pair_id(mine.id, other.id)
        if pair in says.pairs.same:
            if says.pairs.same[pair] == says.source.id:
                return "known"
            continue
        if pair in says.pairs.different or says.pairs.waiting.get(pair, says.source.id) != says.source.id:
            continue
        alike = likeness(mine.features, other.features)
        why = _WHY[mine.sort](mine, other, alike) if alike else ()
        if alike and why and (best is None or alike.total > best[0]):
            best = (alike.total, other, why)
    return _proposed(mine, best[1], best[2]) if best else None


def _is_one_already(mine: Thing, other: Thing, says: SourceSays) -> bool:
    """Whether two are known to be one, or come from one site: nobody tells the same thing there under two names."""
    if mine.cluster and mine.cluster == other.cluster:
        return True
    if mine.site and mine.site == other.site:
        return True
    return mine.sort == "organisation" and other.id == says.source.organisation


# ---- why two may be one, in words for an editor; none: they are not enough alike


def _vacancy(mine: Thing, other: Thing, alike: Likeness) -> tuple[str, ...]:
    one, two = mine.record, other.record
    if not isinstance(one, Vacancy) or not isinstance(two, Vacancy) or same_job(one, two):
        return ()
    employers = [[each for each in (record.employer, record.board) if each] for record in (one, two)]
    same_employer = names_alike(*employers) >= _LIKE_EMPLOYER
    # Two jobs at one school are told in the same words, but for what they are.
    if alike.name < _LIKE_NAME and not (alike.text >= _SAME_TEXT and not same_employer):
        return ()
    if not same_employer and alike.text < _SAME_TEXT and "address" not in alike.marks:
        return ()
    return _told(alike, "de naam" if alike.name >= _LIKE_NAME else "", "de werkgever" if same_employer else "")


def _event(mine: Thing, other: Thing, alike: Likeness) -> tuple[str, ...]:
    one, two = mine.record, other.record
    if not isinstance(one, Event) or not isinstance(two, Event) or same_event(one, two):
        return ()
    if alike.text >= _SAME_TEXT or alike.marks or alike.name >= _LIKE_NAME:
        return _told(alike, "de dag", "de naam" if alike.name >= _LIKE_NAME else "")
    return ()


def _question(_mine: Thing, _other: Thing, alike: Likeness) -> tuple[str, ...]:
    # A question in the same words is known without asking; here another question is answered the same.
    if alike.text >= _SAME_TEXT or (alike.name >= _LIKE_NAME and alike.text >= _SAME_TEXT / 2):
        return _told(alike, "de vraag" if alike.name >= _LIKE_NAME else "")
    return ()


def _organisation(_mine: Thing, _other: Thing, alike: Likeness) -> tuple[str, ...]:
    # Under a like name it is the same without asking.
    return _told(alike) if alike.marks and alike.name < _SAME_NAME else ()


_WHY: Mapping[Sort, Callable[[Thing, Thing, Likeness], tuple[str, ...]]] = {
    "vacancy": _vacancy,
    "event": _event,
    "question": _question,
    "organisation": _organisation,
}
_MARKS = {
    "address": "het adres van de pagina",
    "place": "de plaats en het uur",
    "phone": "het telefoonnummer",
    "email": "het e-mailadres",
}


def _told(alike: Likeness, *more: str) -> tuple[str, ...]:
    text = f"{alike.text:.0%} van de woorden" if alike.text >= _SAME_TEXT / 2 else ""
    return tuple(each for each in (*more, *(_MARKS[mark] for mark in alike.marks), text) if each)


def _proposed(mine: Thing, other: Thing, why: tuple[str, ...]) -> Proposed:
    one, two = mine.evidence, other.evidence
    return Proposed(
        kind="double",
        group="records",
        item_id=pair_id(mine.id, other.id),
        title=mine.name,
        pair=(mine.id, other.id),
        evidence=(
            one.model_copy(update={"alike": alike_in(one.words, two.words)}),
            two.model_copy(update={"alike": alike_in(two.words, one.words)}),
        ),
        about=f"Dit lijkt op ‘{other.name}’. Gelijk: {', '.join(why)}. Is het hetzelfde?",
    )
