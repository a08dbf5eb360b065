"""Questions with their answers: a heading that asks, and what stands under it."""

import re
from collections.abc import Iterator

from ingestion.extract.finding import Finding, QuestionFound
from ingestion.extract.text import PageText

_ASKS = re.compile(r"^(?:\d+[.)]\s*)?(?P<question>.{6,300}\?)$")
_RHETORIC = re.compile(
    r"^(?:wat heb je nodig|wat (?:bieden|vragen|zoeken|krijg|neem|doe|ga) (?:wij|we|je|jij)|wie ben jij|wie zoeken|interesse|ben jij|nieuwsgierig|vragen|meer weten)",
    re.IGNORECASE,
)


def questions(page: PageText) -> Iterator[Finding]:
    """Every question that is a heading, with the words under it, up to the next heading."""
    for part in page.parts:
        asked = _ASKS.match(part.title)
        answer = page.content[part.offset : part.end].partition("\n")[2].strip()
        # The title of a page may ask too; the page is no list of questions for that.
        is_title = len(part.headings) < 2 and part is page.parts[0]
        if asked is None or not answer or not part.units or is_title or _RHETORIC.match(part.title):
            continue
        first = part.units[0]
        yield Finding(
            value=QuestionFound(question=asked["question"], answer=answer[:8_000]),
            words=page.quoted(first.offset, part.end),
            place=page.place(first),
            confidence="high",
        )
