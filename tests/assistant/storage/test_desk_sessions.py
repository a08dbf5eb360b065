"""A session ends by itself, an attempt is counted before it is looked at, and a link opens one thing once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.storage.accounts import AccountStore
from assistant.storage.attempts import AttemptStore, Guessing
from assistant.storage.desk_sessions import DeskSessionStore
from assistant.storage.links import LinkOver, LinkStore, Purpose
from assistant.storage.session import Sessions
from tests.assistant.storage.conftest import IN_SQLITE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)
PASSWORD = "een lang genoeg wachtwoord"


@pytest.fixture
def account_id(sessions: Sessions) -> str:
    """Noor's."""
    with sessions.begin() as session:
        return AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), PASSWORD).id


def _is_open(sessions: Sessions, token: str, minutes: float) -> bool:
    with sessions.begin() as session:
        clock = lambda: NOW + timedelta(minutes=minutes)  # noqa: E731
        return DeskSessionStore(session, IDLE, LONGEST, clock).find(token) is not None


def _begin(sessions: Sessions, account_id: str) -> str:
    with sessions.begin() as session:
        return DeskSessionStore(session, IDLE, LONGEST, lambda: NOW).begin(account_id, "Firefox op Linux")


def test_a_session_ends_when_nobody_uses_it(sessions: Sessions, account_id: str) -> None:
    token = _begin(sessions, account_id)

    assert _is_open(sessions, token, 119)
    assert _is_open(sessions, token, 119 + 119)
    assert not _is_open(sessions, token, 119 + 119 + 120)


def test_a_session_ends_after_its_longest_also_when_it_is_used(sessions: Sessions, account_id: str) -> None:
    token = _begin(sessions, account_id)

    assert all(_is_open(sessions, token, minutes) for minutes in range(0, 720, 60))
    assert not _is_open(sessions, token, 720)


@IN_SQLITE
def test_what_the_browser_carries_is_not_in_the_store(
    sessions: Sessions, account_id: str, people_settings: object
) -> None:
    token = _begin(sessions, account_id)

    files = b"".join(file.read_bytes() for file in people_settings.var.glob("people.sqlite*"))  # type: ignore[attr-defined]
    assert account_id.encode() in files
    assert token.encode() not in files


def _guess(sessions: Sessions, at: datetime = NOW) -> timedelta:
    with sessions.begin() as session:
        return AttemptStore(session, clock=lambda: at).begin(Guessing("password", "noor"))


def test_fifty_guesses_at_once_are_fifty_guesses(sessions: Sessions) -> None:
    with ThreadPoolExecutor(10) as pool:
        waits = list(pool.map(lambda _: _guess(sessions), range(50)))

    assert sum(wait == timedelta() for wait in waits) == 5


def test_waits_double_to_a_quarter_of_an_hour_and_are_forgotten_after_a_day(sessions: Sessions) -> None:
    now = NOW
    assert [_guess(sessions, now) for _ in range(5)] == [timedelta()] * 5
    waits = []
    for _ in range(8):
        waits.append(pause := _guess(sessions, now))
        now += pause
        assert _guess(sessions, now) == timedelta()
    assert waits == [timedelta(seconds=min(30 * 2**n, 900)) for n in range(8)]

    now += timedelta(hours=25)
    assert [_guess(sessions, now) for _ in range(5)] == [timedelta()] * 5


def test_a_link_opens_once_and_only_until_its_time_and_the_newest_counts(sessions: Sessions, account_id: str) -> None:
    with sessions.begin() as session:
        links = LinkStore(session, clock=lambda: NOW)
        first = links.make(account_id, Purpose.RESET)
        code = links.make(account_id, Purpose.RESET)
    with sessions.begin() as session:
        links = LinkStore(session, clock=lambda: NOW + timedelta(minutes=59))
        assert links.look(code) == links.look(code) == (account_id, Purpose.RESET)
        for over in (first, "", "x" * 200, "\x00", "é"):
            with pytest.raises(LinkOver):
                links.look(over)
        assert links.use(code) == (account_id, Purpose.RESET)
        with pytest.raises(LinkOver):
            links.use(code)
    with sessions.begin() as session:
        late = LinkStore(session, clock=lambda: NOW).make(account_id, Purpose.RESET)
        with pytest.raises(LinkOver):
            LinkStore(session, clock=lambda: NOW + timedelta(hours=1)).look(late)
