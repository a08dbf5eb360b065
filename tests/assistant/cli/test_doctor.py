"""`loket doctor` finds what is wrong with an installation, and says what to do about each thing."""

import json
import shutil
import socket
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from typer.testing import Result

from assistant.leads.contact import Contact
from assistant.leads.intake import Story, new_lead
from assistant.leads.lead import Consent
from assistant.leads.outbox import NewMail
from assistant.leads.received import read_mail
from assistant.leads.reply_to import code_in, reply_to
from assistant.leads.routing import route_lead
from assistant.leads.work import Letter, LetterKind
from assistant.storage.accounts import AccountStore
from assistant.storage.answers import AnswerStore
from assistant.storage.clock import utc_now
from assistant.storage.ids import new_id
from assistant.storage.leads import LeadStore
from assistant.storage.outbox import OutboxStore
from assistant.storage.session import Sessions, open_store
from assistant.storage.work import WorkStore
from knowledge.catalogue import Catalogue
from tests.serving import free_port

Loket = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("var")


def _checks(loket: Loket) -> dict[str, dict[str, Any]]:
    """What it found, by name; every line that is not right must say what to do."""
    result = loket("doctor", "--json")
    found = {check["name"]: check for check in json.loads(result.stdout)}
    assert all(check["fix"] for check in found.values() if check["state"] != "ok")
    assert result.exit_code == int(any(check["state"] == "wrong" for check in found.values()))
    return found


@pytest.fixture
def mail_server() -> Iterator[int]:
    """The port of a mail server that takes everything."""
    port = free_port()
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


def test_a_whole_installation_is_all_right(
    loket: Loket, var: Path, mail_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("LOKET_SMTP_PORT", str(mail_server))
    with open_store(f"sqlite:///{var / 'people.sqlite'}").begin() as session:
        AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), "een lang genoeg wachtwoord")

    found = _checks(loket)

    assert {check["state"] for check in found.values()} == {"ok"}
    assert {"python", "settings", "disk", "content", "index", "people store", "mail"} <= found.keys()


def test_a_new_installation_has_warnings_and_nothing_wrong(loket: Loket, var: Path) -> None:
    shutil.rmtree(var)

    found = _checks(loket)

    warnings = {name for name, check in found.items() if check["state"] == "warning"}
    assert warnings == {"index", "advisers", "mail"}
    assert "loket user add" in found["advisers"]["fix"]


def test_a_person_reads_state_name_and_what_to_do(loket: Loket) -> None:
    result = loket("doctor")

    assert result.exit_code == 0
    assert "ok       content: " in result.stdout
    assert "warning  mail: no mail server is set\n         -> set LOKET_SMTP_HOST" in result.stdout


def test_content_that_is_not_there_or_broken_is_wrong(
    loket: Loket, broken_content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_CONTENT", str(broken_content))
    broken = _checks(loket)["content"]
    monkeypatch.setenv("LOKET_CONTENT", "nergens")
    missing = _checks(loket)["content"]

    assert (broken["state"], missing["state"]) == ("wrong", "wrong")
    assert "sources/bronnen.yaml:6" in broken["what"]
    assert "there is no content here" in missing["what"]


def test_a_region_that_does_not_exist_is_wrong_and_those_that_do_are_named(
    loket: Loket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_REGION", "nergens")

    region = _checks(loket)["region"]

    assert region["state"] == "wrong"
    assert "haaglanden" in region["fix"]


def test_a_mail_server_that_is_down_is_wrong(loket: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("LOKET_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("LOKET_SMTP_PORT", str(taken.getsockname()[1]))

        mail = _checks(loket)["mail"]

    assert mail["state"] == "wrong"
    assert "outbox" in mail["fix"]


def test_a_wrong_setting_is_named_and_an_unknown_one_is_mentioned(
    loket: Loket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_SMTP_PROT", "25")
    unknown = _checks(loket)["environment"]
    monkeypatch.setenv("LOKET_SMTP_PORT", "veel")
    wrong = _checks(loket)["settings"]

    assert (unknown["state"], wrong["state"]) == ("warning", "wrong")
    assert "LOKET_SMTP_PROT" in unknown["what"]
    assert "LOKET_SMTP_PORT" in wrong["what"]


def test_an_index_that_is_behind_is_mentioned(loket: Loket, var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setenv("LOKET_EMBEDDER", "e5")
        without_vectors = _checks(loket)["index"]
    (var / "passages" / "regioplan.jsonl").unlink()
    without_document = _checks(loket)["index"]

    assert (without_vectors["state"], without_document["state"]) == ("warning", "warning")
    assert "vectors" in without_vectors["what"]
    assert "other content or documents" in without_document["what"]
    assert "loket index build" in without_document["fix"]


def _with_lead(var: Path, catalogue: Catalogue, mail_id: str) -> tuple[Sessions, str]:
    """The store with one lead, whose mail has that id."""
    now = utc_now()
    contact = Contact(name="Sam", email="sam@example.org", preferred="email")
    consent = Consent(version="1", text="<p>Goed.</p>", given_at=now, share_transcript=False)
    lead = new_lead(contact, "", consent, Story(), route_lead(catalogue, {}, "haaglanden"), now)
    sessions = open_store(f"sqlite:///{var / 'people.sqlite'}")
    with sessions.begin() as session:
        LeadStore(session).add(lead, NewMail(id=mail_id, to="loket@example.org", subject="s", body="b"))
    return sessions, lead.id


def test_answers_that_do_not_come_in_are_told_and_the_last_one_is_dated(
    loket: Loket, var: Path, small_catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    unset = _checks(loket)["answers by mail"]
    monkeypatch.setenv("LOKET_MAIL_REPLY", "antwoord@loket.example")
    sessions, lead_id = _with_lead(var, small_catalogue, new_id())
    new = _checks(loket)["answers by mail"]
    addresses = [reply_to("loket@example.org", "antwoord@loket.example") for _ in range(10)]
    with sessions.begin() as session:
        for address in addresses:
            letter = Letter(
                id=new_id(), kind=LetterKind.VISITOR, author="Noor", receiver="Sam", to="sam@example.org", subject="s",
                body="b", created_at=utc_now() - timedelta(days=20),
            )  # fmt: skip
            WorkStore(session).send(lead_id, letter, address)
    silent = _checks(loket)["answers by mail"]
    with sessions.begin() as session:
        code = code_in(addresses[0].address, "antwoord@loket.example")
        assert code
        AnswerStore(session).receive(code, read_mail(b"From: sam@example.org\nSubject: Re: s\n\nDinsdag kan.\n"))
    heard = _checks(loket)["answers by mail"]

    assert [each["state"] for each in (unset, new, silent, heard)] == ["ok", "ok", "warning", "ok"]
    assert "LOKET_MAIL_REPLY" in unset["what"]
    assert "none came in yet" in new["what"]
    assert "nobody answered for 20 days" in silent["what"]
    assert "loket mail receive" in silent["fix"]
    assert f"the last came in on {utc_now():%Y-%m}" in heard["what"]


@pytest.mark.parametrize("setting", ["antwoord@loket.", "@-"])
def test_an_address_for_answers_that_no_mail_reaches_is_wrong(
    loket: Loket, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("LOKET_MAIL_REPLY", setting)

    assert _checks(loket)["answers by mail"]["state"] == "wrong"


def test_mail_that_nobody_sends_any_more_is_wrong(loket: Loket, var: Path, small_catalogue: Catalogue) -> None:
    mail_id = new_id()
    sessions, _ = _with_lead(var, small_catalogue, mail_id)
    OutboxStore(sessions).mark_failed(mail_id, "refused", None)

    outbox = _checks(loket)["outbox"]

    assert outbox["state"] == "wrong"
    assert outbox["what"].startswith("1 mail")


def test_a_data_folder_that_cannot_be_written_is_wrong(loket: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_VAR", "/dev/null/var")

    assert _checks(loket)["people store"]["state"] == "wrong"


def test_a_full_disk_is_wrong(loket: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    # Stands in for a disk that is nearly full, which a test should not make of the one it runs on.
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 10**6, 10**6))

    assert _checks(loket)["disk"]["state"] == "wrong"


def test_an_embedder_that_does_not_exist_is_wrong(loket: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_EMBEDDER", "word2vec")

    index = _checks(loket)["index"]

    assert index["state"] == "wrong"
    assert "LOKET_EMBEDDER" in index["what"]
