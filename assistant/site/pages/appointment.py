"""Choosing a moment for a talk, filling in who one is, and the page on which it can be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.leads.consent import ConsentText
from assistant.meetings.slot import Booking, BookingState, How, Slot
from assistant.meetings.words import HOWS, day_of, hours_of, when, where
from assistant.site.pages.person_form import PersonForm, Typed, person_form
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import first_upper, region_name
from knowledge.place import Loket, Region

_INTRO = "Kies een moment om met een adviseur te praten. Het is gratis, en je zit nergens aan vast."
_MOST = 120


@dataclass(frozen=True)
class MomentRow:
    """A moment to choose."""

    id: str
    address: str
    hours: str
    words: str
    """The whole of it, for who hears it alone."""
    topic: str
    how: str
    place: str
    loket: str


@dataclass(frozen=True)
class DayRow:
    """The moments of a day."""

    title: str
    moments: tuple[MomentRow, ...]


@dataclass(frozen=True)
class MomentsPage:
    """The moments that can be chosen."""

    shell: Shell
    where: str
    reason: str
    """Why this loket is chosen for the visitor; empty: it is not."""
    days: tuple[DayRow, ...]
    lokets: tuple[Choice, ...]
    hows: tuple[Choice, ...]
    story: str
    otherwise: tuple[Link, ...]


@dataclass(frozen=True)
class AppointmentPage:
    """The form for one moment."""

    shell: Shell
    facts: tuple[tuple[str, str], ...]
    form: PersonForm
    full: str
    """That the moment is taken; empty: it is not."""
    others: tuple[MomentRow, ...]
    """Other moments, to send the same form for."""


@dataclass(frozen=True)
class MyAppointmentPage:
    """A booking with what can still be done about it."""

    shell: Shell
    title: str
    lead: str
    done: str
    facts: tuple[tuple[str, str], ...]
    action: str
    calendar: str
    """Empty: there is nothing to put in a calendar."""
    asks_earlier: bool
    """Whether to say that what was sent earlier may be read too; the same for everybody who just left an address."""
    can_cancel: bool
    cancel: str
    others: tuple[MomentRow, ...]
    again: Link


def moments_page(
    visit: Visit, region: Region, found: Sequence[Slot], wanted: Mapping[str, str], story: str, reason: str
) -> MomentsPage:
    """
    The moments of a region.

    :param wanted: The filters: `loket` and `hoe`, empty for all.
    """
    say = visit.say
    shell = visit.shell(say("Afspraak maken"), say(_INTRO), has_english=True)
    lokets = {slot.loket_id: slot.loket_title for slot in found}
    hows = {slot.how.value: say(HOWS[slot.how]) for slot in found}
    chosen = [
        slot for slot in found if wanted["loket"] in ("", slot.loket_id) and wanted["hoe"] in ("", slot.how.value)
    ][:_MOST]
    rows = [(day_of(slot, shell.locale), moment_row(shell, slot, story)) for slot in chosen]
    return MomentsPage(
        shell=shell,
        where=region_name(region),
        reason=reason,
        days=tuple(
            DayRow(first_upper(day), tuple(row for _, row in of_day))
            for day, of_day in groupby(rows, key=lambda each: each[0])
        ),
        lokets=choices(lokets, wanted["loket"]) if len(lokets) > 1 else (),
        hows=choices(hows, wanted["hoe"]) if len(hows) > 1 else (),
        story=story,
        otherwise=(
            Link(shell.link("/loketten"), say("Bel of mail een loket")),
            Link(shell.link("/agenda"), say("Kijk in de agenda")),
        ),
    )


def moment_row(shell: Shell, slot: Slot, story: str = "") -> MomentRow:
    """A moment as it can be chosen."""
    return MomentRow(
        id=slot.id,
        address=shell.link(f"/afspraak/{slot.id}", gesprek=story),
        hours=hours_of(slot, shell.locale),
        words=f"{day_of(slot, shell.locale)}, {hours_of(slot, shell.locale)}",
        topic=slot.topic,
        how=shell.say(HOWS[slot.how]),
        place=slot.place,
        loket=slot.loket_title,
    )


def appointment_page(
    visit: Visit,
    slot: Slot,
    text: ConsentText,
    typed: Typed,
    errors: Mapping[str, str],
    has_story: bool,
    full: str = "",
    others: Sequence[Slot] = (),
) -> AppointmentPage:
    """The form for one moment, with what is wrong."""
    say = visit.say
    crumbs = [("/afspraak", say("Afspraak maken"))]
    shell = visit.shell(say("Jouw afspraak"), say(_INTRO), crumbs=crumbs, is_indexed=False, has_english=True)
    needs = {How.PHONE: ("name", "phone"), How.VIDEO: ("name", "email"), How.PLACE: ("name",)}[slot.how]
    return AppointmentPage(
        shell=shell,
        facts=facts_of(visit, slot),
        form=person_form(
            shell,
            f"/afspraak/{slot.id}",
            "Maak de afspraak",
            text,
            typed,
            errors,
            needs=needs,
            has_story=has_story,
        ),
        full=say(full),
        others=tuple(moment_row(shell, each) for each in others),
    )


def facts_of(visit: Visit, slot: Slot) -> tuple[tuple[str, str], ...]:
    """What a meeting is, in pairs."""
    loket = visit.catalogue.find(slot.loket_id)
    title = loket.title if isinstance(loket, Loket) else slot.loket_title
    pairs = (
        ("Wat", slot.topic),
        ("Wanneer", first_upper(when(slot, visit.locale))),
        ("Waar" if slot.is_event else "Hoe", where(slot, visit.locale)),
        ("Met", title),
    )
    return tuple((visit.say(term), words) for term, words in pairs if words)


def my_appointment_page(
    visit: Visit, booking: Booking, code: str, others: Sequence[Slot], can_change: bool, done: str
) -> MyAppointmentPage:
    """The page about one booking. The code stays out of everything but its forms and its calendar file."""
    slot = booking.slot
    say = visit.say
    shell = visit.shell(
        say("Jouw afspraak"),
        say("Je afspraak, en hoe je die verandert."),
        path="/afspraak",
        is_indexed=False,
        has_english=True,
    )
    what = "aanmelding" if slot.is_event else "afspraak"
    titles = {
        BookingState.BOOKED: "Je bent aangemeld" if slot.is_event else "Je afspraak staat vast",
        BookingState.WAITING: "Je staat op de wachtlijst",
        BookingState.CANCELLED: f"Deze {what} is afgezegd",
    }
    mail = say("We hebben dit ook gemaild naar {email}.").format(email=booking.email)
    leads = {
        BookingState.BOOKED: "Bewaar de link van deze pagina als je nog iets wilt veranderen.",
        BookingState.WAITING: "Komt er een plek vrij? Dan krijg je die vanzelf, en sturen we je een e-mail.",
        BookingState.CANCELLED: "Je hoeft niets meer te doen.",
    }
    is_over = not can_change and booking.state is not BookingState.CANCELLED
    lead = say("Dit is geweest." if is_over else leads[booking.state])
    is_on = can_change and booking.state is BookingState.BOOKED
    return MyAppointmentPage(
        shell=shell,
        title=say(titles[booking.state]),
        lead=f"{mail} {lead}" if booking.email and can_change else lead,
        done=say(done),
        facts=facts_of(visit, slot),
        action=visit.in_language(f"/mijn-afspraak/{code}"),
        calendar=visit.in_language(f"/mijn-afspraak/{code}/agenda.ics") if is_on else "",
        asks_earlier=booking.email is not None and booking.lead_id is not None and visit.has_just("gemaakt"),
        can_cancel=can_change,
        cancel=say("Meld je af" if slot.is_event else "Zeg de afspraak af"),
        others=tuple(moment_row(shell, each) for each in others) if is_on else (),
        again=Link(shell.link("/agenda"), say("Terug naar de agenda"))
        if slot.is_event
        else Link(shell.link("/afspraak"), say("Maak een nieuwe afspraak")),
    )
