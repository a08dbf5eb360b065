"""What the visitor is told of the way to a person: a sentence for each state and each change. Pure."""

from collections.abc import Collection
from datetime import datetime

from assistant.handover.availability import Availability, availability, moment_in_words
from assistant.handover.handover import Handover, Person, State
from assistant.handover.machine import Event, Happening
from assistant.handover.stream import HandoverShown, Onlooker, PresenceShown
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

_Words = dict[str, str]

_STATES: dict[str, dict[State, str]] = {
    "nl": {
        State.BOT: "Je praat met de digitale assistent.",
        State.OFFERED: "Wil je liever met een mens praten? {way}",
        State.FORM: "Laat je gegevens achter. {loket} neemt dan contact met je op. {reach}",
        State.WAITING: "Ik heb iemand van {loket} geroepen. Die leest straks wat je hier hebt verteld. "
        "Komt er binnen drie minuten niemand, dan kun je je gegevens achterlaten. Je kunt intussen gewoon verder vragen.",
        State.CONNECTED: "Je praat nu met {adviser} van {loket}. De digitale assistent zegt zolang niets.",
        State.LEFT_MESSAGE: "{loket} heeft je gegevens en neemt contact met je op. {reach}",
        State.CLOSED: "Dit gesprek is afgesloten. Heb je nog een vraag, stel hem dan gerust.",
    },
    "en": {
        State.BOT: "You are talking to the digital assistant.",
        State.OFFERED: "Would you rather talk to a person? {way}",
        State.FORM: "Leave your details. {loket} will contact you. {reach}",
        State.WAITING: "I have called somebody from {loket}. They will read what you told here. "
        "If nobody comes within three minutes, you can leave your details. You can go on asking meanwhile.",
        State.CONNECTED: "You are now talking to {adviser} from {loket}. The digital assistant keeps quiet.",
        State.LEFT_MESSAGE: "{loket} has your details and will contact you. {reach}",
        State.CLOSED: "This conversation has ended. If you have another question, please ask.",
    },
}
_PASSED_ON = {
    "nl": "Je gesprek is doorgegeven aan {wanted}. Die leest mee wat al gezegd is. Komt er binnen drie minuten niemand, "
    "dan kun je je gegevens achterlaten.",
    "en": "Your conversation was passed on to {wanted}, who reads what was said. If nobody comes within three minutes, "
    "you can leave your details.",
}
_CHANGES: dict[str, dict[Event, str]] = {
    "nl": {
        Event.NOBODY_THERE: "Er is nu niemand die met je kan praten. {reach} Laat je gegevens achter, dan neemt {loket} "
        "contact met je op.",
        Event.CLAIMED: "{adviser} van {loket} is er nu en leest wat je al hebt verteld.",
        Event.HANDED_BACK: "{before} heeft het gesprek teruggegeven aan de digitale assistent.",
        Event.WAITED_LONG: "Het spijt me, er is nu toch niemand vrij. Laat je gegevens achter, dan neemt {loket} contact "
        "met je op. {reach}",
        Event.WAITED_WITH_DETAILS: "Het spijt me, er is nu toch niemand vrij. {loket} heeft je gegevens en neemt contact met "
        "je op. {reach}",
        Event.ADVISER_GONE: "De verbinding met {before} is weggevallen. Ik roep iemand anders van {loket}.",
        Event.DECLINED: "Je gaat verder met de digitale assistent.",
    },
    "en": {
        Event.NOBODY_THERE: "Nobody can talk to you right now. {reach} Leave your details and {loket} will contact you.",
        Event.CLAIMED: "{adviser} from {loket} is here now and reads what you told.",
        Event.HANDED_BACK: "{before} gave the conversation back to the digital assistant.",
        Event.WAITED_LONG: "Sorry, nobody is free after all. Leave your details and {loket} will contact you. {reach}",
        Event.WAITED_WITH_DETAILS: "Sorry, nobody is free after all. {loket} has your details and will contact you. {reach}",
        Event.ADVISER_GONE: "The connection with {before} was lost. I am calling somebody else from {loket}.",
        Event.DECLINED: "You go on with the digital assistant.",
    },
}
_ENDED = {
    "nl": ("{before} heeft het gesprek afgesloten.", "Je hebt het gesprek afgesloten."),
    "en": ("{before} ended the conversation.", "You ended the conversation."),
}
_OUR_DESK = {"nl": "het loket", "en": "the desk"}
_THERE = {
    "nl": {"looking": "{names} kijkt mee.", "typing": "{names} is aan het typen."},
    "en": {"looking": "{names} is looking.", "typing": "{names} is typing."},
}


def shown(
    handover: Handover, catalogue: Catalogue, locale: str, at: datetime, reachable: Collection[str]
) -> HandoverShown:
    """
    How the conversation stands, for the visitor.

    :param reachable: The regions of which an adviser is at the desk now and can be called for a talk.
    """
    found = _availability(handover, catalogue, locale, at)
    can_talk = handover.region in reachable and handover.state not in (State.WAITING, State.CONNECTED)
    pattern = _STATES[locale][handover.state]
    if handover.state is State.WAITING and handover.has_person_spoken:
        pattern = _PASSED_ON[locale]
    return HandoverShown(
        state=handover.state,
        reason=handover.reason,
        text=_filled(pattern, _words(handover, found, locale, at, can_talk)),
        loket_id=handover.loket_id,
        loket_title=handover.loket_title,
        adviser=first_name(handover.adviser.name) if handover.adviser else None,
        open_now=found.open_now,
        open_again=moment_in_words(found.opens_at, at, locale) if found.opens_at else "",
        can_talk=can_talk,
        lead_id=handover.lead_id,
    )


def told(
    before: Handover, after: Handover, happening: Happening, catalogue: Catalogue, locale: str, at: datetime
) -> str:
    """The sentence for the visitor about what just happened; empty if there is nothing to tell."""
    event = happening.event
    if before == after or (event is Event.CLAIMED and before.state is State.CONNECTED):
        return ""
    words = _words(after, _availability(after, catalogue, locale, at), locale, at, can_talk=False)
    words["before"] = first_name(before.adviser.name) if before.adviser else words["loket"]
    if event is Event.ENDED:
        by_person, by_visitor = _ENDED[locale]
        return "" if before.state is after.state else _filled(by_person if happening.person else by_visitor, words)
    if event is Event.TALK_WANTED and after.state is State.WAITING:
        return "" if before.state is State.WAITING else _filled(_STATES[locale][State.WAITING], words)
    if event is Event.TRANSFERRED:
        return _filled(_PASSED_ON[locale], words)
    if event is Event.DECLINED and before.state is not State.WAITING:
        return ""
    return _filled(_CHANGES[locale].get(event, ""), words)


def presence(people: tuple[Onlooker, ...], locale: str) -> PresenceShown:
    """Who of the advisers is there, in a sentence too."""
    typing = [each.name for each in people if each.doing == "typing"]
    names = typing or [each.name for each in people]
    doing = "typing" if typing else "looking"
    return PresenceShown(people=people, text=_THERE[locale][doing].format(names=names[0]) if names else "")


def first_name(name: str) -> str:
    """What a visitor reads of an adviser's name."""
    return name.split()[0] if name.split() else name


def passed_to(person: Person | None, loket_title: str, locale: str) -> str:
    """Whom a conversation is passed on to, in words."""
    return first_name(person.name) if person else loket_title or _OUR_DESK[locale]


def _availability(handover: Handover, catalogue: Catalogue, locale: str, at: datetime) -> Availability:
    loket = catalogue.find(handover.loket_id) if handover.loket_id else None
    return availability(loket, at, locale) if isinstance(loket, Loket) else Availability()


def _words(handover: Handover, found: Availability, locale: str, at: datetime, can_talk: bool) -> _Words:
    loket = handover.loket_title or _OUR_DESK[locale]
    return {
        "loket": loket,
        "adviser": first_name(handover.adviser.name) if handover.adviser else "",
        "wanted": passed_to(handover.wanted, handover.loket_title, locale),
        "reach": _reach(found, locale, at),
        "way": _way(loket, found, locale, at, can_talk),
    }


def _reach(found: Availability, locale: str, at: datetime) -> str:
    """When the loket can be reached, as far as we know."""
    if found.open_now:
        return "The desk is open now." if locale == "en" else "Het loket is nu open."
    if found.opens_at is None:
        return ""
    when = moment_in_words(found.opens_at, at, locale)
    if locale == "en":
        because = f" (today is {found.holiday})" if found.holiday else ""
        return f"The desk can be reached again {when}{because}."
    because = f" (vandaag is het {found.holiday.lower()})" if found.holiday else ""
    return f"Het loket is weer bereikbaar {when}{because}."


def _way(loket: str, found: Availability, locale: str, at: datetime, can_talk: bool) -> str:
    if can_talk:
        if locale == "en":
            return f"Somebody from {loket} is there now. They will read what you told here."
        return f"Er is nu iemand van {loket}. Die leest dan wat je hier hebt verteld."
    reach = _reach(found, locale, at)
    if locale == "en":
        return f"Leave your details and {loket} will contact you. {reach}"
    return f"Laat je gegevens achter, dan neemt {loket} contact met je op. {reach}"


def _filled(pattern: str, words: _Words) -> str:
    """Names may hold braces: only the pattern is one."""
    return " ".join(pattern.format_map(words).split())
