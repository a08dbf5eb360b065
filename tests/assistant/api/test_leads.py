"""A lead once acknowledged is there, once, whole, and with what the visitor agreed to."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.meetings.slot import How, Slot
from assistant.storage.conversations import Conversation, ConversationStore
from assistant.storage.ids import new_id
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions
from assistant.storage.slots import SlotStore

Form = Callable[..., dict[str, Any]]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_lead_carries_the_story_and_goes_to_the_loket_of_the_municipality(
    client: TestClient, lead_form: Form, conversation: tuple[Conversation, str], sessions: Sessions
) -> None:
    told, token = conversation

    answer = client.post("/api/v1/leads", json=lead_form(conversation_id=told.id), headers=_bearer(token))

    assert answer.status_code == 201
    assert answer.json()["loket"]["id"] == "loket-haaglanden"
    with sessions() as session:
        lead = LeadStore(session).get(answer.json()["lead_id"])
        mails = LeadStore(session).mails(lead.id)
    assert [fact.words for fact in lead.facts] == ["de basisschool", "ik woon in Zoetermeer", ""]
    assert [verdict.verdict for verdict in lead.verdicts] == ["does_not_fit", "possible"]
    assert lead.transcript[0].answer == "Zij-instroom past misschien."
    assert lead.sectors == ("po",)
    assert "Zoetermeer" in lead.reason
    assert [mail.to for mail in mails[1:]] == [lead.contact.email], "the loket is told, and the visitor has a copy"


def test_a_transcript_that_is_not_shared_is_not_in_the_lead(
    client: TestClient, lead_form: Form, conversation: tuple[Conversation, str], sessions: Sessions
) -> None:
    told, token = conversation
    form = lead_form(conversation_id=told.id)
    form["consent"]["share_transcript"] = False

    lead_id = client.post("/api/v1/leads", json=form, headers=_bearer(token)).json()["lead_id"]

    with sessions() as session:
        assert LeadStore(session).get(lead_id).transcript == ()


def test_a_lead_keeps_its_story_when_the_conversation_is_forgotten(
    client: TestClient, lead_form: Form, conversation: tuple[Conversation, str], sessions: Sessions
) -> None:
    told, token = conversation
    lead_id = client.post("/api/v1/leads", json=lead_form(conversation_id=told.id), headers=_bearer(token)).json()[
        "lead_id"
    ]

    with sessions.begin() as session:
        ConversationStore(session).delete(told)

    with sessions() as session:
        lead = LeadStore(session).get(lead_id)
    assert lead.conversation_id is None
    assert lead.transcript[0].question == "Wat past bij mij?"


def test_the_same_wish_sent_at_the_same_moment_by_many_is_one_lead(
    client: TestClient, lead_form: Form, conversation: tuple[Conversation, str], sessions: Sessions
) -> None:
    told, token = conversation
    form = lead_form(conversation_id=told.id)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.post("/api/v1/leads", json=form, headers=_bearer(token)), range(16)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["lead_id"] for answer in answers}) == 1
    with sessions() as session:
        assert len(LeadStore(session).of_email("sam@example.org")) == 1
        assert len(LeadStore(session).mails(answers[0].json()["lead_id"])) == 2, "one to the loket, one copy"


def test_a_corrected_address_is_not_taken_for_the_same_wish(client: TestClient, lead_form: Form) -> None:
    first = client.post("/api/v1/leads", json=lead_form(email="sam@exmaple.org"))

    second = client.post("/api/v1/leads", json=lead_form(email="sam@example.org"))

    assert first.json()["lead_id"] != second.json()["lead_id"]


@pytest.mark.parametrize("token", ["", "of-another-conversation"])
def test_a_conversation_is_not_told_on_without_its_token(
    client: TestClient, lead_form: Form, conversation: tuple[Conversation, str], token: str
) -> None:
    answer = client.post("/api/v1/leads", json=lead_form(conversation_id=conversation[0].id), headers=_bearer(token))

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " \u200b\n "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"email": "geen adres"}, "email"),
        ({"email": None}, "email"),
        ({"email": None, "preferred_contact": "phone"}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"email": None, "preferred_contact": "appointment"}, "email"),
        ({"preferred_contact": "duif"}, "preferred_contact"),
        ({"message": "x" * 2001}, "message"),
        ({"consent": {"version": "oud", "given": True, "share_transcript": False}}, "consent.version"),
        ({"consent": {"version": "oud", "given": False, "share_transcript": False}}, "consent.given"),
        ({"consent": {"version": "oud", "given": "ja", "share_transcript": False}}, "consent.given"),
        ({"name": 7}, "name"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_at_its_field_in_dutch(
    client: TestClient, lead_form: Form, change: dict[str, Any], field: str, sessions: Sessions
) -> None:
    answer = client.post("/api/v1/leads", json=lead_form(**change))

    assert answer.status_code == 422
    errors = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert field in errors
    assert errors[field].endswith(".")
    with sessions() as session:
        assert LeadStore(session).of_email("sam@example.org") == []


def test_control_characters_do_not_reach_the_store(client: TestClient, lead_form: Form, sessions: Sessions) -> None:
    form = lead_form(name="Sam\r\nBcc: x@example.org\x00", message="een\x07 twee\r\ndrie\u202e")

    lead_id = client.post("/api/v1/leads", json=form).json()["lead_id"]

    with sessions() as session:
        lead = LeadStore(session).get(lead_id)
    assert lead.contact.name == "Sam Bcc: x@example.org"
    assert lead.message == "een twee\ndrie"


def test_what_was_agreed_to_is_kept_word_for_word(client: TestClient, lead_form: Form, sessions: Sessions) -> None:
    shown = client.get("/api/v1/consent", params={"region": "haaglanden", "locale": "nl"}).json()

    lead_id = client.post("/api/v1/leads", json=lead_form()).json()["lead_id"]

    with sessions() as session:
        consent = LeadStore(session).get(lead_id).consent
    assert (consent.version, consent.text) == (shown["version"], shown["html"])


def test_the_consent_of_a_region_decides_where_a_lead_without_conversation_goes(
    client: TestClient, lead_form: Form
) -> None:
    version = client.get("/api/v1/consent", params={"region": "hak", "locale": "en"}).json()["version"]
    consent = {"version": version, "given": True, "share_transcript": False}

    answer = client.post("/api/v1/leads", json=lead_form(consent=consent))

    assert answer.json()["loket"]["id"] == "loket-hak"


def test_a_log_holds_nothing_of_what_was_typed(
    client: TestClient, lead_form: Form, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    client.post("/api/v1/leads", json=lead_form(name="Bijzondere Naam", message="een geheim"))
    client.post("/api/v1/leads", json=lead_form(name="Bijzondere Naam", email="fout adres"))

    assert "Bijzondere" not in caplog.text
    assert "geheim" not in caplog.text


def test_feedback_is_for_a_reply_of_the_same_conversation(
    client: TestClient, conversation: tuple[Conversation, str]
) -> None:
    told, token = conversation
    opinion = {"conversation_id": told.id, "reply_id": "reply-1", "helpful": True}

    own = client.post("/api/v1/feedback", json=opinion, headers=_bearer(token))
    again = client.post("/api/v1/feedback", json=opinion | {"helpful": False}, headers=_bearer(token))
    other = client.post("/api/v1/feedback", json=opinion | {"reply_id": "reply-2"}, headers=_bearer(token))
    stranger = client.post("/api/v1/feedback", json=opinion)

    assert [each.status_code for each in (own, again, other, stranger)] == [201, 201, 404, 401]


@pytest.fixture
def slot_id(sessions: Sessions) -> str:
    """A moment next week at which somebody of the loket calls."""
    starts_at = datetime.now(UTC) + timedelta(days=7)
    slot = Slot(
        id=new_id(), region="haaglanden", loket_id="loket-haaglanden", loket_title="Loket Haaglanden", capacity=1,
        topic="Oriënteren", how=How.PHONE, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30),
    )  # fmt: skip
    with sessions.begin() as session:
        SlotStore(session).add([slot], "Noor")
    return slot.id


def test_an_appointment_is_made_with_the_lead_and_then_the_moment_is_gone(
    client: TestClient, lead_form: Form, slot_id: str, sessions: Sessions
) -> None:
    wish = lead_form(preferred_contact="appointment", slot_id=slot_id, phone="06 12345678")
    [offered] = client.get("/api/v1/lokets/loket-haaglanden/slots").json()
    assert (offered["id"], offered["how"], offered["free"]) == (slot_id, "phone", 1)

    answer = client.post("/api/v1/leads", json=wish)

    assert answer.status_code == 201, answer.text
    assert answer.json()["appointment"]["id"] == slot_id
    assert answer.json()["loket"]["id"] == "loket-haaglanden"
    assert client.get("/api/v1/lokets/loket-haaglanden/slots").json() == []
    assert client.post("/api/v1/leads", json=wish).json()["lead_id"] == answer.json()["lead_id"], "sent twice is once"
    late = client.post("/api/v1/leads", json=wish | {"name": "Kim", "email": "kim@example.org"})
    assert late.status_code == 409
    with sessions() as session:
        assert LeadStore(session).of_email("kim@example.org") == [], "who gets no moment leaves nothing behind"


@pytest.mark.parametrize("moment", ["", "x", "0" * 64, "1b4e28ba-2fa1-11d2-883f-0016d3cca427"])
def test_a_moment_that_is_none_is_told(client: TestClient, lead_form: Form, moment: str) -> None:
    assert client.post("/api/v1/leads", json=lead_form(slot_id=moment)).status_code == 404
    assert client.get("/api/v1/lokets/geen-loket/slots").status_code == 404


def test_who_is_called_gives_a_number(client: TestClient, lead_form: Form, slot_id: str) -> None:
    answer = client.post("/api/v1/leads", json=lead_form(preferred_contact="appointment", slot_id=slot_id))

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["phone"]
