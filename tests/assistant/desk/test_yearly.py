"""The yearly account: what was counted, what somebody filled in with who and when, and nobody to be told from it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.desk.pages.yearly import _people
from assistant.errors import Overtaken
from assistant.leads.work import InteractionKind
from assistant.leads.yearly import ITEMS, NotFilledIn, Unit, YearOfReport, cleaned
from assistant.storage.session import Sessions
from assistant.storage.work import WorkStore
from assistant.storage.yearly import YearlyStore

PASSWORD = "een lang genoeg wachtwoord"
YEAR = datetime.now(UTC).year
PAGE = f"/desk/jaarcijfers?regio=haaglanden&jaar={YEAR}"
Form = Callable[..., dict[str, Any]]


def _hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no hidden field {name}"
    return found[1]


@pytest.fixture
def desk(client: TestClient, make_adviser: Callable[..., Any]) -> TestClient:
    """A browser in which Noor of Haaglanden is logged in."""
    make_adviser()
    page = client.get("/desk/login").text
    form = {"email": "noor@example.org", "password": PASSWORD, "token": _hidden(page, "token"), "next": ""}
    assert client.post("/desk/login", data=form).status_code == 303
    return client


@pytest.fixture
def fill(desk: TestClient) -> Callable[..., Any]:
    """Sends the whole form as a browser would, with some fields filled in."""

    def send(page: str = PAGE, /, **typed: str) -> Any:
        html = desk.get(page).text
        kept = {f"was-{each.id}": _hidden(html, f"was-{each.id}") for each in ITEMS}
        fields = {each.id: kept[f"was-{each.id}"] for each in ITEMS}
        where = {"regio": _hidden(html, "regio"), "jaar": _hidden(html, "jaar")}
        return desk.post("/desk/jaarcijfers", data={"csrf": _hidden(html, "csrf"), **where, **kept, **fields, **typed})

    return send


@pytest.mark.parametrize(
    ("unit", "typed", "kept"),
    [
        (Unit.COUNT, " 1.250 ", "1250"),
        (Unit.COUNT, "0", "0"),
        (Unit.COUNT, "", ""),
        (Unit.EURO, "€ 12.500,50", "12500.50"),
        (Unit.EURO, "1250000", "1250000"),
        (Unit.EURO, "12,5", "12.50"),
        (Unit.TEXT, "a\r\nb\u202e", "a\nb"),
    ],
)
def test_numbers_are_read_as_they_are_written_here(unit: Unit, typed: str, kept: str) -> None:
    assert cleaned(unit, typed) == kept


@pytest.mark.parametrize(
    ("unit", "typed"),
    [
        (Unit.COUNT, "12,5"),
        (Unit.COUNT, "-3"),
        (Unit.COUNT, "veel"),
        (Unit.COUNT, "9" * 20),
        (Unit.EURO, "=1+1"),
        (Unit.EURO, "1,2,3"),
        (Unit.EURO, "nan"),
        (Unit.TEXT, "x" * 2001),
    ],
)
def test_what_is_no_number_is_told_kindly(unit: Unit, typed: str) -> None:
    with pytest.raises(NotFilledIn, match=r"^(Vul|Gebruik)"):
        cleaned(unit, typed)


@given(st.text(max_size=30))
def test_no_text_breaks_a_number(typed: str) -> None:
    try:
        kept = cleaned(Unit.EURO, typed)
    except NotFilledIn:
        return
    assert re.fullmatch(r"(\d+(\.\d\d)?)?", kept)
    assert cleaned(Unit.EURO, kept.replace(".", ",")) == kept


@pytest.mark.parametrize(
    ("written", "since"),
    [
        ("2026", date(2026, 1, 1)),
        ("2025-2026", date(2025, 8, 1)),
        ("2025-2027", None),
        ("1066", None),
        ("", None),
        ("２０２６", None),
    ],
)
def test_a_year_is_a_calendar_year_or_a_school_year(written: str, since: date | None) -> None:
    year = YearOfReport.parse(written)

    assert (year.since if year else None) == since
    assert year is None or (year.id, year.until.year - year.since.year) == (written, 1)


def test_what_is_filled_in_stays_with_who_and_when(desk: TestClient, fill: Callable[..., Any]) -> None:
    answer = fill(**{"zij-instromers": "1.250", "subsidie": "€ 12.500,50", "toelichting-werven": "Twee <b>avonden</b>"})

    assert answer.status_code == 303
    page = desk.get(answer.headers["location"]).text
    assert "De cijfers zijn bewaard." in page
    assert 'value="1.250"' in page
    assert 'value="12.500,50"' in page
    assert "Twee &lt;b&gt;avonden&lt;/b&gt;" in page
    assert page.count("Noor Bakker, ") == 3
    assert "1.250" not in desk.get(f"/desk/jaarcijfers?jaar={YEAR - 1}").text


def test_nothing_is_kept_of_a_form_with_a_mistake_and_what_was_typed_comes_back(
    fill: Callable[..., Any], sessions: Sessions
) -> None:
    answer = fill(**{"bezoekers": "heel veel", "besturen": "12", "eigen-naam": "Peer review"})

    assert answer.status_code == 422
    assert 'value="heel veel"' in answer.text
    assert 'value="12"' in answer.text
    assert "Vul een heel getal in" in answer.text
    assert "Vul allebei in" in answer.text
    with sessions() as session:
        assert YearlyStore(session).of("haaglanden", str(YEAR)) == {}


def test_two_colleagues_at_once_see_what_the_other_filled_in(
    fill: Callable[..., Any], sessions: Sessions, desk: TestClient
) -> None:
    fill(besturen="12")

    answer = fill(besturen="15", **{"was-besturen": ""})

    assert answer.status_code == 422
    assert "Een collega vulde dit net ook in" in answer.text
    with sessions.begin() as session:
        store = YearlyStore(session)
        assert store.of("haaglanden", str(YEAR))["besturen"].value == "12"
        with pytest.raises(Overtaken):
            store.fill("haaglanden", str(YEAR), "besturen", "15", "Daan", "9")
    assert fill(besturen="15").status_code == 303
    assert 'value="15"' in desk.get(PAGE).text


def test_a_region_adds_what_its_decision_asks_and_takes_it_away_by_emptying_it(
    fill: Callable[..., Any], desk: TestClient
) -> None:
    fill(**{"eigen-naam": "Peer review", "eigen-waarde": "In maart"})
    with_it = desk.get(PAGE).text

    fill(**{"eigen-1": "", "was-eigen-1": "In maart"})

    assert "Peer review" in with_it
    assert "In maart" in with_it
    assert "Peer review" not in desk.get(PAGE).text


def test_an_account_is_of_ones_own_region_alone(fill: Callable[..., Any], desk: TestClient, sessions: Sessions) -> None:
    fill(f"/desk/jaarcijfers?regio=hak&jaar={YEAR}", besturen="12")

    with sessions() as session:
        store = YearlyStore(session)
        assert (store.of("hak", str(YEAR)), len(store.of("haaglanden", str(YEAR)))) == ({}, 1)
    assert "Haaglanden" in desk.get("/desk/jaarcijfers?regio=hak&jaar=kapot").text


def test_files_and_paper_hold_the_same_and_nobody(
    desk: TestClient, fill: Callable[..., Any], lead_form: Form, sessions: Sessions
) -> None:
    for number in range(6):
        wish = lead_form(name=f"Persoon {number}", email=f"p{number}@example.org")
        lead_id = desk.post("/api/v1/leads", json=wish).json()["lead_id"]
        if number < 3:
            with sessions.begin() as session:
                WorkStore(session).add_interaction(lead_id, "Noor", InteractionKind.PHONE, "Gebeld met Persoon")
    fill(**{"eigen-naam": '=HYPERLINK("x")', "eigen-waarde": "+1"})
    query = PAGE.partition("?")[2]

    text = desk.get(f"/desk/jaarcijfers.csv?{query}").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(desk.get(f"/desk/jaarcijfers.xlsx?{query}").content))
    paper = desk.get(f"/desk/jaarcijfers/afdruk?{query}").text

    for shown in (text, paper):
        assert "Aanmeldingen bij het loket" in shown
        assert "minder dan 5" in shown
        assert "Persoon" not in shown
        assert "p1@" not in shown
    assert "Aanmeldingen bij het loket;6;" in text
    assert "Mensen met wie een adviseur contact had;minder dan 5;" in text
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "Jaarcijfers ingevuld" not in paper


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (1, "minder dan 5"), (4, "minder dan 5"), (5, "5")])
def test_a_group_in_which_somebody_could_be_told_is_not_numbered(number: int, shown: str) -> None:
    assert _people(number) == shown
