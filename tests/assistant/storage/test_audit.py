"""The log of who saw and changed what holds one line a deed, and nobody rewrites it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.role import Role
from assistant.storage.audit import AuditFilter, AuditStore, record_audit
from assistant.storage.session import Sessions

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOOR = Account("noor", "Noor", "noor@example.org", {"haaglanden": Role.ADVISER}, disabled=False, stamp="")
HERE = AuditFilter(("haaglanden",))


def _record(sessions: Sessions, action: Action, subject: str, at: datetime = NOW, region: str = "haaglanden") -> None:
    with sessions.begin() as session:
        record_audit(session, NOOR, action, subject, [region], clock=lambda: at)


def _lines(sessions: Sessions, wanted: AuditFilter = HERE) -> list[tuple[str, str]]:
    with sessions() as session:
        return [(entry.action.value, entry.subject) for entry in AuditStore(session).page(wanted, None, 100)]


def test_what_is_taken_back_is_not_written_down(sessions: Sessions) -> None:
    with sessions() as session:
        record_audit(session, NOOR, Action.LEAD_CHANGED, "a")
        session.rollback()

    assert _lines(sessions) == []


def test_seeing_the_same_again_is_one_line_a_quarter_and_changing_is_a_line_each_time(sessions: Sessions) -> None:
    for minutes in (0, 5, 14, 16):
        _record(sessions, Action.LEAD_SEEN, "a", NOW + timedelta(minutes=minutes))
        _record(sessions, Action.LEAD_NOTED, "b", NOW + timedelta(minutes=minutes))

    assert _lines(sessions).count(("lead_seen", "a")) == 2
    assert _lines(sessions).count(("lead_noted", "b")) == 4


def test_an_administrator_reads_the_lines_of_their_own_regions_alone(sessions: Sessions) -> None:
    _record(sessions, Action.LEAD_NOTED, "ours")
    _record(sessions, Action.LEAD_NOTED, "theirs", region="hak")

    assert _lines(sessions) == [("lead_noted", "ours")]
    assert _lines(sessions, AuditFilter(("haa", "landen", "%"))) == []
    assert _lines(sessions, AuditFilter(())) == []


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'niemand'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_or_delete_a_line(sessions: Sessions, statement: str) -> None:
    _record(sessions, Action.LEAD_SEEN, "a")

    with pytest.raises(DatabaseError, match="audit log"), sessions.begin() as session:
        session.execute(text(statement))

    assert _lines(sessions) == [("lead_seen", "a")]


def test_a_line_goes_when_its_time_is_over_and_a_younger_one_stays(sessions: Sessions) -> None:
    _record(sessions, Action.LEAD_NOTED, "old")
    _record(sessions, Action.LEAD_NOTED, "old elsewhere", region="hak")
    _record(sessions, Action.LEAD_NOTED, "young", NOW + timedelta(days=2))

    with sessions.begin() as session:
        erased = AuditStore(session).erase_older_than(NOW + timedelta(days=1), ("haaglanden",))

    assert erased == 1
    assert _lines(sessions, AuditFilter(("haaglanden", "hak"))) == [
        ("lead_noted", "young"),
        ("lead_noted", "old elsewhere"),
    ]
    with sessions() as session:
        assert AuditStore(session).begins_at() == NOW + timedelta(days=1)


def test_pages_follow_on_each_other_and_filters_narrow_them(sessions: Sessions) -> None:
    for number in range(5):
        _record(sessions, Action.LEAD_NOTED, f"lead-{number}", NOW + timedelta(hours=number))

    with sessions() as session:
        store = AuditStore(session)
        first = store.page(HERE, None, 2)
        second = store.page(HERE, first[-1].id, 2)
        since = store.page(AuditFilter(("haaglanden",), since=NOW + timedelta(hours=3)), None, 9)
        nobody = store.page(AuditFilter(("haaglanden",), actor_id="iemand anders"), None, 9)
        of_one = store.page(AuditFilter(("haaglanden",), subject="lead-2", action=Action.LEAD_NOTED), None, 9)

    assert [entry.subject for entry in (*first, *second)] == ["lead-4", "lead-3", "lead-2", "lead-1"]
    assert len(since) == 2
    assert nobody == []
    assert [entry.subject for entry in of_one] == ["lead-2"]


def test_who_stands_in_the_log_is_told_once_by_the_latest_name_and_only_for_ones_own_regions(
    sessions: Sessions,
) -> None:
    def line(session: Session, id_: str, name: str, *regions: str) -> None:
        by = replace(NOOR, id=id_, name=name, roles=dict.fromkeys(regions, Role.ADVISER))
        record_audit(session, by, Action.LEAD_CHANGED, "lead", regions)

    with sessions.begin() as session:
        for number in range(5):
            line(session, "een", f"Noor {number}", "haaglanden", "hak")
            line(session, "twee", f"Daan {number}", "ldb")
            line(session, "een", f"Noor {number}b", "haaglanden")
            record_audit(session, None, Action.RETENTION_ERASED, "", ["haaglanden"])
        line(session, "drie", "Fay", "hak")

        store = AuditStore(session)
        told = [store.actors(regions) for regions in (("haaglanden",), ("hak",), ("ldb", "hak"), ("elders",), ())]

    assert told == [
        {"een": "Noor 4b"},
        {"een": "Noor 4", "drie": "Fay"},
        {"een": "Noor 4", "drie": "Fay", "twee": "Daan 4"},
        {},
        {},
    ]
