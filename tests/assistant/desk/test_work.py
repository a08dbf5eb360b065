"""What advisers do for a lead, and what they cannot do by accident."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from assistant.leads.outbox import OutboxSender
from assistant.leads.work import VARIABLES, InteractionKind, filled, unknown_variables
from assistant.settings import Settings
from assistant.storage.leads import LeadStore
from assistant.storage.outbox import OutboxStore
from assistant.storage.session import Sessions
from assistant.storage.work import WorkStore, _months_later

PASSWORD = "een lang genoeg wachtwoord"
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
def lead(desk: TestClient, lead_form: Form) -> str:
    """The address of the dossier of somebody who agreed to everything."""
    wish = lead_form(phone="06 12345678")
    wish["consent"] |= {"refer": True, "follow_up": True}
    lead_id = desk.post("/api/v1/leads", json=wish).json()["lead_id"]
    return f"/desk/leads/{lead_id}"


@pytest.fixture
def send(desk: TestClient) -> Callable[..., Any]:
    """Sends a form of the desk, with its token."""
    csrf = _hidden(desk.get("/desk").text, "csrf")

    def post(path: str, **fields: str) -> Any:
        return desk.post(path, data={"csrf": csrf, **fields})

    return post


@pytest.mark.parametrize("kind", list(InteractionKind))
def test_a_real_contact_ends_the_wait_and_a_try_does_not(
    desk: TestClient, send: Callable[..., Any], lead: str, kind: InteractionKind
) -> None:
    send(f"{lead}/contact", soort=kind.value, verslag="Belt donderdag terug.")

    page = desk.get(lead).text
    assert ("Wacht op contact" in page) is not kind.is_contact
    assert "Belt donderdag terug." in page
    assert (lead in desk.get("/desk?zoek=donderdag&toon=wacht").text) is not kind.is_contact


def test_a_task_is_listed_until_it_is_done_and_is_done_once(
    desk: TestClient, send: Callable[..., Any], lead: str
) -> None:
    tomorrow = (datetime.now(ZoneInfo("Europe/Amsterdam")).date() + timedelta(days=1)).isoformat()
    send(f"{lead}/taak", wat="Bel de school", wanneer=tomorrow)
    listed = desk.get("/desk/taken").text
    task = _hidden(desk.get(lead).text, "taak")

    answers = [send(f"{lead}/taak-klaar", taak=task).status_code for _ in range(2)]
    refused = [
        send(f"{lead}/taak", wat="", wanneer=tomorrow).status_code,
        send(f"{lead}/taak", wat="x", wanneer="2020-01-01").status_code,
        send(f"{lead}/taak", wat="x", wanneer="nooit").status_code,
    ]

    assert "Bel de school" in listed
    assert "Morgen" in listed
    assert answers == [303, 409]
    assert refused == [422] * 3
    assert "Bel de school" not in desk.get("/desk/taken").text
    assert "Taak klaar" in desk.get(lead).text


def test_who_begins_is_asked_three_times_what_became_of_it_and_the_answer_is_kept(
    desk: TestClient, send: Callable[..., Any], lead: str
) -> None:
    send(f"{lead}/fase", before="new", after="in_training")
    send(f"{lead}/opvolging")  # It is planned already: nothing doubles.
    page = desk.get(lead).text
    task = _hidden(page, "taak")

    without = send(f"{lead}/taak-klaar", taak=task)
    send(f"{lead}/taak-klaar", taak=task, uitkomst="works_in_education")

    assert [page.count(f"geworden is ({months} maanden)") for months in (3, 6, 12)] == [1, 1, 1]
    assert without.status_code == 422
    assert "werkt in het onderwijs" in desk.get(lead).text


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    assert _months_later(day, months) == expected


def test_letters_to_a_visitor_are_a_thread_that_answers_to_the_loket(
    desk: TestClient, send: Callable[..., Any], lead: str, sessions: Sessions, people_settings: Settings
) -> None:
    send("/desk/teksten", titel="Welkom", onderwerp="Dag $voornaam", tekst="Beste $naam, $$5. Groet, $adviseur")
    found = re.search(r'option value="(\d+)">Welkom', desk.get(f"{lead}/bericht").text)
    assert found
    text_id = found[1]
    begun = desk.get(f"{lead}/bericht?tekst={text_id}").text

    for number in (1, 2):
        send(f"{lead}/bericht", onderwerp=f"Brief {number}\r\nBcc: iedereen@example.org", tekst="Hallo Sam")

    assert "Beste Sam de Vries, $5. Groet, Noor Bakker" in begun
    assert "Wacht op contact" not in desk.get(lead).text
    assert "Aan Sam de Vries: Brief 2" in desk.get(f"{lead}/afdruk").text
    with sessions() as session:
        letters = WorkStore(session).letters(lead.rpartition("/")[2])
    assert letters[1].answers == letters[0].id
    outbox = OutboxStore(sessions)
    sender = OutboxSender(outbox, people_settings)
    later = datetime.now(UTC) + timedelta(minutes=1)
    mails = [outbox.take_due(later, later + timedelta(minutes=5)) for _ in range(6)]
    [second] = [sender._message(mail) for mail in mails if mail and mail.id == letters[1].id]
    assert second["Reply-To"] == people_settings.mail_to
    assert letters[0].id in second["In-Reply-To"]
    assert second["Bcc"] is None
    assert second["To"] == "sam@example.org"


def test_a_letter_that_cannot_be_sent_comes_back_with_its_text(send: Callable[..., Any], lead: str) -> None:
    answer = send(f"{lead}/bericht", onderwerp=" ", tekst="Lang geschreven <b>brief</b>")

    assert answer.status_code == 422
    assert "Lang geschreven &lt;b&gt;brief&lt;/b&gt;" in answer.text


def test_a_school_gets_the_story_only_with_the_visitors_consent_and_it_is_logged(
    desk: TestClient, send: Callable[..., Any], lead: str
) -> None:
    story = {"onderwerp": "Kandidaat", "tekst": "Sam wil meelopen."}
    school = {"school": "De Zonnebloem", "adres": "directie@example.org"}

    refused = [
        send(f"{lead}/doorverwijzen", **story),
        send(f"{lead}/doorverwijzen", **story, **school),
        send(f"{lead}/doorverwijzen", **story, **school, akkoord="true"),
        send(f"{lead}/doorverwijzen", **story, school="X", adres="geen adres", akkoord="true", toestemming="ja"),
    ]
    sent = send(f"{lead}/doorverwijzen", **story, **school, akkoord="true", toestemming="Telefonisch, 3 december")

    assert [answer.status_code for answer in refused] == [422] * 4
    page = desk.get(sent.headers["location"]).text
    assert "Aan De Zonnebloem (directie@example.org)" in page
    assert "Toestemming: Telefonisch, 3 december" in page
    assert "Wacht op contact" in page  # The visitor heard nothing yet.


def test_another_loket_takes_the_lead_over_and_its_region_sees_it(
    desk: TestClient, send: Callable[..., Any], lead: str, sessions: Sessions
) -> None:
    sent = send(f"{lead}/doorverwijzen", loket="loket-hak", onderwerp="Kandidaat", tekst="Sam woont in Haarlem.")

    assert sent.headers["location"] == "/desk?gedaan=doorverwezen"
    assert desk.get(lead).status_code == 404
    with sessions() as session:
        moved = LeadStore(session).get(lead.rpartition("/")[2])
    assert (moved.region, moved.loket_id) == ("hak", "loket-hak")


def test_leads_of_one_person_are_put_together_by_an_adviser_alone_and_taken_apart(
    desk: TestClient, send: Callable[..., Any], lead: str, lead_form: Form
) -> None:
    other = desk.post("/api/v1/leads", json=lead_form(name="S. de Vries", message="Nog een vraag")).json()["lead_id"]
    before = desk.get(lead).text

    send(f"{lead}/samenvoegen", ander=other)
    together, inbox = desk.get(lead).text, desk.get("/desk").text
    again = send(f"{lead}/samenvoegen", ander=other)
    send(f"{lead}/samenvoegen", ander=other, uit_elkaar="true")

    assert "Is dezelfde persoon" in before
    assert "Nog een vraag" not in before
    assert "Haal uit elkaar" in together
    assert other not in inbox
    assert again.status_code == 409
    assert other in desk.get("/desk").text


def test_a_merge_reaches_no_lead_of_another_region(
    desk: TestClient, send: Callable[..., Any], lead: str, lead_form: Form, sessions: Sessions
) -> None:
    other = desk.post("/api/v1/leads", json=lead_form(name="Elders")).json()["lead_id"]
    with sessions.begin() as session:
        WorkStore(session).hand_over(other, "loket-hak", "Loket HAK", "hak")

    answer = send(f"{lead}/samenvoegen", ander=other)

    assert answer.status_code == 404
    assert "Is dezelfde persoon" not in desk.get(lead).text


@pytest.mark.parametrize("text", ["$wachtwoord", "${naam.__class__}", "kost $", "{{ 7 * 7 }} $onbekend"])
def test_a_canned_text_with_something_else_than_a_variable_is_refused(send: Callable[..., Any], text: str) -> None:
    answer = send("/desk/teksten", titel="T", tekst=text)

    assert answer.status_code == 422
    assert "niet: " in answer.text


@given(st.text(max_size=60), st.text(max_size=30))
def test_filling_in_never_runs_what_a_text_or_a_value_holds(text: str, value: str) -> None:
    values = dict.fromkeys(VARIABLES, value)
    safe = text.replace("$", "")

    assert filled(f"{safe}$naam|{{0.__class__}}", {**values, "naam": value}).startswith(safe + value)
    assert unknown_variables(safe) == []


def test_the_pdf_says_what_the_page_says_and_not_in_its_name(
    desk: TestClient, send: Callable[..., Any], lead: str
) -> None:
    send(f"{lead}/notitie", text='#read("/etc/passwd") $x$ *vet* \\ <label>')

    answer = desk.get(f"{lead}/dossier.pdf")

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert '#read("/etc/passwd") $x$ *vet* \\ <label>' in text
    assert "Sam de Vries" in text
    assert answer.headers["content-disposition"] == 'attachment; filename="dossier.pdf"'


def test_without_consent_nobody_is_passed_on_or_asked_later(
    desk: TestClient, send: Callable[..., Any], lead_form: Form
) -> None:
    wish = lead_form()
    wish["consent"] |= {"refer": False, "follow_up": False}
    lead = f"/desk/leads/{desk.post('/api/v1/leads', json=wish).json()['lead_id']}"
    story = {"loket": "loket-hak", "onderwerp": "Kandidaat", "tekst": "Sam woont in Haarlem."}

    asked_later = send(f"{lead}/opvolging")
    passed_on = send(f"{lead}/doorverwijzen", **story)
    send(f"{lead}/fase", before="new", after="working")
    with_consent = send(f"{lead}/doorverwijzen", **story, akkoord="true", toestemming="Telefonisch, vandaag")

    assert asked_later.status_code == passed_on.status_code == 422
    assert "geworden is (3 maanden)" not in desk.get("/desk/taken").text
    assert with_consent.status_code == 303
