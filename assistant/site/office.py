"""What every form that ends at a loket needs: the store, the settings, what is agreed to, and the chat it came from."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from assistant.handover.handover import Reason
from assistant.handover.machine import Event, Happening
from assistant.leads.consent import ConsentText, consent_text
from assistant.leads.intake import story_of
from assistant.leads.routing import RoutedTo, route_lead
from assistant.settings import Settings
from assistant.site.carried import carried_conversation
from assistant.site.visit import CurrentVisit, Visit
from assistant.storage.clock import utc_now
from assistant.storage.conversations import Conversation
from assistant.storage.intake import Taken
from assistant.storage.session import Sessions
from assistant.storage.talks import TalkStore
from knowledge.fact import FactValue
from knowledge.place import Region


@dataclass(frozen=True)
class Office:
    """One request to a form that ends at a loket."""

    sessions: Sessions
    settings: Settings
    visit: Visit

    @property
    def region(self) -> Region:
        """The visitor's region, else the one of this site."""
        if self.visit.region is not None:
            return self.visit.region
        home = self.visit.catalogue.find(self.visit.home_region)
        return home if isinstance(home, Region) else self.visit.catalogue.all(Region)[0]

    def consent(self, region_id: str) -> ConsentText:
        """What is agreed to in a region."""
        found = self.visit.catalogue.find(region_id)
        region = found if isinstance(found, Region) else self.region
        return consent_text(region, self.visit.locale, self.settings.lead_retention)

    def conversation(self, session: Session, code: str) -> Conversation | None:
        """The conversation that goes along."""
        return carried_conversation(session, self.settings, code)

    def told(self, conversation: Conversation) -> dict[str, FactValue]:
        """What was told in a conversation, by the name of each fact."""
        return {fact.name: fact.value for fact in story_of(conversation.id, conversation.state, ()).facts}

    def loket_for(self, conversation: Conversation) -> RoutedTo:
        """
        The loket that fits what was told in a conversation.

        :raises NoLoket: If no loket takes leads.
        """
        return route_lead(self.visit.catalogue, self.told(conversation), conversation.region or self.region.id)

    def tell_chat(self, session: Session, conversation: Conversation | None, taken: Taken) -> None:
        """Let the chat know that a loket has the visitor's details."""
        if conversation is not None:
            left = Happening(Event.DETAILS_LEFT, utc_now(), Reason.ASKED, lead_id=taken.lead.id)
            TalkStore(session, self.visit.catalogue).happen(conversation.id, left.toward(taken.routed))


def _office(request: Request, visit: CurrentVisit) -> Office:
    state = request.app.state
    return Office(cast(Sessions, state.sessions), cast(Settings, state.settings), visit)


CurrentOffice = Annotated[Office, Depends(_office)]
