"""A lead with its mail, to keep."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assistant.leads.contact import Contact
from assistant.leads.intake import Story, new_lead
from assistant.leads.lead import Consent, Lead
from assistant.leads.outbox import NewMail
from assistant.leads.routing import route_lead
from assistant.storage.ids import new_id
from knowledge.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

MakeLead = Callable[..., tuple[Lead, NewMail]]


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
