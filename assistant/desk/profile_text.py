"""A lead's story as plain text, for a loket or a school that takes over: what was told, what fits, what is still open."""

from assistant.desk import wording
from assistant.desk.pages.parts import sectors_in_words
from assistant.leads.contact import phone_as_read
from assistant.leads.lead import Lead
from assistant.leads.mail import best_first
from knowledge.catalogue import Catalogue

_ROUTES_SHOWN = 3


def profile_text(lead: Lead, catalogue: Catalogue) -> str:
    """The story; not the conversation and not the notes, which stay with the loket."""
    contact = lead.contact
    reached = [contact.email or "", phone_as_read(contact.phone) if contact.phone else ""]
    told = [
        f"- {wording.fact_label(catalogue, fact.name)}: {wording.fact_value(catalogue, fact.name, fact.value)}"
        for fact in lead.facts
    ]
    routes = [each for each in best_first(lead.verdicts) if each.verdict != "does_not_fit"][:_ROUTES_SHOWN]
    fits = [f"- {each.title}: {wording.VERDICTS[each.verdict].lower()}" for each in routes]
    still_open = dict.fromkeys(reason.text for each in routes for reason in each.reasons if reason.met is None)
    parts = [
        ("Naam en contact", [contact.name, *filter(None, reached), wording.PREFERRED[contact.preferred]]),
        ("Wil werken in", [sectors_in_words(lead.sectors)] if lead.sectors else []),
        ("Vraag", [lead.message] if lead.message else []),
        ("Wat er is verteld", told),
        ("Routes die passen", fits),
        ("Nog uit te zoeken", [f"- {text}" for text in still_open]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in parts if lines)
