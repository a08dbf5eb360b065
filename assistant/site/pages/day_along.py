"""Wishing to go along with a teacher for a day, and the page on which it can be followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.leads.consent import ConsentText
from assistant.meetings.day_along import WEEKDAYS, DayAlong, DayMove, DayState, booking_of, may
from assistant.meetings.words import when
from assistant.site.pages.person_form import PersonForm, Typed, person_form
from assistant.site.shell import Choice, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import first_upper
from knowledge.place import Weekday
from knowledge.routing import SECTOR_WORDS

SECTORS = {sector: first_upper(SECTOR_WORDS[sector]) for sector in ("po", "so", "vo", "mbo")}
_INTRO = "Ervaar een dag hoe het is om voor de klas te staan. Het loket zoekt een school bij je in de buurt."
_TITLES = {
    DayState.ASKED: "We zoeken een school voor je",
    DayState.PROPOSED: "Past deze dag?",
    DayState.REFUSED: "We zoeken een andere dag",
    DayState.CONFIRMED: "Je gaat een dag meelopen",
    DayState.DONE: "Je hebt een dag meegelopen",
    DayState.CANCELLED: "Het meelopen gaat niet door",
}
_LEADS = {
    DayState.ASKED: "{loket} zoekt een school. Is er een voorstel? Dan laten we het je weten.",
    DayState.PROPOSED: "{loket} heeft een school gevonden. Laat weten of het past.",
    DayState.REFUSED: "{loket} zoekt een dag die wel past. Is er een voorstel? Dan laten we het je weten.",
    DayState.CONFIRMED: "De afspraak staat vast. Kun je toch niet? Laat het hieronder weten.",
    DayState.DONE: "Hopelijk was het leuk. Wil je verder? {loket} denkt graag met je mee.",
    DayState.CANCELLED: "Je hoeft niets meer te doen.",
}


@dataclass(frozen=True)
class DayWishPage:
    """The form."""

    shell: Shell
    intro: str
    sectors: tuple[Choice, ...]
    area: str
    municipalities: tuple[str, ...]
    weekdays: tuple[Choice, ...]
    errors: Mapping[str, str]
    form: PersonForm
    has_story: bool


@dataclass(frozen=True)
class MyDayPage:
    """A wish with what can be done about it."""

    shell: Shell
    title: str
    lead: str
    done: str
    facts: tuple[tuple[str, str], ...]
    action: str
    sequence: int
    calendar: str
    asks_earlier: bool
    """As on the page about an appointment."""
    can_accept: bool
    can_refuse: bool
    can_call_off: bool


def day_wish_page(
    visit: Visit,
    text: ConsentText,
    typed: Typed,
    place: tuple[str, str, Sequence[str]],
    errors: Mapping[str, str],
    has_story: bool,
) -> DayWishPage:
    """
    The form.

    :param place: The sector, the area and the weekdays as they were filled in.
    """
    sector, area, weekdays = place
    say = visit.say
    shell = visit.shell(say("Een dag meelopen"), say(_INTRO), has_english=True)
    return DayWishPage(
        shell=shell,
        intro=say(_INTRO),
        sectors=choices({each: say(words) for each, words in SECTORS.items()}, sector),
        area=area,
        municipalities=tuple(sorted(each.name for each in visit.catalogue.municipalities.values())),
        weekdays=tuple(Choice(day, first_upper(say(word)), day in weekdays) for day, word in WEEKDAYS.items()),
        errors={"sector": "", "area": ""} | {name: say(told) for name, told in errors.items()},
        form=person_form(
            shell,
            "/meelopen",
            "Verstuur naar het loket",
            text,
            typed,
            errors,
            message_label="Wat wil je graag zien of weten?",
            has_story=has_story,
        ),
        has_story=has_story,
    )


def my_day_page(visit: Visit, day: DayAlong, code: str, done: str) -> MyDayPage:
    """The page about one wish. The code stays out of everything but its forms and its calendar file."""
    say = visit.say
    about = say("Hoe het staat met je dag meelopen.")
    shell = visit.shell(say("Meelopen"), about, path="/meelopen", is_indexed=False, has_english=True)
    booking, proposal = booking_of(day), day.proposal
    days = ", ".join(say(WEEKDAYS[each]) for each in day.weekdays) or say("maakt niet uit")
    sector = say(SECTORS.get(day.sector, day.sector))
    is_shown = proposal is not None and day.state in (DayState.PROPOSED, DayState.CONFIRMED, DayState.DONE)
    pairs = [
        ("School", proposal.school if proposal and is_shown else ""),
        ("Wanneer", first_upper(when(booking.slot, visit.locale)) if booking and is_shown else ""),
        ("Waar", proposal.place if proposal and is_shown else ""),
        ("Goed om te weten", proposal.remark if proposal and is_shown else ""),
        ("Jouw wens", say("{sector}, in of bij {area}; {days}").format(sector=sector, area=day.area, days=days)),
        ("Loket", day.loket_title),
    ]
    return MyDayPage(
        shell=shell,
        title=say(_TITLES[day.state]),
        lead=say(_LEADS[day.state]).format(loket=day.loket_title),
        done=say(done),
        facts=tuple((say(term), words) for term, words in pairs if words),
        action=visit.in_language(f"/mijn-dag/{code}"),
        sequence=day.sequence,
        calendar=visit.in_language(f"/mijn-dag/{code}/agenda.ics") if day.state is DayState.CONFIRMED else "",
        asks_earlier=day.email is not None and visit.has_just("verstuurd"),
        can_accept=may(day, DayMove.ACCEPT),
        can_refuse=may(day, DayMove.REFUSE),
        can_call_off=may(day, DayMove.CALL_OFF),
    )


def weekdays_of(given: Sequence[str]) -> tuple[Weekday, ...]:
    """The weekdays that were ticked, in order; anything else is left out."""
    return tuple(day for day in WEEKDAYS if day in given)
