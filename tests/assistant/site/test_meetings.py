"""Forms that end at a loket take nothing from elsewhere, open nothing without their code, and escape what people type."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistant.accounts.signed import code_of
from assistant.meetings.slot import How, Slot
from assistant.storage.ids import new_id
from assistant.storage.slots import SlotStore

FORMS = ("/afspraak/{slot}", "/meelopen", "/aanmelden/expeditie-leerkracht-2027-06", "/mijn-afspraak/x", "/mijn-dag/x")


@pytest.fixture(scope="module")
def slot_id(visitor: TestClient) -> str:
    """A moment next week."""
    starts_at = datetime.now(UTC) + timedelta(days=7)
    slot = Slot(
        id=new_id(), region="haaglanden", loket_id="word-leraar-in-den-haag", loket_title="Word leraar", capacity=9,
        topic="<b>Praten</b>", how=How.PHONE, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30),
    )  # fmt: skip
    with visitor.app.state.sessions.begin() as session:  # type: ignore[attr-defined]
        SlotStore(session).add([slot], "Noor")
    return slot.id


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_site_is_refused(visitor: TestClient, slot_id: str, path: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}

    answer = visitor.post(path.format(slot=slot_id), data={"name": "Sam", "seen": "0"}, headers=headers)

    assert answer.status_code == 403
    assert "andere website" in answer.text


@pytest.mark.parametrize("path", ["/mijn-afspraak/", "/mijn-dag/"])
@pytest.mark.parametrize("code", ["x", "a.b", "a" * 299, "%00", "..%2f..", "'%20OR%201=1"])
def test_a_code_that_opens_nothing_is_told_kindly(visitor: TestClient, path: str, code: str) -> None:
    answer = visitor.get(path + code)

    assert answer.status_code == 404
    assert visitor.post(path + code, data={"do": "cancel", "seen": "0"}).status_code == 404
    assert visitor.get(f"{path}{code}/agenda.ics").status_code == 404


def test_a_code_for_one_thing_opens_no_other(visitor: TestClient) -> None:
    settings = visitor.app.state.settings  # type: ignore[attr-defined]
    code = code_of(settings, "day", new_id())

    assert visitor.get(f"/mijn-afspraak/{code}").status_code == 404


def test_what_was_typed_and_what_advisers_wrote_is_text(visitor: TestClient, slot_id: str) -> None:
    typed = {"name": '"><script>alert(1)</script>', "email": "geen adres", "message": "</textarea><img src=x>"}

    answer = visitor.post(f"/afspraak/{slot_id}", data=typed)

    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert page.xpath("//main//script | //main//img | //main//dd/b") == []
    assert page.xpath("string(//input[@name='name']/@value)") == typed["name"]
    assert page.xpath("string(//textarea)") == typed["message"]


@pytest.mark.parametrize("story", ["x", "a" * 400, "e30.abc.def"])
def test_a_conversation_that_cannot_come_along_is_no_obstacle(
    open_page: Callable[..., Any], slot_id: str, story: str
) -> None:
    for path in ("/afspraak", f"/afspraak/{slot_id}", "/meelopen"):
        page = open_page(path, gesprek=story)
        assert "gaat mee" not in page.text_content()


def test_an_event_that_nobody_opened_cannot_be_registered_for(visitor: TestClient) -> None:
    assert visitor.get("/aanmelden/expeditie-leerkracht-2027-06").status_code == 404
    assert visitor.get("/aanmelden/zij-instroom-po").status_code == 404
