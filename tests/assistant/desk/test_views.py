"""What an adviser can do at the desk, and what nobody else can."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.accounts.account import Account
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.conversations import Conversation, ConversationStore, NewTurn
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions

PASSWORD = "een lang genoeg wachtwoord"
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"

Form = Callable[..., dict[str, Any]]
MakeAdviser = Callable[..., Account]


def _hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no hidden field {name}"
    return found[1]


def _log_in(client: TestClient, email: str = "noor@example.org", password: str = PASSWORD, next: str = "") -> Any:
    page = client.get("/desk/login", params={"next": next})
    form = {
        "email": email,
        "password": password,
        "token": _hidden(page.text, "token"),
        "next": _hidden(page.text, "next"),
    }
    return client.post("/desk/login", data=form)


@pytest.fixture
def lead_id(client: TestClient, lead_form: Form, conversation: tuple[Conversation, str]) -> str:
    """A lead in Haaglanden with its whole story."""
    told, token = conversation
    form = lead_form(conversation_id=told.id, phone="06 12345678", message="Kan ik een dag meelopen?")
    answer = client.post("/api/v1/leads", json=form, headers={"Authorization": f"Bearer {token}"})
    return str(answer.json()["lead_id"])


@pytest.fixture
def desk(client: TestClient, make_adviser: MakeAdviser) -> TestClient:
    """A browser in which Noor of Haaglanden is logged in."""
    make_adviser()
    assert _log_in(client).status_code == 303
    return client


def _csrf(desk: TestClient) -> str:
    return _hidden(desk.get("/desk").text, "csrf")


@pytest.mark.parametrize("path", ["/desk", "/desk/leads/x", "/desk/leads/x/afdruk", "/desk/nergens"])
def test_who_is_not_logged_in_sees_the_login_page_and_comes_back(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/login?next=%2Fdesk")


def test_the_dossier_tells_the_whole_story(desk: TestClient, lead_id: str) -> None:
    html = desk.get(f"/desk/leads/{lead_id}").text

    for words in (
        "Sam de Vries",
        'href="mailto:sam@example.org"',
        'href="tel:+31612345678"',
        "06 12345678",
        "Kan ik een dag meelopen?",
        "Soort onderwijs",
        "Basisonderwijs",
        "ik woon in Zoetermeer",
        "Zelf gezegd",
        "Een school wil je",
        "Nee",
        "Past misschien",
        "Voldoet:",
        "Voldoet niet:",
        "Nog te vragen:",
        "Wat past bij mij?",
        "Zij-instroom past misschien.",
        "https://example.org/zi",
        "is Loket haaglanden het loket",
        "Gesprek delen: <strong>ja</strong>",
        "Wacht op contact",
    ):
        assert words in html, words


def test_the_inbox_shows_the_best_route_and_the_newest_first(desk: TestClient, lead_form: Form, lead_id: str) -> None:
    desk.post("/api/v1/leads", json=lead_form(name="Later Gekomen"))

    html = desk.get("/desk").text

    assert html.index("Later Gekomen") < html.index("Sam de Vries")
    assert "Zij-instroom in het po" in html
    assert "Pabo in deeltijd" not in html
    assert f"/desk/leads/{lead_id}" in html


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"zoek": "de vr"}, True),
        ({"zoek": "DE VR"}, True),
        ({"zoek": "sam@example.org"}, True),
        ({"zoek": "06 123"}, True),
        ({"zoek": "0612345678"}, True),
        ({"zoek": "meelopen"}, True),
        ({"zoek": "past bij"}, True),
        ({"zoek": "%"}, False),
        ({"zoek": '" NEAR *'}, False),
        ({"zoek": "jan"}, False),
        ({"toon": "wacht"}, True),
        ({"toon": "vrij"}, True),
        ({"toon": "mijn"}, False),
        ({"toon": "ongelezen"}, True),
        ({"warmte": "ready"}, False),
        ({"warmte": "unknown"}, True),
        ({"binnen": "vandaag"}, True),
        ({"binnen": "ouder"}, False),
        ({"loket": "loket-haaglanden"}, True),
        ({"loket": "loket-vo"}, False),
        ({"fase": "new"}, True),
        ({"fase": "left"}, False),
        ({"fase": "bestaat-niet"}, True),
        ({"onderwijs": "po"}, True),
        ({"onderwijs": "vo"}, False),
        ({"regio": "haaglanden"}, True),
        ({"regio": "hak"}, True),
        ({"ouder_dan": "onzin"}, True),
    ],
)
def test_filters_narrow_the_inbox(desk: TestClient, lead_id: str, query: dict[str, str], is_found: bool) -> None:
    html = desk.get("/desk", params=query).text

    assert (f"/desk/leads/{lead_id}" in html) is is_found


def test_an_adviser_of_another_region_cannot_tell_that_the_lead_exists(
    client: TestClient, lead_id: str, make_adviser: MakeAdviser, sessions: Sessions
) -> None:
    make_adviser("hak@example.org", "Henk", ("hak",))
    _log_in(client, "hak@example.org")
    csrf = _csrf(client)

    answers = [
        client.get(f"/desk/leads/{lead_id}"),
        client.get(f"/desk/leads/{lead_id}/afdruk"),
        client.post(f"/desk/leads/{lead_id}/fase", data={"csrf": csrf, "before": "new", "after": "left"}),
        client.post(f"/desk/leads/{lead_id}/notitie", data={"csrf": csrf, "text": "x"}),
        client.post(f"/desk/leads/{lead_id}/terug", data={"csrf": csrf, "change": "1"}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert "Sam" not in client.get("/desk").text
    with sessions() as session:
        assert LeadStore(session).get(lead_id).phase.value == "new"
        assert LeadStore(session).notes(lead_id) == []


@pytest.mark.parametrize("csrf", ["", "van-een-ander"])
def test_a_form_without_the_token_of_the_session_changes_nothing(
    desk: TestClient, lead_id: str, csrf: str, sessions: Sessions
) -> None:
    answers = [
        desk.post(f"/desk/leads/{lead_id}/fase", data={"csrf": csrf, "before": "new", "after": "left"}),
        desk.post(f"/desk/leads/{lead_id}/notitie", data={"csrf": csrf, "text": "x"}),
        desk.post("/desk/logout", data={"csrf": csrf}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert desk.get("/desk").status_code == 200
    with sessions() as session:
        assert LeadStore(session).get(lead_id).phase.value == "new"
        assert LeadStore(session).notes(lead_id) == []


def test_a_change_of_phase_is_remembered_and_can_be_taken_back_once(desk: TestClient, lead_id: str) -> None:
    page, csrf = f"/desk/leads/{lead_id}", _csrf(desk)

    changed = desk.post(f"{page}/fase", data={"csrf": csrf, "before": "new", "after": "orienting"})
    html = desk.get(changed.headers["location"]).text
    change = _hidden(html, "change")
    undone = desk.post(f"{page}/terug", data={"csrf": csrf, "change": change})
    again = desk.post(f"{page}/terug", data={"csrf": csrf, "change": change})

    assert changed.status_code == 303
    assert "De fase is aangepast." in html
    assert "door Noor Bakker" in html
    assert undone.status_code == 303
    assert again.status_code == 409
    after = desk.get(page).text
    assert "Fase teruggezet" in after
    assert _hidden(after, "before") == "new"


def test_of_two_advisers_at_once_the_second_is_told_and_changes_nothing(desk: TestClient, lead_id: str) -> None:
    page, csrf = f"/desk/leads/{lead_id}", _csrf(desk)
    desk.post(f"{page}/fase", data={"csrf": csrf, "before": "new", "after": "orienting"})

    second = desk.post(f"{page}/fase", data={"csrf": csrf, "before": "new", "after": "left"})

    assert second.status_code == 409
    assert "Een collega heeft" in second.text
    assert _hidden(second.text, "before") == "orienting"


def test_a_note_that_cannot_be_kept_comes_back_with_its_text(desk: TestClient, lead_id: str) -> None:
    text = "lang " * 1000

    answer = desk.post(f"/desk/leads/{lead_id}/notitie", data={"csrf": _csrf(desk), "text": text})

    assert answer.status_code == 422
    assert "te lang" in answer.text
    assert text.strip() in answer.text


def test_what_a_visitor_or_colleague_types_is_shown_and_never_run(
    client: TestClient, lead_form: Form, make_adviser: MakeAdviser, sessions: Sessions
) -> None:
    make_adviser(name=f"Noor {XSS}")
    known = {"name": "sector", "value": ["po"], "origin": "said", "words": XSS}
    verdict = {"route": "r", "title": XSS, "verdict": "fits", "reasons": [{"text": XSS, "met": True}]}
    with sessions.begin() as session:
        made, token = ConversationStore(session).create("nl", "haaglanden", XSS, {})
        citation = {"n": 1, "title": XSS, "publisher": XSS, "as_of": "2026", "url": "javascript:alert(1)"}
        reply = {"blocks": [{"type": "text", "html": XSS, "text": XSS}], "citations": [citation]}
        turn = NewTurn(id="r", question=XSS, reply=reply, status="answered_advice")
        ConversationStore(session).add_turn(made, turn, {"profile": {"known": [known]}, "verdicts": [verdict]})
    form = lead_form(conversation_id=made.id, name=XSS, message=XSS)
    lead_id = client.post("/api/v1/leads", json=form, headers={"Authorization": f"Bearer {token}"}).json()["lead_id"]
    _log_in(client)
    client.post(f"/desk/leads/{lead_id}/notitie", data={"csrf": _csrf(client), "text": XSS})

    pages = [
        client.get(f"/desk/leads/{lead_id}"),
        client.get(f"/desk/leads/{lead_id}/afdruk"),
        client.get("/desk", params={"zoek": XSS}),
        client.get("/desk"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert page.text.count("<script") == page.text.count('<script type="module" src="/desk/static/desk.js?v=')
        assert "<img" not in page.text
        assert 'href="javascript:' not in page.text
    assert "&lt;script&gt;" in pages[0].text
    assert "script-src 'self';" in pages[0].headers["content-security-policy"]
    assert "default-src 'none'" in pages[0].headers["content-security-policy"]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: TestClient, make_adviser: MakeAdviser
) -> None:
    make_adviser()

    wrong = _log_in(client, password="x")
    unknown = _log_in(client, email="niemand@example.org")

    assert wrong.status_code == unknown.status_code == 401
    assert "horen niet bij elkaar" in wrong.text
    assert "horen niet bij elkaar" in unknown.text


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(
    client: TestClient, make_adviser: MakeAdviser
) -> None:
    make_adviser()

    tries = [_log_in(client, password="fout").status_code for _ in range(5)]
    right = _log_in(client)

    assert tries == [401] * 5
    assert right.status_code == 429
    assert "Te vaak geprobeerd" in right.text


def test_another_site_cannot_log_somebody_in(client: TestClient, make_adviser: MakeAdviser) -> None:
    make_adviser()

    answer = client.post("/desk/login", data={"email": "noor@example.org", "password": PASSWORD, "token": "x"})

    assert answer.status_code == 403
    assert "loket_desk" not in client.cookies


@pytest.mark.parametrize(
    "wanted",
    ["https://example.org", "//example.org", "/\\example.org", "/deskundig", "/desk/login", "/desk\\@example.org"],
)
def test_logging_in_never_leads_to_another_site(client: TestClient, make_adviser: MakeAdviser, wanted: str) -> None:
    make_adviser()

    answer = _log_in(client, next=wanted)

    assert answer.headers["location"] == "/desk"


def test_logging_in_leads_to_the_page_that_was_asked_for(client: TestClient, make_adviser: MakeAdviser) -> None:
    make_adviser()

    answer = _log_in(client, next="/desk/leads/x?gedaan=fase")

    assert answer.headers["location"] == "/desk/leads/x?gedaan=fase"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: TestClient, make_adviser: MakeAdviser
) -> None:
    make_adviser()

    answer = _log_in(client)

    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("loket_desk="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/desk" in cookie


@pytest.mark.parametrize("end", ["disable", "reset", "logout", "tamper"])
def test_a_session_ends(desk: TestClient, sessions: Sessions, end: str) -> None:
    with sessions.begin() as session:
        if end == "disable":
            AccountStore(session).disable("noor@example.org")
        elif end == "reset":
            AccountStore(session).reset("noor@example.org", "een ander lang wachtwoord")
    if end == "logout":
        desk.post("/desk/logout", data={"csrf": _csrf(desk)})
    elif end == "tamper":
        value = desk.cookies["loket_desk"]
        desk.cookies.clear()
        desk.cookies.set("loket_desk", value[:-3] + "abc")

    answer = desk.get("/desk")

    assert answer.status_code == 303


def test_an_empty_inbox_says_what_will_come(desk: TestClient) -> None:
    assert "Nog geen aanmeldingen" in desk.get("/desk").text


def test_strange_addresses_and_values_are_pages_with_words(desk: TestClient, lead_id: str) -> None:
    csrf = _csrf(desk)

    answers = {
        "/desk/nergens": desk.get("/desk/nergens"),
        "/desk/leads/%00": desk.get("/desk/leads/%00"),
        "sinds=raar": desk.get("/desk/nieuw", params={"sinds": "raar"}),
        "fase=raar": desk.post(f"/desk/leads/{lead_id}/fase", data={"csrf": csrf, "before": "new", "after": "raar"}),
    }

    assert [answer.status_code for answer in answers.values()] == [404, 404, 422, 422]
    for answer in answers.values():
        assert answer.headers["content-type"].startswith("text/html")
        assert "<h1>" in answer.text


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(desk: TestClient, people_settings: Settings) -> None:
    file = people_settings.var / "secret"

    before = file.read_text()
    desk.get("/desk")

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == before
    assert len(before) >= 48


@pytest.mark.usefixtures("lead_id")
def test_a_list_is_kept_under_a_name_and_forgotten(desk: TestClient) -> None:
    csrf = _csrf(desk)
    keep = {"csrf": csrf, "keuze": "onderwijs=po&fase=bestaat-niet", "naam": f"Po {XSS}"[:40]}

    saved = desk.post("/desk/lijsten", data=keep)
    page = desk.get(saved.headers["location"]).text
    nameless = desk.post("/desk/lijsten", data=keep | {"naam": " "})
    view = _hidden(page, "lijst")
    dropped = desk.post("/desk/lijsten/weg", data={"csrf": csrf, "lijst": view})

    assert 'href="/desk?onderwijs=po" aria-current="page"' in page
    assert "&lt;script&gt;" in page
    assert nameless.status_code == 422
    assert "Geef je lijst een naam" in nameless.text
    assert "Po &lt;" not in desk.get(dropped.headers["location"]).text


def test_an_adviser_takes_a_lead_on_and_a_second_one_is_told(
    desk: TestClient, lead_id: str, sessions: Sessions
) -> None:
    page, csrf = f"/desk/leads/{lead_id}", _csrf(desk)
    with sessions.begin() as session:
        LeadStore(session).claim(lead_id, "0f8fad5b-d9cb-469f-a165-70867728950e", "Henk")

    late = desk.post(f"{page}/oppakken", data={"csrf": csrf, "seen": ""})
    taken_over = desk.post(f"{page}/oppakken", data={"csrf": csrf, "seen": _hidden(late.text, "seen")})

    assert late.status_code == 409
    assert "Henk heeft deze aanmelding opgepakt" in late.text
    assert "Jij hebt deze aanmelding opgepakt" in desk.get(taken_over.headers["location"]).text
    assert "Van jou" in desk.get("/desk?toon=mijn").text


def test_who_leaves_does_so_with_a_reason(desk: TestClient, lead_id: str) -> None:
    page, csrf = f"/desk/leads/{lead_id}", _csrf(desk)

    desk.post(f"{page}/fase", data={"csrf": csrf, "before": "new", "after": "left", "because": "money"})

    html = desk.get(page).text
    assert "Van “Nieuw” naar “Uitgestroomd”. Kan het niet betalen." in html
    assert "wacht op contact" not in html.lower()


@pytest.mark.usefixtures("lead_id")
def test_the_page_itself_asks_whether_more_came_in(desk: TestClient) -> None:
    since = "2020-01-01T00:00:00+00:00"

    counts = [
        desk.get("/desk/nieuw", params={"sinds": since}).json(),
        desk.get("/desk/nieuw", params={"sinds": since, "onderwijs": "vo"}).json(),
        desk.get("/desk/nieuw", params={"sinds": "2100-01-01T00:00:00+00:00"}).json(),
    ]

    assert counts == [{"count": 1, "answers": 0}, {"count": 0, "answers": 0}, {"count": 0, "answers": 0}]
