"""Made-up leads: the same every time, and found on every page that is measured."""

from datetime import UTC, datetime
from pathlib import Path

from assistant.storage.inbox import InboxStore, LeadFilter
from assistant.storage.session import open_store
from evaluation.load.leads import fill, measure

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_leads_are_made_up_and_every_page_of_the_inbox_is_timed(tmp_path: Path) -> None:
    sessions = open_store(f"sqlite:///{tmp_path / 'people.sqlite'}")

    fill(sessions, 600, NOW)
    measured = measure(sessions)

    assert measured.leads == 600
    assert {"first page", "far back", "a name", "who waits"} <= measured.milliseconds.keys()
    assert all(len(each) == 12 and min(each) > 0 for each in measured.milliseconds.values())
    with sessions.begin() as session:
        inbox = InboxStore(session, "")
        everybody = LeadFilter(regions=("haaglanden", "hak", "ldb"))
        assert inbox.page(everybody, 10).count == 600
        named = inbox.page(LeadFilter(regions=everybody.regions, words="ozlem"), 10).leads
        assert named
        assert all(lead.name.startswith("Özlem") for lead in named)
