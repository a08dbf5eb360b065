"""A question that had no good answer, as the beginning of one."""

import re
from collections.abc import Iterable, Sequence

from assistant.answering.gaps import Gap
from knowledge.catalogue import Catalogue
from knowledge.index.dutch import folded
from knowledge.index.search import Hit
from knowledge.publishing.cases import NewCase
from knowledge.publishing.item import Json

_MOST_SOURCES = 3
_WORDS_IN_NAME = 6
_LONGEST_TITLE = 160
_LONGEST_NAME = 100


def begun(gap: Gap, hits: Iterable[Hit], catalogue: Catalogue) -> Json:
    """
    What stands in the form of a new question with its answer.

    :param hits: What the index finds for the question: the sources of the nearest records are put forward, for the
        editor to keep or to take away. The answer itself is the editor's.
    """
    title = gap.question.strip()[:_LONGEST_TITLE]
    records = (catalogue.find(hit.passage.record_id) for hit in hits if hit.passage.record_id)
    sources = dict.fromkeys(record.sources[0] for record in records if record is not None)
    return {
        "kind": "faq",
        "id": _named("faq", gap.question),
        "title": title[:1].upper() + title[1:],
        "also_called": [gap.question, *gap.examples],
        "sources": list(sources)[:_MOST_SOURCES],
        "confidence": "medium",
    }


def case_of(gap: Gap, record_id: str, sources: Iterable[str], regions: Sequence[str]) -> NewCase:
    """
    The question as a case of the evaluation: the new answer has to be found for it.

    :param sources: That the answer names.
    :param regions: Of the editor; it is asked in the one in which most visitors asked it, if that is theirs.
    """
    asked_in = [region for region, _ in gap.regions if region in regions]
    return NewCase(
        id=_named("redactie", gap.question),
        question=gap.question[:2000],
        region=next(iter([*asked_in, *regions]), ""),
        record_id=record_id,
        source=", ".join(sources) or "de redactie",
    )


def _named(kind: str, question: str) -> str:
    words = re.findall(r"[a-z0-9]+", folded(question[:_LONGEST_TITLE]))[:_WORDS_IN_NAME]
    return "-".join([kind, *words])[:_LONGEST_NAME].rstrip("-")
