"""A visitor who wants a person: the lead with what was agreed to, its mail and the visitor's copy, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assistant.eligibility.profile import KnownFact
from assistant.leads.consent import ConsentText, Purpose
from assistant.leads.contact import Contact, clean_text
from assistant.leads.intake import Story, new_lead, story_of
from assistant.leads.lead import Consent, Lead
from assistant.leads.mail import copy_mail, lead_mail
from assistant.leads.routing import RoutedTo, route_lead
from assistant.leads.transcript import shared_turn
from assistant.settings import Settings
from assistant.storage.clock import Clock, utc_now
from assistant.storage.consents import ConsentStore
from assistant.storage.conversations import Conversation, ConversationStore
from assistant.storage.counts import count_opening
from assistant.storage.earlier import EarlierStore
from assistant.storage.leads import LeadStore
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class Taken:
    """The lead; and whether it is new, or was there already because the same was sent twice."""

    lead: Lead
    routed: RoutedTo
    is_new: bool


class Intake:
    """Takes leads in, within the transaction of one session."""

    def __init__(self, session: Session, catalogue: Catalogue, settings: Settings, clock: Clock = utc_now) -> None:
        self._session = session
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock
        self._conversations = ConversationStore(session, clock)
        self._leads = LeadStore(session, clock)
        self._consents = ConsentStore(session, clock)
        self._earlier = EarlierStore(session, clock)

    def take(
        self,
        contact: Contact,
        message: str,
        text: ConsentText,
        given: Mapping[Purpose, bool],
        conversation: Conversation | None = None,
        routed: RoutedTo | None = None,
        due_at: datetime | None = None,
        told: Sequence[KnownFact] = (),
        locale: str = "",
    ) -> Taken:
        """
        Take somebody in.

        :param given: For each purpose whether it was agreed to.
        :param conversation: What was told before; its turns go along if that was agreed to.
        :param routed: The loket, if it was chosen; None: the one that fits.
        :param due_at: By when somebody is in touch, if that is settled: the end of an appointment.
        :param told: Facts that the form itself asked; they come after what was told in the conversation.
        :param locale: What the visitor reads on the form; empty: what they read in the conversation.
        :raises NoLoket: If no loket takes leads.
        """
        now = self._clock()
        is_shared = given.get(Purpose.TRANSCRIPT, False)
        agreed = Consent(version=text.version, text=text.html, given_at=now, share_transcript=is_shared)
        story = self._story(conversation, is_shared).with_facts(told)
        if routed is None:
            facts = {fact.name: fact.value for fact in story.facts}
            routed = route_lead(self._catalogue, facts, (conversation.region if conversation else "") or text.region)
        lead = new_lead(contact, clean_text(message), agreed, story, routed, now, due_at)
        kept = self._leads.add(lead, lead_mail(lead, routed.loket, self._settings))
        if kept.id != lead.id:
            return Taken(kept, routed, is_new=False)
        if conversation and (opening := conversation.state.get("opening")):
            count_opening(self._session, now.date(), conversation.region, str(opening), is_lead=True)
        code = self._consents.keep(lead.id, given)
        locale = locale or (conversation.locale if conversation else "nl")
        agreed_to = {purpose for purpose, yes in given.items() if yes}
        copy = copy_mail(lead, agreed_to, code, locale, self._settings, self._earlier.ask(lead))
        if copy is not None:
            self._consents.send_copy(lead.id, copy)
        return Taken(kept, routed, is_new=True)

    def _story(self, conversation: Conversation | None, is_shared: bool) -> Story:
        if conversation is None:
            return Story()
        turns = self._conversations.turns(conversation) if is_shared else []
        transcript = tuple(
            shared_turn(turn.number, turn.question or turn.choice_label, turn.reply, turn.created_at, turn.trace)
            for turn in turns
        )
        return story_of(conversation.id, conversation.state, transcript)
