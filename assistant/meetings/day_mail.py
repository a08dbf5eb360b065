"""Mail about a day along, to the visitor and to the loket, with a file for their calendars once it is certain."""

import uuid
from datetime import datetime
from enum import StrEnum

from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail
from assistant.meetings.calendar import booking_file
from assistant.meetings.day_along import DayAlong, booking_of
from assistant.meetings.english import said
from assistant.meetings.words import when


class DayTold(StrEnum):
    """What a mail about a day along tells."""

    ASKED = "asked"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REMINDER = "reminder"
    OFF = "off"
    """By the loket."""
    CANCELLED = "cancelled"
    """By the visitor."""


_TO_VISITOR = {
    DayTold.ASKED: "Je wilt een dag meelopen",
    DayTold.PROPOSED: "Een voorstel om een dag mee te lopen",
    DayTold.CONFIRMED: "Je gaat een dag meelopen",
    DayTold.REFUSED: "We zoeken een andere dag om mee te lopen",
    DayTold.REMINDER: "Morgen loop je een dag mee",
    DayTold.OFF: "Het meelopen gaat niet door",
    DayTold.CANCELLED: "Je wens om mee te lopen is ingetrokken",
}
_TO_LOKET = {
    DayTold.ASKED: "Iemand wil een dag meelopen",
    DayTold.CONFIRMED: "Akkoord met een dag meelopen",
    DayTold.REFUSED: "Een voorgestelde dag past niet",
    DayTold.CANCELLED: "Meelopen afgezegd",
}
_IN_CALENDAR = (DayTold.CONFIRMED, DayTold.REFUSED, DayTold.OFF, DayTold.CANCELLED)


def day_mail_to_visitor(told: DayTold, day: DayAlong, was_certain: bool, address: str, now: datetime) -> NewMail | None:
    """
    What the visitor reads.

    :param was_certain: Whether it is, or was until now, in their calendar.
    :returns: None if no e-mail address was left.
    """
    if day.email is None:
        return None
    body = mail_text(f"day_along.{day.locale}.txt", **_words(told, day, address, day.locale))
    subject = said(_TO_VISITOR[told], day.locale)
    summary = said("Meelopen: {school}", day.locale).format(school=_school(day))
    return _mail(day.email, subject, body, told, day, was_certain, summary, address, now, day.locale)


def day_mail_to_loket(
    told: DayTold, day: DayAlong, was_certain: bool, to: str, address: str, reason: str, now: datetime
) -> NewMail | None:
    """What the loket reads: a name and what changed; None for what the loket did itself."""
    if told not in _TO_LOKET:
        return None
    body = mail_text("day_along_loket.txt", name=day.name, reason=reason, **_words(told, day, address))
    summary = f"{day.name} loopt mee: {_school(day)}"
    return _mail(to, _TO_LOKET[told], body, told, day, was_certain, summary, address, now)


def _words(told: DayTold, day: DayAlong, address: str, locale: str = "nl") -> dict[str, str]:
    booking = booking_of(day)
    return {
        "told": told.value,
        "loket": day.loket_title,
        "school": _school(day),
        "when": when(booking.slot, locale) if booking else "",
        "place": day.proposal.place if day.proposal else "",
        "remark": day.proposal.remark if day.proposal else "",
        "address": address,
    }


def _school(day: DayAlong) -> str:
    return day.proposal.school if day.proposal else ""


def _mail(
    to: str,
    subject: str,
    body: str,
    told: DayTold,
    day: DayAlong,
    was_certain: bool,
    summary: str,
    address: str,
    now: datetime,
    locale: str = "nl",
) -> NewMail:
    booking = booking_of(day)
    file = booking_file(booking, summary, now, address) if booking and told in _IN_CALENDAR and was_certain else ""
    return NewMail(id=str(uuid.uuid4()), to=to, subject=subject, body=body, calendar=file, locale=locale)
