"""Live conversations: who waits, one of them, and what an adviser does in it."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Header, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Adviser, AdviserWithForm, Audit, CurrentCatalogue, SignedInAdviser, StoreSession
from assistant.desk.pages.talks import ASSETS, talk_page, talks_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import NotFound, Refused
from assistant.handover.feed import Feed, Here
from assistant.handover.handover import Handover, Person
from assistant.handover.machine import Event, Happening, NotNow
from assistant.handover.streaming import EventStream, desk_events, talk_events
from assistant.handover.telling import first_name
from assistant.leads.contact import clean_text
from assistant.storage.clock import utc_now
from assistant.storage.conversations import ConversationStore
from assistant.storage.live import LiveTalks
from assistant.storage.talks import TalkStore
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_MAX_MESSAGE = 4000
_LAST = 2**31 - 1


def _talks(session: StoreSession, catalogue: CurrentCatalogue) -> TalkStore:
    return TalkStore(session, catalogue)


def _conversations(session: StoreSession) -> ConversationStore:
    return ConversationStore(session)


Talks = Annotated[TalkStore, Depends(_talks)]
Conversations = Annotated[ConversationStore, Depends(_conversations)]


@router.get("/static/talks.css")
@router.get("/static/talks.js")
def static(request: Request) -> Response:
    """The look and the liveliness of these pages."""
    content, media_type = ASSETS[request.url.path.rpartition("/")[2]]
    return Response(content, media_type=media_type, headers={"Cache-Control": "public, max-age=31536000, immutable"})


@router.get("/events")
async def listen_to_all(
    request: Request, adviser: Adviser, last_event_id: Annotated[str, Header(max_length=60)] = ""
) -> Response:
    """What the desk lists as it changes: live conversations, new leads."""
    since = utc_now()
    if last_event_id:
        try:
            given = datetime.fromisoformat(last_event_id)
            since = given if given.tzinfo else since
        except ValueError:
            pass
    feed, live, _ = _live(request)
    return EventStream(desk_events(feed, live, adviser.account.id, adviser.account.regions, since))


@router.post("/bereikbaar")
def be_reachable(
    request: Request, adviser: AdviserWithForm, talks: Talks, on: Annotated[str, Form(max_length=5)] = ""
) -> Response:
    """Whether this adviser can be called for a talk."""
    talks.set_reachable(_person(adviser), adviser.account.regions, on == "1")
    return _done(request, "/desk/gesprekken")


@router.get("/gesprekken")
def all_live(adviser: Adviser, talks: Talks, catalogue: CurrentCatalogue) -> Response:
    """Who waits for a person, and who has one."""
    talks.keep_reachable(adviser.account.id)
    live = talks.live(adviser.account.regions)
    return render("talks.html", talks_page(adviser, catalogue, live, talks.reachable(), utc_now()))


@router.get("/gesprekken/{conversation_id}")
def one(
    conversation_id: str,
    adviser: Adviser,
    talks: Talks,
    conversations: Conversations,
    catalogue: CurrentCatalogue,
    audit: Audit,
) -> Response:
    """One live conversation, with what can be done in it."""
    handover = talks.on_desk(conversation_id, adviser.account.regions)
    audit.record(Action.CONVERSATION_SEEN, conversation_id, [handover.region])
    talks.keep_reachable(adviser.account.id)
    talks.be_there(conversation_id, _person(adviser))
    return _page(conversation_id, adviser, talks, conversations, catalogue)


@router.get("/gesprekken/{conversation_id}/events")
async def listen_to_one(
    conversation_id: str,
    request: Request,
    adviser: Adviser,
    talks: Talks,
    after: Annotated[int, Query(ge=0, le=_LAST)] = 0,
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> Response:
    """What is said in it, who is there, and how it stands."""
    talks.on_desk(conversation_id, adviser.account.regions)
    if last_event_id.isascii() and last_event_id.isdigit():
        after = min(int(last_event_id), _LAST)
    feed, live, catalogue = _live(request)
    return EventStream(talk_events(feed, live, Here(conversation_id, _person(adviser)), after, lambda: catalogue))


@router.post("/gesprekken/{conversation_id}/neem")
def claim(conversation_id: str, request: Request, adviser: AdviserWithForm, talks: Talks, audit: Audit) -> Response:
    """Take the conversation, unless a colleague was first."""
    handover = talks.on_desk(conversation_id, adviser.account.regions)
    talks.be_there(conversation_id, _person(adviser))
    talks.happen(conversation_id, Happening(Event.CLAIMED, utc_now(), person=_person(adviser)))
    audit.record(Action.CONVERSATION_JOINED, conversation_id, [handover.region])
    return _done(request, _address(conversation_id))


@router.post("/gesprekken/{conversation_id}/bericht")
def say(
    conversation_id: str,
    request: Request,
    adviser: AdviserWithForm,
    talks: Talks,
    conversations: Conversations,
    catalogue: CurrentCatalogue,
    text: Annotated[str, Form(max_length=60_000)] = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Say something to the visitor; what cannot be sent comes back with its text."""
    talks.on_desk(conversation_id, adviser.account.regions)
    message = clean_text(text)
    if not 1 <= len(message) <= _MAX_MESSAGE:
        error = f"Je bericht is te lang: gebruik hoogstens {_MAX_MESSAGE} tekens." if message else "Schrijf eerst iets."
        return _page(conversation_id, adviser, talks, conversations, catalogue, error, message, 422)
    person = _person(adviser)
    try:
        talks.happen(conversation_id, Happening(Event.PERSON_SPOKE, utc_now(), person=person))
    except NotNow as not_now:
        return _page(conversation_id, adviser, talks, conversations, catalogue, not_now.visitor_message, message, 409)
    talks.say(conversation_id, "adviser", message, first_name(person.name), key or None)
    talks.stop_typing(conversation_id, person)
    return _done(request, _address(conversation_id) + "#schrijven")


@router.post("/gesprekken/{conversation_id}/typt")
def typing(conversation_id: str, adviser: AdviserWithForm, talks: Talks) -> Response:
    """The adviser is typing: the visitor sees it."""
    handover = talks.on_desk(conversation_id, adviser.account.regions)
    if handover.adviser == _person(adviser):
        talks.be_there(conversation_id, _person(adviser), is_typing=True)
    return Response(status_code=204)


@router.post("/gesprekken/{conversation_id}/terug")
def hand_back(conversation_id: str, request: Request, adviser: AdviserWithForm, talks: Talks) -> Response:
    """Give the conversation to the assistant."""
    talks.on_desk(conversation_id, adviser.account.regions)
    talks.happen(conversation_id, Happening(Event.HANDED_BACK, utc_now(), person=_person(adviser)))
    return _done(request, "/desk/gesprekken")


@router.post("/gesprekken/{conversation_id}/doorgeven")
def transfer(
    conversation_id: str,
    request: Request,
    adviser: AdviserWithForm,
    talks: Talks,
    catalogue: CurrentCatalogue,
    to: Annotated[str, Form(max_length=100)] = "",
    note: Annotated[str, Form(max_length=_MAX_MESSAGE)] = "",
) -> Response:
    """Pass it on to a colleague or another loket, with a note that the visitor does not see."""
    handover = talks.on_desk(conversation_id, adviser.account.regions)
    passed = _passed_to(to, handover, adviser, talks, catalogue)
    talks.happen(conversation_id, passed)
    words = clean_text(note)
    if words:
        name = first_name(adviser.account.name)
        talks.say(conversation_id, "adviser", words, name, for_visitor=False)
    return _done(request, "/desk/gesprekken")


@router.post("/gesprekken/{conversation_id}/sluiten")
def close(conversation_id: str, request: Request, adviser: AdviserWithForm, talks: Talks) -> Response:
    """End it."""
    talks.on_desk(conversation_id, adviser.account.regions)
    talks.happen(conversation_id, Happening(Event.ENDED, utc_now(), person=_person(adviser)))
    return _done(request, "/desk/gesprekken")


def _passed_to(
    to: str, handover: Handover, adviser: SignedInAdviser, talks: TalkStore, catalogue: Catalogue
) -> Happening:
    """
    To whom a conversation goes.

    :raises Refused: If that is nobody, or a colleague who cannot be called now.
    """
    kind, _, id_ = to.partition(":")
    passed = Happening(
        Event.TRANSFERRED,
        utc_now(),
        person=_person(adviser),
        loket_id=handover.loket_id,
        loket_title=handover.loket_title,
        region=handover.region,
    )
    if kind == "account":
        regions = {region: each for region, people in talks.reachable().items() for each in people if each.id == id_}
        if not regions:
            raise Refused("Deze collega is nu niet bereikbaar. Kies iemand anders.")
        # A colleague of another region gets the conversation there.
        region = handover.region if handover.region in regions else next(iter(regions))
        return replace(passed, wanted=regions[region], region=region)
    loket = catalogue.find(id_) if kind == "loket" else None
    if not isinstance(loket, Loket) or not loket.regions or not loket.takes_leads:
        raise Refused("Kies eerst een collega of een loket.")
    region = handover.region if handover.region in loket.regions else loket.regions[0]
    return replace(passed, loket_id=loket.id, loket_title=loket.title, region=region)


def _page(
    conversation_id: str,
    adviser: SignedInAdviser,
    talks: TalkStore,
    conversations: ConversationStore,
    catalogue: Catalogue,
    error: str = "",
    text: str = "",
    status_code: int = 200,
) -> Response:
    conversation = conversations.find(conversation_id)
    if conversation is None:
        raise NotFound("conversation", conversation_id)
    page = talk_page(
        adviser,
        catalogue,
        conversation,
        talks.find(conversation_id),
        conversations.turns(conversation),
        talks.said(conversation_id),
        talks.there(conversation_id),
        talks.reachable(),
        utc_now(),
        error,
        text,
    )
    return render("talk.html", page, status_code)


def _live(request: Request) -> tuple[Feed, LiveTalks, Catalogue]:
    state = request.app.state
    return cast(Feed, state.feed), cast(LiveTalks, state.live), cast(Catalogue, state.knowledge.catalogue)


def _person(adviser: SignedInAdviser) -> Person:
    return Person(id=adviser.account.id, name=adviser.account.name)


def _address(conversation_id: str) -> str:
    return f"/desk/gesprekken/{conversation_id}"


def _done(request: Request, address: str) -> Response:
    """Nothing for a script, the next page for a form."""
    if request.headers.get("accept", "").startswith("application/json"):
        return Response(status_code=204)
    return RedirectResponse(address, status_code=303)
