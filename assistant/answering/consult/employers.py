"""Who has schools where, and who trains together: school boards by place, partners of a training school."""

import re

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.explanations import tell
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.answering.understand.text import fold
from knowledge.place import Institution, Municipality
from knowledge.record import Kind, Record

_SHOWN = 8
_SMALL_BOARDS = "kleine-besturen-{region}"
"""The article, one a region, with schools of boards that we do not know by name."""
_ASKS_BOARDS = re.compile(
    r"\b(?:welke|wat voor|hoeveel|alle|lijst|overzicht|noem|zijn er|which|what)\b.{0,40}"
    r"\b(?:school ?bestu\w+|besturen|scholengroep\w*|onderwijsstichting\w*|school boards?)\b"
    r"|\b(?:school ?bestu\w+|besturen|scholengroepen)\b.{0,20}\b(?:in|rond|bij)\b"
)
_ASKS_WHO = re.compile(
    r"\b(?:wie|welke (?:scholen|besturen|schoolbesturen|hogescholen|partners))\b.{0,25}\b(?:zit|zitten|doet mee|doen mee|meedoe\w*|werkt|werken|hoort|horen)\b"
    r"|\bpartners?\b|\bwho is in\b|\bwho takes part\b"
)


def boards(c: Consultation) -> Finding | None:
    """The school boards of the place or else the region that a question asks about; None when it asks for none."""
    if not _ASKS_BOARDS.search(fold(c.understood.text)) or c.understood.elsewhere:
        return None
    fact = c.fact("municipality")
    place = c.catalogue.municipalities.get(str(fact.value)) if fact else None
    if place is not None and not place.regions:
        return None
    found = boards_in(c, place)
    elsewhere = tuple(each for each in boards_in(c, None) if place and c.sectors and not each.municipalities)[:_SHOWN]
    counted = [c.catalogue.source_of(each).as_of[:4] for each in found if place and each.primary_locations]
    if not found and not elsewhere:
        return None
    region = c.catalogue.find(c.region)
    article = c.catalogue.find(_SMALL_BOARDS.format(region=c.region))
    is_told = article is not None and place is not None and place.name in article.body and c.suits_sector(article)
    small: tuple[Record, ...] = (article,) if article is not None and is_told else ()
    return Finding(
        template="boards",
        status=AnswerStatus.ANSWERED_LIST,
        values={
            "boards": found[:_SHOWN],
            "elsewhere": elsewhere,
            "counted": max(counted, default=""),
            "left_out": max(len(found) - _SHOWN, 0),
            "municipality": place,
            "region": region,
            "small": small,
        },
        cited=(*found[:_SHOWN], *elsewhere, *small),
        topic=Topic(intent="vacancy"),
    )


def boards_in(c: Consultation, place: Municipality | None) -> tuple[Institution, ...]:
    """
    Boards and mbo schools with schools in a place, those with the most locations first.

    :param place: None for the visitor's whole region.
    """
    found = [
        each
        for each in c.catalogue.all(Institution)
        if each.status != "ended"
        and (place.id in each.municipalities if place else c.region in each.regions)
        and _employs_in_sector(c, each)
    ]
    size = {
        each.id: each.primary_locations.get(place.id, 0) if place else sum(each.primary_locations.values())
        for each in found
    }
    return tuple(sorted(found, key=lambda each: (-size[each.id], each.title)))


def _employs_in_sector(c: Consultation, institution: Institution) -> bool:
    """Whether it has schools of a kind this answer is about; an mbo school trains for others and employs in its own."""
    if institution.type == "mbo-school":
        return not c.sectors or "mbo" in c.sectors
    return institution.type == "schoolbestuur" and c.suits_sector(institution)


def partners(c: Consultation) -> Finding | None:
    """Who takes part in the training school that is named; None when the question asks nothing like it."""
    named = [each for each in c.named(Kind.INSTITUTION) if isinstance(each, Institution)]
    school = next((each for each in named if each.type == "opleidingsschool"), None)
    if school is None or not _ASKS_WHO.search(fold(c.understood.text)):
        return None
    return tell(school)
