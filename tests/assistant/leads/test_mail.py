"""The mail about a lead leads to the desk, and holds no way to reach the person."""

from datetime import UTC, datetime
from typing import Any

from assistant.leads.contact import Contact
from assistant.leads.intake import new_lead, story_of
from assistant.leads.lead import Consent, Lead
from assistant.leads.mail import lead_mail
from assistant.leads.routing import route_lead
from assistant.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

NOW = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
SETTINGS = Settings(public_url="https://loket.example.org/", mail_to="algemeen@example.org")


def _lead(catalogue: Catalogue, state: dict[str, Any], name: str = "Sam de Vries") -> Lead:
    contact = Contact(name=name, email="sam@example.org", phone="+31612345678", preferred="phone")
    consent = Consent(version="1", text="<p>Goed.</p>", given_at=NOW, share_transcript=False)
    story = story_of("c", state, ())
    routed = route_lead(catalogue, {fact.name: fact.value for fact in story.facts}, "haaglanden")
    return new_lead(contact, "Een geheime vraag", consent, story, routed, NOW)


def test_the_mail_says_who_waits_and_where_the_story_is(small_catalogue: Catalogue, told: dict[str, Any]) -> None:
    lead = _lead(small_catalogue, told)

    mail = lead_mail(lead, small_catalogue.get(lead.loket_id, Loket), SETTINGS)

    assert "Sam de Vries wil graag gebeld worden over werken in het basisonderwijs." in mail.body
    assert "Zij-instroom in het po (past misschien)" in mail.body
    assert "Pabo in deeltijd" not in mail.body
    assert f"https://loket.example.org/desk/leads/{lead.id}" in mail.body
    for private in ("sam@example.org", "12345678", "geheime", "Zoetermeer wil"):
        assert private not in mail.body + mail.subject


def test_the_mail_goes_to_the_lokets_own_mailbox_if_it_has_one(small_catalogue: Catalogue) -> None:
    lead = _lead(small_catalogue, {})

    own = lead_mail(lead, small_catalogue.get("loket-hak", Loket), SETTINGS)
    general = lead_mail(lead, small_catalogue.get("loket-haaglanden", Loket), SETTINGS)

    assert own.to == "hak@example.org"
    assert general.to == "algemeen@example.org"


def test_a_lead_without_a_conversation_makes_a_whole_mail(small_catalogue: Catalogue) -> None:
    lead = _lead(small_catalogue, {})

    body = lead_mail(lead, small_catalogue.get(lead.loket_id, Loket), SETTINGS).body

    assert "over werken in het onderwijs." in body
    assert "routes naar voren" not in body
    assert "\n\n\n" not in body
