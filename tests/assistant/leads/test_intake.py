"""A lead holds what the conversation told, and of the conversation itself only what was agreed to."""

from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.leads.contact import Contact
from assistant.leads.intake import new_lead, story_of
from assistant.leads.lead import Consent, Lead
from assistant.leads.routing import route_lead
from assistant.leads.transcript import shared_turn
from assistant.leads.working_days import end_of_next_working_day
from knowledge.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _lead(catalogue: Catalogue, state: dict[str, Any], share_transcript: bool) -> Lead:
    contact = Contact(name="Sam", email="sam@example.org", preferred="email")
    consent = Consent(version="1", text="<p>Goed.</p>", given_at=NOW, share_transcript=share_transcript)
    story = story_of("c", state, (shared_turn(1, "Een vraag", {}, NOW),))
    return new_lead(contact, "", consent, story, route_lead(catalogue, {}, "haaglanden"), NOW)


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_transcript_is_there_only_if_it_was_shared(
    small_catalogue: Catalogue, told: dict[str, Any], is_shared: bool
) -> None:
    lead = _lead(small_catalogue, told, is_shared)

    assert bool(lead.transcript) is is_shared
    assert len(lead.facts) == 3


def test_a_conversation_that_told_nothing_yet_makes_a_lead(small_catalogue: Catalogue) -> None:
    lead = _lead(small_catalogue, {}, False)

    assert (lead.facts, lead.verdicts, lead.sectors) == ((), (), ())


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 11, 19, 9, 0, tzinfo=UTC), datetime(2026, 11, 20, 16, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), datetime(2026, 7, 2, 15, 0, tzinfo=UTC)),
    ],
)
def test_a_lead_is_due_at_five_on_the_next_working_day_dutch_time(moment: datetime, due: datetime) -> None:
    assert end_of_next_working_day(moment) == due
