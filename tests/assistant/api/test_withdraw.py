"""What a visitor agreed to is kept purpose by purpose, sent to them, and really withdrawn."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import text

from assistant.leads.consent import Purpose
from assistant.storage.consents import ConsentStore

Begin = Callable[..., Any]


@pytest.fixture
def leave(api: TestClient, begin: Begin) -> Callable[..., tuple[str, str]]:
    """Leaves details out of a conversation. Returns the lead's id, and the path of the link in the mail; empty without."""

    def make(email: str, message: str = "Kan het in deeltijd?", **consent: bool) -> tuple[str, str]:
        begun = begin()
        begun.say("ik wil naar de pabo in de avond")
        version = api.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
        lead = {
            "conversation_id": begun.id,
            "name": "Robin Withdrawn",
            "email": email,
            "preferred_contact": "email",
            "message": message,
            "consent": {"version": version, "given": True, **consent},
        }
        answer = api.post("/api/v1/leads", json=lead, headers=begun.headers)
        assert answer.status_code == 201, answer.text
        lead_id = answer.json()["lead_id"]
        mails = _mails(api, lead_id, email)
        link = next((line for mail in mails for line in mail.splitlines() if "/aanmelding/" in line), "")
        return lead_id, "/" + link.partition("/aanmelding/")[1].strip("/") + "/" + link.partition("/aanmelding/")[2]

    return make


def _mails(api: TestClient, lead_id: str, to: str) -> list[str]:
    with api.app.state.sessions() as session:  # type: ignore[attr-defined]
        query = text('SELECT body FROM outbox WHERE lead_id = :lead AND "to" = :to')
        return list(session.scalars(query, {"lead": lead_id, "to": to}))


def _allows(api: TestClient, lead_id: str) -> set[Purpose]:
    with api.app.state.sessions() as session:  # type: ignore[attr-defined]
        return {each for each in Purpose if ConsentStore(session).allows(lead_id, each)}


def test_a_visitor_gets_a_copy_of_what_was_sent_with_what_it_may_be_used_for(
    api: TestClient, leave: Callable[..., tuple[str, str]]
) -> None:
    lead_id, _ = leave("robin1@example.org", "Kijk op https://spam.example/x en www.spam.example", follow_up=True)

    [mail] = _mails(api, lead_id, "robin1@example.org")

    for words in ("Robin Withdrawn", "robin1@example.org", "Een adviseur mag contact", "na 3, 6 en 12 maanden"):
        assert words in mail
    assert "gesprek met de digitale assistent" not in mail
    assert "spam.example" not in mail, "somebody else's mailbox is no place for a link"
    assert _allows(api, lead_id) == {Purpose.CONTACT, Purpose.REFER, Purpose.FOLLOW_UP}


def test_consent_names_each_purpose_that_can_be_chosen(api: TestClient) -> None:
    for locale in ("nl", "en"):
        choices = api.get("/api/v1/consent", params={"locale": locale}).json()["choices"]
        assert [each["id"] for each in choices] == [each.value for each in Purpose]
        assert [each["id"] for each in choices if each["required"]] == ["contact"]


def test_one_purpose_can_be_withdrawn_and_the_rest_stays(
    api: TestClient, leave: Callable[..., tuple[str, str]]
) -> None:
    lead_id, link = leave("robin2@example.org", share_transcript=True)

    page = html.fromstring(api.post(link, data={"purpose": "transcript"}).text)

    assert page.xpath("//*[@role='status']")[0].text_content() == "Ingetrokken."
    assert _allows(api, lead_id) == {Purpose.CONTACT, Purpose.REFER}
    with api.app.state.sessions() as session:  # type: ignore[attr-defined]
        kept = session.execute(
            text("SELECT transcript, share_transcript FROM lead WHERE id = :id"), {"id": lead_id}
        ).one()
    assert (kept.transcript, bool(kept.share_transcript)) == ("[]", False)


def test_looking_changes_nothing_and_withdrawing_erases_every_byte(
    api: TestClient, leave: Callable[..., tuple[str, str]]
) -> None:
    _, link = leave("robin.gone@example.org", "Een zin die weg moet: zwaluwnest.", share_transcript=True)

    looked = [api.get(link), api.head(link), api.get(link)]
    assert {each.status_code for each in looked} == {200}
    assert "zwaluwnest" in looked[0].text
    assert link.rpartition("/")[2] not in html.fromstring(looked[0].text).xpath("string(//head)")
    assert looked[0].headers["cache-control"].startswith("private")

    erased = api.post(link, data={"purpose": "contact"})

    assert "Je aanmelding is gewist" in erased.text
    assert api.get(link).status_code == 404
    assert api.post(link, data={"purpose": "contact"}).status_code == 404
    var = api.app.state.settings.var  # type: ignore[attr-defined]
    files = b"".join(file.read_bytes() for file in var.glob("people.sqlite*"))
    for trace in (b"zwaluwnest", b"robin.gone@example.org"):
        assert trace not in files


@pytest.mark.parametrize("code", ["x", "a" * 100, "%00", "..%2f..", "'%20OR%201=1"])
def test_a_code_that_opens_nothing_is_told_kindly(api: TestClient, code: str) -> None:
    assert api.get(f"/aanmelding/{code}").status_code == 404
    assert "Deze aanmelding is er niet meer" in api.get("/aanmelding/x").text


def test_nobody_is_flooded_with_copies(leave: Callable[..., tuple[str, str]]) -> None:
    links = [leave("robin.flood@example.org", f"Vraag {number}")[1] for number in range(7)]

    assert [link.startswith("/aanmelding/") for link in links] == [True] * 5 + [False] * 2
