"""Lists out to a spreadsheet and in again: what is not touched stays to the letter, what is wrong is told by row and column."""

import csv
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant.editor.sheet import (
    CHECK,
    amount_table,
    fits_in_rows,
    has_amounts,
    item_table,
    read_amounts,
    read_items,
)
from assistant.editor.spreadsheet import LARGEST_BYTES, Table, UnreadableSheet, as_csv, as_xlsx, read_table
from knowledge.catalogue import Catalogue
from knowledge.money import Cost
from knowledge.place import Loket
from knowledge.publishing.item import GROUPS, ItemKey, Json, dumped, items_of, parsed, type_of
from knowledge.reader import RECORD_TYPES
from knowledge.vacancy import Vacancy
from tests.assistant.editor.conftest import EditorsDesk

WRITERS = [as_csv, as_xlsx]
SORTS = [("records", kind) for kind in RECORD_TYPES] + [(group, "") for group in GROUPS if group != "records"]
_WORDS = st.text(min_size=2, max_size=40).filter(lambda text: len(text.strip()) > 1)
_HOSTILE = st.sampled_from(
    ["=1+1", "'=1+1", "''-2", "-5", "+31 6", "@SUM(A1)", "a;b,c\t\"d\"", "_x0041_", "  rand  ", "01-02-2026", "2.694,50", "\rr"]
)  # fmt: skip
TEXT = _WORDS | _HOSTILE


def _items(catalogue: Catalogue, group: str, kind: str) -> dict[ItemKey, Json]:
    everything = ((key, dumped(item)) for key, item in items_of(catalogue.content) if key.group == group)
    return {key: data for key, data in everything if not kind or data["kind"] == kind}


def _vacancy(**fields: Any) -> Json:
    start = {
        "id": "juf-po",
        "kind": "vacancy",
        "title": "Juf groep 3",
        "summary": "Een baan in Den Haag.",
        "sources": ["bron"],
        "employer": "De Zon",
    }
    return dumped(Vacancy.model_validate(start | fields))


COST = dumped(Cost.model_validate({
    "id": "boeken", "title": "Boeken", "summary": "Wat boeken kosten in een jaar.", "sources": ["duo"],
    "amounts": [
        {"label": "nieuw", "value": "1000.50", "per": "jaar", "year": "2026"},
        {"label": "tweedehands", "at_least": "99.99", "at_most": "200", "per": "jaar", "year": "2024", "approximate": True},
    ],
}))  # fmt: skip
COSTS = {ItemKey("records", "boeken"): COST}
VACANCIES = {
    ItemKey("records", "juf-po"): _vacancy(closes_on="2026-12-31", also_called=["juf", "leerkracht"], sectors=["po"])
}


def _edited(table: Table, row: int, **cells: str) -> Table:
    """The table with cells of one row changed, by the names of their columns."""
    rows = [list(each) for each in table.rows]
    for name, value in cells.items():
        rows[row][table.columns.index(name.replace("_", " "))] = value
    return replace(table, rows=tuple(map(tuple, rows)))


def _with_row(table: Table, **cells: str) -> Table:
    return replace(table, rows=(*table.rows, tuple(cells.get(name.replace(" ", "_"), "") for name in table.columns)))


# ---- the round trip


@pytest.mark.parametrize("write", WRITERS)
def test_every_list_of_the_content_comes_back_as_it_went_out(
    catalogue_of_content: Catalogue, write: Callable[[Table], bytes]
) -> None:
    for group, kind in SORTS:
        items = _items(catalogue_of_content, group, kind)
        model = type_of(group, kind)
        if fits_in_rows(model) and items:
            grid = read_table(write(item_table(group, kind, items)))
            assert _nothing(read_items(group, kind, grid, items, catalogue_of_content.facts)), (group, kind)
        if has_amounts(model):
            grid = read_table(write(amount_table(kind, items)))
            assert _nothing(read_amounts(grid, items, catalogue_of_content.facts)), kind


def _nothing(found: Any) -> bool:
    return not found.changes and not found.faults


@given(title=TEXT, called=st.lists(TEXT, max_size=3), day=st.none() | st.dates(date(1990, 1, 1)), fte=TEXT | st.just(""),
       welcomes=st.none() | st.booleans(), write=st.sampled_from(WRITERS))  # fmt: skip
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_vacancy_says_it_comes_back_and_one_changed_cell_is_one_changed_field(
    title: str, called: list[str], day: date | None, fte: str, welcomes: bool | None, write: Callable[[Table], bytes]
) -> None:
    before = _vacancy(title=title, also_called=called, closes_on=day, fte=fte, welcomes_zij_instromers=welcomes)
    items = {ItemKey("records", "juf-po"): before}
    table = item_table("records", "vacancy", items)

    assert _nothing(read_items("records", "vacancy", read_table(write(table)), items, {}))
    found = read_items("records", "vacancy", read_table(write(_edited(table, 0, Bestuur="Stichting Ster"))), items, {})

    assert found.faults == ()
    assert [each.after for each in found.changes] == [before | {"board": "Stichting Ster"}]


@given(values=st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=4), new=st.decimals(1, 10**6, places=2),
       write=st.sampled_from(WRITERS))  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_amounts_a_cost_has_they_come_back_and_a_changed_one_is_the_only_one(
    values: list[Decimal], new: Decimal, write: Callable[[Table], bytes]
) -> None:
    amounts = [{"label": "=boek", "value": str(each), "per": "jaar", "year": "2026"} for each in values]
    before = dumped(parsed("records", COST | {"amounts": amounts}))
    items = {ItemKey("records", "boeken"): before}
    table = amount_table("cost", items)

    assert _nothing(read_amounts(read_table(write(table)), items, {}))
    typed = f"{new}".replace(".", ",")
    found = read_amounts(read_table(write(_edited(table, 0, Bedrag_of_getal=typed))), items, {})

    assert found.faults == ()
    assert len(found.changes) == (new != values[0])
    for change in found.changes:
        assert change.after is not None
        assert [Decimal(each["value"]) for each in change.after["amounts"]] == [new, *values[1:]]


def test_no_cell_is_taken_for_a_formula_by_a_spreadsheet() -> None:
    items = {ItemKey("records", "juf-po"): _vacancy(title='=HYPERLINK("http://x";"kijk")', employer="@SUM(A1)")}
    table = item_table("records", "vacancy", items)
    sheet = load_workbook(BytesIO(as_xlsx(table))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    for row in list(csv.reader(StringIO(as_csv(table).decode("utf-8-sig")), delimiter=";"))[1:]:
        assert not any(cell.startswith(("=", "@", "+")) for cell in row)


# ---- what is changed


def test_a_new_amount_stands_above_an_earlier_year_and_one_is_taken_away() -> None:
    table = _with_row(
        amount_table("cost", COSTS),
        Naam_in_het_adres="boeken",
        Wat_het_is="luisterboek",
        Bedrag_of_getal="5",
        Per="Jaar",
        Jaar="2025",
    )
    table = _edited(table, 1, Weg="ja")
    (change,) = read_amounts(read_table(as_csv(table)), COSTS, {}).changes
    assert change.after is not None
    assert [(each["label"], each["year"]) for each in change.after["amounts"]] == [
        ("nieuw", "2026"),
        ("luisterboek", "2025"),
    ]


def test_rows_that_are_left_out_stay_and_columns_that_are_left_out_too() -> None:
    table = item_table("records", "vacancy", VACANCIES)
    names = ("Naam in het adres", "Bestuur", CHECK)
    few = Table("x", names, tuple(tuple(row[table.columns.index(name)] for name in names) for row in table.rows))
    assert _nothing(read_items("records", "vacancy", read_table(as_csv(few)), VACANCIES, {}))
    assert _nothing(
        read_items("records", "vacancy", read_table(as_csv(replace(table, rows=table.rows[:0]))), VACANCIES, {})
    )


def test_a_new_vacancy_is_made_only_when_asked_for() -> None:
    cells = {
        "Naam_in_het_adres": "meester-vo",
        "Titel": "Meester",
        "Antwoord_in_het_kort": "Een baan in Leiden.",
        "Bronnen": "bron",
        "Naam_van_de_school": "",
        "School": "De Maan",
    }
    table = item_table("records", "vacancy", VACANCIES)
    refused = read_items("records", "vacancy", read_table(as_xlsx(_with_row(table, **cells))), VACANCIES, {})
    assert "bestaat niet. Is het nieuw?" in refused.faults[0].text
    made = read_items("records", "vacancy", read_table(as_xlsx(_with_row(table, **cells, Nieuw="ja"))), VACANCIES, {})
    assert made.faults == ()
    assert made.changes[0].before is None
    assert made.changes[0].after == _vacancy(
        id="meester-vo", title="Meester", summary="Een baan in Leiden.", employer="De Maan"
    )


# ---- what is wrong


def _faults(cells: Mapping[str, str], table: Table | None = None, read: Any = None) -> list[tuple[int, str, str]]:
    table = table or item_table("records", "vacancy", VACANCIES)
    found = (read or (lambda grid: read_items("records", "vacancy", grid, VACANCIES, {})))(
        read_table(as_csv(_edited(table, 0, **cells)))
    )
    assert found.changes == (), "nothing half"
    return [(each.row, each.column, each.text) for each in found.faults]


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"Laatste_dag_om_te_reageren": "12/31/2026"}, "Laatste dag om te reageren", "Eerst de dag, dan de maand"),
        ({"Laatste_dag_om_te_reageren": "12-31-2026"}, "Laatste dag om te reageren", "Eerst de dag, dan de maand"),
        ({"Laatste_dag_om_te_reageren": "3/4/2026"}, "Laatste dag om te reageren", "Eerst de dag, dan de maand"),
        ({"Zij-instromers_welkom": "misschien"}, "Zij-instromers welkom", "Schrijf ja of nee."),
        ({"Onderwijs": "Basisonderwijs, Kleuters"}, "Onderwijs", "‘Kleuters’ kennen wij niet. Kies uit: Basisonderwijs"),
        ({"Naam_in_het_adres": "juf-vo"}, "Naam in het adres", "bestaat niet"),
        ({"Titel": "x"}, "Titel", "Dit is te kort."),
        ({"Bronnen": ""}, "Bronnen", "Vul dit in."),
        ({"Titel": "Juf groep 4", CHECK: "oud"}, CHECK, "Ondertussen is dit gewijzigd"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_cell_is_told_with_its_row_and_column(cells: dict[str, str], column: str, told: str) -> None:
    (fault,) = _faults(cells)
    assert fault[:2] == (2, column)
    assert told in fault[2]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("2,694.50", "Amerikaans"), ("1,234", "Bedoel je duizend"), ("duizend", "als getal"), ("-5", "te laag")],
)
def test_sums_that_may_mean_two_things_are_asked_back(typed: str, told: str) -> None:
    (fault,) = _faults(
        {"Bedrag_of_getal": typed}, amount_table("cost", COSTS), lambda grid: read_amounts(grid, COSTS, {})
    )
    assert fault[1] == "Bedrag of getal"
    assert told in fault[2]


@pytest.mark.parametrize(
    ("typed", "value"), [("2.694,5", "2694.5"), ("2694.50", "2694.50"), ("€ 1.234", "1234"), ("7", "7")]
)
def test_a_decimal_comma_and_a_decimal_point_are_both_read(typed: str, value: str) -> None:
    table = _edited(amount_table("cost", COSTS), 0, Bedrag_of_getal=typed)
    (change,) = read_amounts(read_table(as_csv(table)), COSTS, {}).changes
    assert change.after is not None
    assert change.after["amounts"][0]["value"] == value


def test_amounts_that_are_not_there_or_come_twice_or_contradict_each_other_are_told() -> None:
    table = amount_table("cost", COSTS)
    read = lambda grid: read_amounts(grid, COSTS, {})  # noqa: E731
    assert _faults({"Nummer": "9"}, table, read)[0][2].startswith("Dit nummer is er niet.")
    assert "twee keer" in _faults({"Nummer": "2"}, table, read)[0][2]
    assert "óf het bedrag" in _faults({"Minstens": "3"}, table, read)[0][2]
    assert "streepjes, of een jaar" in _faults({"Jaar": "volgend jaar"}, table, read)[0][2]


def test_a_renamed_column_is_named_with_what_was_meant() -> None:
    table = item_table("records", "vacancy", VACANCIES)
    renamed = replace(table, columns=tuple("Titels" if each == "Titel" else each for each in table.columns))
    found = read_items("records", "vacancy", read_table(as_csv(renamed)), VACANCIES, {})
    assert [(each.row, each.column) for each in found.faults] == [(1, "Titels")]
    assert "Bedoel je ‘Titel’?" in found.faults[0].text
    without = replace(table, columns=tuple("Iets" if each == CHECK else each for each in table.columns))
    assert "ontbreekt" in read_items("records", "vacancy", read_table(as_csv(without)), VACANCIES, {}).faults[-1].text


def _book(change: Callable[[Any], None]) -> bytes:
    book = load_workbook(BytesIO(as_xlsx(item_table("records", "vacancy", VACANCIES))))
    change(book.active)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_formula_in_a_workbook_or_a_csv_is_not_worked_out() -> None:
    def with_formula(sheet: Any) -> None:
        sheet["B2"] = "=1+1"

    found = read_items("records", "vacancy", read_table(_book(with_formula)), VACANCIES, {})
    assert [(each.row, each.text) for each in found.faults] == [
        (2, "Hier staat een formule. Plak de uitkomst als waarde.")
    ]
    table = as_csv(item_table("records", "vacancy", VACANCIES)).replace(b"Juf groep 3", b"=1+1")
    found = read_items("records", "vacancy", read_table(table), VACANCIES, {})
    assert [(each.column, each.row) for each in found.faults] == [("Titel", 2)]


def test_days_and_numbers_typed_in_a_workbook_are_read_by_their_type() -> None:
    def typed(sheet: Any) -> None:
        names = [cell.value for cell in sheet[1]]
        sheet.cell(2, names.index("Laatste dag om te reageren") + 1).value = date(2027, 3, 4)
        sheet.cell(2, names.index("Omvang") + 1).value = 0.8

    (change,) = read_items("records", "vacancy", read_table(_book(typed)), VACANCIES, {}).changes
    assert change.after is not None
    assert (change.after["closes_on"], change.after["fte"]) == ("2027-03-04", "0,8")


def _zip(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/"), part)
    return file.getvalue()


def _two_sheets() -> bytes:
    book = Workbook()
    book.create_sheet("twee")["A1"] = "x"
    assert book.active is not None
    book.active["A1"] = "x"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "Kies een bestand."),
        (b"a" * (LARGEST_BYTES + 1), "groter dan 2 MB"),
        (b"%PDF-1.7", "Dit is een pdf."),
        (b"\xd0\xcf\x11\xe0old", "een oud Excel-bestand, of er zit een wachtwoord op"),
        (b"\x89PNG\r\n", "een plaatje"),
        (b"PK\x03\x04broken", "beschadigd"),
        (_zip(**{"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), "macro’s"),
        (_zip(**{"content.xml": b"<a/>"}), "LibreOffice"),
        (_zip(**{"word/document.xml": b"<a/>"}), "geen Excel-bestand"),
        (_zip(**{"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "niet door een rekenblad gemaakt"),
        (_zip(**{"xl/workbook.xml": b"<a/>", "xl/big.xml": b" " * 70_000_000}), "uitgepakt te groot"),
        (_zip(**{"xl/workbook.xml": b"<a/>"}), "beschadigd"),
        (_book(lambda sheet: sheet.merge_cells("A2:B2")), "samengevoegd: A2:B2"),
        (_two_sheets(), "meer bladen"),
        (b"a;b\r\n" * 5_002, "meer dan 5000 rijen"),
        (b"a;" * 80 + b"x\r\n", "meer dan 60 kolommen"),
        (b"a\x00b", "geen tabel"),
        (b'a;b\r\n"open', "aanhalingsteken"),
        (b";;\r\n\r\n", "leeg"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plain_table_is_refused_with_what_to_do(raw: bytes, told: str) -> None:
    with pytest.raises(UnreadableSheet, match=told):
        read_table(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_the_ways_that_spreadsheets_write_it(encoding: str, separator: str) -> None:
    raw = separator.join(["naam", "prijs", "ok"]) + "\r\n" + separator.join(["Café €", "3", "ja"])
    assert read_table(raw.encode(encoding)).rows == ((2, ("Café €", "3", "ja")),)


# ---- the pages


def _send(desk: EditorsDesk, raw: bytes, name: str = "mijn <b>tabel</b>.csv", sort: str = "cost") -> Any:
    return desk.browser.post(f"/desk/redactie/tabel/{sort}", data={"csrf": desk.csrf}, files={"bestand": (name, raw)})


def test_amounts_are_downloaded_edited_sent_in_seen_and_kept_as_one_change(editors_desk: EditorsDesk) -> None:
    assert "cost/bedragen.xlsx" in editors_desk.get("/desk/redactie/tabel/cost")
    raw = editors_desk.browser.get("/desk/redactie/tabel/cost/bedragen.xlsx").content
    book = load_workbook(BytesIO(raw))
    sheet = book.active
    assert sheet is not None
    names = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "wettelijk-collegegeld")
    row[names.index("Bedrag of getal")].value = 2750.25
    file = BytesIO()
    book.save(file)

    seen = _send(editors_desk, file.getvalue(), "mijn <b>tabel</b>.xlsx")
    assert seen.status_code == 200
    assert "1 gewijzigd. Er is nog niets bewaard." in seen.text
    assert "€ 2.750,25" in seen.text
    assert "<b>tabel</b>" not in seen.text
    assert "1 gewijzigd." in editors_desk.get("/desk/redactie/tabel/cost"), "it is still there after the browser closes"
    kept = editors_desk.post("/desk/redactie/tabel/cost/bewaren", {"titel": "Collegegeld 2027"})
    change = kept.headers["location"].split("/")[-1].split("?")[0]
    (revision,) = editors_desk.editorial.revisions.changed_in(change)
    assert revision.content is not None
    assert revision.content["amounts"][0]["value"] == "2750.25"
    again = editors_desk.post("/desk/redactie/tabel/cost/bewaren", {"titel": "Nog eens"})
    assert again.status_code == 409
    assert "al bewaard" in again.text


def test_what_is_wrong_is_shown_and_nothing_is_kept(editors_desk: EditorsDesk) -> None:
    raw = editors_desk.browser.get("/desk/redactie/tabel/cost/bedragen.csv").content.replace(
        b"wettelijk-collegegeld", b"verzonnen", 1
    )
    before = editors_desk.editorial.change_sets.list()
    page = _send(editors_desk, raw)
    assert page.status_code == 422
    assert "‘verzonnen’ bestaat niet." in page.text
    assert editors_desk.editorial.change_sets.list() == before
    assert _send(editors_desk, b"%PDF").status_code == 422
    assert editors_desk.browser.post("/desk/redactie/tabel/cost", files={"bestand": ("x.csv", raw)}).status_code == 403


def test_a_list_of_another_region_and_one_without_rows_are_refused(editors_desk: EditorsDesk) -> None:
    raw = editors_desk.browser.get("/desk/redactie/tabel/loket/onderdelen.csv").content.decode("utf-8-sig")
    catalogue = editors_desk.app.state.knowledge.catalogue
    other = next(each for each in catalogue.all(Loket) if each.regions and "haaglanden" not in each.regions)
    page = _send(editors_desk, raw.replace(other.title, f"{other.title} X", 1).encode(), sort="loket")
    assert page.status_code == 422
    assert "Dit hoort bij een andere regio." in page.text
    assert editors_desk.browser.get("/desk/redactie/tabel/phrasings").status_code == 404
    assert editors_desk.browser.get("/desk/redactie/tabel/vacancy/bedragen.csv").status_code == 404
