"""Documents that were made to break readers are refused by name or read for what they are, within seconds."""

import io
import time
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document
from openpyxl import Workbook

from ingestion.convert import Refused, text_of

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "hahahahahaha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
"""Entities within entities: a line that unpacks to gigabytes."""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
"""An entity that would read a file of this machine."""


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    began = time.thread_time()
    yield
    assert time.thread_time() - began < 15


def with_part(raw: bytes, name: str, change: tuple[str, str]) -> bytes:
    """The package with one of its XML parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each == name:
                text = content.decode()
                body = text.partition("?>")[2] if text.startswith("<?xml") else text
                content = (change[0] + body.replace("Gewone zin", change[1])).encode()
            new.writestr(each, content)
    return made.getvalue()


def docx() -> bytes:
    document = Document()
    document.add_paragraph("Gewone zin")
    document.add_paragraph("Het traject duurt twee jaar.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Gewone zin", "Kosten"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read(raw: bytes, suffix: str) -> str:
    """The text, or empty if the document is refused."""
    try:
        return text_of(raw, suffix)[1]
    except Refused:
        return ""


@pytest.mark.parametrize(("declared", "used"), [(LAUGHS, "&i;"), (OUTSIDE, "&a;")])
def test_entities_in_a_docx_are_not_unpacked_and_no_file_is_read(declared: str, used: str) -> None:
    text = read(with_part(docx(), "word/document.xml", (declared, used)), ".docx")

    assert "hahaha" not in text
    assert open("/etc/hostname").read().strip() not in text  # noqa: SIM115, PTH123


@pytest.mark.parametrize(("declared", "used"), [(LAUGHS, "&i;"), (OUTSIDE, "&a;")])
def test_entities_in_an_xlsx_are_not_unpacked_and_no_file_is_read(declared: str, used: str) -> None:
    text = read(with_part(xlsx(), "xl/sharedStrings.xml", (declared, used)), ".xlsx")

    assert "hahaha" * 50 not in text
    assert open("/etc/hostname").read().strip() not in text  # noqa: SIM115, PTH123


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
def test_entities_in_a_page_are_not_unpacked(declared: str) -> None:
    page = f"{declared.replace('DOCTYPE x', 'DOCTYPE html')}<html><body><p>Zij-instroom duurt twee jaar. &i; &a;</p></body></html>"

    text = read(page.encode(), ".html")

    assert "hahaha" * 50 not in text
    assert open("/etc/hostname").read().strip() not in text  # noqa: SIM115, PTH123


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "diep" + "</div>" * 100_000,
        "<b><i>" * 100_000,
        "<table><tr><td>" * 20_000,
        "<p>" + "a" * 3_000_000,
        "<p " + " ".join(f'a{number}="x"' for number in range(50_000)) + ">tekst</p>",
        "<ul>" + "<li><a href='/x'>Pagina</a></li>" * 20_000,
        "&amp;" * 400_000,
        "<" * 200_000,
        "<!--" * 100_000,
    ],
)
def test_a_page_made_to_keep_readers_busy_is_read_or_refused_in_time(page: str) -> None:
    text = read(f"<html><body>{page}".encode(), ".html")

    # As Markdown has it: a character of markup has a backslash before it.
    assert len(text.replace("\\", "")) <= len(page), "what is read is not more than what was there"


@pytest.mark.parametrize(
    ("raw", "suffix"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Length 9>>stream\n\x00\x01\x02\x03endstream", ".html"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, ".html"),
        (b"<html><p>Geen document</p>", ".docx"),
        (b"<html><p>Geen blad</p>", ".xlsx"),
        (b"<html><p>Geen PDF</p>", ".pdf"),
        (b"PK\x03\x04" + bytes(400), ".docx"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(raw: bytes, suffix: str) -> None:
    with pytest.raises(Refused):
        text_of(raw, suffix)


def test_a_page_in_two_encodings_keeps_the_words_of_both() -> None:
    page = (
        "<html><body><main><p>Zij-instroom is een initiatief van coördinatoren in één regio. De kosten zijn ".encode()
    )
    page += b"\x80 2.601 per jaar, vertelt Andr\xe9.</p></main></body></html>"

    _, text = text_of(page, ".html")

    assert "coördinatoren in één regio" in text
    assert "€ 2.601 per jaar, vertelt André" in text


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16", "iso-8859-15"])
def test_a_page_is_read_in_the_encoding_it_was_written_in(charset: str) -> None:
    page = (
        "<html><body><main><p>De opleiding kost €\u00a02.601 en duurt tweeënhalf jaar.</p></main></body></html>".encode(
            charset
        )
    )

    _, text = text_of(page, ".html", charset=charset)

    assert "€ 2.601 en duurt tweeënhalf jaar" in text


def test_a_server_that_lies_about_the_encoding_is_not_believed() -> None:
    page = "<html><body><main><p>Het traject duurt tweeënhalf jaar en kost € 90.</p></main></body></html>".encode(
        "cp1252"
    )

    assert "tweeënhalf jaar en kost € 90" in text_of(page, ".html", charset="utf-8")[1]
    assert "tweeënhalf jaar en kost € 90" in text_of(page, ".html", charset="geen-codering")[1]
