"""What a route may ask for, by type. A session commits after the route and before its response leaves."""

from collections.abc import Iterator
from typing import Annotated, Protocol, cast

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.consents import ConsentStore
from assistant.storage.conversations import Conversation, ConversationStore
from assistant.storage.feedback import FeedbackStore
from assistant.storage.leads import LeadStore
from assistant.storage.receipts import ReceiptStore
from assistant.storage.saved import SavedStore
from assistant.storage.session import Sessions
from assistant.storage.talks import TalkStore
from assistant.zelftest.replay import Replayer
from knowledge.catalogue import Catalogue

_bearer = HTTPBearer(auto_error=False, description="The token that came with the conversation.")


class Knowledge(Protocol):
    """What the application publishes at this moment (`app.state.knowledge`)."""

    @property
    def catalogue(self) -> Catalogue:
        """The published records; it may be another one at the next request."""
        ...


def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


def _catalogue(request: Request) -> Catalogue:
    return cast(Knowledge, request.app.state.knowledge).catalogue


def _sessions(request: Request) -> Sessions:
    return cast(Sessions, request.app.state.sessions)


def _replayer(request: Request) -> Replayer:
    return cast(Replayer, request.app.state.replayer)


def _session(request: Request) -> Iterator[Session]:
    with _sessions(request).begin() as session:
        yield session


def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    return credentials.credentials if credentials else ""


CurrentSettings = Annotated[Settings, Depends(_settings)]
CurrentCatalogue = Annotated[Catalogue, Depends(_catalogue)]
CurrentReplayer = Annotated[Replayer, Depends(_replayer)]
PeopleStore = Annotated[Sessions, Depends(_sessions)]
"""For what only now and then has something to keep, and then in a transaction of its own."""
StoreSession = Annotated[Session, Depends(_session, scope="function")]
Token = Annotated[str, Depends(_token)]
"""The bearer token; empty when there is none, which opens nothing."""
ConversationId = Annotated[str, Path(max_length=64, description="The id that came with the conversation.")]


def _conversations(session: StoreSession) -> ConversationStore:
    return ConversationStore(session)


def _leads(session: StoreSession) -> LeadStore:
    return LeadStore(session)


def _consents(session: StoreSession) -> ConsentStore:
    return ConsentStore(session)


def _feedback(session: StoreSession) -> FeedbackStore:
    return FeedbackStore(session)


def _receipts(session: StoreSession) -> ReceiptStore:
    return ReceiptStore(session)


def _saved(session: StoreSession, settings: CurrentSettings) -> SavedStore:
    return SavedStore(session, settings.saved_retention)


def _accounts(session: StoreSession) -> AccountStore:
    return AccountStore(session)


def _talks(session: StoreSession, catalogue: CurrentCatalogue) -> TalkStore:
    return TalkStore(session, catalogue)


Conversations = Annotated[ConversationStore, Depends(_conversations)]
Consents = Annotated[ConsentStore, Depends(_consents)]
Talks = Annotated[TalkStore, Depends(_talks)]
Leads = Annotated[LeadStore, Depends(_leads)]
Feedback = Annotated[FeedbackStore, Depends(_feedback)]
Receipts = Annotated[ReceiptStore, Depends(_receipts)]
Saved = Annotated[SavedStore, Depends(_saved)]
Accounts = Annotated[AccountStore, Depends(_accounts)]


def _own_conversation(conversation_id: ConversationId, token: Token, conversations: Conversations) -> Conversation:
    return conversations.get(conversation_id, token)


OwnConversation = Annotated[Conversation, Depends(_own_conversation)]
"""The conversation in the path, opened with the token; 404 or 401 otherwise."""
