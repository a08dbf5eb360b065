"""A visitor is asked by mail whether what they sent earlier may be read too; the pages tell nobody whose address is known."""

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import delete, select

from assistant.storage.same_person import SamePersonStore
from assistant.storage.session import Sessions
from assistant.storage.tables import AttemptRow, LeadRow, OutboxRow

CODE = re.compile(r"(?<=/eerder/)[0-9A-Z-]{14}")


@pytest.fixture
def store(visitor: TestClient) -> Iterator[Sessions]:
    """The store of the service, without what other tests sent and tried."""
    sessions = cast(Sessions, cast(Any, visitor.app).state.sessions)
    _empty(sessions)
    yield sessions
    _empty(sessions)


def _empty(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for row in (LeadRow, OutboxRow, AttemptRow):
            session.execute(delete(row))


def _leave(visitor: TestClient, message: str, email: str = "sam@example.org") -> str:
    version = visitor.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
    lead = {
        "name": "Sam de Vries",
        "email": email,
        "preferred_contact": "email",
        "message": message,
        "consent": {"version": version, "given": True},
    }
    return str(visitor.post("/api/v1/leads", json=lead).json()["lead_id"])


def _copy(store: Sessions, lead_id: str) -> str:
    with store() as session:
        bodies = session.scalars(select(OutboxRow.body).where(OutboxRow.lead_id == lead_id, OutboxRow.to.like("%@%")))
        return next(body for body in bodies if "/aanmelding/" in body)


def _code(store: Sessions, lead_id: str) -> str:
    found = CODE.search(_copy(store, lead_id))
    assert found
    return found.group()


def _merged(store: Sessions, lead_id: str) -> list[str]:
    with store() as session:
        return [each.message for each in SamePersonStore(session).merged(lead_id)]


def test_the_code_in_the_mail_joins_what_was_sent_earlier_and_takes_it_apart_again(
    visitor: TestClient, store: Sessions
) -> None:
    first = _leave(visitor, "De eerste keer")
    new = _leave(visitor, "De tweede keer")
    assert not CODE.search(_copy(store, first))
    code = _code(store, new)
    assert f"https://gids.example.org/eerder/{code}" in _copy(store, new)

    shown = visitor.post("/eerder", data={"code": f" {code.lower()} "})
    assert "Dit stuurde je eerder" in shown.text
    assert _merged(store, new) == [], "looking changes nothing"
    agreed = visitor.post(f"/eerder/{code}", data={"do": "agree"})

    assert "Gelukt! De adviseur leest je eerdere aanmelding erbij." in agreed.text
    assert _merged(store, new) == ["De eerste keer"]
    assert "Haal ze weer uit elkaar" in visitor.get(f"/eerder/{code}").text
    visitor.post(f"/eerder/{code}", data={"do": "withdraw"})
    assert _merged(store, new) == []


def test_the_page_that_withdraws_takes_it_apart_too(visitor: TestClient, store: Sessions) -> None:
    _leave(visitor, "De eerste keer")
    new = _leave(visitor, "De tweede keer")
    [link] = re.findall(r"/aanmelding/\S+", _copy(store, new))
    assert "mijn eerdere aanmelding" not in visitor.get(link).text
    visitor.post(f"/eerder/{_code(store, new)}", data={"do": "agree"})

    assert "De adviseur mag mijn eerdere aanmelding lezen bij deze nieuwe." in visitor.get(link).text
    assert "Ingetrokken." in visitor.post(link, data={"purpose": "earlier"}).text
    assert _merged(store, new) == []


def test_no_leaves_them_apart_for_good(visitor: TestClient, store: Sessions) -> None:
    _leave(visitor, "De eerste keer")
    new = _leave(visitor, "De tweede keer")
    code = _code(store, new)

    assert "blijft apart" in visitor.post(f"/eerder/{code}", data={"do": "refuse"}).text

    assert visitor.get(f"/eerder/{code}").status_code == 404
    assert _merged(store, new) == []


def test_nobody_learns_from_a_page_whose_address_is_known(visitor: TestClient, store: Sessions) -> None:
    _leave(visitor, "De eerste keer")
    known, unknown = (_sent(visitor, email) for email in ("sam@example.org", "kim@example.org"))

    assert known == unknown
    assert "Was je hier al eerder?" in known
    with store() as session:
        codes = [bool(CODE.search(body)) for body in session.scalars(select(OutboxRow.body)) if "/aanmelding/" in body]
    assert sorted(codes) == [False, False, True]


def _sent(visitor: TestClient, email: str) -> str:
    """What somebody reads who wished for a day along."""
    form = html.fromstring(visitor.get("/meelopen").text)
    version = str(form.xpath("string(//input[@name='version']/@value)"))
    wish = {"name": "Sam", "email": email, "sector": "po", "area": "Delft", "consent": "ja", "version": version}
    answer = visitor.post("/meelopen", data=wish)
    assert answer.status_code == 200
    return re.sub(r"/mijn-dag/[^\"/?]+", "", html.fromstring(answer.text).cssselect("main")[0].text_content())


def test_who_tries_codes_has_to_wait_and_who_has_one_does_not_use_up_tries(
    visitor: TestClient, store: Sessions
) -> None:
    _leave(visitor, "De eerste keer")
    code = _code(store, _leave(visitor, "De tweede keer"))
    for _ in range(30):
        assert visitor.get(f"/eerder/{code}").status_code == 200

    wrong = [visitor.post("/eerder", data={"code": "7K3M-9QXA-2FVV"}).status_code for _ in range(22)]

    assert wrong[:20] == [422] * 20
    assert wrong[20:] == [429, 429]
    assert visitor.get(f"/eerder/{code}").status_code == 429, "also by the link"


@pytest.mark.parametrize("typed", ["", "fout", "<script>alert(1)</script>", "0" * 79])
def test_a_code_that_opens_nothing_comes_back_as_it_was_typed(visitor: TestClient, store: Sessions, typed: str) -> None:
    assert store
    answer = visitor.post("/eerder", data={"code": typed})

    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert page.xpath("string(//input[@name='code']/@value)") == typed
    assert "Deze code klopt niet" in page.cssselect("#fout-code")[0].text_content()


def test_a_form_from_another_site_joins_nothing(visitor: TestClient, store: Sessions) -> None:
    _leave(visitor, "De eerste keer")
    new = _leave(visitor, "De tweede keer")
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    refused = visitor.post(f"/eerder/{_code(store, new)}", data={"do": "agree"}, headers=elsewhere)

    assert refused.status_code == 403
    assert _merged(store, new) == []
