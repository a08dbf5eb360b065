"""PageLanguage: Dutch or English, so that a visitor is told when a source is in the other language."""

import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from haystack import Document, component

if TYPE_CHECKING:
    from lingua import LanguageDetector

_READ = 4000
_ENOUGH = 60
"""Characters; a shorter text is taken to be Dutch."""
_LOCK = threading.Lock()


@component
class PageLanguage:
    """Gives each page `meta["language"]`, `nl` or `en`."""

    @component.output_types(pages=list[Document])
    def run(self, pages: list[Document]) -> dict[str, list[Document]]:
        """
        :param pages: `content` is read as far as needed.
        :returns: `pages`, the same with `language`.
        """
        return {
            "pages": [replace(page, meta=page.meta | {"language": language_of(page.content or "")}) for page in pages]
        }


def language_of(text: str) -> str:
    """`nl` or `en`, whichever the text is more like."""
    if len(text.strip()) < _ENOUGH:
        return "nl"
    with _LOCK:
        found = _detector().detect_language_of(text[:_READ])
    return "en" if found is not None and found.iso_code_639_1.name == "EN" else "nl"


@cache
def _detector() -> "LanguageDetector":
    """Loaded at first use: the models of two languages take about half a second."""
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Language.DUTCH, Language.ENGLISH).with_low_accuracy_mode().build()
