"""Passages of a source to the store."""

from pathlib import Path
from typing import Any

import pytest
from haystack import Document

from ingestion.write import PassageWriter
from knowledge.index.passages import StoredPassages


def document(position: int, text: str, file: str = "plan.txt", **more: Any) -> Document:
    """A passage as the splitter makes it."""
    meta = {"source_id": "plan", "title": "Plan", "publisher": "Gemeente", "as_of": "2026", "file": file}
    return Document(content=text, meta=meta | {"position": position, "regions": ["haaglanden"]} | more)


@pytest.fixture
def store(tmp_path: Path) -> StoredPassages:
    """An empty store."""
    return StoredPassages(tmp_path)


def test_a_passage_carries_all_that_a_citation_needs(store: StoredPassages) -> None:
    PassageWriter(str(store.folder)).run(
        [document(4, "Tekst.", section="Werven", page_number=7, language="en")], "plan"
    )

    [kept] = store
    assert (kept.id, kept.kind, kept.section, kept.page, kept.language) == ("plan#4", "document", "Werven", 7, "en")
    assert (kept.title, kept.publisher, kept.as_of, kept.regions) == ("Plan", "Gemeente", "2026", ("haaglanden",))


def test_what_changed_is_counted_as_removed_and_added(store: StoredPassages) -> None:
    writer = PassageWriter(str(store.folder))
    assert writer.run([document(0, "Een."), document(1, "Twee."), document(2, "Drie.")], "plan") == {
        "added": 3,
        "unchanged": 0,
        "removed": 0,
    }

    again = writer.run([document(0, "Een."), document(1, "Anders.")], "plan")

    assert again == {"added": 1, "unchanged": 1, "removed": 2}
    assert [each.text for each in store] == ["Een.", "Anders."]


def test_no_passages_leave_the_store_as_it_was(store: StoredPassages) -> None:
    writer = PassageWriter(str(store.folder))
    writer.run([document(0, "Een.")], "plan")

    assert writer.run([], "plan") == {"added": 0, "unchanged": 1, "removed": 0}
    assert len(list(store)) == 1


def test_what_a_refused_file_gave_before_stays(store: StoredPassages) -> None:
    writer = PassageWriter(str(store.folder))
    writer.run([document(0, "Een.", "a.pdf"), document(0, "Twee.", "b.txt")], "plan", several=True)

    writer.run(
        [document(0, "Nieuw.", "b.txt")], "plan", several=True, refused=[{"file": "a.pdf", "why": "", "fix": ""}]
    )

    assert {each.id: each.text for each in store} == {"plan#a-pdf-0": "Een.", "plan#b-txt-0": "Nieuw."}
