"""Tables as CSV and XLSX that a spreadsheet only shows: nothing in them is taken for a formula."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from assistant.desk.pages.figures import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of a workbook."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_MAX_SHEET_TITLE = 31
_NOT_IN_TITLE = str.maketrans("", "", "[]:*?/\\'")


def safe_cell(value: str | int) -> str | int:
    """A number as it is; words that a spreadsheet would calculate begin with an apostrophe, which it does not show."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_csv(tables: Sequence[Table], heading: str) -> bytes:
    """All tables under each other, as a Dutch spreadsheet opens them: semicolons, and a mark that it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(heading)])
    for table in tables:
        writer.writerow([])
        writer.writerow([safe_cell(table.title)])
        writer.writerow([safe_cell(each) for each in table.columns])
        writer.writerows([safe_cell(each) for each in row] for row in table.rows)
        if table.note:
            writer.writerow([safe_cell(table.note)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table], heading: str) -> bytes:
    """A sheet a table."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title.translate(_NOT_IN_TITLE)[:_MAX_SHEET_TITLE])
        sheet.column_dimensions["A"].width = 45
        for row in ((heading,), (table.title,), table.columns, *table.rows, (table.note,)):
            cells = [WriteOnlyCell(sheet, value=safe_cell(each)) for each in row]
            for cell in cells:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # Never "f", whatever it begins with.
            sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
