"""Leaving one's details with a loket, and the text that one agrees to."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from assistant.answering.reply import LoketCard
from assistant.api.dependencies import Conversations, CurrentCatalogue, CurrentSettings, StoreSession, Talks, Token
from assistant.api.problem import problems
from assistant.errors import FieldsRefused, NotFound
from assistant.handover.handover import Reason
from assistant.handover.machine import Event, Happening
from assistant.leads.consent import ConsentText, Purpose, consent_text, current_text
from assistant.leads.contact import PreferredContact, parse_contact
from assistant.meetings.slot import SHOWN_AHEAD, How, Slot
from assistant.storage.appointments import Appointments
from assistant.storage.clock import utc_now
from assistant.storage.intake import Intake
from assistant.storage.slots import SlotStore
from knowledge.catalogue import Catalogue
from knowledge.place import Loket, Region

router = APIRouter(prefix="/api/v1", tags=["leads"])


class SlotOut(BaseModel):
    """A moment at which somebody of the loket is there; `free` places are left."""

    id: str
    loket: str
    topic: str
    how: How
    place: str
    starts_at: datetime
    ends_at: datetime
    free: int

    @classmethod
    def of(cls, slot: Slot) -> "SlotOut":
        """As the contract writes it."""
        return cls(
            id=slot.id,
            loket=slot.loket_id,
            topic=slot.topic,
            how=slot.how,
            place=slot.place,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            free=slot.free,
        )


class ConsentIn(BaseModel):
    """What was agreed to: `version` is the one that `GET /consent` gave."""

    version: str = Field(max_length=120)
    given: bool = Field(strict=True)
    share_transcript: bool = Field(default=False, strict=True)
    refer: bool = Field(default=True, strict=True)
    """Whether the details may go on to another loket or a school; the text says so."""
    follow_up: bool = Field(default=False, strict=True)
    """Whether the loket may ask later how things went."""


class LeadIn(BaseModel):
    """Somebody who wants to be contacted."""

    conversation_id: str | None = Field(default=None, max_length=64)
    name: str = Field(max_length=200)
    email: str | None = Field(default=None, max_length=300)
    phone: str | None = Field(default=None, max_length=60)
    preferred_contact: PreferredContact
    slot_id: str | None = Field(default=None, max_length=64)
    """A moment of `GET /lokets/{id}/slots`, to make an appointment at."""
    message: str | None = Field(default=None, max_length=2000)
    consent: ConsentIn


class LeadOut(BaseModel):
    """That the lead is safe with us, and which loket will be in touch."""

    lead_id: str
    loket: LoketCard
    appointment: SlotOut | None = None
    """The moment that was asked for with `slot_id`."""


class ConsentChoice(BaseModel):
    """One purpose: `contact` is needed, `transcript` is `share_transcript`, the others are named the same."""

    id: Purpose
    text: str
    required: bool


class ConsentOut(BaseModel):
    """The text that a lead agrees to; `html` is sanitised."""

    version: str
    html: str
    purposes: list[str]
    choices: list[ConsentChoice]
    """What can be agreed to one by one."""


@router.get("/consent", responses=problems(422))
def consent(
    settings: CurrentSettings,
    catalogue: CurrentCatalogue,
    region: Annotated[str | None, Query(max_length=80)] = None,
    locale: Annotated[Literal["nl", "en"], Query()] = "nl",
) -> ConsentOut:
    """The text that holds now for a region; without one, or with one we do not know, for the region of this site."""
    text = consent_text(_region(catalogue, region, settings.region), locale, settings.lead_retention)
    choices = [
        ConsentChoice(id=purpose, text=sentence, required=purpose is Purpose.CONTACT)
        for purpose, sentence in text.choices.items()
    ]
    return ConsentOut(version=text.version, html=text.html, purposes=list(text.purposes), choices=choices)


@router.get("/lokets/{loket_id}/slots", responses=problems(404))
def slots(
    loket_id: Annotated[str, Path(max_length=80)], session: StoreSession, catalogue: CurrentCatalogue
) -> list[SlotOut]:
    """The moments at which an appointment with this loket can be made, in order; those of two months ahead."""
    if not isinstance(catalogue.find(loket_id), Loket):
        raise NotFound("loket", loket_id)
    found = SlotStore(session).open(utc_now() + SHOWN_AHEAD, loket_id=loket_id)
    return [SlotOut.of(each) for each in found]


@router.post("/leads", status_code=201, responses=problems(401, 404, 409, 413, 422, 429, 503))
def leave_details(
    wish: LeadIn,
    session: StoreSession,
    conversations: Conversations,
    talks: Talks,
    settings: CurrentSettings,
    catalogue: CurrentCatalogue,
    token: Token,
) -> LeadOut:
    """
    Hand a visitor over to the loket that fits, with their story if `conversation_id` is given.

    A conversation needs its bearer token. The same wish twice within ten minutes is one lead. With `slot_id` an
    appointment is made at that moment, with its loket.
    """
    conversation = conversations.get(wish.conversation_id, token) if wish.conversation_id else None
    text = _agreed(wish.consent, catalogue, conversation.locale if conversation else "nl", settings.lead_retention)
    contact = parse_contact(wish.name, wish.email, wish.phone, wish.preferred_contact)
    message, given = wish.message or "", _purposes(wish.consent)
    if wish.slot_id is not None:
        made = Appointments(session, catalogue, settings).make(
            wish.slot_id, contact, message, text, given, conversation
        )
        taken, appointment = made.taken, SlotOut.of(made.booking.slot)
    else:
        taken = Intake(session, catalogue, settings).take(contact, message, text, given, conversation)
        appointment = None
    if conversation is not None:
        left = Happening(Event.DETAILS_LEFT, utc_now(), Reason.ASKED, lead_id=taken.lead.id)
        talks.happen(conversation.id, left.toward(taken.routed))
    return LeadOut(lead_id=taken.lead.id, loket=_card(taken.routed.loket, taken.lead.reason), appointment=appointment)


def _purposes(given: ConsentIn) -> dict[Purpose, bool]:
    return {
        Purpose.CONTACT: given.given,
        Purpose.REFER: given.refer,
        Purpose.TRANSCRIPT: given.share_transcript,
        Purpose.FOLLOW_UP: given.follow_up,
    }


def _agreed(given: ConsentIn, catalogue: Catalogue, locale: str, retention: timedelta) -> ConsentText:
    if not given.given:
        raise FieldsRefused({"consent.given": "Zonder jouw toestemming mogen we je gegevens niet bewaren."})
    text = current_text(catalogue, given.version, locale, retention)
    if text is None:
        raise FieldsRefused(
            {
                "consent.version": "De tekst over je gegevens is veranderd. Lees hem opnieuw en verstuur het nog een keer."
            }
        )
    return text


def _region(catalogue: Catalogue, wanted: str | None, otherwise: str) -> Region:
    for region_id in (wanted, otherwise):
        region = catalogue.find(region_id) if region_id else None
        if isinstance(region, Region):
            return region
    return catalogue.all(Region)[0]


def _card(loket: Loket, reason: str) -> LoketCard:
    return LoketCard(
        id=loket.id,
        title=loket.title,
        summary=loket.summary,
        reason=reason,
        url=str(loket.url) if loket.url else None,
        email=loket.email,
        phone=loket.phone,
        address=loket.address,
        hours=tuple(f"{', '.join(each.days)} {each.opens:%H:%M}-{each.closes:%H:%M}" for each in loket.hours),
    )
