"""What somebody sent earlier is read with what they send now once they used the code from their mail, and apart again if they say so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.leads.earlier import ANSWER_WITHIN
from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.storage.earlier import EarlierStore
from assistant.storage.inbox import InboxStore, LeadFilter
from assistant.storage.leads import LeadStore
from assistant.storage.same_person import SamePersonStore
from assistant.storage.session import Sessions

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MakeLead = Callable[..., tuple[Lead, NewMail]]
Keep = Callable[..., Lead]


@pytest.fixture
def keep(sessions: Sessions, make_lead: MakeLead) -> Keep:
    """Keeps a lead of Sam, so many days after the first day; `email` and `region` where they differ."""

    def keep(days: int, email: str = "sam@example.org", region: str = "haaglanden") -> Lead:
        lead, mail = make_lead(at=NOW + timedelta(days=days))
        contact = lead.contact.model_copy(update={"email": email})
        lead = lead.model_copy(update={"contact": contact, "region": region, "message": f"Vraag {days}"})
        with sessions.begin() as session:
            return LeadStore(session, clock=lambda: lead.created_at).add(lead, mail)

    return keep


def _ask(sessions: Sessions, lead: Lead) -> str:
    with sessions.begin() as session:
        question = EarlierStore(session, clock=lambda: lead.created_at).ask(lead)
    return question.code if question else ""


def _answer(sessions: Sessions, code: str, at: datetime, do: str = "agree") -> bool:
    """Whether the code opened something."""
    with sessions.begin() as session:
        store = EarlierStore(session, clock=lambda: at)
        opened = store.opened_by(code)
        if opened is None:
            return False
        if do == "agree":
            store.agree(opened)
        elif do == "withdraw":
            store.withdraw(opened.lead.id)
        else:
            store.refuse(opened.lead.id)
    return True


def _merged(sessions: Sessions, lead: Lead) -> list[str]:
    with sessions() as session:
        return [each.message for each in SamePersonStore(session).merged(lead.id)]


def _inbox(sessions: Sessions) -> int:
    with sessions() as session:
        return InboxStore(session, "noor").page(LeadFilter(("haaglanden",)), 25).count


def test_with_the_code_every_earlier_lead_of_the_address_in_the_region_is_read_from_the_new_one(
    sessions: Sessions, keep: Keep
) -> None:
    keep(0)
    keep(20, "Sam@Example.org")
    keep(21, region="hak")
    keep(22, "robin@example.org")
    new = keep(30)
    code = _ask(sessions, new)
    assert _merged(sessions, new) == []

    assert _answer(sessions, code.lower().replace("-", " "), new.created_at)

    assert _merged(sessions, new) == ["Vraag 0", "Vraag 20"]
    assert _inbox(sessions) == 2
    with sessions() as session:
        earlier = EarlierStore(session).of(new.id)
    assert earlier
    assert (earlier.holds, earlier.agreed_at, len(earlier.joined)) == (True, new.created_at, 2)


def test_who_never_came_before_is_not_asked(sessions: Sessions, keep: Keep) -> None:
    keep(0, "robin@example.org")
    first = keep(1)
    keep(2)

    assert _ask(sessions, first) == ""


def test_withdrawn_the_leads_are_apart_again_and_what_an_adviser_put_together_stays(
    sessions: Sessions, keep: Keep
) -> None:
    by_adviser, earlier = keep(0), keep(1)
    new = keep(2)
    with sessions.begin() as session:
        SamePersonStore(session).merge(new.id, by_adviser.id)
    code = _ask(sessions, new)
    _answer(sessions, code, new.created_at)
    assert _merged(sessions, new) == ["Vraag 0", "Vraag 1"]

    _answer(sessions, code, new.created_at, "withdraw")

    assert _merged(sessions, new) == ["Vraag 0"]
    with sessions() as session:
        assert SamePersonStore(session).read_from(earlier.id) == earlier.id
    assert _answer(sessions, code, new.created_at)
    assert _merged(sessions, new) == ["Vraag 0", "Vraag 1"]


def test_a_lead_that_an_adviser_put_with_an_earlier_one_meanwhile_is_read_from_there(
    sessions: Sessions, keep: Keep
) -> None:
    oldest, older, new = keep(0), keep(1), keep(2)
    code = _ask(sessions, new)
    with sessions.begin() as session:
        SamePersonStore(session).merge(older.id, new.id)

    _answer(sessions, code, new.created_at)

    assert sorted(_merged(sessions, older)) == ["Vraag 0", "Vraag 2"]
    assert _merged(sessions, oldest) == _merged(sessions, new) == []


@pytest.mark.parametrize("typed", ["", "x", "7K3M-9QXA-2FVV", "é" * 80, "0" * 12])
def test_a_code_that_is_none_of_ours_opens_nothing(sessions: Sessions, keep: Keep, typed: str) -> None:
    keep(0)
    _ask(sessions, keep(1))

    assert not _answer(sessions, typed, NOW)


def test_a_code_is_over_after_a_week_unless_it_was_used(sessions: Sessions, keep: Keep) -> None:
    keep(0)
    unused, used = keep(1), keep(2)
    codes = [_ask(sessions, unused), _ask(sessions, used)]
    _answer(sessions, codes[1], used.created_at)
    later = used.created_at + ANSWER_WITHIN

    assert [_answer(sessions, code, later) for code in codes] == [False, True]
    with sessions.begin() as session:
        assert EarlierStore(session, clock=lambda: later).erase_over() == 1
    with sessions() as session:
        assert EarlierStore(session).of(unused.id) is None
        assert EarlierStore(session).of(used.id) is not None


def test_after_a_no_the_code_opens_nothing(sessions: Sessions, keep: Keep) -> None:
    keep(0)
    new = keep(1)
    code = _ask(sessions, new)

    _answer(sessions, code, new.created_at, "refuse")

    assert not _answer(sessions, code, new.created_at)
    assert _merged(sessions, new) == []


def test_pressed_in_two_tabs_at_once_it_happens_once(sessions: Sessions, keep: Keep) -> None:
    keep(0)
    new = keep(1)
    code = _ask(sessions, new)

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(lambda _: _answer(sessions, code, new.created_at), range(4)))

    assert _merged(sessions, new) == ["Vraag 0"]
    with sessions() as session:
        earlier = EarlierStore(session).of(new.id)
    assert earlier is not None
    assert len(earlier.joined) == 1
