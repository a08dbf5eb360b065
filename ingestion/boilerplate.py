"""SharedLines: takes out of a site's pages what stands on most of them: newsletters, disclaimers, "Deel deze pagina"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from haystack import Document, component

from ingestion.layout import PAGE_BREAK

FEWEST_PAGES = 5
"""Of fewer pages nobody can tell what is shared and what is said twice."""
_SHARE = 0.5
_LONGEST = 600
"""Characters; a longer paragraph that stands everywhere is what the site wants to say."""


@component
class SharedLines:
    """
    Takes the lines out of a site's pages that stand on most of them; a heading that nothing is left under goes too.

    A page of shared lines alone stays as it is.
    """

    @component.output_types(pages=list[Document])
    def run(self, pages: list[Document], others: list[str]) -> dict[str, list[Document]]:
        """
        :param pages: Of one site.
        :param others: Other pages of it as Markdown, so that what is shared is known when a single page changed.
        :returns: `pages`, each with at least something left.
        """
        lines = frozenset(shared_lines([*(page.content or "" for page in pages), *others]))
        return {"pages": [replace(page, content=without(page.content or "", lines)) for page in pages]}


def shared_lines(pages: Iterable[str]) -> list[str]:
    """
    The lines that stand on at least half of a site's pages, in alphabetical order; none if there are fewer than five.

    Rows of tables and headings are never among them: the same row may be the answer on each of two pages.

    :param pages: Markdown of pages of one site.
    """
    texts = list(pages)
    if len(texts) < FEWEST_PAGES:
        return []
    seen = Counter(line for text in texts for line in {_bare(each) for each in text.split("\n")})
    return sorted(line for line, times in seen.items() if times >= len(texts) * _SHARE and _may_go(line))


def without(content: str, shared: frozenset[str]) -> str:
    """The page without these lines; as it was, if nothing else stands on it."""
    lines = [line for line in content.split("\n") if _bare(line) not in shared or PAGE_BREAK in line]
    if len(lines) == content.count("\n") + 1:
        return content
    kept = _without_empty_headings(lines)
    left = "\n".join(kept)
    while "\n\n\n" in left:
        left = left.replace("\n\n\n", "\n\n")
    return left.strip("\n") if any(line.strip() and not line.startswith("#") for line in kept) else content


def _without_empty_headings(lines: list[str]) -> list[str]:
    """Without headings under which nothing stands up to the next heading of its own level or above."""
    kept: list[str] = []
    said_since = False
    level_below = 0
    for line in reversed(lines):
        level = len(line) - len(line.lstrip("#")) if line.startswith("#") else 0
        if not level:
            said_since = said_since or bool(line.strip())
            kept.append(line)
        elif said_since or level_below > level or level == 1:
            kept.append(line)
            said_since, level_below = False, level
    return kept[::-1]


def _bare(line: str) -> str:
    return " ".join(line.replace(PAGE_BREAK, " ").split())


def _may_go(line: str) -> bool:
    return 0 < len(line) <= _LONGEST and not line.startswith(("#", "|"))
