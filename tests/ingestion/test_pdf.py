"""Tables in a PDF keep their rows and columns, in the place and on the page where they stand."""

from pathlib import Path

import pytest
import typst
from reportlab.pdfgen.canvas import Canvas

from ingestion.convert import text_of
from ingestion.pdf import read_pdf

TABLE = (
    "#table(columns: 3, [Route], [Kosten per jaar], [Duur], [Pabo], [€ 2.694], [4 jaar], [PDG], [€ 4.500], [1 jaar])"
)


def pdf_of(tmp_path: Path, markup: str) -> Path:
    source = tmp_path / "page.typ"
    source.write_text(markup, encoding="utf-8")
    path = tmp_path / "page.pdf"
    path.write_bytes(bytes(typst.compile(str(source))))
    return path


def test_a_table_stands_between_the_text_above_and_below_it(tmp_path: Path) -> None:
    path = pdf_of(tmp_path, f"= Kosten\nDe bedragen gelden nu.\n\n{TABLE}\n\nVraag het na bij je school.")

    _, content = text_of(path.read_bytes(), ".pdf")

    table = "| Route | Kosten per jaar | Duur |\n|---|---|---|\n| Pabo | € 2.694 | 4 jaar |\n| PDG | € 4.500 | 1 jaar |"
    assert table in content
    assert content.index("gelden nu") < content.index(table) < content.index("Vraag het na")
    assert content.count("2.694") == 1


def test_a_table_on_a_later_page_stays_on_that_page(tmp_path: Path) -> None:
    found = read_pdf(pdf_of(tmp_path, f"Eerste.\n#pagebreak()\n{TABLE}\n#pagebreak()\nDerde."), 60)

    assert [("| Pabo |" in page) for page in found.pages] == [False, True, False]


def test_a_frame_around_words_is_no_table(tmp_path: Path) -> None:
    path = pdf_of(tmp_path, "#rect[Let op: meld je aan.]\n#rect[En kom.]\n#line(length: 50%)\n#line(length: 50%)")

    _, content = text_of(path.read_bytes(), ".pdf")

    assert "|" not in content
    assert "Let op: meld je aan." in content


@pytest.mark.parametrize("lines", [4, 30_000])
def test_a_page_of_lines_alone_is_read_in_time(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "lines.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Een zin met lijnen eromheen.")
    for number in range(lines):
        canvas.line(10, number % 800, 580, number % 800)
        canvas.line(number % 580, 10, number % 580, 800)
    canvas.save()

    found = read_pdf(path, 60)

    assert "Een zin met lijnen" in " ".join(found.pages[0].split())
