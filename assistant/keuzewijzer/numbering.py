"""Numbers for sources, in the order in which the document leans on them; and records told with their numbers."""

from collections.abc import Iterable
from datetime import date

from assistant.keuzewijzer.document import Claim, Conflict, Fact, Refs, SourceRow, Text
from knowledge.catalogue import Catalogue
from knowledge.programme import MONTHS
from knowledge.record import Conflict as Disagreement
from knowledge.source import LegalBasis


class Numbering:
    """Gives each source its number once, and lists them all at the end."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._numbers: dict[str, int] = {}

    def refs(self, sources: Iterable[str], most: int = 3) -> Refs:
        """The numbers of the first sources; a record's best ones come first."""
        ids = list(dict.fromkeys(sources))[:most]
        return tuple(self._numbers.setdefault(each, len(self._numbers) + 1) for each in ids)

    def text(self, text: str, sources: Iterable[str], basis: LegalBasis | None = None) -> Text:
        """A sentence with who says it, and the law that it rests on."""
        return Text(text=text, refs=self.refs(sources), basis=str(basis) if basis else "")

    def facts(self, sources: Iterable[str], *pairs: tuple[str, str]) -> tuple[Fact, ...]:
        """Labelled words of one record; pairs without words are left out."""
        refs = self.refs(sources, most=1)
        return tuple(Fact(label=label, text=text, refs=refs) for label, text in pairs if text)

    def conflict(self, conflict: Disagreement) -> Conflict:
        """Where sources disagree, with who says what and when."""
        return Conflict(
            about=conflict.about,
            claims=tuple(
                Claim(
                    says=claim.says,
                    who=self._catalogue.sources[claim.source].publisher,
                    as_of=in_words(claim.as_of),
                    ref=self.refs([claim.source])[0],
                )
                for claim in conflict.claims
            ),
            sure=conflict.sure,
            ask=conflict.ask,
        )

    def rows(self) -> tuple[SourceRow, ...]:
        """The list of sources, by number."""
        found = ((number, self._catalogue.sources[each]) for each, number in self._numbers.items())
        return tuple(
            SourceRow(
                number=number,
                title=source.title,
                publisher=source.publisher,
                address=source.address or "",
                as_of=in_words(source.as_of),
            )
            for number, source in found
        )


def in_words(as_of: str) -> str:
    """A date as precise as it is given: `27 november 2026`, `november 2026`, `2026`."""
    year, *rest = as_of.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def day_in_words(day: date) -> str:
    """`27 november 2026`."""
    return in_words(day.isoformat())
