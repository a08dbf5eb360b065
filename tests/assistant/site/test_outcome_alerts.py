"""Mail when an outcome changes: asked for at the end of a zelftest, confirmed, seen and stopped."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import select

from assistant.site.answers import Answers
from assistant.storage.outcome_alerts import OutcomeAlertStore
from assistant.storage.person import PersonStore
from assistant.storage.session import Sessions
from assistant.storage.tables import OutboxRow, OutcomeAlertRow

STATE = Answers(facts={"sector": ["po"], "diploma_level": "havo", "age": 19}).as_field()


@pytest.fixture
def store(visitor: TestClient) -> Iterator[Sessions]:
    sessions: Sessions = visitor.app.state.sessions  # type: ignore[attr-defined]
    _empty(sessions)
    yield sessions
    _empty(sessions)


def _empty(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for row in (*session.scalars(select(OutcomeAlertRow)), *session.scalars(select(OutboxRow))):
            session.delete(row)


def ask(visitor: TestClient, **form: str) -> Any:
    return visitor.post("/zelftest/bericht", data={"stand": STATE, "email": "sam@example.org", "akkoord": "ja", **form})


def link(store: Sessions) -> str:
    with store() as session:
        [mail] = session.scalars(select(OutboxRow)).all()
    found = re.search(r"https://gids\.example\.org(/zelftest/bericht/\S+)", mail.body)
    assert found
    return found[1]


def test_given_an_outcome_then_the_overview_asks_and_a_mail_asks_for_a_yes(
    visitor: TestClient, store: Sessions
) -> None:
    overview = html.fromstring(visitor.post("/zelftest/overzicht", data={"stand": STATE}).text)
    [form] = overview.xpath("//form[@action='/zelftest/bericht']")
    sent = {each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")}

    answer = visitor.post("/zelftest/bericht", data={**sent, "email": "sam@example.org", "akkoord": "ja"})

    assert "Kijk in je mail" in answer.text
    page = visitor.get(link(store))
    assert "Ja, mail mij" in page.text
    assert "Havo" in page.text or "havo" in page.text
    with store() as session:
        assert session.scalars(select(OutcomeAlertRow.confirmed_at)).all() == [None]
    assert "Je mail staat aan" in visitor.post(link(store), data={"wat": "bevestig"}).text


def test_given_the_number_of_an_advice_then_the_mail_is_about_that_one(visitor: TestClient, store: Sessions) -> None:
    overview = html.fromstring(visitor.post("/zelftest/overzicht", data={"stand": STATE}).text)
    number = overview.cssselect(".number")[0].text_content()
    again = html.fromstring(visitor.get(f"/zelftest/overzicht/{number}").text)
    assert again.xpath("//form[@action='/zelftest/bericht']//input[@name='nummer']/@value") == [number]

    ask(visitor, nummer=number, stand="")

    with store() as session:
        [row] = session.scalars(select(OutcomeAlertRow)).all()
    assert row.receipt["facts"]["diploma_level"] == "havo"
    assert row.consent_version


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"email": "geen adres"}, "met een @"),
        ({"akkoord": ""}, "vinkje"),
        ({"stand": ""}, "Beantwoord eerst"),
        ({"nummer": "7K3M-9QXA-2FVV"}, "Beantwoord eerst"),
    ],
)
def test_given_something_missing_then_it_is_said_and_nothing_is_kept(
    visitor: TestClient, store: Sessions, form: dict[str, str], told: str
) -> None:
    answer = ask(visitor, **form)

    assert answer.status_code == 422
    assert told in answer.text
    with store() as session:
        assert session.scalars(select(OutcomeAlertRow)).all() == []
        assert session.scalars(select(OutboxRow)).all() == []


def test_given_a_stop_then_address_and_answers_are_gone(visitor: TestClient, store: Sessions) -> None:
    ask(visitor)
    address = link(store)

    assert "gestopt" in visitor.post(address, data={"wat": "stop"}).text

    with store() as session:
        assert session.scalars(select(OutcomeAlertRow)).all() == []
    assert visitor.get(address).status_code == visitor.post(address, data={"wat": "bevestig"}).status_code == 404


def test_given_a_form_of_another_site_then_it_is_refused(visitor: TestClient, store: Sessions) -> None:
    form = {"stand": STATE, "email": "sam@example.org", "akkoord": "ja"}

    answer = visitor.post("/zelftest/bericht", data=form, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    with store() as session:
        assert session.scalars(select(OutcomeAlertRow)).all() == []


def test_given_one_who_signs_up_somebody_else_again_and_again_then_few_mails_go_out(
    visitor: TestClient, store: Sessions
) -> None:
    for age in range(19, 26):
        ask(visitor, stand=Answers(facts={"sector": ["po"], "age": age}).as_field())
    ask(visitor, stand=Answers(facts={"sector": ["po"], "age": 19}).as_field())

    with store() as session:
        assert len(session.scalars(select(OutboxRow)).all()) == 3


def test_given_a_person_who_asks_what_is_kept_then_their_alert_is_given_and_erased(
    visitor: TestClient, store: Sessions
) -> None:
    ask(visitor, email="Sam@example.org")

    with store.begin() as session:
        persons = PersonStore(session)
        person = persons.find("sam@example.org")
        [row] = persons.records(person)["outcome_alert"]
        assert row["receipt"]["facts"]["age"] == 19
        assert not {"code", "looked"} & row.keys()
        assert not persons.find("sam@example.org", ("hak",)).outcomes or row["region"] in ("", "hak")
        persons.erase(person)
        assert not persons.find("sam@example.org")
        assert OutcomeAlertStore(session).count_due("") == 0
