"""The operator adds advisers, and gives, erases and no longer keeps what the law says, in English, with exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.accounts.account import Account
from assistant.cli.leads import leads_app
from assistant.cli.users import user_app
from assistant.leads.contact import Contact
from assistant.leads.intake import Story, new_lead
from assistant.leads.lead import Consent, Lead
from assistant.leads.outbox import NewMail
from assistant.leads.routing import route_lead
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.clock import utc_now
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.ids import new_id
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions
from knowledge.catalogue import Catalogue

RUNNER = CliRunner()
ADD = ["add", "noor@example.org", "--name", "Noor Bakker", "--region", "haaglanden"]


@pytest.fixture(autouse=True)
def _installation(people_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_VAR", str(people_settings.var))


@pytest.fixture
def lead(sessions: Sessions, small_catalogue: Catalogue) -> Lead:
    """Somebody's lead, with a conversation and a note."""
    now = utc_now()
    contact = Contact(name="Sam", email="Sam@example.org", preferred="email")
    consent = Consent(version="1", text="<p>Goed.</p>", given_at=now, share_transcript=False)
    with sessions.begin() as session:
        conversations, leads = ConversationStore(session), LeadStore(session)
        told, _ = conversations.create("nl", "haaglanden", "", {})
        conversations.add_turn(told, NewTurn(id="r", question="Wat past?", reply={}, status="answered_advice"), {})
        routed = route_lead(small_catalogue, {}, "haaglanden")
        made = new_lead(contact, "", consent, Story(conversation_id=told.id), routed, now)
        leads.add(made, NewMail(id=new_id(), to="loket@example.org", subject="s", body="b"))
        leads.add_note(made.id, "Noor", "Gebeld.")
    return made


def _log_in(sessions: Sessions, password: str) -> Account | None:
    with sessions.begin() as session:
        return AccountStore(session).log_in("noor@example.org", password)


def test_a_generated_password_is_shown_once_and_works(sessions: Sessions) -> None:
    done = RUNNER.invoke(user_app, [*ADD, "--generate", "--json"])

    assert done.exit_code == 0, done.output
    account = _log_in(sessions, json.loads(done.stdout)["password"])
    assert account is not None
    assert (account.name, account.regions) == ("Noor Bakker", ("haaglanden",))


@pytest.mark.usefixtures("sessions")
def test_a_role_is_said_for_each_region() -> None:
    add = ["add", "els@example.org", "--name", "Els", "--generate"]

    done = RUNNER.invoke(user_app, [*add, "--region", "haaglanden=editor", "--region", "hak"])
    wrong = RUNNER.invoke(user_app, [*add, "--region", "haaglanden=baas"])
    listed = RUNNER.invoke(user_app, ["list", "--json"])

    assert done.exit_code == 0, done.output
    assert wrong.exit_code == 2
    assert "'baas' is no role" in wrong.output
    [els] = [each for each in json.loads(listed.stdout) if each["email"] == "els@example.org"]
    assert els["roles"] == {"haaglanden": "editor", "hak": "adviser"}


def test_a_password_comes_from_a_pipe_or_is_asked_for_twice(sessions: Sessions) -> None:
    piped = RUNNER.invoke(user_app, [*ADD, "--password-stdin"], input="een lang genoeg wachtwoord\n")
    asked = RUNNER.invoke(user_app, ["reset", "noor@example.org"], input="weer een lang wachtwoord\n" * 2)

    assert (piped.exit_code, asked.exit_code) == (0, 0)
    assert _log_in(sessions, "een lang genoeg wachtwoord") is None
    assert _log_in(sessions, "weer een lang wachtwoord") is not None
    assert "wachtwoord" not in piped.output


@pytest.mark.parametrize(
    ("arguments", "exit_code", "told"),
    [
        ([*ADD[:1], "geen-adres", *ADD[2:], "--generate"], 2, "no e-mail address"),
        ([*ADD[:-1], "nergens", "--generate"], 2, "haaglanden"),
        ([*ADD, "--generate", "--password-stdin"], 2, "not both"),
        ([*ADD, "--password-stdin"], 1, "12 to 256"),
        (["disable", "niemand@example.org"], 1, "does not exist"),
        (["reset", "niemand@example.org", "--generate"], 1, "does not exist"),
    ],
)
def test_what_is_wrong_is_said_in_english_with_what_to_do(arguments: list[str], exit_code: int, told: str) -> None:
    done = RUNNER.invoke(user_app, arguments, input="kort\n")

    assert done.exit_code == exit_code
    assert told in " ".join(done.output.split())


def test_two_accounts_cannot_share_an_address() -> None:
    RUNNER.invoke(user_app, [*ADD, "--generate"])

    again = RUNNER.invoke(user_app, ["add", "Noor@Example.ORG", *ADD[2:], "--generate"])

    assert again.exit_code == 1
    assert "loket user reset" in again.output


def test_who_is_disabled_cannot_log_in_until_a_reset(sessions: Sessions) -> None:
    RUNNER.invoke(user_app, [*ADD, "--password-stdin"], input="een lang genoeg wachtwoord\n")

    RUNNER.invoke(user_app, ["disable", "noor@example.org"])
    while_disabled = _log_in(sessions, "een lang genoeg wachtwoord")
    RUNNER.invoke(user_app, ["reset", "noor@example.org", "--password-stdin"], input="een lang genoeg wachtwoord\n")

    assert while_disabled is None
    assert _log_in(sessions, "een lang genoeg wachtwoord") is not None


def test_an_export_holds_everything_about_a_person(lead: Lead) -> None:
    done = RUNNER.invoke(leads_app, ["export", "--email", "sam@EXAMPLE.org"])

    [person] = json.loads(done.stdout)
    assert person["lead"]["id"] == lead.id
    assert person["notes"][0]["text"] == "Gebeld."
    assert person["conversation"][0]["question"] == "Wat past?"
    assert person["mail"][0]["to"] == "loket@example.org"


def test_erasing_a_person_leaves_nothing_of_them(lead: Lead, people_settings: Settings) -> None:
    refused = RUNNER.invoke(leads_app, ["erase", lead.id], input="n\n")
    done = RUNNER.invoke(leads_app, ["erase", lead.id, "--yes"])
    again = RUNNER.invoke(leads_app, ["export", "--email", "sam@example.org"])

    assert (refused.exit_code, done.exit_code, again.exit_code) == (1, 0, 1)
    files = b"".join(file.read_bytes() for file in Path(people_settings.var).glob("people.sqlite*"))
    assert b"Sam@example.org" not in files
    assert b"Wat past?" not in files


def test_one_person_is_named_by_id_or_by_address() -> None:
    assert RUNNER.invoke(leads_app, ["export"]).exit_code == 2
    assert RUNNER.invoke(leads_app, ["export", "x", "--email", "y"]).exit_code == 2
    assert RUNNER.invoke(leads_app, ["export", "x"]).exit_code == 1


@pytest.mark.usefixtures("lead")
def test_the_retention_can_be_applied_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = RUNNER.invoke(leads_app, ["retain", "--json"])
    monkeypatch.setenv("LOKET_LEAD_RETENTION", "PT0S")
    erased = RUNNER.invoke(leads_app, ["retain", "--json"])

    assert json.loads(kept.stdout) == dict.fromkeys(
        ("conversations", "leads", "receipts", "saved", "catalogues", "audit", "mails", "bookings"), 0
    )
    assert json.loads(erased.stdout)["leads"] == 1


def test_mail_that_was_given_up_can_be_sent_again() -> None:
    done = RUNNER.invoke(leads_app, ["resend"])

    assert done.exit_code == 0
    assert "0 mail(s)" in done.output
