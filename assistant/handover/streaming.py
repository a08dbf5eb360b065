"""Server-sent events as they go over the line: what was missed, how it stands, and then what changes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.responses import StreamingResponse

from assistant.handover.feed import Feed, Here, LiveStore, Moment
from assistant.handover.stream import Carried, ClosedShown, HandoverShown, PresenceShown
from assistant.handover.telling import presence, shown
from knowledge.catalogue import Catalogue

HEARTBEAT_SECONDS = 15.0
_TYPING_SECONDS = 3.0
_ADVISER_LINE = timedelta(minutes=10)
"""After this an adviser's browser connects again, and so shows that it is still logged in."""
_RETRY_MS = 3000
_OVERLAP = timedelta(seconds=10)
"""What is kept a little later than something newer is told too, and nothing twice."""
_GONE = {
    "nl": "Dit gesprek is gewist. Begin een nieuw gesprek als je nog een vraag hebt.",
    "en": "This conversation was erased. Start a new one if you have another question.",
}


class EventStream(StreamingResponse):
    """Events as they come; nobody on the way may keep them or hold them back."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[bytes], status_code: int = 200) -> None:
        super().__init__(events, status_code, {"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


async def talk_events(
    feed: Feed, store: LiveStore, here: Here, after: int, catalogue: Callable[[], Catalogue]
) -> AsyncIterator[bytes]:
    """
    The events of one conversation, until it is gone, its listener goes, or the server stops.

    :param here: Who listens. A visitor is not given what is for advisers alone.
    :param after: The number of the last message that was received.
    """
    yield format_sse_event(retry=_RETRY_MS)
    told: tuple[HandoverShown | None, PresenceShown | None] = (None, None)
    locale, moment, has_news = "nl", None, True
    ends_at = datetime.now(UTC) + _ADVISER_LINE if here.person else None
    with feed.talk(here) as watch:
        await asyncio.to_thread(store.arrive, here)
        while not watch.is_over and (ends_at is None or datetime.now(UTC) < ends_at):
            if has_news or moment is None:
                moment = await asyncio.to_thread(store.moment, here.conversation_id, after)
                if moment is None:
                    watch.is_forgotten = True
                    break
                locale = moment.locale
                for said in moment.said:
                    after = said.number
                    if said.for_visitor or here.person:
                        yield _event("message", said.message, after)
            # The time alone may open a loket: told anew at every beat, from what was read last.
            tells = _tells(moment, here, catalogue(), feed)
            for name, new, old in zip(("state", "presence"), tells, told, strict=True):
                if new != old and not (old is None and new == PresenceShown()):
                    yield _event(name, new)
            told = tells
            is_typing = any(each.doing == "typing" for each in tells[1].people)
            has_news = await watch.news(_TYPING_SECONDS if is_typing else HEARTBEAT_SECONDS)
            if not has_news:
                yield KEEPALIVE_COMMENT
                has_news = moment.is_live or bool(moment.there)
    if watch.is_forgotten:
        yield _event("closed", ClosedShown(text=_GONE[locale]))


async def desk_events(
    feed: Feed, store: LiveStore, account_id: str, regions: Sequence[str], since: datetime
) -> AsyncIterator[bytes]:
    """
    What an adviser's desk lists: live conversations whole when one changed, each new lead, and each mail that comes in.

    :param since: The moment of the last lead that was received.
    """
    yield format_sse_event(retry=_RETRY_MS)
    told: Carried | None = None
    seen: set[str | int] = set()
    answers_since = datetime.now(UTC)
    ends_at = datetime.now(UTC) + _ADVISER_LINE
    with feed.desk(account_id) as watch:
        while not watch.is_over and datetime.now(UTC) < ends_at:
            talks = await asyncio.to_thread(store.talks, regions)
            if talks != told:
                told = talks
                yield _event("talks", talks)
            for lead in await asyncio.to_thread(store.leads_since, regions, since - _OVERLAP):
                if lead.lead_id not in seen and lead.created_at > since - _OVERLAP:
                    seen.add(lead.lead_id)
                    since = max(since, lead.created_at)
                    yield _event("lead", lead, lead.created_at.isoformat())
            for answer in await asyncio.to_thread(store.answers_since, regions, answers_since):
                if answer.answer_id not in seen:
                    seen.add(answer.answer_id)
                    answers_since = max(answers_since, answer.at)
                    yield _event("answer", answer)
            if not await watch.news(HEARTBEAT_SECONDS):
                yield KEEPALIVE_COMMENT


def _tells(moment: Moment, here: Here, catalogue: Catalogue, feed: Feed) -> tuple[HandoverShown, PresenceShown]:
    """How it stands, and who is there: to a visitor advisers alone, to an adviser everybody else."""
    own = here.person.id if here.person else ""
    people = tuple(each.onlooker for each in moment.there if each.person_id != own)
    state = shown(moment.handover, catalogue, moment.locale, datetime.now(UTC), feed.reachable)
    return state, presence(people, "nl" if here.person else moment.locale)


def _event(name: str, data: Carried, number: int | str | None = None) -> bytes:
    return format_sse_event(event=name, data_str=data.model_dump_json(), id=str(number) if number is not None else None)
