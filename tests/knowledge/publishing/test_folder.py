"""What is published goes to a folder of YAML and comes back as the same, byte for byte."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.publishing.folder import FolderProblem, difference, export
from knowledge.publishing.item import ItemKey, dumped, group_of, items_of, parsed
from knowledge.publishing.yaml_text import item_text
from knowledge.reader import CONTENT, read_content
from tests.knowledge.publishing.conftest import ANNA, BRAM, Desk

TERM = ItemKey("records", "bevoegdheid")
SHARING = ItemKey("arrangements", "sool-afspraak")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}


def published(desk: Desk, change: str) -> None:
    if desk.change_sets.review_need(change).is_needed:
        desk.change_sets.submit(change)
        desk.change_sets.approve(change, BRAM)
    desk.publisher.publish(change, ANNA)


def test_the_content_as_delivered_is_exported_as_it_is(desk: Desk, tmp_path: Path) -> None:
    export(CONTENT, desk.publisher.content(), tmp_path / "out")

    assert bytes_of(tmp_path / "out") == bytes_of(CONTENT)


def test_edits_survive_export_import_and_export_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    change = desk.change(TERM, summary="Een bevoegdheid is een bewijs.\nDaarmee mag je lesgeven: # zo is het.")
    desk.revisions.copy(change, TERM, "bevoegdheid-kort", ANNA, {"also_called": []})
    rule = ItemKey("rules", "pabo-voltijd-toetsen")
    desk.revisions.retire(change, rule, ANNA)
    desk.change(SHARING, change_set=change, text="Deze tekst is veranderd, en anderen delen een lijst met dit stuk.")
    published(desk, change)

    told = export(CONTENT, desk.publisher.content(), tmp_path / "one")
    changed = difference(read_content(), read_content(tmp_path / "one"))
    desk.publisher.back(0, ANNA)
    again = desk.change_sets.begin("Ingelezen", ANNA).id
    desk.revisions.save_all(again, changed, ANNA)
    published(desk, again)
    export(CONTENT, desk.publisher.content(), tmp_path / "two")

    assert set(changed) == {TERM, ItemKey("records", "bevoegdheid-kort"), rule, SHARING}
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert told.rewritten == ("rules/po.yaml", "terms/terms.yaml")
    assert told.without_comments == ("arrangements/other-routes.yaml",)


def test_comments_between_items_stay(desk: Desk, tmp_path: Path) -> None:
    rule = ItemKey("rules", "pabo-voltijd-vooropleiding")
    change = desk.change(rule, statement="Voor de pabo heb je een diploma nodig, of je bent 21 jaar of ouder.")
    published(desk, change)

    export(CONTENT, desk.publisher.content(), tmp_path / "out")

    before, after = (folder / "rules" / "po.yaml" for folder in (CONTENT, tmp_path / "out"))
    comments = [line for line in before.read_text("utf-8").split("\n") if line.startswith("#")]
    assert [line for line in after.read_text("utf-8").split("\n") if line.startswith("#")] == comments
    differing = set(after.read_text("utf-8").split("\n")) ^ set(before.read_text("utf-8").split("\n"))
    assert len(differing) < 25, "only the lines of that item"


def test_every_item_reads_back_from_its_yaml(desk: Desk) -> None:
    for key, item in items_of(desk.publisher.content()):
        [read] = yaml.safe_load(item_text(dumped(item)))
        assert parsed(key.group, read) == item, key
        assert group_of(item) == key.group


@given(text=st.text(min_size=10, max_size=400), alias=st.text(min_size=1, max_size=40))
def test_whatever_is_typed_reads_back_from_its_yaml(text: str, alias: str) -> None:
    item = {"id": "een-begrip", "kind": "term", "title": "Begrip", "summary": text, "also_called": [alias, "twee"]}
    readable = all(each == "\n" or each.isprintable() for each in text + alias)

    [read] = yaml.safe_load(item_text(item))

    assert read == item or not readable


def test_an_export_takes_the_place_of_an_earlier_one(desk: Desk, tmp_path: Path) -> None:
    change = desk.change_sets.begin("Nieuw", ANNA).id
    desk.revisions.copy(change, TERM, "bevoegdheid-kort", ANNA, {"also_called": []})
    published(desk, change)
    export(CONTENT, desk.publisher.content(), tmp_path / "out")
    assert (tmp_path / "out" / "toegevoegd" / "term.yaml").exists()

    desk.publisher.back(0, ANNA)
    export(CONTENT, desk.publisher.content(), tmp_path / "out")

    assert bytes_of(tmp_path / "out") == bytes_of(CONTENT)


def test_the_content_itself_is_not_written_over(desk: Desk) -> None:
    with pytest.raises(FolderProblem):
        export(CONTENT, desk.publisher.content(), CONTENT)
