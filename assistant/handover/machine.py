"""The one table of what may happen in which state, and the step from one state to the next. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from assistant.errors import LoketError
from assistant.handover.handover import Handover, Person, Reason, State
from knowledge.routing import RoutedTo


class Event(StrEnum):
    """What can happen."""

    VISITOR_SPOKE = "visitor_spoke"
    PERSON_OFFERED = "person_offered"
    """By the assistant."""
    DECLINED = "declined"
    """The visitor goes on with the assistant."""
    FORM_OPENED = "form_opened"
    TALK_WANTED = "talk_wanted"
    """The visitor wants to talk now, and somebody is there."""
    NOBODY_THERE = "nobody_there"
    """The visitor wants to talk now, and nobody is."""
    DETAILS_LEFT = "details_left"
    """A lead was kept."""
    CLAIMED = "claimed"
    """An adviser took the conversation."""
    PERSON_SPOKE = "person_spoke"
    HANDED_BACK = "handed_back"
    """The adviser gave the conversation to the assistant."""
    TRANSFERRED = "transferred"
    """The adviser passed it to a colleague or to another loket."""
    WAITED_LONG = "waited_long"
    """Nobody took it in time."""
    WAITED_WITH_DETAILS = "waited_with_details"
    """Nobody took it in time, and a loket has the visitor's details already."""
    ADVISER_GONE = "adviser_gone"
    """The adviser's line has been silent for too long."""
    ENDED = "ended"


_BOT, _OFFERED, _FORM, _WAITING = State.BOT, State.OFFERED, State.FORM, State.WAITING
_CONNECTED, _LEFT, _CLOSED = State.CONNECTED, State.LEFT_MESSAGE, State.CLOSED

# Every state has a row and every event a column; None: it cannot happen, and who tries is told so.
_COLUMNS = (_BOT, _OFFERED, _FORM, _WAITING, _CONNECTED, _LEFT, _CLOSED)
# fmt: off
_ROWS: dict[Event, tuple[State | None, ...]] = {
    #                      bot       offered   form      waiting     connected   left        closed
    Event.VISITOR_SPOKE:  (_BOT,     _BOT,     _FORM,    _WAITING,   _CONNECTED, _LEFT,      _BOT),
    Event.PERSON_OFFERED: (_OFFERED, _OFFERED, _FORM,    _WAITING,   _CONNECTED, _LEFT,      _OFFERED),
    Event.DECLINED:       (_BOT,     _BOT,     _BOT,     _BOT,       None,       _LEFT,      _CLOSED),
    Event.FORM_OPENED:    (_FORM,    _FORM,    _FORM,    _FORM,      _CONNECTED, _FORM,      _FORM),
    Event.TALK_WANTED:    (_WAITING, _WAITING, _WAITING, _WAITING,   _CONNECTED, _WAITING,   _WAITING),
    Event.NOBODY_THERE:   (_FORM,    _FORM,    _FORM,    _WAITING,   _CONNECTED, _LEFT,      _FORM),
    Event.DETAILS_LEFT:   (_LEFT,    _LEFT,    _LEFT,    _LEFT,      _CONNECTED, _LEFT,      _LEFT),
    Event.CLAIMED:        (None,     None,     None,     _CONNECTED, _CONNECTED, _CONNECTED, None),
    Event.PERSON_SPOKE:   (None,     None,     None,     None,       _CONNECTED, None,       None),
    Event.HANDED_BACK:    (None,     None,     None,     None,       _BOT,       None,       None),
    Event.TRANSFERRED:    (None,     None,     None,     None,       _WAITING,   None,       None),
    Event.WAITED_LONG:    (None,     None,     None,     _FORM,      None,       None,       None),
    Event.WAITED_WITH_DETAILS: (None, None,    None,     _LEFT,      None,       None,      None),
    Event.ADVISER_GONE:   (None,     None,     None,     None,       _WAITING,   None,       None),
    Event.ENDED:          (_CLOSED,  _CLOSED,  _CLOSED,  _CLOSED,    _CLOSED,    _CLOSED,    _CLOSED),
}
# fmt: on
TABLE: Mapping[State, Mapping[Event, State]] = {
    state: {event: row[column] for event, row in _ROWS.items() if row[column] is not None}  # type: ignore[misc]
    for column, state in enumerate(_COLUMNS)
}
"""For each state the events that can happen there, and the state after."""

_OF_THE_ADVISER = frozenset({Event.PERSON_SPOKE, Event.HANDED_BACK, Event.TRANSFERRED})
_UNASKED = frozenset({Reason.UNKNOWN, Reason.NEEDS_ADVISER, Reason.REPEATED_MISUNDERSTANDING})
_MAX_UNASKED_OFFERS = 2
_WITH_A_PERSON = frozenset({State.WAITING, State.CONNECTED})


class NotNow(LoketError):
    """The conversation is in a state in which this cannot happen, or somebody else has it."""

    status_code = 409
    title = "Not possible now"

    def __init__(self, handover: Handover, event: Event) -> None:
        super().__init__(f"{event} cannot happen in state {handover.state}")
        self.visitor_message = (
            f"{handover.adviser.name} heeft dit gesprek al."
            if handover.state is State.CONNECTED and handover.adviser
            else "Dat kan nu niet meer: het gesprek is intussen verder gegaan. Kijk even hoe het nu is."
        )


@dataclass(frozen=True)
class Happening:
    """An event with what belongs to it."""

    event: Event
    at: datetime
    reason: Reason | None = None
    person: Person | None = None
    """Of `claimed` and of what only the adviser who has the conversation may do: who."""
    wanted: Person | None = None
    """Of `transferred`: the colleague, if it is one."""
    loket_id: str = ""
    loket_title: str = ""
    region: str = ""
    lead_id: str | None = None

    def toward(self, routed: RoutedTo) -> "Happening":
        """The same, toward this loket."""
        return replace(self, loket_id=routed.loket.id, loket_title=routed.loket.title, region=routed.region)


def step(before: Handover, happening: Happening) -> Handover:
    """
    The handover after something happened.

    :raises NotNow: If that cannot happen here, or is for the adviser who has the conversation alone.
    """
    event = happening.event
    after = TABLE[before.state].get(event)
    has_it = before.adviser is not None and before.adviser == happening.person
    if after is None or (event in _OF_THE_ADVISER and not has_it):
        raise NotNow(before, event)
    if event is Event.CLAIMED and (happening.person is None or (before.state is State.CONNECTED and not has_it)):
        raise NotNow(before, event)
    if event is Event.ENDED and happening.person is not None and not has_it:
        raise NotNow(before, event)
    return before.model_copy(update={"state": after, **_changes(before, happening, after)})


def who_answers(handover: Handover) -> Literal["bot", "person", "notice"]:
    """
    Who says something when the visitor speaks now.

    `notice`: nobody yet; the visitor is told that the message waits for the next person. Between two persons the
    assistant does not come in between.
    """
    if handover.state is State.CONNECTED:
        return "person"
    return "notice" if handover.has_person_spoken else "bot"


def may_offer(handover: Handover, reason: Reason) -> bool:
    """
    Whether the assistant may offer a person now: not to who has or waits for one, and of its own accord twice at most.
    """
    if handover.state in _WITH_A_PERSON:
        return False
    return reason not in _UNASKED or handover.offers.get(reason, 0) < _MAX_UNASKED_OFFERS


def _changes(before: Handover, happening: Happening, after: State) -> dict[str, Any]:
    event = happening.event
    stays = after is before.state
    changes: dict[str, Any] = {
        "adviser": happening.person if event is Event.CLAIMED else before.adviser if after is State.CONNECTED else None,
        "wanted": happening.wanted if event is Event.TRANSFERRED else before.wanted if after is State.WAITING else None,
        "has_person_spoken": after in _WITH_A_PERSON and (before.has_person_spoken or event is Event.PERSON_SPOKE),
        "waiting_since": (before.waiting_since if stays else happening.at) if after is State.WAITING else None,
        "lead_id": happening.lead_id or before.lead_id,
    }
    if happening.loket_id:
        changes |= {"loket_id": happening.loket_id, "loket_title": happening.loket_title, "region": happening.region}
    if happening.reason is not None and (not stays or before.reason is None):
        changes["reason"] = happening.reason
    if event is Event.PERSON_OFFERED and happening.reason is not None and before.state not in _WITH_A_PERSON:
        changes["offers"] = before.offers | {happening.reason: before.offers.get(happening.reason, 0) + 1}
    if event is Event.FORM_OPENED and before.state is State.LEFT_MESSAGE:
        changes["lead_id"] = None  # Who opens the form again has another wish.
    if before.state is State.CLOSED and after is not State.CLOSED:
        changes |= {"reason": happening.reason, "lead_id": happening.lead_id}
    return changes
