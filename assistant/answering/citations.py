"""Numbers for sources, in the order in which the reply leans on them."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from assistant.answering.reply import Citation
from knowledge.catalogue import Catalogue
from knowledge.passage import Passage
from knowledge.record import Claim, Record
from knowledge.source import Source

MARK = re.compile(r"\u27e6(\d+)\u27e7")
"""How a citation stands in the text between template and HTML: ⟦1⟧."""
_QUOTE_CHARS = 280


class Citations:
    """Collects what a reply cites. One source cited twice keeps its number."""

    def __init__(self, catalogue: Catalogue, locale: str, before: Mapping[str, int] | None = None) -> None:
        """
        :param before: Numbers that an earlier part of the same reply gave, by the id of what was cited.
        """
        self._catalogue = catalogue
        self._locale = locale
        self._before = before or {}
        self._found: dict[str, Citation] = {}
        self.records: dict[str, Record] = {}
        """Every record that was cited: what the reply may lean on."""
        self.passages: dict[str, Passage] = {}
        self.claims: list[Claim] = []
        """What sources were named for, where they disagree."""
        self.sources: dict[str, Source] = {}
        """Sources that were named for what they say themselves, where sources disagree."""

    def number(self, cited: Record | Passage) -> int:
        """The number of a record or passage, given now if it had none."""
        key = cited.id
        if isinstance(cited, Record):
            self.records[key] = cited
        else:
            self.passages[key] = cited
        if key not in self._found:
            self._found[key] = self._citation(self._next(key), cited)
        return self._found[key].n

    def _next(self, key: str) -> int:
        """The number it had before, or one that nothing has."""
        new = (each for each in self._found if each not in self._before)
        return self._before.get(key) or max(self._before.values(), default=0) + sum(1 for _ in new) + 1

    def numbers(self) -> dict[str, int]:
        """Every number given so far, by the id of what was cited, those of before included."""
        return {**self._before, **{key: found.n for key, found in self._found.items()}}

    def mark(self, cited: Record | Passage) -> str:
        """The number as it stands in a template's text."""
        return f"\u27e6{self.number(cited)}\u27e7"

    def mark_claim(self, claim: Claim) -> str:
        """The number of the source of a claim, as it stands in a template's text."""
        source = self.sources.setdefault(claim.source, self._catalogue.sources[claim.source])
        self.claims.append(claim)
        if source.id not in self._found:
            self._found[source.id] = Citation(
                n=self._next(source.id), record_id=source.id, title=source.title, url=source.address,
                publisher=source.publisher, as_of=source.as_of, quote=_short(claim.says),
            )  # fmt: skip
        return f"\u27e6{self._found[source.id].n}\u27e7"

    def all(self) -> tuple[Citation, ...]:
        """The citations in order."""
        return tuple(self._found.values())

    def _citation(self, n: int, cited: Record | Passage) -> Citation:
        if isinstance(cited, Passage):
            title = f"{cited.title}: {cited.section}" if cited.section else cited.title
            return Citation(
                n=n, record_id=cited.source_id, title=title, url=address_of(cited), publisher=cited.publisher, as_of=cited.as_of,
                quote=_short(cited.text),
            )  # fmt: skip
        source = self._catalogue.source_of(cited)
        words = cited.in_locale(self._locale)
        return Citation(
            n=n, record_id=cited.id, title=words.title, url=source.address, publisher=source.publisher, as_of=source.as_of,
            quote=_short(words.summary),
        )  # fmt: skip


def address_of(passage: Passage) -> str | None:
    """
    Where a passage stands: the address of its document, with the page of a PDF or the heading on a web page.

    A browser that knows no text fragments (https://wicg.github.io/scroll-to-text-fragment/) opens the page at its top.
    """
    if passage.url is None or passage.record_id is not None:
        return passage.url
    address, _, fragment = passage.url.partition("#")
    if passage.page is not None:
        return passage.url if fragment else f"{address}#page={passage.page}"
    if not passage.section or not address.startswith(("http://", "https://")):
        return passage.url
    # A hyphen and a comma mean something in a fragment; `quote` leaves the first as it is.
    heading = quote(passage.section, safe="").replace("-", "%2D")
    return f"{address}#{fragment}:~:text={heading}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTE_CHARS else plain[: _QUOTE_CHARS - 1].rsplit(" ", 1)[0] + " …"
