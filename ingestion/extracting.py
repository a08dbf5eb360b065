"""FindingExtractor: from pages to what they say, as a step of a pipeline."""

from datetime import date
from pathlib import Path
from typing import Any

from haystack import Document, component

from ingestion.convert import decoded
from ingestion.extract.finding import Finding, PageFindings
from ingestion.extract.reading import ConvertedPage, read_page
from ingestion.extract.vocabulary import Vocabulary
from ingestion.fetch.archive import Archive

READER_VERSION = "4"
"""Of how pages are read and what is found in them: with another one every page is read again."""


@component
class FindingExtractor:
    """Finds amounts, dates, conditions, vacancies, events and so on in pages, in their text and in their data for machines."""

    def __init__(
        self, archive: str, places: dict[str, str] | None = None, subjects: dict[str, str] | None = None
    ) -> None:
        """
        :param archive: The folder of raw pages, for what a page says to machines.
        :param places: What a place is called, to the name of its municipality.
        :param subjects: What a subject is called, to its id.
        """
        self.archive = archive
        self.places = places or {}
        self.subjects = subjects or {}

    @component.output_types(findings=dict[str, PageFindings])
    def run(self, pages: list[Document]) -> dict[str, Any]:
        """
        :param pages: Each with `key` and `digest` in its meta.
        :returns: `findings` by key.
        """
        archive, vocabulary = Archive(Path(self.archive)), Vocabulary(self.places, self.subjects)
        return {
            "findings": {
                page.meta["key"]: self._of(page, archive.get(page.meta["digest"]), vocabulary) for page in pages
            }
        }

    def _of(self, page: Document, raw: bytes, vocabulary: Vocabulary) -> PageFindings:
        meta = page.meta
        converted = ConvertedPage(
            page.content or "",
            date.fromisoformat(meta["as_of"]),
            meta["title"],
            meta["url"],
            decoded(raw, meta.get("charset")) if meta.get("is_html") else "",
        )
        told = tuple(Finding.model_validate(each) for each in meta.get("findings", ()))
        read = read_page(converted, vocabulary)
        if not told:
            return read
        # What an API, a calendar or a table says to machines is not guessed at from its words too.
        kinds = {each.kind for each in told}
        rest = tuple(each for each in read.findings if each.kind not in kinds | {"vacancy", "event", "contact", "date"})
        return read.model_copy(update={"findings": told + rest})
