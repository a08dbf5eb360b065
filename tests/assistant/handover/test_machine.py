"""The way to a person and back: whatever happens, in whatever order, nobody is left in silence or talked over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assistant.handover.handover import Handover, Person, Reason, State
from assistant.handover.machine import TABLE, Event, Happening, NotNow, may_offer, step, who_answers

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
NOOR, SAM = Person(id="1", name="Noor"), Person(id="2", name="Sam")
UNASKED = (Reason.UNKNOWN, Reason.NEEDS_ADVISER, Reason.REPEATED_MISUNDERSTANDING)


def _after(*events: Event | Happening, start: Handover | None = None) -> Handover:
    handover = start or Handover()
    for event in events:
        handover = step(handover, event if isinstance(event, Happening) else Happening(event, NOW, person=NOOR))
    return handover


def test_the_table_has_a_row_for_every_state_and_no_state_is_a_trap() -> None:
    assert set(TABLE) == set(State)
    for state, row in TABLE.items():
        reached, edge = {state}, {state}
        while edge:
            edge = {after for each in edge for after in TABLE[each].values()} - reached
            reached |= edge
        assert reached == set(State), f"{state} does not lead everywhere"
        assert Event.VISITOR_SPOKE in row, f"in {state} the visitor could not speak"
        assert Event.ENDED in row


def test_the_happy_way_from_the_assistant_to_an_adviser_and_back() -> None:
    waiting = _after(Happening(Event.TALK_WANTED, NOW, reason=Reason.ASKED, loket_id="l", loket_title="L", region="r"))
    assert (waiting.state, waiting.waiting_since, who_answers(waiting)) == (State.WAITING, NOW, "bot")

    connected = _after(Event.CLAIMED, start=waiting)
    assert (connected.adviser, who_answers(connected), connected.waiting_since) == (NOOR, "person", None)

    back = _after(Event.PERSON_SPOKE, Event.HANDED_BACK, start=connected)
    assert (back.state, back.adviser, who_answers(back), back.has_person_spoken) == (State.BOT, None, "bot", False)


def test_two_advisers_who_claim_at_once_are_told_who_has_it() -> None:
    connected = _after(Event.TALK_WANTED, Event.CLAIMED)

    with pytest.raises(NotNow) as refused:
        step(connected, Happening(Event.CLAIMED, NOW, person=SAM))

    assert refused.value.visitor_message == "Noor heeft dit gesprek al."
    assert _after(Event.CLAIMED, start=connected) == connected, "a double click of the same adviser is no error"


@pytest.mark.parametrize("event", [Event.PERSON_SPOKE, Event.HANDED_BACK, Event.TRANSFERRED, Event.ENDED])
def test_only_the_adviser_who_has_the_conversation_can_act_in_it(event: Event) -> None:
    connected = _after(Event.TALK_WANTED, Event.CLAIMED)

    with pytest.raises(NotNow):
        step(connected, Happening(event, NOW, person=SAM))


def test_between_two_persons_the_assistant_does_not_come_in_between() -> None:
    passed_on = _after(
        Event.TALK_WANTED,
        Event.CLAIMED,
        Event.PERSON_SPOKE,
        Happening(Event.TRANSFERRED, NOW, person=NOOR, wanted=SAM, loket_id="b", loket_title="B", region="r2"),
    )

    assert (passed_on.state, passed_on.wanted, passed_on.loket_id, passed_on.region) == (State.WAITING, SAM, "b", "r2")
    assert who_answers(passed_on) == "notice"
    assert who_answers(_after(Event.WAITED_LONG, start=passed_on)) == "bot"


def test_of_its_own_accord_the_assistant_offers_a_person_twice_and_on_request_always() -> None:
    offer = Happening(Event.PERSON_OFFERED, NOW, reason=Reason.REPEATED_MISUNDERSTANDING)
    once = _after(offer, Event.VISITOR_SPOKE)
    assert may_offer(once, Reason.REPEATED_MISUNDERSTANDING)

    twice = _after(offer, Event.VISITOR_SPOKE, start=once)

    assert not may_offer(twice, Reason.REPEATED_MISUNDERSTANDING)
    assert may_offer(twice, Reason.ASKED)
    assert may_offer(twice, Reason.CRISIS)


def test_a_wish_keeps_its_lead_and_a_new_wish_starts_without() -> None:
    left = _after(Happening(Event.DETAILS_LEFT, NOW, lead_id="x"))

    assert _after(Event.VISITOR_SPOKE, Event.TALK_WANTED, Event.CLAIMED, Event.HANDED_BACK, start=left).lead_id == "x"
    assert _after(Event.FORM_OPENED, start=left).lead_id is None
    assert _after(Happening(Event.ENDED, NOW), Event.VISITOR_SPOKE, start=left).lead_id is None


class AnyOrder(RuleBasedStateMachine):
    """Visitor, assistant, two advisers and the clock, each doing whatever they like."""

    def __init__(self) -> None:
        super().__init__()
        self.handover = Handover()
        self.now = NOW
        self.spoken_by: Person | None = None
        """The person whose words are the last ones, while nobody gave the conversation back."""

    def happens(self, event: Event, person: Person | None = None, reason: Reason | None = None) -> bool:
        self.now += timedelta(seconds=1)
        before = self.handover
        try:
            self.handover = step(before, Happening(event, self.now, reason, person))
        except NotNow:
            assert self.handover == before
            return False
        return True

    @rule()
    def the_visitor_speaks(self) -> None:
        assert self.happens(Event.VISITOR_SPOKE), "a visitor can always speak"

    @rule(reason=st.sampled_from(Reason))
    def the_assistant_offers(self, reason: Reason) -> None:
        if not may_offer(self.handover, reason):
            return
        before = self.handover.offers.get(reason, 0)
        assert self.happens(Event.PERSON_OFFERED, reason=reason)
        assert self.handover.offers[reason] == before + 1

    @rule(event=st.sampled_from([Event.DECLINED, Event.FORM_OPENED, Event.TALK_WANTED, Event.NOBODY_THERE]))
    def the_visitor_chooses(self, event: Event) -> None:
        done = self.happens(event)
        assert done or self.handover.state is State.CONNECTED

    @rule(number=st.integers(1, 3))
    def the_visitor_leaves_details(self, number: int) -> None:
        self.now += timedelta(seconds=1)
        self.handover = step(self.handover, Happening(Event.DETAILS_LEFT, self.now, lead_id=str(number)))
        assert self.handover.lead_id == str(number)

    @rule(person=st.sampled_from([NOOR, SAM]), event=st.sampled_from(Event))
    def an_adviser_acts(self, person: Person, event: Event) -> None:
        if event not in (Event.CLAIMED, Event.PERSON_SPOKE, Event.HANDED_BACK, Event.TRANSFERRED, Event.ENDED):
            return
        before = self.handover
        done = self.happens(event, person)
        if done and event is not Event.CLAIMED:
            assert before.adviser == person
        if done and event is Event.PERSON_SPOKE:
            self.spoken_by = person

    @rule(event=st.sampled_from([Event.WAITED_LONG, Event.WAITED_WITH_DETAILS, Event.ADVISER_GONE, Event.ENDED]))
    def the_clock_or_the_visitor_ends_it(self, event: Event) -> None:
        self.happens(event)

    @invariant()
    def the_assistant_is_silent_while_a_person_has_the_conversation(self) -> None:
        if self.handover.state not in (State.CONNECTED, State.WAITING):
            self.spoken_by = None
        if self.handover.state is State.CONNECTED or self.spoken_by:
            assert who_answers(self.handover) != "bot"

    @invariant()
    def nobody_waits_without_a_moment_from_which_the_clock_runs(self) -> None:
        assert (self.handover.waiting_since is not None) == (self.handover.state is State.WAITING)

    @invariant()
    def a_conversation_is_with_a_person_exactly_if_somebody_has_it(self) -> None:
        assert (self.handover.adviser is not None) == (self.handover.state is State.CONNECTED)

    @invariant()
    def the_assistant_never_offers_a_person_to_who_has_or_awaits_one(self) -> None:
        if self.handover.state in (State.WAITING, State.CONNECTED):
            assert not any(may_offer(self.handover, reason) for reason in Reason)

    @invariant()
    def unasked_offers_come_to_an_end(self) -> None:
        assert all(self.handover.offers.get(reason, 0) <= 2 for reason in UNASKED)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
