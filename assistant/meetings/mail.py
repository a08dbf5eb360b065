"""Mail about a meeting, to the visitor and to the loket, with a file for their calendars."""

import uuid
from datetime import datetime
from enum import StrEnum

from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail
from assistant.meetings.calendar import booking_file
from assistant.meetings.english import said
from assistant.meetings.slot import Booking
from assistant.meetings.words import when, where


class Told(StrEnum):
    """What a mail about a meeting tells."""

    MADE = "made"
    WAITING = "waiting"
    """On the waiting list."""
    MOVED = "moved"
    CANCELLED = "cancelled"
    """By the visitor."""
    OFF = "off"
    """By the loket."""
    UP = "up"
    """From the waiting list to a place."""
    REMINDER = "reminder"


_TO_VISITOR = {
    Told.MADE: "Je {what} staat vast: {topic}",
    Told.WAITING: "Je staat op de wachtlijst: {topic}",
    Told.MOVED: "Je {what} is verzet: {topic}",
    Told.CANCELLED: "Je {what} is afgezegd: {topic}",
    Told.OFF: "Gaat niet door: {topic}",
    Told.UP: "Er is plek voor je: {topic}",
    Told.REMINDER: "Morgen: {topic}",
}
_TO_LOKET = {
    Told.MADE: "Nieuwe afspraak: {topic}",
    Told.MOVED: "Afspraak verzet: {topic}",
    Told.CANCELLED: "Afspraak afgezegd: {topic}",
}


def visitor_mail(told: Told, booking: Booking, address: str, now: datetime) -> NewMail | None:
    """
    What the visitor reads.

    :param address: The page on which they can cancel or move it.
    :returns: None if no e-mail address was left.
    """
    if booking.email is None:
        return None
    slot = booking.slot
    what, locale = "aanmelding" if slot.is_event else "afspraak", booking.locale
    body = mail_text(
        f"meeting.{locale}.txt",
        told=told.value,
        is_event=slot.is_event,
        topic=slot.topic,
        when=when(slot, locale),
        where=where(slot, locale),
        loket=slot.loket_title,
        address=address,
    )
    has_place = told is not Told.WAITING
    return NewMail(
        id=str(uuid.uuid4()),
        to=booking.email,
        subject=said(_TO_VISITOR[told].replace("{what}", what), locale).replace("{topic}", slot.topic),
        body=body,
        region=slot.region,
        locale=locale,
        calendar=booking_file(booking, in_calendar(booking), now, address)
        if has_place and told is not Told.REMINDER
        else "",
    )


def in_calendar(booking: Booking) -> str:
    """What it is called in the visitor's own calendar."""
    slot = booking.slot
    if slot.is_event:
        return slot.topic
    return said("Afspraak met {loket}: {topic}", booking.locale).format(loket=slot.loket_title, topic=slot.topic)


def loket_mail(told: Told, booking: Booking, to: str, desk_address: str, reason: str, now: datetime) -> NewMail | None:
    """
    What the loket reads about an appointment: a name and a moment; the story stays on the desk.

    :param desk_address: Where the story is.
    :param reason: Why it came to this loket; empty: not told.
    :returns: None for what the loket did itself, and for events, whose list is on the desk.
    """
    if told not in _TO_LOKET or booking.slot.is_event:
        return None
    slot = booking.slot
    body = mail_text(
        "meeting_loket.txt",
        told=told.value,
        name=booking.name,
        topic=slot.topic,
        when=when(slot),
        how=slot.how.value,
        place=slot.place,
        loket=slot.loket_title,
        address=desk_address,
        reason=reason,
    )
    summary = f"{booking.name}: {slot.topic}"
    return NewMail(
        id=str(uuid.uuid4()),
        to=to,
        subject=_TO_LOKET[told].format(topic=slot.topic),
        body=body,
        calendar=booking_file(booking, summary, now, desk_address),
    )


def task_mail(mail_id: str, to: str, name: str, count: int, follow_ups: int, address: str) -> NewMail:
    """What an adviser reads about tasks that are due; how many, and not about whom."""
    body = mail_text("tasks.txt", name=name, count=count, follow_ups=follow_ups, address=address)
    return NewMail(id=mail_id, to=to, subject="Taken voor vandaag" if count > 1 else "Een taak voor vandaag", body=body)
