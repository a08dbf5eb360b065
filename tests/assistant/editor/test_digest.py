"""What the weekly mail for editors tells, and where it is asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.answering.gaps import Unanswered
from assistant.editor.dependencies import found_now
from assistant.editor.digest import Followed, Week, WeeklyDigest, digest_mail
from assistant.storage.desk_tables import WeeklyDigestRow
from assistant.storage.digests import DigestBook
from assistant.storage.gaps import GapWeek
from assistant.storage.leaning import Leaning
from assistant.storage.tables import OutboxRow
from knowledge.publishing.links import LinkStore, Look
from tests.assistant.editor.conftest import EditorsDesk

NOOR = Account("1", "Noor Bakker", "noor@example.org", {"haaglanden": Role.EDITOR}, False, "")
SECRET = "hoe krijg ik mijn buurman Karel uit huis"


@pytest.fixture
def week(editors_desk: EditorsDesk) -> Week:
    store, upkeep = LinkStore(editors_desk.editorial.sessions), editors_desk.editorial.upkeep.now()
    address = next(each for each, keys in upkeep.addresses.items() if keys[0].group == "sources")
    for night in range(3):
        store.note(address, Look(at=datetime(2026, 11, 25 + night, 3, tzinfo=UTC), outcome="failed", status=404))
    monday = date(2026, 11, 30)
    weeks = [GapWeek(monday - timedelta(weeks=ago), 40 + ago, 5 + ago, 2, ago) for ago in (2, 1, 0)]
    asked = [
        Unanswered(str(n), SECRET, "haaglanden", "unanswerable_not_found", datetime(2026, 11, 28, tzinfo=UTC))
        for n in range(3)
    ]
    found = found_now(editors_desk.editorial, Leaning(editors_desk.app.state.sessions), monday)
    return Week(found, 1, asked, weeks)


def test_the_mail_tells_what_expires_what_waits_and_how_it_was_used_without_a_word_of_visitors(week: Week) -> None:
    mail = digest_mail(NOOR, week, "https://loket.example")

    assert mail.to == "noor@example.org"
    assert "maandag 30 november 2026" in mail.body
    assert "zijn over de datum." in mail.body
    assert "een dode link." in mail.body
    assert "1 voorstel van een bron wacht." in mail.body
    assert "3 vragen hebben geen goed antwoord." in mail.body
    assert "41 gesprekken (42 in de week ervoor)" in mail.body
    assert "https://loket.example/desk/redactie/onderhoud?lijst=links" in mail.body
    assert "https://loket.example/desk/account" in mail.body, "it says where to stop"
    assert SECRET not in mail.body
    assert "\n\n\n" not in mail.body


def test_who_follows_is_told_what_changed_along_and_what_waits_for_them(week: Week) -> None:
    followed = Followed(("Stage", "Loket"), ("Collegegeld",), ("Vergoeding",))
    mail = digest_mail(NOOR, replace(week, followed=followed), "https://loket.example")

    assert "2 onderdelen die jullie volgen, veranderden mee met het origineel." in mail.body
    assert "1 onderdeel dat jullie volgen, wacht op een collega." in mail.body
    assert "1 onderdeel ging een eigen weg, en het origineel veranderde." in mail.body
    assert "https://loket.example/desk/redactie/overgenomen" in mail.body


def test_what_does_not_wait_is_not_told(week: Week) -> None:
    quiet = digest_mail(NOOR, Week(week.found, 0, [], week.weeks), "https://loket.example")

    assert "voorstel" not in quiet.body
    assert "geen goed antwoord." not in quiet.body


def test_an_editor_asks_for_it_on_the_account_page_gets_it_on_monday_and_stops_it(
    editors_desk: EditorsDesk, week: Week
) -> None:
    sessions = editors_desk.app.state.sessions
    assert "Stuur mij het weekbericht" in editors_desk.get("/desk/account")
    assert editors_desk.post("/desk/account/weekbericht", {"wil": "ja"}).status_code == 303
    assert "Stuur mij geen weekbericht meer" in editors_desk.get("/desk/account")
    monday = datetime(2030, 1, 7, 8, tzinfo=UTC)
    with sessions.begin() as session:
        session.execute(update(WeeklyDigestRow).values(told_at=monday - timedelta(days=7)))
        session.execute(delete(OutboxRow))
    digest = WeeklyDigest(DigestBook(sessions, lambda: monday), lambda _: week, "https://loket.example/")

    assert (digest.send_due(), digest.send_due()) == (1, 0)

    with sessions() as session:
        [mail] = session.scalars(select(OutboxRow))
        assert (mail.to, mail.subject) == ("noor@example.org", "Weekbericht van de redactie")
    editors_desk.post("/desk/account/weekbericht", {"wil": "nee"})
    assert "Stuur mij het weekbericht" in editors_desk.get("/desk/account")
