"""Translating: what has no English yet, and a record's English beside its Dutch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.editor import wording
from assistant.editor.difference import told
from assistant.editor.pages.listing import SIZE, item_address
from knowledge.catalogue import Catalogue
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.translated import StaleField
from knowledge.record import Kind, Record

FIELDS = ("title", "summary", "body")
_NOT_TRANSLATED = frozenset({Kind.VACANCY, Kind.EVENT})
"""What comes and goes too fast, and is told in the words of whoever placed it."""


@dataclass(frozen=True)
class UntranslatedRow:
    """A record of which English is missing."""

    address: str
    title: str
    sort: str
    missing: str


@dataclass(frozen=True)
class UntranslatedPage:
    """What has no English yet."""

    shell: Shell
    rows: tuple[UntranslatedRow, ...]
    count: str
    sorts: tuple[Choice, ...]
    before: str
    after: str


@dataclass(frozen=True)
class Words:
    """A field in two languages."""

    name: str
    label: str
    dutch: str
    english: str
    is_needed: bool
    is_long: bool
    error: str
    was: tuple[str, ...]
    """What the Dutch said when the English was written, if that was something else."""


@dataclass(frozen=True)
class TranslationPage:
    """A record's English beside its Dutch."""

    shell: Shell
    heading: str
    address: str
    item_address: str
    fields: tuple[Words, ...]
    change_sets: tuple[Choice, ...]
    seen: str
    done: str
    change_set: str
    """The change whose draft is shown; empty: it is what is published."""
    is_behind: bool
    """The Dutch became something else since the English was written."""
    id: str


def english_address(key: ItemKey, behind: Iterable[StaleField]) -> str:
    """Where the English of an item is written: beside its Dutch, or in its form if it is no text of a record."""
    is_text = key.group == "records" and any(each.path in FIELDS for each in behind)
    return f"/desk/redactie/vertalen/{key.id}" if is_text else item_address(key)


def missing(record: Record) -> tuple[str, ...]:
    """Which of its words have no English."""
    english = record.translations.get("en")
    return tuple(name for name in FIELDS if getattr(record, name) and not (english and getattr(english, name)))


def untranslated(catalogue: Catalogue) -> list[Record]:
    """The records of which English is missing, those that lack most first."""
    found = [each for each in catalogue if each.kind not in _NOT_TRANSLATED and missing(each)]
    return sorted(found, key=lambda each: (-len(missing(each)), each.kind, each.title))


def untranslated_page(editor: SignedInAdviser, catalogue: Catalogue, sort: str, offset: int) -> UntranslatedPage:
    """The page."""
    everything = untranslated(catalogue)
    found = [each for each in everything if not sort or each.kind == sort]
    shown = found[offset : offset + SIZE]
    kinds = {"": "Alles"} | {kind: wording.SORTS[kind] for kind in sorted({each.kind.value for each in everything})}
    address = f"/desk/redactie/vertalen?soort={sort}&vanaf="
    last = offset + len(shown)
    return UntranslatedPage(
        shell=shell("Vertalen", editor),
        rows=tuple(
            UntranslatedRow(
                f"/desk/redactie/vertalen/{each.id}",
                each.title,
                wording.ONE[each.kind.value],
                ", ".join(wording.FIELDS[name][0].lower() for name in missing(each)),
            )
            for each in shown
        ),
        count=f"{offset + 1} tot en met {last} van {len(found)}" if shown else "Alles is vertaald.",
        sorts=choices(kinds, sort if sort in kinds else ""),
        before=f"{address}{max(offset - SIZE, 0)}" if offset else "",
        after=f"{address}{last}" if last < len(found) else "",
    )


def translation_page(
    editor: SignedInAdviser,
    key: ItemKey,
    data: Json,
    typed: Mapping[str, str],
    change_sets: Sequence[Choice],
    seen: str,
    errors: Mapping[str, str],
    behind: Sequence[StaleField] = (),
    change_set: str = "",
    done: str = "",
) -> TranslationPage:
    """
    The page.

    :param behind: Fields whose Dutch became something else since the English was written.
    :param change_set: Whose draft it is.
    """
    before = {each.path: told(each.before) or ("(leeg)",) for each in behind}
    return TranslationPage(
        shell=shell(f"Vertalen: {data['title']}", editor),
        heading=str(data["title"]),
        address=f"/desk/redactie/vertalen/{key.id}",
        item_address=item_address(key),
        fields=tuple(
            Words(
                name,
                wording.FIELDS[name][0],
                str(data.get(name, "")),
                typed.get(name, ""),
                name != "body",
                name == "body",
                errors.get(name, ""),
                before.get(name, ()),
            )
            for name in FIELDS
        ),
        change_sets=tuple(change_sets),
        seen=seen,
        done=done,
        change_set=change_set,
        is_behind=any(name in before for name in FIELDS),
        id=key.id,
    )
