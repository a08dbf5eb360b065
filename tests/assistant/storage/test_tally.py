"""What figures are made of: the database counts by itself, whatever happens to a lead, and nobody stands in it."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from assistant.leads.lead import Lead, Phase
from assistant.leads.outbox import NewMail
from assistant.leads.work import InteractionKind, Outcome
from assistant.storage.desk_tables import MonthlyCountRow
from assistant.storage.figures import FigureStore, Period
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions
from assistant.storage.tables import LeadRow
from assistant.storage.tally import Tally, add_up, tallies
from assistant.storage.work import WorkStore

MakeLead = Callable[..., tuple[Lead, NewMail]]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REGIONS = ("haaglanden", "hak")
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def _keep(sessions: Sessions, make_lead: MakeLead, number: int) -> str:
    lead, mail = make_lead(f"Persoon {number}", NOW)
    with sessions.begin() as session:
        return LeadStore(session, clock=lambda: NOW).add(lead, mail).id


def _counted(sessions: Sessions) -> list[Tally]:
    with sessions() as session:
        return tallies(session, REGIONS, "2000-01", "2100-01")


def _phases(sessions: Sessions) -> dict[str, dict[str, int]]:
    """By region, as the leads themselves say."""
    found: dict[str, dict[str, int]] = {}
    with sessions() as session:
        of_each = select(LeadRow.region, LeadRow.phase, func.count()).where(LeadRow.merged_into.is_(None))
        for region, phase, number in session.execute(of_each.group_by(LeadRow.region, LeadRow.phase)):
            found.setdefault(region, {})[phase] = number
    return found


_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(
            st.sampled_from(list(Phase)).map(lambda phase: {"phase": phase.value}),
            st.sampled_from(REGIONS).map(lambda region: {"region": region}),
            st.sampled_from([None, "een-ander"]).map(lambda other: {"merged_into": other}),
            st.sampled_from([None, 10, 900]).map(lambda minutes: {"contact_minutes": minutes}),
        ),
    ),
    max_size=12,
)


@given(steps=_STEPS, add_up_after=st.integers(0, 12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_to_leads_the_counts_say_how_they_are(
    sessions: Sessions, make_lead: MakeLead, steps: list[tuple[int, dict[str, object]]], add_up_after: int
) -> None:
    with sessions.begin() as session:
        session.execute(text("DELETE FROM lead"))
        session.execute(text("DELETE FROM monthly_count"))
    ids = [_keep(sessions, make_lead, number) for number in range(3)]

    for number, (which, values) in enumerate(steps):
        with sessions.begin() as session:
            session.execute(update(LeadRow).where(LeadRow.id == ids[which]).values(**values))
            if number == add_up_after:
                add_up(session)

    for region in REGIONS:
        with sessions() as session:
            found = FigureStore(session).figures([region], YEAR)
        assert found.by["phase"] == _phases(sessions).get(region, {})
        assert sum(found.waits.values()) == found.leads


def test_what_was_done_counts_where_the_lead_was_then_and_stays_when_it_is_erased(
    sessions: Sessions, make_lead: MakeLead
) -> None:
    lead_id = _keep(sessions, make_lead, 1)
    with sessions.begin() as session:
        work = WorkStore(session, clock=lambda: NOW)
        work.add_interaction(lead_id, "Noor", InteractionKind.PHONE, "Gebeld")
        work.add_task(lead_id, "Noor", "Vraag hoe het gaat", NOW.date(), months=3)
        [task] = work.tasks(lead_id)
        work.finish_task(lead_id, task.id, "Noor", Outcome.IN_TRAINING)
        work.hand_over(lead_id, "loket-hak", "Loket HAK", "hak")

    with sessions.begin() as session:
        here, there = (FigureStore(session).figures([region], YEAR) for region in REGIONS)
        LeadStore(session).erase(LeadStore(session).get(lead_id))
    with sessions() as session:
        after = FigureStore(session).figures(["hak"], YEAR)

    assert (here.leads, here.interactions, here.outcomes) == (0, {"phone": 1}, {3: {"in_training": 1}})
    assert (there.leads, there.contacted, there.interactions) == (1, 1, {})
    assert after.leads == 1


def test_adding_up_at_once_in_several_processes_changes_no_figure(sessions: Sessions, make_lead: MakeLead) -> None:
    for number in range(5):
        _keep(sessions, make_lead, number)
    before = _counted(sessions)

    def once(_: int) -> None:
        with sessions.begin() as session:
            add_up(session)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(once, range(8)))

    assert _counted(sessions) == before
    assert Counter(each.what for each in before)["phase"] == 1
    with sessions() as session:
        rows = session.scalar(select(func.count()).select_from(MonthlyCountRow))
    assert rows == len(before)


def test_figures_of_half_a_month_are_refused(sessions: Sessions) -> None:
    with sessions() as session, pytest.raises(ValueError, match="whole months"):
        FigureStore(session).figures(REGIONS, Period(date(2026, 1, 15), date(2026, 2, 1)))
