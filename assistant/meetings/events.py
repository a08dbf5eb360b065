"""A published event that people can register for: its places, and what they agree to."""

import uuid
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from assistant.leads.consent import ConsentText, Purpose
from assistant.leads.working_days import HERE
from assistant.meetings.slot import How, Slot
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.place import Loket, Region

_CHOICE = {"nl": "Ja, dit mag.", "en": "Yes, this is all right."}
_PURPOSES = {
    "nl": (
        "Mij een bevestiging te sturen, een herinnering, en bericht als er iets verandert.",
        "Te weten wie er komt.",
    ),
    "en": ("Sending me a confirmation, a reminder, and word when something changes.", "Knowing who comes."),
}
_TEXT = {
    "nl": (
        "<p>{region} mag mijn naam en contactgegevens bewaren en gebruiken om:</p><ul>{purposes}</ul>"
        "<p>Alleen adviseurs van het loket lezen mijn gegevens. "
        "Ze worden {days} dagen na de bijeenkomst gewist, of meteen als ik me afmeld.</p>"
    ),
    "en": (
        "<p>{region} may keep and use my name and contact details for:</p><ul>{purposes}</ul>"
        "<p>Only advisers of the desk read my details. "
        "They are erased {days} days after the event, or at once when I cancel.</p>"
    ),
}


def places_of(event: Event, region: Region, catalogue: Catalogue, capacity: int) -> Slot:
    """
    The places of an event, not yet kept.

    :param region: The region whose loket keeps the list.
    """
    lokets = [each for each in catalogue.linked(event.lokets, Loket) if region.id in each.regions]
    loket = next(iter(lokets), None) or catalogue.get(region.default_loket, Loket)
    return Slot(
        id=str(uuid.uuid4()),
        region=region.id,
        loket_id=loket.id,
        loket_title=loket.title,
        event_id=event.id,
        topic=event.title,
        how=How.PLACE,
        place=event.place,
        starts_at=_in_utc(event.starts_at),
        ends_at=_in_utc(event.ends_at or event.starts_at),
        capacity=capacity,
    )


def event_consent(region: Region, retention: timedelta, locale: str = "nl") -> ConsentText:
    """
    What somebody agrees to who comes to an event. It is no consent to be called about a job.

    :param retention: How long after the event they are erased.
    :returns: A text whose version changes with every change in its words, its language, its region and its period.
    """
    language = "en" if locale == "en" else "nl"
    purposes, choice = _PURPOSES[language], _CHOICE[language]
    listed = "".join(f"<li>{each}</li>" for each in purposes)
    title = region.in_locale(language).title
    html = _TEXT[language].format(region=title, purposes=listed, days=retention.days)
    digest = sha256(repr((html, choice)).encode()).hexdigest()[:10]
    version = f"bijeenkomst.{region.id}.{digest}"
    return ConsentText(version, region.id, html, purposes, {Purpose.CONTACT: choice})


def _in_utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=HERE)).astimezone(UTC)
