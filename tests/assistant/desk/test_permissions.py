"""Each page of the desk says whom it is for, and lets nobody else in: every address, every role, another region."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.role import ROLES, May, Role
from assistant.app import create_app
from assistant.desk.dependencies import Permitted
from assistant.desk.menu import home_of, menu_of
from assistant.desk.wording import ACTIONS
from assistant.desk.wording import ROLES as ROLE_WORDS
from assistant.leads.contact import Contact
from assistant.leads.intake import Story, new_lead
from assistant.leads.lead import Consent
from assistant.leads.outbox import NewMail
from assistant.leads.routing import route_lead
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.audit import AuditFilter, AuditStore
from assistant.storage.clock import utc_now
from assistant.storage.ids import new_id
from assistant.storage.leads import LeadStore

PASSWORD = "een lang genoeg wachtwoord"
FOR_ANYBODY = re.compile(r"/desk/(login|static/|link/|wachtwoord-vergeten)|/redactie$")
"""Where somebody is before they are logged in."""


@pytest.fixture(scope="module")
def app(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The whole service, as it is served, with an account for each role and region, and a lead in Haaglanden."""
    var = shutil.copytree(installed, tmp_path_factory.mktemp("permissions") / "var")
    return create_app(Settings(var=var, embedder="none", rate_limit="off"))


def _routes(app: FastAPI) -> Iterator[APIRoute]:
    def within(routes: Any) -> Iterator[APIRoute]:
        for route in routes:
            if isinstance(route, APIRoute):
                yield route
            else:
                yield from within(getattr(getattr(route, "original_router", route), "routes", ()))

    yield from (each for each in within(app.routes) if each.path.startswith(("/desk", "/redactie")))


def _permissions(dependant: Dependant) -> set[May]:
    own = {dependant.call.what} if isinstance(dependant.call, Permitted) else set()
    return own.union(*map(_permissions, dependant.dependencies))


def test_every_page_says_whom_it_is_for(app: FastAPI) -> None:
    open_to_all = {each.path for each in _routes(app) if not _permissions(each.dependant)}
    closed = {each.path for each in _routes(app)} - open_to_all

    assert {"/desk", "/desk/leads/{lead_id}", "/desk/vragen", "/desk/keuzewijzer"} <= closed
    assert [path for path in open_to_all if not FOR_ANYBODY.match(path)] == []


@pytest.fixture(scope="module")
def accounts(app: FastAPI) -> dict[tuple[Role, str], Account]:
    """An account for each role in each of two regions."""
    made = {}
    with app.state.sessions.begin() as session:
        for role in Role:
            for region in ("haaglanden", "hak"):
                email = f"{role.value.replace('_', '-')}-{region}@example.org"
                made[role, region] = AccountStore(session).add(email, email, (region,), PASSWORD, role)
    return made


@pytest.fixture(scope="module")
def lead_id(app: FastAPI) -> str:
    """A lead in Haaglanden."""
    now = utc_now()
    contact = Contact(name="Sam de Vries", email="sam@example.org", preferred="email")
    consent = Consent(version="1", text="<p>Goed.</p>", given_at=now, share_transcript=False)
    routed = route_lead(app.state.knowledge.catalogue, {}, "haaglanden")
    lead = new_lead(contact, "", consent, Story(), routed, now)
    with app.state.sessions.begin() as session:
        LeadStore(session).add(lead, NewMail(id=new_id(), to="loket@example.org", subject="s", body="b"))
    return lead.id


def _signed_in(app: FastAPI, account: Account) -> TestClient:
    client = TestClient(app, follow_redirects=False)
    token = re.search(r'name="token" value="([^"]*)"', client.get("/desk/login").text)
    assert token
    form = {"email": account.email, "password": PASSWORD, "token": token[1], "next": ""}
    assert client.post("/desk/login", data=form).status_code == 303
    return client


def _ask(client: TestClient, app: FastAPI, lead_id: str, *roles: Role) -> dict[tuple[str, str], tuple[set[May], int]]:
    """What every page answers: GET as it is, POST without the token of a form, so that nothing is changed."""

    def permitted(needed: set[May]) -> bool:
        return any(needed <= ROLES[role] for role in roles)

    answered = {}
    for route in _routes(app):
        if needed := _permissions(route.dependant):
            path = re.sub(r"\{lead_id[^}]*\}", lead_id, route.path)
            path = re.sub(r"\{[^}]*\}", "1", path)
            for method in (route.methods or set()) - {"HEAD"}:
                if path.endswith("/events") and permitted(needed):
                    continue  # It goes on for as long as somebody listens.
                answered[method, path] = (needed, client.request(method, path).status_code)
    return answered


@pytest.mark.parametrize("region", ["haaglanden", "hak"])
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_own_pages_and_no_other(
    app: FastAPI, accounts: dict[tuple[Role, str], Account], lead_id: str, role: Role, region: str
) -> None:
    answered = _ask(_signed_in(app, accounts[role, region]), app, lead_id, role)

    for (method, path), (needed, status) in answered.items():
        if not needed <= ROLES[role]:
            assert status == 403, f"{method} {path} lets {role.value} in"
        elif method == "GET":
            assert status < 500, f"{method} {path} fails for {role.value}"
            assert status != 403, f"{method} {path} keeps {role.value} out"
            if lead_id in path and region == "hak":
                assert status == 404, f"{path} tells another region that the lead exists"
        else:
            if path == "/desk/verder":  # changes nothing: it shows what somebody was sending
                continue
            # 422: the form also lacks a field. Either way nothing is changed without its token.
            assert status in (403, 404, 422), f"{method} {path} takes a form without the token of its session"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Role.EDITOR, Role.ADVISER),
        (Role.ADVISER, Role.EDITOR),
        (Role.ADVISER, Role.REGION_ADMIN),
        (Role.EDITOR, Role.REGION_ADMIN),
    ],
)
def test_who_has_another_role_in_another_region_opens_the_pages_of_both_and_each_regions_things_with_its_own_role(
    app: FastAPI, lead_id: str, here: Role, there: Role
) -> None:
    name = f"{here.value}-{there.value}".replace("_", "")
    with app.state.sessions.begin() as session:
        roles = {"haaglanden": here, "hak": there}
        account = AccountStore(session).add(f"{name}@example.org", name, roles, PASSWORD)
    client = _signed_in(app, account)

    answered = _ask(client, app, lead_id, *roles.values())

    for (method, path), (needed, status) in answered.items():
        if not any(needed <= ROLES[role] for role in roles.values()):
            assert status == 403, f"{method} {path} lets them in"
        elif method == "GET":
            assert status < 500, f"{method} {path} fails"
            assert status != 403, f"{method} {path} keeps them out"
            if lead_id in path and not needed <= ROLES[here]:
                assert status == 404, f"{path} shows a lead of the region where they are {here.value}"
    assert ("Sam de Vries" in client.get("/desk").text) == (May.LEADS in ROLES[here])
    assert [what for what in May if account.may(what, "haaglanden")] == [each for each in May if each in ROLES[here]]
    assert {each for what in May for each in account.doing(what).regions if not account.may(what, each)} == set()


def test_who_is_not_logged_in_gets_nothing_but_the_way_to_log_in(app: FastAPI, lead_id: str) -> None:
    answered = _ask(TestClient(app, follow_redirects=False), app, lead_id)

    assert answered
    assert {status for _, status in answered.values()} <= {303, 422}


def test_what_an_adviser_does_with_a_lead_stands_in_the_log(
    app: FastAPI, accounts: dict[tuple[Role, str], Account], lead_id: str
) -> None:
    noor = accounts[Role.ADVISER, "haaglanden"]
    client = _signed_in(app, noor)
    page = client.get(f"/desk/leads/{lead_id}").text
    csrf = re.search(r'name="csrf" value="([^"]*)"', page)
    assert csrf
    client.post(f"/desk/leads/{lead_id}/notitie", data={"csrf": csrf[1], "text": "Sam belde."})

    with app.state.sessions() as session:
        lines = AuditStore(session).page(AuditFilter(("haaglanden",), actor_id=noor.id, subject=lead_id), None, 10)

    assert {line.action for line in lines} >= {Action.LEAD_SEEN, Action.LEAD_NOTED}
    assert {line.regions for line in lines} == {("haaglanden",)}
    assert not any("Sam" in line.detail for line in lines)


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_holds_what_a_role_may_open_and_they_begin_with_the_first_of_it(
    app: FastAPI, accounts: dict[tuple[Role, str], Account], role: Role
) -> None:
    colleague = accounts[role, "haaglanden"]
    client = _signed_in(app, colleague)

    assert {client.get(item.address).status_code for item in menu_of(colleague)} == {200}
    assert home_of(colleague) == menu_of(colleague)[0].address


def test_every_role_and_every_deed_has_its_words() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert set(ACTIONS) == set(Action)
