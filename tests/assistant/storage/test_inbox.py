"""Lists of leads as one adviser sees them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, text

from assistant.errors import NotFound, Overtaken
from assistant.leads.lead import Lead, Phase
from assistant.leads.outbox import NewMail
from assistant.settings import Settings
from assistant.storage import migrations
from assistant.storage.accounts import AccountStore
from assistant.storage.figures import FigureStore, Period
from assistant.storage.inbox import MAX_VIEWS, Cursor, InboxStore, LeadFilter, TooManyViews
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions, drop_traces, open_store
from tests.assistant.storage.conftest import IN_SQLITE

MakeLead = Callable[..., tuple[Lead, NewMail]]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HERE = LeadFilter(("haaglanden",))


@pytest.fixture
def noor(sessions: Sessions) -> str:
    """The account of an adviser."""
    with sessions.begin() as session:
        return AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), "een lang wachtwoord").id


@pytest.fixture
def keep(sessions: Sessions, make_lead: MakeLead) -> Callable[..., str]:
    """Keeps a lead and gives its id."""

    def make(name: str = "Sam", at: datetime = NOW) -> str:
        lead, mail = make_lead(name, at)
        with sessions.begin() as session:
            return LeadStore(session).add(lead, mail).id

    return make


@pytest.mark.parametrize("same_moment", [True, False])
def test_paging_there_and_back_shows_each_lead_once_and_in_order(
    sessions: Sessions, noor: str, keep: Callable[..., str], same_moment: bool
) -> None:
    for number in range(11):
        keep(f"Naam {number}", NOW if same_moment else NOW + timedelta(minutes=number))

    with sessions() as session:
        inbox = InboxStore(session, noor)
        pages = [inbox.page(HERE, 4)]
        while pages[-1].older:
            pages.append(inbox.page(HERE, 4, after=pages[-1].older))
        back = [pages[-1]]
        while back[-1].newer:
            back.append(inbox.page(HERE, 4, before=back[-1].newer))

    seen = [lead.id for page in pages for lead in page.leads]
    assert [len(page.leads) for page in pages] == [4, 4, 3]
    assert len(set(seen)) == 11
    assert back[-1].leads == pages[0].leads
    assert [page.leads for page in back] == [page.leads for page in reversed(pages)]
    assert {page.count for page in pages} == {11}


def test_a_lead_that_comes_in_while_somebody_pages_shifts_nothing(
    sessions: Sessions, noor: str, keep: Callable[..., str]
) -> None:
    for number in range(4):
        keep(f"Naam {number}", NOW + timedelta(minutes=number))
    with sessions() as session:
        first = InboxStore(session, noor).page(HERE, 2)

    keep("Nieuwer", NOW + timedelta(hours=1))

    with sessions() as session:
        second = InboxStore(session, noor).page(HERE, 2, after=first.older)
        assert InboxStore(session, noor).came_in_since(HERE, NOW + timedelta(minutes=30)) == 1
    assert [lead.name for lead in second.leads] == ["Naam 1", "Naam 0"]


def test_a_lead_is_unread_until_it_is_looked_at_and_again_when_a_colleague_changes_it(
    sessions: Sessions, noor: str, keep: Callable[..., str]
) -> None:
    lead_id, unread = keep(), LeadFilter(("haaglanden",), state="unread")

    def is_unread() -> bool:
        with sessions() as session:
            return InboxStore(session, noor).page(unread, 5).count == 1

    states = [is_unread()]
    for change in ("seen", "note", "seen", "unseen"):
        with sessions.begin() as session:
            inbox = InboxStore(session, noor)
            if change == "note":
                LeadStore(session).add_note(lead_id, "Een collega", "Gebeld.")
            else:
                inbox.mark_seen(lead_id) if change == "seen" else inbox.mark_unseen(lead_id)
        states.append(is_unread())

    assert states == [True, False, True, False, True]


def test_a_lead_is_found_by_the_words_of_a_note_without_accents(
    sessions: Sessions, noor: str, keep: Callable[..., str]
) -> None:
    lead_id = keep("Özlem Yılmaz")
    with sessions.begin() as session:
        LeadStore(session).add_note(lead_id, "Noor", "Belt na de première terug.")

    with sessions() as session:
        found = [
            InboxStore(session, noor).page(LeadFilter(("haaglanden",), words=words), 5).count
            for words in ("ozlem premiere", "ÖZ PREM", "premier zlem", "!!", "' OR 1=1 --")
        ]

    assert found == [1, 1, 0, 0, 0]


@IN_SQLITE
def test_of_an_erased_lead_no_word_stays_in_the_files(
    sessions: Sessions, keep: Callable[..., str], people_settings: Settings
) -> None:
    lead_id = keep("Zwijgzaamheid")
    for number in range(20):
        keep(f"Ander {number}", NOW + timedelta(hours=number))
    with sessions.begin() as session:
        LeadStore(session).add_note(lead_id, "Noor", "Schildersbedrijf")
        LeadStore(session).erase(LeadStore(session).get(lead_id))
    drop_traces(sessions)

    folder = people_settings.var
    kept = b"".join(file.read_bytes() for file in folder.glob("people.sqlite*")).lower()
    assert b"zwijgzaam" not in kept
    assert b"schildersbed" not in kept


def test_of_advisers_who_take_a_lead_on_at_the_very_same_moment_one_has_it(
    sessions: Sessions, keep: Callable[..., str]
) -> None:
    lead_id, names = keep(), ("noor", "henk", "daan", "fay")
    for _ in range(10):
        together = Barrier(len(names))

        def claim(name: str, together: Barrier = together) -> bool:
            together.wait()
            try:
                with sessions.begin() as session:
                    LeadStore(session).claim(lead_id, name, name.title())
            except Overtaken:
                return False
            return True

        with ThreadPoolExecutor(len(names)) as pool:
            won = [name for name, has in zip(names, pool.map(claim, names), strict=True) if has]

        [winner] = won
        with sessions.begin() as session:
            leads = LeadStore(session)
            has_it = leads.get(lead_id).claim
            leads.release(lead_id, winner)
        assert has_it is not None
        assert has_it.account_id == winner


def test_of_two_advisers_who_take_a_lead_on_at_once_one_has_it(sessions: Sessions, keep: Callable[..., str]) -> None:
    lead_id = keep()
    with sessions.begin() as session:
        LeadStore(session).claim(lead_id, "noor", "Noor")

    with sessions.begin() as session:
        leads = LeadStore(session)
        with pytest.raises(Overtaken):
            leads.claim(lead_id, "henk", "Henk")
        with pytest.raises(Overtaken):
            leads.release(lead_id, "henk")
        claim = leads.get(lead_id).claim
        leads.claim(lead_id, "henk", "Henk", seen="noor")

    assert claim is not None
    assert claim.name == "Noor"
    with sessions() as session:
        mine = LeadFilter(("haaglanden",), state="mine")
        assert [InboxStore(session, who).page(mine, 5).count for who in ("noor", "henk")] == [0, 1]


def test_saved_views_are_the_advisers_own_and_not_too_many(sessions: Sessions, noor: str) -> None:
    with sessions.begin() as session:
        inbox = InboxStore(session, noor)
        inbox.save_view("Warm", "warmte=ready")
        inbox.save_view("Warm", "warmte=exploring")
        [view] = inbox.views()
        with pytest.raises(NotFound):
            InboxStore(session, "iemand anders").drop_view(view.id)
        for number in range(MAX_VIEWS - 1):
            inbox.save_view(f"Lijst {number}", "")
        with pytest.raises(TooManyViews):
            inbox.save_view("Nog een", "")
        inbox.drop_view(view.id)

    assert view.query == "warmte=exploring"


@pytest.mark.parametrize("written", ["", "_", "x_y", "2026-11-22T12:00:00_x", "2026-11-22T12:00:00+00:00_'"])
def test_a_place_that_is_none_is_no_place(written: str) -> None:
    assert Cursor.parse(written) is None


@pytest.fixture(params=["sqlite", "postgresql"])
def old_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.sqlite'}"
    server = make_url(request.getfixturevalue("postgresql_server")).set(drivername="postgresql+psycopg")
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("CREATE DATABASE old"))
    return server.set(database="old").render_as_string(hide_password=False)


@pytest.fixture
def old_store(old_address: str) -> str:
    """A people store of before the inbox, with one lead that was closed."""
    address = old_address
    engine = create_engine(address)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    facts = '[{"name": "goal", "value": "meelopen", "origin": "said", "words": "een dagje kijken"}]'
    verdicts = '[{"route": "pabo", "title": "Pabo", "verdict": "possible", "reasons": []}]'
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        columns = {
            "id": "0f8fad5b-d9cb-469f-a165-70867728950e", "loket_id": "l", "loket_title": "L", "region": "haaglanden",
            "sectors": " po ", "reason": "", "name": "Özlem", "preferred_contact": "email", "message": "Hallo",
            "consent_version": "1", "consent_text": "", "consent_given_at": "2026-11-01 10:00:00",
            "share_transcript": False, "facts": facts, "verdicts": verdicts, "transcript": "[]", "phase": "closed",
            "created_at": "2026-11-01 10:00:00", "updated_at": "2026-11-02 10:00:00", "due_at": "2026-11-02 16:00:00",
        }  # fmt: skip
        names = ", ".join(columns)
        values = ", ".join(f":{name}" for name in columns)
        connection.execute(text(f"INSERT INTO lead ({names}) VALUES ({values})"), columns)  # noqa: S608
        connection.execute(
            text(
                "INSERT INTO lead_event (lead_id, author, before, after, changed_at) "
                "VALUES (:id, 'Noor', 'contacted', 'closed', '2026-11-02 10:00:00')"
            ),
            columns,
        )
    engine.dispose()
    return address


def test_leads_of_before_keep_their_phase_in_todays_words_and_are_found(old_store: str) -> None:
    sessions = open_store(old_store)

    with sessions() as session:
        [found] = InboxStore(session, "noor").page(LeadFilter(("haaglanden",), words="ozlem dagje"), 5).leads
        lead = LeadStore(session).get(found.id)
        [change] = LeadStore(session).changes(found.id)
        period = Period(date(2026, 1, 1), date(2027, 1, 1))
        routes = FigureStore(session).figures(["haaglanden"], period).by["route"]
        warm = InboxStore(session, "noor").page(LeadFilter(("haaglanden",), warmth="ready"), 5).count
    assert lead.phase is Phase.LEFT
    assert lead.left_because == "unknown"
    assert lead.contacted_at is not None
    assert (change.before, change.after) == (Phase.ORIENTING, Phase.LEFT)
    assert warm == 1
    assert routes == {"pabo": 1}
