"""Mail about new vacancies: asked for, confirmed, sent once, and stopped."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from assistant.leads.alerting import VacancyAlerts
from assistant.storage.alerts import AlertBook, AlertStore
from assistant.storage.person import PersonStore
from assistant.storage.session import Sessions
from assistant.storage.tables import OutboxRow, VacancyAlertRow
from knowledge.catalogue import Catalogue
from knowledge.vacancy import Vacancy

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def job(job_id: str, **more: Any) -> Vacancy:
    given = {
        "id": job_id,
        "title": "Leerkracht groep 5",
        "summary": "Een school zoekt een collega.",
        "sources": ["bron"],
    }
    place = {
        "employer": "De Duinroos",
        "municipality": "Delft",
        "closes_on": "2026-12-18",
        "url": f"https://werk.example/{job_id}",
    }
    return Vacancy.model_validate({**given, **place, **more})


@pytest.fixture
def store(visitor: TestClient) -> Iterator[Sessions]:
    sessions: Sessions = visitor.app.state.sessions  # type: ignore[attr-defined]
    _empty(sessions)  # Of what other tests of the same service sent.
    yield sessions
    _empty(sessions)


def _empty(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for row in (*session.scalars(select(VacancyAlertRow)), *session.scalars(select(OutboxRow))):
            session.delete(row)


def ask(
    visitor: TestClient, email: str = "sam@example.org", akkoord: str = "ja", query: str = "functie=groepsleerkracht"
) -> Any:
    return visitor.post(f"/vacatures/bericht?{query}", data={"email": email, "akkoord": akkoord})


def mails(store: Sessions) -> list[OutboxRow]:
    with store() as session:
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.created_at)))


def link_in(body: str) -> str:
    found = re.search(r"https://gids\.example\.org(/vacatures/bericht/\S+)", body)
    assert found
    return found[1]


def test_given_an_address_and_a_yes_then_a_mail_asks_to_confirm_and_nothing_else_is_sent(
    visitor: TestClient, store: Sessions
) -> None:
    answer = ask(visitor)

    [mail] = mails(store)
    assert "Kijk in je mail" in answer.text
    assert "sam@example.org" not in answer.text
    assert "Leerkracht basisonderwijs" in mail.body
    page = visitor.get(link_in(mail.body))
    assert "Ja, mail mij" in page.text
    with store() as session:
        assert AlertStore(session, lambda: NOW + timedelta(days=1)).due() == ()


@pytest.mark.parametrize(("email", "akkoord", "told"), [("geen adres", "ja", "met een @"), ("a@b.nl", "", "vinkje")])
def test_given_something_missing_then_it_is_said_beside_the_form_and_nothing_is_kept(
    visitor: TestClient, store: Sessions, email: str, akkoord: str, told: str
) -> None:
    answer = ask(visitor, email, akkoord)

    assert answer.status_code == 422
    assert told in answer.text
    assert mails(store) == []


def test_given_a_confirmed_alert_then_a_new_job_that_fits_is_mailed_once(
    visitor: TestClient, store: Sessions, catalogue: Catalogue
) -> None:
    ask(visitor, query="functie=groepsleerkracht&plaats=delft")
    link = link_in(mails(store)[0].body)
    assert "Je mail staat aan" in visitor.post(link, data={"wat": "bevestig"}).text
    jobs = [job("past"), job("elders", municipality="Den Haag"), job("docent", title="Docent wiskunde")]
    later = datetime.now(UTC)

    def send(at: datetime) -> int:
        book = AlertBook(store, lambda: at)
        return VacancyAlerts(book, lambda: catalogue, lambda _: jobs, "https://gids.example.org").send_due()

    assert [send(later), send(later), send(later + timedelta(days=2))] == [1, 0, 0]
    news = mails(store)[-1]
    assert "https://werk.example/past" in news.body
    assert "elders" not in news.body
    assert link_in(news.body) == link


def test_given_a_stop_then_the_address_is_gone_and_the_link_says_so(visitor: TestClient, store: Sessions) -> None:
    ask(visitor)
    link = link_in(mails(store)[0].body)

    assert "gestopt" in visitor.post(link, data={"wat": "stop"}).text

    with store() as session:
        assert session.scalars(select(VacancyAlertRow)).all() == []
    assert visitor.get(link).status_code == 404


def test_given_one_who_signs_up_somebody_else_again_and_again_then_few_mails_go_out(
    visitor: TestClient, store: Sessions
) -> None:
    for job_kind in ("groepsleerkracht", "docent", "instructeur", "vakleerkracht", "schoolleider", "schoolleider"):
        ask(visitor, query=f"functie={job_kind}")

    assert len(mails(store)) == 3


def test_given_no_answer_or_half_a_year_then_it_is_erased(store: Sessions) -> None:
    with store.begin() as session:
        early = AlertStore(session, lambda: NOW)
        confirmed = early.ask("a@example.org", "", {}, [])
        assert confirmed
        assert early.ask("b@example.org", "", {}, [])
        early.confirm(confirmed)
    with store.begin() as session:
        assert AlertStore(session, lambda: NOW + timedelta(days=4)).erase_over() == 1
        assert AlertStore(session, lambda: NOW + timedelta(days=200)).erase_over() == 1


def test_given_a_person_who_asks_what_is_kept_then_their_alerts_are_given_and_erased(store: Sessions) -> None:
    with store.begin() as session:
        AlertStore(session, lambda: NOW).ask("Sam@example.org", "", {"job": "docent"}, ["een"])
        persons = PersonStore(session)
        person = persons.find("sam@example.org")

        assert bool(person)
        [row] = persons.records(person)["vacancy_alert"]
        assert row["search"] == {"job": "docent"}
        assert "code" not in row
        persons.erase(person)
        assert not persons.find("sam@example.org")
