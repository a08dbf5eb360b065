"""A change as lines of plain text: old and new of each field, and who says so."""

from collections.abc import Iterator

from assistant.news.change import Change
from assistant.news.wording import Locale

_WORDS: dict[Locale, tuple[str, str, str, str]] = {
    "nl": ("was", "Is nu", "Dit staat er niet meer.", "Bron"),
    "en": ("was", "Is now", "This is no longer there.", "Source"),
}


def in_lines(change: Change, locale: Locale) -> Iterator[str]:
    """`Bedrag: was € 2.601 per studiejaar (2025-2026). Is nu: € 2.694 per studiejaar (2026-2027).`, and the sources."""
    was, now, gone, source = _WORDS[locale]
    for each in change.lines:
        old, new = "; ".join(each.was).rstrip("."), "; ".join(each.now).rstrip(".")
        if old and new:
            yield f"{each.label}: {was} {old}. {now}: {new}."
        else:
            yield f"{each.label}: {new}." if new else f"{each.label}: {was} {old}. {gone}"
    if change.references:
        yield f"{source}: {', '.join(f'{each.publisher} ({each.as_of})' for each in change.references[:3])}"
