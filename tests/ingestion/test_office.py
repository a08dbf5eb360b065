"""Word processors' and spreadsheets' documents, whole or hostile."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from ingestion.convert import PageConverter, Refused, text_of
from ingestion.office import MOST_UNPACKED


def word() -> bytes:
    """A DOCX with headings, a list and a table with a merged cell."""
    document = Document()
    document.add_heading("Stappenplan", 1)
    document.add_paragraph("Praat met het loket.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "Kosten"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "Pabo", "€ 2.601"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def sheet() -> bytes:
    """An XLSX with an amount, a day, a formula and a merged cell."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Scholen"
    for row in (
        ["School", "Plaats"],
        ["De Duinroos | noord", "Katwijk"],
        ["=1+1", 12.0],
        [None, None],
        ["Samen", None],
    ):
        page.append(row)
    page.merge_cells("A5:B5")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_given_a_docx_when_read_then_headings_lists_and_tables_are_kept() -> None:
    text = text_of(word(), ".docx")[1]
    assert text.startswith("# Stappenplan\n\n- Praat met het loket.")
    assert "| Kosten |" in text
    assert "| Pabo | € 2.601 |" in text


def test_given_an_xlsx_when_read_then_each_sheet_is_a_table_and_formulas_are_not_worked_out() -> None:
    text = text_of(sheet(), ".xlsx")[1]
    assert text.startswith("## Scholen\n\n| School | Plaats |\n|---|---|\n| De Duinroos / noord | Katwijk |")
    assert "=1+1" not in text
    assert "|  | 12 |" in text
    assert text.endswith("| Samen |  |")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_given_a_csv_when_read_then_its_columns_are_told_apart(separator: str) -> None:
    raw = separator.join(["School", "Plaats"]) + "\r\n" + separator.join(["De Kwal", "Katwijk"]) + "\r\n"
    assert text_of(raw.encode(), ".csv")[1] == "| School | Plaats |\n|---|---|\n| De Kwal | Katwijk |"


def test_given_a_bomb_a_locked_and_a_broken_file_when_read_then_each_is_refused_with_what_to_do() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (MOST_UNPACKED + 1))
    for raw, told in (
        (bomb.getvalue(), "unpacks to over 200 MB"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "locked with a password"),
        (b"PK\x03\x04 broken", "damaged"),
        (_zip({"[Content_Types].xml": "<x/>"}), "no DOCX"),
    ):
        with pytest.raises(Refused, match=told) as caught:
            text_of(raw, ".docx")
        assert caught.value.fix


def test_given_an_entity_in_a_docx_when_read_then_no_file_of_ours_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    inside = dict(_unzipped(word()))
    body = inside["word/document.xml"].decode()
    hostile = f'<!DOCTYPE x [<!ENTITY g SYSTEM "file://{secret}">]>'
    inside["word/document.xml"] = body.replace("?>", f"?>{hostile}", 1).replace("Praat met", "&g; Praat met").encode()
    try:
        assert "GEHEIM" not in text_of(_zip(inside), ".docx")[1]
    except Refused:
        return


def test_given_a_folder_with_them_when_ingested_then_all_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    (tmp_path / "b.xlsx").write_bytes(sheet())
    made = PageConverter().run([str(tmp_path / "a.docx"), str(tmp_path / "b.xlsx")], {"source_id": "x", "title": ""})
    assert [each.meta["file"] for each in made["pages"]] == ["a.docx", "b.xlsx"]
    assert made["refused"] == []


def _zip(files: dict[str, bytes] | dict[str, str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return kept.getvalue()


def _unzipped(raw: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return [(each, packed.read(each)) for each in packed.namelist()]
