"""Questions that a source answers and no record does yet."""

import re
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz, process

from ingestion.compare.said import SourcePage, SourceSays, said_on, source_of
from ingestion.extract.finding import QuestionFound
from ingestion.source import WatchedSource
from knowledge.article import Faq
from knowledge.catalogue import Catalogue
from knowledge.numeral import folded
from knowledge.publishing.proposal import Change, Proposed
from knowledge.record import dumped
from knowledge.source import Source

_KNOWN_QUESTION = 82
"""Of 100: a question that is so much like one that we answer is that one."""


def new_questions(
    says: SourceSays, pages: Sequence[SourcePage], catalogue: Catalogue, known: Collection[str] = ()
) -> Iterator[Proposed]:
    """
    A question with its answer that no record answers yet.

    :param known: The ids of questions that are, or may be, there already in other words.
    """
    asked = {folded(name): each.id for each in catalogue for name in (each.title, *each.also_called)}
    seen: list[str] = []
    for said in said_on(pages, "question"):
        value = said.finding.value
        if not isinstance(value, QuestionFound) or not said.is_sure or len(value.answer) < 10:
            continue
        question = folded(value.question).rstrip(" ?")
        if process.extractOne(question, asked.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_KNOWN_QUESTION):
            continue
        if process.extractOne(question, seen, scorer=fuzz.token_sort_ratio, score_cutoff=_KNOWN_QUESTION):
            continue
        seen.append(question)
        origin = source_of(said)
        item_id = asked_id(value)
        if item_id in says.aliases or item_id in known:
            continue
        yield Proposed(
            kind="new",
            group="records",
            item_id=item_id,
            title=value.question[:160],
            changes=tuple(
                Change(field=name, after=content, told_after=content if isinstance(content, str) else "")
                for name, content in _faq(item_id, value, says.source, origin, catalogue).items()
            ),
            evidence=(said.evidence(),),
            about=f"{said.page.publisher} beantwoordt een vraag die wij nog niet kennen. Schrijf het antwoord in eigen woorden.",
            sources=(origin.model_dump(mode="json", exclude_defaults=True),),
        )


def asked_id(value: QuestionFound) -> str:
    """The id that a record of a question would get."""
    words = re.sub(r"[^a-z0-9]+", "-", folded(value.question)).strip("-")
    return f"faq-{words[:60].strip('-')}"


def _faq(
    item_id: str, value: QuestionFound, source: WatchedSource, origin: Source, catalogue: Catalogue
) -> dict[str, object]:
    faq = Faq.model_validate(
        {
            "id": item_id,
            "title": value.question[:160],
            "summary": value.answer[:600],
            "body": value.answer if len(value.answer) > 600 else "",
            "sources": [origin.id],
            "sectors": source.sectors,
            "regions": [each for each in source.regions if catalogue.find(each)],
            # Somebody else's words are not told to visitors as they stand.
            "confidence": "low",
        }
    )
    return {"id": item_id, **dumped(faq)}
