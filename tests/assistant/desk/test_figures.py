"""Figures of a region: right, of nobody in particular, and harmless in a spreadsheet."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.desk.export import as_csv, as_xlsx, safe_cell
from assistant.desk.pages.figures import LEAST_IN_GROUP, Table, Wanted, _grouped
from assistant.leads.lead import Phase
from assistant.leads.work import InteractionKind
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.counts import campaign_of, source_of
from assistant.storage.figures import FigureStore, Period
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions
from assistant.storage.work import WorkStore

PASSWORD = "een lang genoeg wachtwoord"
YEAR = datetime.now(UTC).year
WHOLE = Period(date(YEAR, 1, 1), date(YEAR + 1, 1, 1))
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
def leads(desk: TestClient, lead_form: Form, sessions: Sessions) -> list[str]:
    """Twelve leads; with three somebody was in touch, and two of those are in training."""
    ids = [
        str(desk.post("/api/v1/leads", json=lead_form(name=f"Persoon {number}", email=f"p{number}@example.org")).json()["lead_id"])
        for number in range(12)
    ]  # fmt: skip
    with sessions.begin() as session:
        for lead_id in ids[:3]:
            WorkStore(session).add_interaction(lead_id, "Noor", InteractionKind.PHONE, "Gebeld met Persoon")
        for lead_id in ids[:2]:
            LeadStore(session).move(lead_id, Phase.NEW, Phase.IN_TRAINING, "Noor")
    return ids


def test_leads_contacts_and_phases_are_counted_in_their_period_and_region(leads: list[str], sessions: Sessions) -> None:
    with sessions() as session:
        store = FigureStore(session)
        now = store.figures(["haaglanden"], WHOLE)
        elsewhere = store.figures(["hak"], WHOLE)
        before = store.figures(["haaglanden"], Period(date(YEAR - 1, 1, 1), date(YEAR, 1, 1)))

    assert (now.leads, now.contacted, now.on_the_way) == (len(leads), 3, 2)
    assert now.waits == {"day": 3, "none": 9}
    assert now.interactions == {"phone": 3}
    assert now.by["phase"] == {"new": 10, "in_training": 2}
    assert [(cohort.size, cohort.phases) for cohort in now.cohorts] == [(12, {"new": 10, "in_training": 2})]
    assert elsewhere.leads == before.leads == 0


def test_conversations_are_counted_once_a_step_and_the_count_outlives_them(sessions: Sessions) -> None:
    with sessions.begin() as session:
        store = ConversationStore(session)
        for statuses in ([], ["answered_advice", "answered_advice"], ["unanswerable_not_found"]):
            made, _ = store.create("nl", "haaglanden", "https://school.example.org/werken", {}, "open-dag")
            for number, status in enumerate(statuses):
                turn = NewTurn(id=f"{made.id}{number}"[:60], question="Wat?", reply={}, status=status)
                made = store.add_turn(made, turn, {})
        store.erase_older_than(datetime.now(UTC) + timedelta(days=1))

    with sessions() as session:
        found = FigureStore(session).figures(["haaglanden"], WHOLE)
    assert (found.opened, found.asked, found.advised, found.unanswered) == (3, 2, 1, 1)
    assert found.opened_by == {"source": {"school.example.org": 3}, "campaign": {"open-dag": 3}}


def test_a_lead_keeps_where_its_visitor_came_from(client: TestClient, lead_form: Form, sessions: Sessions) -> None:
    with sessions.begin() as session:
        made, token = ConversationStore(session).create("nl", "haaglanden", "https://a.example.org/x", {}, "masters")
    bearer = {"Authorization": f"Bearer {token}"}
    client.post("/api/v1/leads", json=lead_form(conversation_id=made.id), headers=bearer)

    with sessions() as session:
        found = FigureStore(session).figures(["haaglanden"], WHOLE)
    assert found.by["source"] == {"a.example.org": 1}
    assert found.by["campaign"] == {"masters": 1}


@pytest.mark.parametrize(
    ("address", "source", "campaign"),
    [
        ("https://a.example.org/x?utm_campaign=Open%20Dag%202026#y", "a.example.org", "open-dag-2026"),
        ("https://a.example.org/?utm_campaign=sam@example.org", "a.example.org", ""),
        ("https://a.example.org/?utm_campaign==cmd|' /C calc'!A0", "a.example.org", "cmd-c-calc-a0"),
        ("http://[kapot", "", ""),
        ("", "", ""),
    ],
)
def test_where_somebody_came_from_is_a_site_and_a_slug(address: str, source: str, campaign: str) -> None:
    assert (source_of(address), campaign_of(address)) == (source, campaign)


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.integers(0, 40), max_size=20))
def test_no_group_smaller_than_five_can_be_told_from_a_table(groups: dict[str, int]) -> None:
    table = _grouped("id", "Titel", "Wat", groups)

    numbers = [row[1] for row in table.rows]
    assert all(isinstance(number, int) and number >= LEAST_IN_GROUP for number in numbers)


@pytest.mark.usefixtures("leads")
def test_the_page_shows_each_table_with_its_plot_and_nobody(desk: TestClient) -> None:
    html = desk.get("/desk/cijfers").text

    assert "Van gesprek naar klas" in html
    assert re.search(r"Aangemeld[^.]*: 12", html)
    assert "Persoon " not in html
    assert "p1@" not in html


@pytest.mark.usefixtures("leads")
@pytest.mark.parametrize(
    "query", ["", "?jaar=2020", "?kwartaal=1", "?kwartaal=4&regio=haaglanden", "?regio=hak", "?kwartaal=9"]
)
def test_figures_are_only_of_ones_own_regions(desk: TestClient, query: str) -> None:
    page, text, book = (desk.get(f"/desk/cijfers{ending}{query}") for ending in ("", ".csv", ".xlsx"))

    assert page.status_code == text.status_code == book.status_code == 200
    assert "HAK" not in page.text
    assert "Persoon " not in text.content.decode("utf-8-sig")
    assert load_workbook(BytesIO(book.content)).sheetnames[0] == "Van gesprek naar klas"


def test_a_year_that_cannot_be_is_a_page_with_words(desk: TestClient) -> None:
    assert desk.get("/desk/cijfers?jaar=1").status_code == 422


@given(st.text(max_size=20))
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    table = Table("id", "Titel", ("Wat", "Aantal"), ((text.replace("\r", " ").replace("\x00", ""), 3),))

    [*_, row] = list(csv.reader(StringIO(as_csv([table], "Kop").decode("utf-8-sig")), delimiter=";"))

    assert not row[0].startswith(("=", "+", "-", "@", "\t"))
    assert row[1] == "3"


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+31", "-2", '=HYPERLINK("https://x")'])
def test_a_workbook_holds_words_and_no_formula(words: str) -> None:
    table = Table("id", "=T", (words, "Aantal"), ((words, 3),), note=words)

    [sheet] = load_workbook(BytesIO(as_xlsx([table], words))).worksheets

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert str(safe_cell(words)).startswith("'")


@pytest.mark.parametrize(
    ("quarter", "since", "until"),
    [
        ("", date(2026, 1, 1), date(2027, 1, 1)),
        ("1", date(2026, 1, 1), date(2026, 4, 1)),
        ("3", date(2026, 7, 1), date(2026, 10, 1)),
        ("4", date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_quarters_follow_each_other(quarter: str, since: date, until: date) -> None:
    assert Wanted("", 2026, quarter).period == Period(since, until)
