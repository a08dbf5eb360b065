"""The people store in both databases, and a lead with its mail to keep in it."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.leads.contact import Contact
from assistant.leads.intake import Story, new_lead
from assistant.leads.lead import Consent, Lead
from assistant.leads.outbox import NewMail
from assistant.leads.routing import route_lead
from assistant.settings import Settings
from assistant.storage.ids import new_id
from assistant.storage.session import Sessions, open_store
from knowledge.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

IN_SQLITE = pytest.mark.parametrize("sessions", ["sqlite"], indirect=True)
"""For what is about SQLite's files and settings."""

MakeLead = Callable[..., tuple[Lead, NewMail]]


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, people_settings: Settings, empty_store: Path) -> Sessions:
    """A new people store, in each of the two databases; `IN_SQLITE` asks for that alone."""
    if request.param == "postgresql":
        made: Sessions = request.getfixturevalue("postgresql")
        return made
    shutil.copy(empty_store, people_settings.var / "people.sqlite")
    return open_store(people_settings.people_address)


@pytest.fixture
def make_lead(small_catalogue: Catalogue) -> MakeLead:
    """Makes a lead and its mail, not yet kept."""

    def make(
        name: str = "Sam de Vries", at: datetime = NOW, conversation_id: str | None = None
    ) -> tuple[Lead, NewMail]:
        contact = Contact(name=name, email="sam@example.org", preferred="email")
        consent = Consent(version="1", text="<p>Goed.</p>", given_at=at, share_transcript=True)
        routed = route_lead(small_catalogue, {}, "haaglanden")
        lead = new_lead(contact, "Een vraag", consent, Story(conversation_id=conversation_id), routed, at)
        return lead, NewMail(id=new_id(), to="loket@example.org", subject="Nieuwe aanmelding", body=f"{name} wacht.")

    return make
