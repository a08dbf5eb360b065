"""Registering for an event."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.leads.consent import ConsentText, Purpose
from assistant.meetings.slot import Slot
from assistant.site.pages.appointment import facts_of
from assistant.site.pages.person_form import PersonForm, Typed, person_form
from assistant.site.shell import Link, Shell
from assistant.site.visit import Visit
from knowledge.event import Event


@dataclass(frozen=True)
class RegistrationPage:
    """The form; without one registration is closed."""

    shell: Shell
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    form: PersonForm | None
    refused: str
    event: Link


def registration_page(
    visit: Visit,
    event: Event,
    slot: Slot,
    text: ConsentText,
    typed: Typed,
    errors: Mapping[str, str],
    is_open: bool,
    refused: str = "",
) -> RegistrationPage:
    """The page of one event."""
    say, title = visit.say, event.in_locale(visit.locale).title
    crumbs = [("/agenda", "Agenda"), (f"/agenda/{event.id}", title)]
    about = say("Meld je aan voor {title}.").format(title=title)
    shell = visit.shell(say("Aanmelden"), about, crumbs=crumbs, is_indexed=False, has_english=True)
    if not is_open:
        lead = "Aanmelden kan niet (meer)."
    elif slot.free == 0:
        lead = "Alle plekken zijn bezet. Je kunt op de wachtlijst. Komt er een plek vrij? Dan krijg je die vanzelf."
    elif slot.free == 1:
        lead = "Er is nog 1 plek."
    else:
        lead = "Er zijn nog {free} plekken."
    return RegistrationPage(
        shell=shell,
        title=say("Aanmelden: {title}").format(title=title),
        lead=say(lead).replace("{free}", str(slot.free)),
        facts=facts_of(visit, slot),
        form=person_form(
            shell,
            f"/aanmelden/{event.id}",
            "Zet me op de wachtlijst" if slot.free == 0 else "Meld me aan",
            text,
            typed,
            errors,
            needs=("name", "email"),
            message_label="",
            purposes=(Purpose.CONTACT,),
        )
        if is_open
        else None,
        refused=say(refused),
        event=Link(shell.link(f"/agenda/{event.id}"), say("Lees meer hierover")),
    )
