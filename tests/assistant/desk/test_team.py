"""An administrator runs the accounts of their own regions, and reads who saw and changed what there."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.role import Role
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.audit import record_audit
from assistant.storage.session import Sessions
from assistant.storage.tables import OutboxRow

PASSWORD = "een lang genoeg wachtwoord"


def _hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no hidden field {name}"
    return found[1]


def _log_in(client: TestClient, email: str, password: str = PASSWORD) -> Any:
    form = {"email": email, "password": password, "token": _hidden(client.get("/desk/login").text, "token"), "next": ""}
    return client.post("/desk/login", data=form)


@pytest.fixture
def people(sessions: Sessions) -> dict[str, Account]:
    """An administrator of Haaglanden, and colleagues there, elsewhere, and in both."""
    with sessions.begin() as session:
        store = AccountStore(session)
        return {
            name: store.add(f"{name}@example.org", name.capitalize(), regions, PASSWORD, role)
            for name, regions, role in (
                ("ada", ("haaglanden",), Role.REGION_ADMIN),
                ("henk", ("haaglanden",), Role.ADVISER),
                ("both", ("haaglanden", "hak"), Role.ADVISER),
                ("far", ("hak",), Role.ADVISER),
            )
        }


@pytest.fixture
def desk(client: TestClient, people: dict[str, Account]) -> TestClient:
    """A browser in which the administrator is logged in."""
    assert _log_in(client, people["ada"].email).status_code == 303
    return client


@pytest.fixture
def other(people_app: FastAPI) -> Iterator[TestClient]:
    """Another browser."""
    with TestClient(people_app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def _post(desk: TestClient, path: str, **form: Any) -> Any:
    return desk.post(path, data={"csrf": _hidden(desk.get("/desk/team").text, "csrf"), **form})


def test_an_invited_colleague_comes_in_by_the_link_in_the_mail(
    desk: TestClient, other: TestClient, people_app: FastAPI, people_settings: Settings, sessions: Sessions
) -> None:
    people_app.state.settings = people_settings.model_copy(update={"smtp_host": "localhost"})

    invited = _post(desk, "/desk/team", email="els@example.org", name="Els", work=["haaglanden:editor"])

    assert invited.status_code == 303
    with sessions() as session:
        [mail] = session.scalars(select(OutboxRow))
    assert mail.to == "els@example.org"
    assert _log_in(other, "els@example.org", "").status_code == 401
    [path] = re.findall(r"/desk/link/\S+", mail.body)
    token = _hidden(other.get(path).text, "token")
    other.post(path, data={"token": token, "new_password": "een wachtwoord van Els"})
    came_in = _log_in(other, "els@example.org", "een wachtwoord van Els")
    assert came_in.headers["location"] == "/desk/redactie", "an editor begins with an editor's work"


def test_without_a_mail_server_the_link_is_shown_once(desk: TestClient) -> None:
    form = {"email": "els@example.org", "name": "Els", "work": ["haaglanden:adviser"]}

    first = _post(desk, "/desk/team", **form)
    again = _post(desk, "/desk/team", **form)

    assert re.search(r"/desk/link/[\w-]{40,}", first.text)
    assert again.status_code == 422
    assert "Er is al een account" in again.text
    assert "/desk/link/" not in desk.get("/desk/team").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "geen adres"},
        {"name": " "},
        {"work": []},
        {"work": ["haaglanden:"]},
        {"work": ["hak:adviser"]},
        {"work": ["haaglanden:adviser", "hak:adviser"]},
        {"work": ["haaglanden:baas"]},
        {"work": ["haaglanden"]},
    ],
)
def test_a_wrong_invitation_makes_no_account(desk: TestClient, wrong: dict[str, Any], sessions: Sessions) -> None:
    form = {"email": "els@example.org", "name": "Els", "work": ["haaglanden:adviser"]} | wrong

    answer = _post(desk, "/desk/team", **form)

    assert answer.status_code == 422
    with sessions() as session:
        assert len(AccountStore(session).all()) == 4


def test_of_a_colleague_in_another_region_nothing_is_told_and_a_shared_one_is_not_kept_out(
    desk: TestClient, people: dict[str, Account], sessions: Sessions
) -> None:
    far, both, ada = (people[name] for name in ("far", "both", "ada"))
    form = {"name": "X", "work": ["haaglanden:region_admin"]}
    access = ("/blokkeren", "/toelaten", "/tweede-stap", "/link")

    hidden = {_post(desk, f"/desk/team/{far.id}{each}", **form).status_code for each in ("", *access)}
    refused = {_post(desk, f"/desk/team/{who.id}{each}", **form).status_code for who in (both, ada) for each in access}
    refused.add(_post(desk, f"/desk/team/{ada.id}", **form).status_code)

    assert hidden == {404}
    assert refused == {422}
    assert desk.get(f"/desk/team/{far.id}").status_code == 404
    assert "far@example.org" not in desk.get("/desk/team").text
    assert "een regio die niet van jou is" in desk.get(f"/desk/team/{both.id}").text
    with sessions() as session:
        assert {each.email: (each.name, each.roles) for each in AccountStore(session).all()} == {
            each.email: (each.name, each.roles) for each in people.values()
        }


def test_what_a_shared_colleague_is_in_ones_own_region_is_chosen_and_the_rest_is_left_alone(
    desk: TestClient, people: dict[str, Account], sessions: Sessions
) -> None:
    both = people["both"]

    def roles(**form: Any) -> tuple[int, str, dict[str, Role]]:
        status = _post(desk, f"/desk/team/{both.id}", **form).status_code
        with sessions() as session:
            account = AccountStore(session).get(both.id)
        return status, account.name, dict(account.roles)

    assert roles(name="X", work=["haaglanden:editor"]) == (
        303, "Both", {"hak": Role.ADVISER, "haaglanden": Role.EDITOR},
    )  # fmt: skip
    assert "Adviseur: " in desk.get(f"/desk/team/{both.id}").text
    assert roles(work=["hak:region_admin"])[0] == 422, "another region is not theirs to give"
    assert roles(work=["haaglanden:"]) == (303, "Both", {"hak": Role.ADVISER})
    assert desk.get(f"/desk/team/{both.id}").status_code == 404, "they share no region any more"


def test_another_role_counts_at_once_where_somebody_is_logged_in(
    desk: TestClient, other: TestClient, people: dict[str, Account]
) -> None:
    henk = people["henk"]
    _log_in(other, henk.email)
    assert other.get("/desk").status_code == 200

    _post(desk, f"/desk/team/{henk.id}", name="Henk", work=["haaglanden:editor"])

    assert other.get("/desk").status_code == 403
    assert other.get("/desk/vragen").status_code != 403


def test_who_is_kept_out_is_out_at_once_until_let_in_again(
    desk: TestClient, other: TestClient, people: dict[str, Account]
) -> None:
    henk = people["henk"]
    _log_in(other, henk.email)

    _post(desk, f"/desk/team/{henk.id}/blokkeren")

    assert other.get("/desk").status_code == 303
    assert _log_in(other, henk.email).status_code == 401
    _post(desk, f"/desk/team/{henk.id}/toelaten")
    assert _log_in(other, henk.email).status_code == 303


def test_the_log_tells_what_was_done_can_be_narrowed_and_taken_along(
    desk: TestClient, people: dict[str, Account], sessions: Sessions
) -> None:
    evil = people["henk"]
    with sessions.begin() as session:
        record_audit(session, evil, Action.LEAD_NOTED, "lead-1", ["haaglanden"], '=HYPERLINK("http://x")')
        record_audit(session, people["far"], Action.LEAD_NOTED, "lead-2", ["hak"])
    _post(desk, f"/desk/team/{evil.id}/blokkeren")

    page = desk.get("/desk/logboek").text
    narrowed = desk.get("/desk/logboek", params={"wat": "account_disabled"}).text
    long_ago = desk.get("/desk/logboek", params={"tot": "2020-01-01"}).text
    table = desk.get("/desk/logboek.csv")

    assert "Notitie gemaakt" in page
    assert "Account geblokkeerd" in page
    assert "lead-2" not in page
    assert "lead-1" not in narrowed
    assert "Niets gevonden" in long_ago
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["moment", "wie", "wat", "waarvan", "regio", "bijzonderheden"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert ["Henk", "Notitie gemaakt", "lead-1"] in [row[1:4] for row in rows]
    assert "lead-2" not in table.text
    assert "Logboek gedownload" in desk.get("/desk/logboek").text


def test_the_log_goes_on_over_pages(desk: TestClient, people: dict[str, Account], sessions: Sessions) -> None:
    with sessions.begin() as session:
        for number in range(60):
            record_audit(session, people["henk"], Action.LEAD_NOTED, f"lead-{number:03}", ["haaglanden"])

    first = desk.get("/desk/logboek").text
    [older] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = desk.get(older.replace("&amp;", "&")).text

    assert "lead-059" in first
    assert "lead-000" in second
    assert "lead-059" not in second


@pytest.mark.parametrize("query", [{"vanaf": "gisteren"}, {"wat": "raar"}, {"voor": "1"}, {"van": "x' OR 1=1"}])
def test_strange_filters_are_harmless(desk: TestClient, query: dict[str, str]) -> None:
    assert desk.get("/desk/logboek", params=query).status_code == 200


def test_a_person_is_found_given_and_erased_with_a_second_confirmation(
    desk: TestClient, lead_form: Callable[..., dict[str, Any]]
) -> None:
    lead_id = desk.post("/api/v1/leads", json=lead_form()).json()["lead_id"]
    email = {"email": "Sam@Example.org"}

    found = _post(desk, "/desk/privacy/persoon", **email)
    given = _post(desk, "/desk/privacy/persoon/geven", **email)
    refused = _post(desk, "/desk/privacy/persoon/wissen", **email, again="sam@example.com")
    assert desk.get(f"/desk/leads/{lead_id}").status_code == 200
    erased = _post(desk, "/desk/privacy/persoon/wissen", **email, again="sam@example.org")

    assert "<strong>1 aanmelding</strong>" in found.text
    assert given.headers["content-type"] == "application/zip"
    assert given.content.startswith(b"PK")
    assert refused.status_code == 422
    assert erased.status_code == 303
    assert desk.get(f"/desk/leads/{lead_id}").status_code == 404
    assert "staat niets onder dit adres" in _post(desk, "/desk/privacy/persoon", **email).text
    log = desk.get("/desk/logboek").text
    assert "Gegevens van een persoon gewist" in log
    assert "sam@" not in log.lower()


def test_a_person_in_another_region_is_not_found(
    desk: TestClient, lead_form: Callable[..., dict[str, Any]], people: dict[str, Account], sessions: Sessions
) -> None:
    desk.post("/api/v1/leads", json=lead_form())
    with sessions.begin() as session:
        AccountStore(session).change(people["ada"].id, "Ada", {"hak": Role.REGION_ADMIN})

    for path in ("persoon", "persoon/geven", "persoon/wissen"):
        answer = _post(desk, f"/desk/privacy/{path}", email="sam@example.org", again="sam@example.org")
        assert "staat niets onder dit adres" in answer.text


@pytest.mark.parametrize(
    ("days", "status"), [("100", 303), ("", 303), ("0", 422), ("366", 422), ("-1", 422), ("²", 422), ("tien", 422)]
)
def test_a_region_keeps_things_shorter_but_never_longer(desk: TestClient, days: str, status: int) -> None:
    answer = _post(desk, "/desk/privacy/termijn", region="haaglanden", kind="leads", days=days)

    assert answer.status_code == status
    assert ('value="100"' in desk.get("/desk/privacy").text) is (days == "100")


def test_the_periods_of_another_region_cannot_be_changed(desk: TestClient) -> None:
    assert _post(desk, "/desk/privacy/termijn", region="hak", kind="leads", days="1").status_code == 422
