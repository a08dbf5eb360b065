"""
Whoever asked is mailed when a publication changes their outcome: once, with the reason, and not about trifles.

With a real publication and a real mail server.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from assistant.eligibility.verdict import Eligibility
from assistant.leads.outbox import OutboxSender
from assistant.leads.outcome_alerting import OutcomeAlerts
from assistant.settings import Settings
from assistant.storage.outbox import OutboxStore
from assistant.storage.outcome_alerts import OutcomeAlertBook, OutcomeAlertStore
from assistant.storage.session import Sessions
from assistant.storage.tables import OutboxRow, OutcomeAlertRow
from assistant.zelftest.listed import read_again
from assistant.zelftest.question import JsonValue
from assistant.zelftest.receipt import Receipt, receipt_of
from assistant.zelftest.replay import Replayer
from knowledge.catalogue import Catalogue, Content
from knowledge.publishing.change_sets import ChangeSetStore
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.publishing import Publisher
from knowledge.publishing.revisions import Editor, RevisionStore
from knowledge.publishing.session import open_publishing
from tests.assistant.storage.test_outbox import Mailbox
from tests.serving import free_port

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TODAY = date(2026, 12, 1)
ANNA, BRAM = Editor("anna", "Anna", ("haaglanden",)), Editor("bram", "Bram", ("haaglanden",))
FEE, RULE = ItemKey("records", "wettelijk-collegegeld"), ItemKey("rules", "pabo-voltijd-vooropleiding")
TERM = ItemKey("records", "bevoegdheid")
FACTS: dict[str, JsonValue | None] = {
    "sector": ["po"], "diploma_level": "havo", "age": 19, "role": "leraar", "goal": "starten",
    "previous_degree_in_education_or_care": False,
}  # fmt: skip


class Service:
    """An installation in which editors publish, and rounds are made over who asked to be told."""

    def __init__(self, address: str, delivered: Delivered, sessions: Sessions) -> None:
        knowledge = open_publishing(address)
        self.revisions = RevisionStore(knowledge, delivered)
        self.change_sets = ChangeSetStore(knowledge, delivered)
        self.publisher = Publisher(knowledge, delivered)
        self.sessions = sessions
        self.at = NOW
        self.progress: list[tuple[int, int]] = []
        self.archive: dict[str, Catalogue] = {}
        self.replayer = Replayer(self.archive.get)
        self.today = self.eligibility()

    def eligibility(self) -> Eligibility:
        """What is published, as it holds on the day."""
        catalogue = self.publisher.catalogue()
        self.archive[catalogue.version] = catalogue
        return Eligibility(catalogue, TODAY)

    def publish(self, key: ItemKey, change: Callable[[Json], Json]) -> None:
        """Publish a change of one item, with a second pair of eyes."""
        sets, content = self.change_sets, self.revisions.published(key)
        assert content is not None
        name = sets.begin("Wijziging", ANNA).id
        self.revisions.save(name, key, change(dict(content)), ANNA)
        sets.submit(name)
        sets.approve(name, BRAM)
        self.publisher.publish(name, ANNA)
        self.today = self.eligibility()

    def raise_fee(self, value: str) -> None:
        """Publish another tuition fee."""
        self.publish(
            FEE,
            lambda content: {
                **content,
                "amounts": [{**content["amounts"][0], "value": value}, *content["amounts"][1:]],
            },
        )

    def receipt(self, **more: JsonValue | None) -> Receipt:
        """What somebody was advised."""
        profile, lost = read_again(self.today.catalogue, {**FACTS, **more})
        assert not lost
        return receipt_of(self.today, profile, "haaglanden")

    def ask(self, email: str = "sam@example.org", confirmed: bool = True, **more: JsonValue | None) -> str:
        """Somebody asks to be told; the id of their alert."""
        with self.sessions.begin() as session:
            store = OutcomeAlertStore(session, lambda: self.at)
            alert = store.ask(email, self.receipt(**more))
            assert alert is not None
            if confirmed:
                store.confirm(alert)
            return alert.id

    def round(self, on_progress: Callable[[int, int], None] | None = None) -> int:
        """One round; how many were mailed."""
        book = OutcomeAlertBook(self.sessions, lambda: self.at)
        alerts = OutcomeAlerts(
            book, lambda: self.today, self.replayer, "https://gids.example.org",
            on_progress or (lambda *step: self.progress.append(step)),
        )  # fmt: skip
        return alerts.send_due()

    def bodies(self) -> list[str]:
        """What waits in the outbox."""
        with self.sessions() as session:
            return [
                row.body.replace("\N{NO-BREAK SPACE}", " ")
                for row in session.scalars(select(OutboxRow).order_by(OutboxRow.created_at))
            ]


@pytest.fixture
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    """A real mail server on a free port."""
    mailbox = Mailbox()
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailbox, port
    controller.stop()


def plain(mail: Message) -> str:
    """What a mail says."""
    payload = next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n").replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def as_delivered(delivered: Content) -> Delivered:
    return Delivered(delivered)


@pytest.fixture
def service(sessions: Sessions, as_delivered: Delivered, tmp_path: Path) -> Service:
    return Service(f"sqlite:///{tmp_path / 'knowledge.sqlite'}", as_delivered, sessions)


def with_higher_diploma(content: Json) -> Json:
    """The rule, for those with a degree alone."""
    return {
        **content,
        "statement": "Voor de pabo in voltijd heb je een hbo-diploma nodig.",
        "condition": {"fact": "diploma_level", "one_of": ["hbo-bachelor", "wo-bachelor"]},
    }


def test_given_an_amount_and_a_rule_that_change_then_one_mail_says_what_and_why(
    service: Service,
    mail_server: tuple[Mailbox, int],
    tmp_path: Path,
) -> None:
    service.ask()
    assert service.round() == 0

    service.raise_fee("2999")
    assert service.round() == 1
    service.at += timedelta(days=8)
    service.publish(RULE, with_higher_diploma)
    assert service.round() == 1

    mailbox, port = mail_server
    settings = Settings(var=tmp_path, smtp_host="127.0.0.1", smtp_port=port, mail_from="gids@example.org")
    sender = OutboxSender(OutboxStore(service.sessions), settings, clock=lambda: service.at + timedelta(hours=1))
    assert asyncio.run(sender.send_due()) == 2
    money, rule = sorted(
        (plain(mail) for mail in mailbox.mails),
        key=lambda body: "hbo-diploma" in body,
    )
    assert {str(make_header(decode_header(mail["Subject"]))) for mail in mailbox.mails} == {
        "Je uitkomst van de zelftest is veranderd"
    }
    assert (
        "Je betaalt: Wettelijk collegegeld\nWas: € 2.694 per jaar.\nIs nu: € 2.999 per jaar.\nDit hoort bij:\n- "
        in money
    )
    assert money.count("Je betaalt: Wettelijk collegegeld") == 1
    assert "- Voltijd pabo (leraar basisonderwijs)\n" in money
    assert "Voltijd pabo (leraar basisonderwijs)\nWas: deze route past" in rule
    assert "Is nu: deze route past nu niet." in rule
    assert "Deze regel is veranderd: Voor de pabo in voltijd heb je een hbo-diploma nodig." in rule
    assert "Bron: " in rule
    assert "https://gids.example.org/zelftest/bericht/" in rule
    assert "https://gids.example.org/zelftest/overzicht/" in rule


def test_given_many_publications_in_a_week_then_one_mail_and_the_rest_a_week_later(service: Service) -> None:
    service.ask()
    service.raise_fee("2999")
    assert service.round() == 1
    service.raise_fee("3099")
    service.at += timedelta(days=3)
    assert service.round() == 0

    service.at += timedelta(days=5)

    assert [service.round(), service.round()] == [1, 0]
    assert "Was: € 2.999" in service.bodies()[1]
    assert "Is nu: € 3.099" in service.bodies()[1]


def test_given_a_trifle_a_word_or_nothing_then_no_mail(service: Service) -> None:
    service.ask()
    service.raise_fee("2720")
    assert service.round() == 0
    service.publish(TERM, lambda content: {**content, "summary": "Een bevoegdheid is een bewijs dat je les mag geven."})
    assert service.round() == 0
    service.publish(RULE, lambda content: {**content, "statement": content["statement"] + " Dat is de regel."})
    assert service.round() == 0
    assert service.bodies() == []

    service.raise_fee("2750")

    # Small steps add up: it is compared with what they were told, not with the step before.
    assert service.round() == 1


def test_given_somebody_whose_routes_do_not_change_then_only_the_other_is_mailed(service: Service) -> None:
    service.ask("havo@example.org")
    service.ask("hbo@example.org", diploma_level="hbo-bachelor")
    service.publish(RULE, with_higher_diploma)

    assert service.round() == 1
    with service.sessions() as session:
        assert session.scalars(select(OutboxRow.to)).all() == ["havo@example.org"]


def test_given_no_yes_then_no_mail_and_after_three_days_nothing_is_left(service: Service) -> None:
    service.ask(confirmed=False)
    service.raise_fee("2999")

    assert service.round() == 0
    with service.sessions.begin() as session:
        assert OutcomeAlertStore(session, lambda: NOW + timedelta(days=4)).erase_over() == 1
    service.ask()
    with service.sessions.begin() as session:
        assert OutcomeAlertStore(session, lambda: NOW + timedelta(days=364)).erase_over() == 0
        assert OutcomeAlertStore(session, lambda: NOW + timedelta(days=366)).erase_over() == 1


def test_given_a_round_that_is_broken_off_then_the_next_goes_on_and_nobody_is_mailed_twice(service: Service) -> None:
    for number in range(120):
        service.ask(f"{number}@example.org", age=18 + number % 40)
    service.raise_fee("2999")

    def broken(done: int, of: int) -> None:
        raise KeyboardInterrupt(f"{done} of {of}")

    with pytest.raises(KeyboardInterrupt, match="50 of 120"):
        service.round(broken)
    assert len(service.bodies()) == 50

    assert service.round() == 70
    assert service.progress == [(50, 70), (70, 70)]
    with service.sessions() as session:
        assert len(set(session.scalars(select(OutboxRow.to)).all())) == 120


def test_given_two_processes_then_an_alert_is_mailed_by_one_of_them(service: Service) -> None:
    service.ask()
    service.raise_fee("2999")
    book = OutcomeAlertBook(service.sessions, lambda: service.at)
    alerts = OutcomeAlerts(book, lambda: service.today, service.replayer, "https://gids.example.org")
    looked = alerts._decides(service.today)
    [alert] = book.due(looked, 10)

    assert [alerts._look(alert, looked, service.today), alerts._look(alert, looked, service.today)] == [True, False]
    assert len(service.bodies()) == 1


def test_given_a_mail_that_cannot_be_made_then_nothing_is_noted(service: Service) -> None:
    service.ask()
    service.raise_fee("2999")
    book = OutcomeAlertBook(service.sessions, lambda: service.at)
    [alert] = book.due("nu", 10)

    def fails(number: str) -> None:
        raise OSError(number)

    with pytest.raises(OSError, match="-"):
        book.send(alert, "nu", service.receipt(), fails)  # type: ignore[arg-type]

    assert book.count_due("nu") == 1
    assert service.round() == 1


def test_given_an_alert_of_another_version_of_the_program_then_it_is_left_alone(service: Service) -> None:
    with service.sessions.begin() as session:
        broken = service.ask()
        session.get_one(OutcomeAlertRow, broken).receipt = {"form": 9}
    service.ask("kim@example.org")
    service.raise_fee("2999")

    assert service.round() == 1
