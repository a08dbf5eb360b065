"""PassageWriter: passages of one source to the store, in the place of what was there."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from haystack import Document, component

from knowledge.index.passages import StoredPassages
from knowledge.passage import Passage

DOCUMENT = "document"
"""The kind of a passage that belongs to no record."""


@component
class PassageWriter:
    """
    Keeps the passages of a run as all there is of their source.

    With one file a passage is `plan-hgl#12`, with more `plan-hgl#bijlage-12`. What a refused file gave before stays.
    """

    def __init__(self, folder: str) -> None:
        """:param folder: Of the stored passages."""
        self.folder = folder

    @component.output_types(added=int, unchanged=int, removed=int)
    def run(
        self,
        passages: list[Document],
        source_id: str,
        several: bool = False,
        refused: list[dict[str, str]] | None = None,
        kept: list[str] | None = None,
    ) -> dict[str, int]:
        """
        :param passages: All of one source; none leaves the store as it is, unless `kept` says what stays.
        :param several: Whether the source has more than one file.
        :param refused: Files of the source that were not taken this time.
        :param kept: Files that are known to be the same, and were not read again; their passages stay.
        :returns: How many passages are `added`, `unchanged` and `removed`; a changed one is removed and added.
        """
        store = StoredPassages(Path(self.folder))
        before = store.of(source_id)
        made = [_passage(each, several) for each in passages]
        if not made and kept is None:
            return {"added": 0, "unchanged": len(before), "removed": 0}
        spared = {f"{source_id}#{_slug(each['file'])}" for each in refused or []}
        spared |= {f"{source_id}#{_slug(each)}" for each in kept or []}
        after = made + [each for each in before if several and each.id.rpartition("-")[0] in spared]
        old, new = (Counter(each.model_dump_json(exclude={"id"}) for each in these) for these in (before, after))
        if before != after:
            store.replace(source_id, after)
        return {
            "added": (new - old).total(),
            "unchanged": (new & old).total(),
            "removed": (old - new).total(),
        }


def _passage(document: Document, several: bool) -> Passage:
    meta: dict[str, Any] = document.meta
    place = f"{_slug(meta['file'])}-{meta['position']}" if several else str(meta["position"])
    return Passage(
        id=f"{meta['source_id']}#{place}",
        source_id=meta["source_id"],
        kind=DOCUMENT,
        title=meta["title"],
        section=meta.get("section", ""),
        text=document.content or "",
        publisher=meta["publisher"],
        url=meta.get("url"),
        as_of=meta["as_of"],
        page=meta.get("page_number"),
        language=meta.get("language", "nl"),
        sectors=tuple(meta.get("sectors", ())),
        regions=tuple(meta.get("regions", ())),
    )


def _slug(file: str) -> str:
    """A file's name as part of an id; the suffix too, since `plan.txt` and `plan.pdf` may stand side by side."""
    return re.sub(r"[^a-z0-9]+", "-", file.lower()).strip("-") or "bestand"
