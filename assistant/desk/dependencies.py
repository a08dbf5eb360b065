"""What a page of the desk may ask for, by type. Who is not logged in is sent to the login page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, cast

from fastapi import Depends, Form, Request
from sqlalchemy.orm import Session

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.role import May
from assistant.answering.gaps import KeptVectors
from assistant.desk.signing import is_same_token, session_token
from assistant.errors import LoketError
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.audit import record_audit
from assistant.storage.desk_sessions import DeskSessionStore
from assistant.storage.digests import DigestStore
from assistant.storage.gaps import GapStore
from assistant.storage.inbox import InboxStore
from assistant.storage.leads import LeadStore
from assistant.storage.receipts import KeptReceipt, ReceiptStore
from assistant.storage.session import Sessions
from assistant.zelftest.replay import Replayer, Since
from knowledge.catalogue import Catalogue


class LoginNeeded(LoketError):
    """Nobody is logged in, or not any more."""

    status_code = 401
    title = "Not logged in"
    visitor_message = "Log eerst in."

    def __init__(self, wanted: str) -> None:
        """:param wanted: The page to come back to after logging in."""
        super().__init__("nobody is logged in on the desk")
        self.wanted = wanted


class FormExpired(LoketError):
    """A form without the token of this session: too old, or made by another site."""

    status_code = 403
    title = "Form expired"
    visitor_message = "Dit formulier is verlopen. Ga terug, laad de pagina opnieuw en verstuur het nog een keer."

    def __init__(self, colleague: "SignedInAdviser") -> None:
        """:param colleague: Who is there; they may send it again."""
        super().__init__("a form on the desk came without the token of its session")
        self.colleague = colleague


class SecondStepNeeded(LoketError):
    """The region of whoever is there asks for a second step, and they have none yet."""

    status_code = 403
    title = "Second step needed"
    visitor_message = "Jullie regio vraagt een tweede stap bij het inloggen. Zet die eerst aan."

    def __init__(self) -> None:
        super().__init__("an account without a second step, in a region of LOKET_SECOND_STEP_FOR")


class NotPermitted(LoketError):
    """The role of whoever is there has other work."""

    status_code = 403
    title = "Not permitted"
    visitor_message = (
        "Dit onderdeel hoort niet bij jouw rol. Heb je het nodig? Vraag het aan de beheerder van jullie regio."
    )

    def __init__(self, what: May) -> None:
        super().__init__(f"the role of this account does not permit {what.value}")


@dataclass(frozen=True)
class SignedInAdviser:
    """Who is at the desk, and the token for the forms they get."""

    account: Account
    csrf: str
    session_id: str


def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


def _catalogue(request: Request) -> Catalogue:
    return cast(Catalogue, request.app.state.knowledge.catalogue)


def _session(request: Request) -> Iterator[Session]:
    # Not `begin()`: counting an attempt commits halfway.
    with cast(Sessions, request.app.state.sessions)() as session:
        yield session
        session.commit()


CurrentSettings = Annotated[Settings, Depends(_settings)]
CurrentCatalogue = Annotated[Catalogue, Depends(_catalogue)]
StoreSession = Annotated[Session, Depends(_session, scope="function")]
"""The transaction of this request."""


def _leads(session: StoreSession) -> LeadStore:
    return LeadStore(session)


def _accounts(session: StoreSession) -> AccountStore:
    return AccountStore(session)


def _question_vectors(request: Request) -> KeptVectors:
    state = request.app.state
    if not hasattr(state, "question_vectors"):
        state.question_vectors = KeptVectors(lambda text: state.knowledge.search.embed(text))
    return cast(KeptVectors, state.question_vectors)


def _digests(session: StoreSession) -> DigestStore:
    return DigestStore(session)


def _gaps(session: StoreSession) -> GapStore:
    return GapStore(session)


@dataclass(frozen=True)
class Advices:
    """The advice that a lead came with, beside what it would be today."""

    _request: Request
    _session: Session

    def of(self, number: str | None) -> tuple[KeptReceipt, Since] | None:
        """The receipt and what changed since; None if there is none, or it is not kept any more."""
        if number is None:
            return None
        try:
            kept = ReceiptStore(self._session).get(number)
        except LoketError:
            return None
        state = self._request.app.state
        return kept, cast(Replayer, state.replayer).since(kept.receipt, state.knowledge.eligibility)


def _advices(request: Request, session: StoreSession) -> Advices:
    return Advices(request, session)


CurrentAdvices = Annotated[Advices, Depends(_advices)]
Leads = Annotated[LeadStore, Depends(_leads)]
Digests = Annotated[DigestStore, Depends(_digests)]
Gaps = Annotated[GapStore, Depends(_gaps)]
QuestionVectors = Annotated[KeptVectors, Depends(_question_vectors)]
"""What questions mean, to put together those that ask the same."""
Accounts = Annotated[AccountStore, Depends(_accounts)]


def desk_sessions(session: Session, settings: Settings) -> DeskSessionStore:
    """The sessions of colleagues, with the periods of this installation."""
    return DeskSessionStore(session, settings.session_idle, settings.session_length)


def _desk_sessions(session: StoreSession, settings: CurrentSettings) -> DeskSessionStore:
    return desk_sessions(session, settings)


DeskSessions = Annotated[DeskSessionStore, Depends(_desk_sessions)]


def signed_in_adviser(
    request: Request, accounts: AccountStore, desk_sessions: DeskSessionStore
) -> SignedInAdviser | None:
    """Who the cookie says is there, if the session is not over and the account still enabled."""
    there = desk_sessions.find(session_token(request))
    account = accounts.find(there.account_id) if there else None
    if there is None or account is None:
        return None
    return SignedInAdviser(account=account, csrf=there.csrf, session_id=there.id)


def _colleague(request: Request, accounts: Accounts, desk_sessions: DeskSessions) -> SignedInAdviser:
    adviser = signed_in_adviser(request, accounts, desk_sessions)
    if adviser is None:
        # After a form the way back is the inbox: its own address answers to POST alone.
        wanted = f"{request.url.path}?{request.url.query}".rstrip("?") if request.method == "GET" else "/desk"
        raise LoginNeeded(wanted)
    return adviser


_Anybody = Annotated[SignedInAdviser, Depends(_colleague)]


def needs_second_step(account: Account, settings: Settings) -> bool:
    """Whether a region of theirs asks for one. Who logs in at their own organisation alone is asked there."""
    asking = settings.second_step_for
    is_elsewhere = bool(settings.oidc_issuer) and not account.has_password
    return not is_elsewhere and ("*" in asking or not set(asking).isdisjoint(account.roles))


def lacks_second_step(account: Account, settings: Settings) -> bool:
    """Whether it has to be set before anything else."""
    return needs_second_step(account, settings) and not account.has_second_step


@dataclass(frozen=True)
class Permitted:
    """Asks for somebody whose role may do something; a test reads `what` off every route."""

    what: May

    def __call__(self, colleague: _Anybody, settings: CurrentSettings) -> SignedInAdviser:
        """
        Who is there. Of their regions only those count in which their role permits it.

        :raises NotPermitted: If their role may not.
        :raises SecondStepNeeded: If they have to set one first; their own account is open to them, where that is done.
        """
        if not colleague.account.may(self.what):
            raise NotPermitted(self.what)
        if self.what is not May.OWN_ACCOUNT and lacks_second_step(colleague.account, settings):
            raise SecondStepNeeded
        return replace(colleague, account=colleague.account.doing(self.what))


def _with_form(colleague: _Anybody, csrf: Annotated[str, Form(max_length=100)] = "") -> None:
    if not is_same_token(csrf, colleague.csrf):
        raise FormExpired(colleague)


def _sent_by(permitted: Permitted) -> Callable[..., SignedInAdviser]:
    """The same, of a form that this desk gave them."""

    def sender(
        colleague: Annotated[SignedInAdviser, Depends(permitted)], _: Annotated[None, Depends(_with_form)]
    ) -> SignedInAdviser:
        return colleague

    return sender


_LEADS, _QUESTIONS, _DOCUMENTS, _OWN = map(Permitted, (May.LEADS, May.QUESTIONS, May.DOCUMENTS, May.OWN_ACCOUNT))
_TEAM, _AUDIT, _PRIVACY = map(Permitted, (May.TEAM, May.AUDIT, May.PRIVACY))
Adviser = Annotated[SignedInAdviser, Depends(_LEADS)]
"""Who may read and work on the leads of their regions."""
AdviserWithForm = Annotated[SignedInAdviser, Depends(_sent_by(_LEADS))]
"""An adviser who sent a form that this desk gave them; each kind of colleague below has such a one too."""
QuestionReader = Annotated[SignedInAdviser, Depends(_QUESTIONS)]
QuestionReaderWithForm = Annotated[SignedInAdviser, Depends(_sent_by(_QUESTIONS))]
DocumentMaker = Annotated[SignedInAdviser, Depends(_DOCUMENTS)]
DocumentMakerWithForm = Annotated[SignedInAdviser, Depends(_sent_by(_DOCUMENTS))]
Colleague = Annotated[SignedInAdviser, Depends(_OWN)]
"""Anybody who works here."""
ColleagueWithForm = Annotated[SignedInAdviser, Depends(_sent_by(_OWN))]
TeamAdmin = Annotated[SignedInAdviser, Depends(_TEAM)]
TeamAdminWithForm = Annotated[SignedInAdviser, Depends(_sent_by(_TEAM))]
AuditReader = Annotated[SignedInAdviser, Depends(_AUDIT)]
PrivacyAdmin = Annotated[SignedInAdviser, Depends(_PRIVACY)]
PrivacyAdminWithForm = Annotated[SignedInAdviser, Depends(_sent_by(_PRIVACY))]


@dataclass(frozen=True)
class Auditing:
    """Writes down what the signed-in colleague does, in the transaction of this request."""

    _session: Session
    _by: Account

    def record(self, action: Action, subject: str = "", regions: Sequence[str] = (), detail: str = "") -> None:
        """See `record_audit`."""
        record_audit(self._session, self._by, action, subject, regions, detail)


def _auditing(session: StoreSession, colleague: _Anybody) -> Auditing:
    return Auditing(session, colleague.account)


Audit = Annotated[Auditing, Depends(_auditing)]


def _inbox(adviser: Adviser, session: StoreSession) -> InboxStore:
    return InboxStore(session, adviser.account.id)


Inbox = Annotated[InboxStore, Depends(_inbox)]
"""The leads as this adviser sees them."""
