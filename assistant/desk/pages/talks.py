"""What the pages of live conversations show: who waits, and one conversation with everything said in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assistant.answering.state import ConversationState
from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Moment, Shell, moment_of, paragraphs, shell
from assistant.desk.pages.story import FactRow, fact_rows
from assistant.handover.feed import Present, Said
from assistant.handover.handover import Handover, Person, Reason, State
from assistant.handover.stream import Onlooker, TalkShown
from assistant.handover.telling import first_name, presence
from assistant.leads.transcript import shared_turn
from assistant.storage.conversations import Conversation, Turn
from assistant.storage.ids import new_id
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

_REASONS = {
    Reason.ASKED: "Vroeg zelf om een mens",
    Reason.UNKNOWN: "De assistent wist het niet",
    Reason.NEEDS_ADVISER: "Het advies vraagt een adviseur",
    Reason.REPEATED_MISUNDERSTANDING: "De assistent begreep het niet",
    Reason.CRISIS: "Zit misschien in nood",
    Reason.COMPLAINT: "Is niet tevreden",
}
_STATES = {
    State.WAITING: "Wacht op een mens",
    State.CONNECTED: "In gesprek",
    State.LEFT_MESSAGE: "Liet gegevens achter",
}
_WHO = {"visitor": "Bezoeker", "assistant": "Assistent", "notice": "Bericht van de dienst", "adviser": "Adviseur"}

_STATIC = Path(__file__).parents[1] / "static"
ASSETS = {
    name: ((_STATIC / name).read_bytes(), media_type)
    for name, media_type in (("talks.css", "text/css"), ("talks.js", "text/javascript"))
}
"""By name: what these pages need beside the desk's own look."""


@dataclass(frozen=True)
class TalkRow:
    """A live conversation in the list."""

    address: str
    state: str
    state_word: str
    loket: str
    region: str
    reason: str
    who: str
    """Who has it, or whom it was passed to; empty for nobody."""
    is_mine: bool
    since: Moment | None
    last_said: str


@dataclass(frozen=True)
class TalksPage:
    """Who waits for a person, and who has one."""

    shell: Shell
    style: str
    script: str
    is_reachable: bool
    others_reachable: str
    rows: tuple[TalkRow, ...]
    waiting: int


@dataclass(frozen=True)
class LineRow:
    """One thing said."""

    id: str
    sender: str
    who: str
    text: tuple[str, ...]
    moment: Moment


@dataclass(frozen=True)
class TalkPage:
    """One live conversation."""

    shell: Shell
    style: str
    script: str
    address: str
    state: str
    state_word: str
    loket: str
    region: str
    reason: str
    adviser: str
    """Who has it; empty for nobody."""
    is_mine: bool
    can_claim: bool
    lead_address: str
    presence: str
    facts: tuple[FactRow, ...]
    lines: tuple[LineRow, ...]
    last_number: int
    receivers: tuple[Choice, ...]
    key: str
    """Of the next message: the same one sent twice is said once."""
    error: str = ""
    text: str = ""
    """What was typed and could not be sent."""


def asset(name: str) -> str:
    """The address of a stylesheet or script of these pages, which changes with its content."""
    return f"/desk/static/{name}?v={sha256(ASSETS[name][0]).hexdigest()[:12]}"


def talks_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    talks: Sequence[TalkShown],
    reachable: Mapping[str, tuple[Person, ...]],
    now: datetime,
) -> TalksPage:
    """The list of live conversations."""
    me = adviser.account.id
    there = {each for region in adviser.account.regions for each in reachable.get(region, ())}
    others = sorted(first_name(each.name) for each in there if each.id != me)
    return TalksPage(
        shell=shell("Live gesprekken", adviser),
        style=asset("talks.css"),
        script=asset("talks.js"),
        is_reachable=any(each.id == me for each in there),
        others_reachable=", ".join(others),
        rows=tuple(_row(each, catalogue, me, now) for each in talks),
        waiting=sum(each.state is State.WAITING for each in talks),
    )


def talk_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    conversation: Conversation,
    handover: Handover,
    turns: Sequence[Turn],
    said: Sequence[Said],
    there: Sequence[Present],
    reachable: Mapping[str, tuple[Person, ...]],
    now: datetime,
    error: str = "",
    text: str = "",
) -> TalkPage:
    """One live conversation, from its first word."""
    me = adviser.account.id
    is_mine = handover.adviser is not None and handover.adviser.id == me
    people = tuple(each.onlooker for each in there if each.person_id != me)
    return TalkPage(
        shell=shell("Gesprek", adviser),
        style=asset("talks.css"),
        script=asset("talks.js"),
        address=f"/desk/gesprekken/{conversation.id}",
        state=handover.state.value,
        state_word=_STATES.get(handover.state, "Bij de assistent"),
        loket=handover.loket_title,
        region=wording.region_title(catalogue, handover.region),
        reason=_REASONS[handover.reason] if handover.reason else "",
        adviser=handover.adviser.name if handover.adviser else "",
        is_mine=is_mine,
        can_claim=handover.adviser is None,
        lead_address=f"/desk/leads/{handover.lead_id}" if handover.lead_id else "",
        presence=there_in_words(people),
        facts=_facts(conversation, catalogue),
        lines=_lines(turns, said, now),
        last_number=said[-1].number if said else 0,
        receivers=_receivers(handover, catalogue, reachable, me) if is_mine else (),
        key=new_id(),
        error=error,
        text=text,
    )


def there_in_words(people: tuple[Onlooker, ...]) -> str:
    """Who is there, for an adviser: first of all whether the visitor is."""
    visitor = next((each for each in people if each.role == "visitor"), None)
    colleagues = presence(tuple(each for each in people if each.role == "adviser"), "nl").text
    if visitor is None:
        return f"De bezoeker is er nu niet. {colleagues}".strip()
    doing = "De bezoeker is aan het typen." if visitor.doing == "typing" else "De bezoeker is er."
    return f"{doing} {colleagues}".strip()


def _row(talk: TalkShown, catalogue: Catalogue, me: str, now: datetime) -> TalkRow:
    return TalkRow(
        address=f"/desk/gesprekken/{talk.conversation_id}",
        state=talk.state.value,
        state_word=_STATES[talk.state],
        loket=talk.loket_title,
        region=wording.region_title(catalogue, talk.region),
        reason=_REASONS[talk.reason] if talk.reason else "",
        who=talk.adviser or (f"Doorgegeven aan {talk.wanted}" if talk.wanted else ""),
        is_mine=talk.adviser_id == me,
        since=moment_of(talk.waiting_since, now) if talk.waiting_since else None,
        last_said=talk.last_said,
    )


def _lines(turns: Sequence[Turn], said: Sequence[Said], now: datetime) -> tuple[LineRow, ...]:
    """Turns, and what a person or the service said in between, in the order of time."""
    lines: list[tuple[datetime, int, LineRow]] = []
    for turn in turns:
        plain = shared_turn(turn.number, turn.question or turn.choice_label, turn.reply, turn.created_at)
        for sender, text, id_ in (("visitor", plain.question, turn.id), ("assistant", plain.answer, f"{turn.id}-a")):
            if text:
                lines.append((turn.created_at, turn.number, _line(id_, sender, "", text, turn.created_at, now)))
    in_turns = {turn.id for turn in turns}
    for each in said:
        message = each.message
        if message.id in in_turns:
            continue
        name = message.name if each.for_visitor else f"Notitie van {message.name}"
        at = message.at.astimezone(UTC)
        lines.append((at, each.number, _line(message.id, message.sender, name, message.text, at, now)))
    return tuple(line for _, _, line in sorted(lines, key=lambda each: each[0]))


def _line(id_: str, sender: str, name: str, text: str, at: datetime, now: datetime) -> LineRow:
    return LineRow(id_, sender, name or _WHO[sender], paragraphs(text), moment_of(at, now))


def _facts(conversation: Conversation, catalogue: Catalogue) -> tuple[FactRow, ...]:
    known = ConversationState.model_validate(conversation.state).profile.known
    return fact_rows(catalogue, known)


def _receivers(
    handover: Handover, catalogue: Catalogue, reachable: Mapping[str, tuple[Person, ...]], me: str
) -> tuple[Choice, ...]:
    """Colleagues who can be called, then every other loket whose region has somebody who can be."""
    colleagues = {each.id: each for people in reachable.values() for each in people if each.id != me}
    people = [Choice(f"account:{each.id}", f"{each.name} (bereikbaar)", False) for each in colleagues.values()]
    lokets = [
        Choice(
            f"loket:{loket.id}",
            f"{loket.title}{'' if _somebody(loket, reachable) else ' (nu niemand bereikbaar)'}",
            False,
        )
        for loket in catalogue.all(Loket)
        if loket.status == "active" and loket.takes_leads and loket.regions and loket.id != handover.loket_id
    ]
    return (*people, *lokets)


def _somebody(loket: Loket, reachable: Mapping[str, tuple[Person, ...]]) -> bool:
    return any(reachable.get(region) for region in loket.regions)
