"""Ways on from a reply to the pages of this site on which one meets people, with the conversation going along."""

from typing import Literal
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session

from assistant.accounts.signed import signed
from assistant.answering.reply import Block, EventsBlock, LeadFormBlock, LoketBlock, PageLink, Reply
from assistant.handover.availability import openness_in_words
from assistant.meetings.slot import SHOWN_AHEAD
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.conversations import STORY
from assistant.storage.slots import SlotStore
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

_WORDS: dict[str, dict[Literal["nl", "en"], str]] = {
    "appointment": {"nl": "Kies zelf een moment om te praten", "en": "Choose a moment to talk"},
    "day": {"nl": "Vraag een dag meelopen aan", "en": "Ask for a day along at a school"},
    "register": {"nl": "Meld je aan", "en": "Register"},
    "calendar": {"nl": "Zet in je agenda", "en": "Add to calendar"},
}


def with_meetings(
    reply: Reply,
    conversation: tuple[str, str],
    session: Session,
    catalogue: Catalogue,
    settings: Settings,
    home: str,
) -> Reply:
    """
    The reply, with links beside the lokets, events and forms in it, and whether a loket is open now; most replies have none
    of these.

    :param conversation: Its id and its region.

    :param home: The address of this installation.
    """
    if not any(isinstance(block, LoketBlock | EventsBlock | LeadFormBlock) for block in reply.blocks):
        return reply
    conversation_id, region = conversation
    query = {"regio": region, "gesprek": signed(settings, STORY, {"conversation": conversation_id})}
    maker = _Beside(home.rstrip("/"), reply.locale, query, SlotStore(session), catalogue)
    loket_id = reply.handoff.loket if reply.handoff else ""
    return reply.model_copy(update={"blocks": tuple(maker.beside(block, loket_id) for block in reply.blocks)})


def home_of(request: Request, settings: Settings) -> str:
    """The address of this installation as it was set, else as the visitor's browser knows it."""
    return settings.public_url if "public_url" in settings.model_fields_set else str(request.base_url)


class _Beside:
    def __init__(
        self, home: str, locale: Literal["nl", "en"], query: dict[str, str], slots: SlotStore, catalogue: Catalogue
    ) -> None:
        self._home = home
        self._locale = locale
        self._query = query
        self._slots = slots
        self._catalogue = catalogue

    def beside(self, block: Block, loket_id: str) -> Block:
        """The block with its links."""
        if isinstance(block, LoketBlock):
            record = self._catalogue.find(block.loket.id)
            opening = openness_in_words(record, utc_now(), self._locale) if isinstance(record, Loket) else ""
            hours = (*([opening] if opening else []), *block.loket.hours)
            card = block.loket.model_copy(update={"links": self._appointment(block.loket.id), "hours": hours})
            return block.model_copy(update={"loket": card})
        if isinstance(block, LeadFormBlock):
            return block.model_copy(update={"links": self._appointment(loket_id)})
        if isinstance(block, EventsBlock):
            opened = self._slots.of_events()
            now = utc_now()
            items = []
            for item in block.items:
                slot = opened.get(item.id)
                register = (self._link("register", f"/aanmelden/{item.id}"),) if slot and slot.is_open(now) else ()
                calendar = (self._link("calendar", f"/agenda/{item.id}.ics"),) if item.has_day else ()
                items.append(item.model_copy(update={"links": (*register, *calendar)}))
            return block.model_copy(update={"items": tuple(items), "links": (self._link("day", "/meelopen"),)})
        return block

    def _appointment(self, loket_id: str) -> tuple[PageLink, ...]:
        if not loket_id or not self._slots.open(utc_now() + SHOWN_AHEAD, loket_id=loket_id):
            return ()
        return (self._link("appointment", "/afspraak", loket=loket_id),)

    def _link(self, word: str, path: str, **query: str) -> PageLink:
        along = (
            {} if word == "calendar" else {**query, **self._query, **({"taal": "en"} if self._locale == "en" else {})}
        )
        address = f"{self._home}{path}" + (f"?{urlencode(along)}" if along else "")
        return PageLink(label=_WORDS[word][self._locale], url=address)
