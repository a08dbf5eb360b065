"""Leaving one's details with a loket, and the text that one agrees to."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from assistant.answering.reply import LoketCard
from assistant.api.dependencies import Consents, Conversations, CurrentCatalogue, CurrentSettings, Leads, Talks, Token
from assistant.api.problem import problems
from assistant.errors import FieldsRefused
from assistant.handover.handover import Reason
from assistant.handover.machine import Event, Happening
from assistant.leads.consent import ConsentText, Purpose, consent_text, current_text
from assistant.leads.contact import PreferredContact, clean_text, parse_contact
from assistant.leads.intake import Story, new_lead, story_of
from assistant.leads.lead import Consent
from assistant.leads.mail import copy_mail, lead_mail
from assistant.leads.routing import route_lead
from assistant.leads.transcript import shared_turn
from assistant.storage.clock import utc_now
from assistant.storage.conversations import Conversation, ConversationStore
from knowledge.catalogue import Catalogue
from knowledge.place import Loket, Region

router = APIRouter(prefix="/api/v1", tags=["leads"])


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
    message: str | None = Field(default=None, max_length=2000)
    consent: ConsentIn


class LeadOut(BaseModel):
    """That the lead is safe with us, and which loket will be in touch."""

    lead_id: str
    loket: LoketCard


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


@router.post("/leads", status_code=201, responses=problems(401, 404, 413, 422, 429, 503))
def leave_details(
    wish: LeadIn,
    leads: Leads,
    conversations: Conversations,
    talks: Talks,
    consents: Consents,
    settings: CurrentSettings,
    catalogue: CurrentCatalogue,
    token: Token,
) -> LeadOut:
    """
    Hand a visitor over to the loket that fits, with their story if `conversation_id` is given.

    A conversation needs its bearer token. The same wish twice within ten minutes is one lead.
    """
    conversation = conversations.get(wish.conversation_id, token) if wish.conversation_id else None
    now = utc_now()
    locale = conversation.locale if conversation else "nl"
    text = _agreed(wish.consent, catalogue, locale, settings.lead_retention)
    contact = parse_contact(wish.name, wish.email, wish.phone, wish.preferred_contact)
    agreed = Consent(version=text.version, text=text.html, given_at=now, share_transcript=wish.consent.share_transcript)
    story = _story(conversation, conversations, agreed.share_transcript)
    facts = {fact.name: fact.value for fact in story.facts}
    routed = route_lead(catalogue, facts, (conversation.region if conversation else "") or text.region)
    lead = new_lead(contact, clean_text(wish.message or ""), agreed, story, routed, now)
    kept = leads.add(lead, lead_mail(lead, routed.loket, settings))
    if kept.id == lead.id:
        given = _purposes(wish.consent)
        code = consents.keep(lead.id, given)
        copy = copy_mail(lead, {purpose for purpose, yes in given.items() if yes}, code, locale, settings)
        if copy is not None:
            consents.send_copy(lead.id, copy)
    if conversation is not None:
        left = Happening(Event.DETAILS_LEFT, now, Reason.ASKED, lead_id=kept.id)
        talks.happen(conversation.id, left.toward(routed))
    return LeadOut(lead_id=kept.id, loket=_card(routed.loket, kept.reason))


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


def _story(conversation: Conversation | None, conversations: ConversationStore, is_shared: bool) -> Story:
    if conversation is None:
        return Story()
    turns = conversations.turns(conversation) if is_shared else []
    transcript = tuple(
        shared_turn(turn.number, turn.question or turn.choice_label, turn.reply, turn.created_at, turn.trace)
        for turn in turns
    )
    return story_of(conversation.id, conversation.state, transcript)


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
