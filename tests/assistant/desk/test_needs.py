"""What schools need, and how it comes to stand beside a lead."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.pages.needs import COLUMNS, parse_needs
from assistant.errors import NotFound
from assistant.leads.matching import MOST, NeedKind, Place, suggestions
from assistant.storage.conversations import Conversation
from assistant.storage.needs import NeedStore
from assistant.storage.session import Sessions

PASSWORD = "een lang genoeg wachtwoord"
TODAY = date(2026, 11, 28)
SOON = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
GOOD = {
    "school": "De Zonnebloem",
    "wat": "Leerkracht groep 5",
    "onderwijs": "po",
    "gemeente": "Zoetermeer",
    "tot": SOON,
}


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
def send(desk: TestClient) -> Callable[..., Any]:
    """Sends a form of the desk, with its token."""
    csrf = _hidden(desk.get("/desk").text, "csrf")

    def post(path: str, **fields: str) -> Any:
        return desk.post(path, data={"csrf": csrf, **fields})

    return post


@pytest.fixture
def place() -> Callable[..., Place]:
    """A place at a primary school, with what is given in its place."""

    def make(title: str = "Leerkracht", **fields: Any) -> Place:
        plain = {
            "employer": "Een school", "sectors": frozenset({"po"}), "municipality": "", "subject": "",
            "welcomes_zij_instromers": False, "is_urgent": False, "kind": NeedKind.PERMANENT, "until": None,
        }  # fmt: skip
        return Place(title=title, **(plain | fields))

    return make


def test_a_need_stands_beside_who_it_may_fit_with_the_reasons(
    desk: TestClient,
    send: Callable[..., Any],
    conversation: tuple[Conversation, str],
    lead_form: Callable[..., dict[str, Any]],
) -> None:
    told, token = conversation
    wish = lead_form(conversation_id=told.id)
    lead_id = desk.post("/api/v1/leads", json=wish, headers={"Authorization": f"Bearer {token}"}).json()["lead_id"]
    send("/desk/behoefte", **GOOD, dringend="ja")
    send("/desk/behoefte", **(GOOD | {"onderwijs": "vo", "wat": "Docent wiskunde"}))

    html = desk.get(f"/desk/leads/{lead_id}").text

    assert "Misschien iets voor deze persoon" in html
    for words in ("Leerkracht groep 5", "Wil werken in het basisonderwijs", "In de eigen gemeente", "zoekt dringend"):
        assert words in html, words
    assert "Docent wiskunde" not in html


def test_a_need_is_taken_off_once_and_never_by_another_region(
    desk: TestClient, send: Callable[..., Any], sessions: Sessions
) -> None:
    send("/desk/behoefte", **GOOD)
    need = _hidden(desk.get("/desk/behoefte").text, "behoefte")
    with sessions() as session, pytest.raises(NotFound):
        NeedStore(session).drop(int(need), ("hak",))
    dropped = [send("/desk/behoefte/weg", behoefte=need).status_code for _ in range(2)]

    assert dropped == [303, 404]
    assert "Leerkracht groep 5" not in desk.get("/desk/behoefte").text


@pytest.mark.parametrize(
    "wrong",
    [{"school": ""}, {"wat": "x" * 300}, {"onderwijs": "wo"}, {"tot": "morgen"}, {"tot": "2020-01-01"}, {"soort": "x"}],
)
def test_a_need_that_makes_no_sense_comes_back_with_what_was_typed(
    desk: TestClient, send: Callable[..., Any], wrong: dict[str, str]
) -> None:
    answer = send("/desk/behoefte", **(GOOD | {"contact": "<b>Jan</b>"} | wrong))

    assert answer.status_code == 422
    assert "&lt;b&gt;Jan&lt;/b&gt;" in answer.text
    assert "Er staat nog niets in de lijst" in desk.get("/desk/behoefte").text


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_is_taken_over_whole_or_not_at_all(desk: TestClient, send: Callable[..., Any], delimiter: str) -> None:
    lines = [list(COLUMNS), ["A", "Leraar", "PO", "Delft", "", "Vervanging", "ja", SOON, ""]]
    good = "\n".join(delimiter.join(line) for line in lines)
    bad = good + "\n" + delimiter.join(["B", "Leraar", "wo", "", "", "", "", SOON, ""])

    refused = send("/desk/behoefte", lijst=bad)
    kept = send("/desk/behoefte", lijst=good)

    assert refused.status_code == 422
    assert "Regel 3: Kies po, so, vo of mbo." in refused.text
    assert kept.status_code == 303
    page = desk.get("/desk/behoefte").text
    assert page.count("Van de lijst halen") == 1
    assert "Dringend" in page
    assert "Vervanging" in page


@given(st.text(max_size=300))
def test_whatever_is_pasted_gives_needs_or_words(text: str) -> None:
    needs, errors = parse_needs(text, "haaglanden", TODAY)

    assert not needs
    assert errors or not text.strip()


def test_nothing_that_is_over_or_of_another_kind_of_school_is_suggested(place: Callable[..., Place]) -> None:
    facts = {"sector": frozenset({"po"})}
    places = [
        place("Over", until=date(2026, 11, 27)),
        place("Vandaag", until=TODAY),
        place("Vo", sectors=frozenset({"vo"})),
    ]

    assert [each.place.title for each in suggestions(facts, places, TODAY)] == ["Vandaag"]


def test_who_told_nothing_gets_no_suggestion(place: Callable[..., Place]) -> None:
    assert suggestions({}, [place(is_urgent=True)], TODAY) == ()


@given(st.permutations([("A", True), ("B", False), ("C", True), ("D", False)]), st.booleans())
def test_the_order_follows_from_reasons_and_not_from_the_board(order: list[tuple[str, bool]], is_po: bool) -> None:
    facts = {"sector": frozenset({"po" if is_po else "vo"}), "municipality": "delft"}
    sectors = frozenset({"po", "vo"})
    places = [
        Place(name, f"Bestuur {name}", sectors, "delft" if near else "", "", False, False, None, None)
        for name, near in order
    ]

    found = suggestions(facts, places, TODAY)

    assert [each.place.title for each in found] == ["A", "C", "B", "D"]
    assert len(found) <= MOST
    assert all(each.reasons for each in found)
