"""A question that had no good answer, as the beginning of one."""

import re
from collections.abc import Iterable

from assistant.answering.gaps import Gap
from knowledge.catalogue import Catalogue
from knowledge.index.dutch import folded
from knowledge.index.search import Hit
from knowledge.publishing.item import Json

_MOST_SOURCES = 3
_WORDS_IN_NAME = 6
_LONGEST_TITLE = 160


def begun(gap: Gap, hits: Iterable[Hit], catalogue: Catalogue) -> Json:
    """
    What stands in the form of a new question with its answer.

    :param hits: What the index finds for the question: the sources of the nearest records are put forward, for the
        editor to keep or to take away. The answer itself is the editor's.
    """
    title = gap.question.strip()[:_LONGEST_TITLE]
    words = re.findall(r"[a-z0-9]+", folded(title))[:_WORDS_IN_NAME]
    records = (catalogue.find(hit.passage.record_id) for hit in hits if hit.passage.record_id)
    sources = dict.fromkeys(record.sources[0] for record in records if record is not None)
    return {
        "kind": "faq",
        "id": "-".join(["faq", *words]),
        "title": title[:1].upper() + title[1:],
        "also_called": [gap.question, *gap.examples],
        "sources": list(sources)[:_MOST_SOURCES],
        "confidence": "medium",
    }
