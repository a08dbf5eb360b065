"""Nobody shares a place: of many who want the last one one gets it, and a place that comes free goes to who waits longest."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import text

from assistant.errors import NotFound, Overtaken
from assistant.leads.contact import Contact
from assistant.meetings.slot import Booking, BookingState, How, Slot
from assistant.storage.bookings import BookingStore, Made, NoPlace, TooOften
from assistant.storage.ids import new_id
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions
from assistant.storage.slots import SlotStore

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_number = count()


def a_slot(**fields: object) -> Slot:
    starts_at = NOW + timedelta(days=7, minutes=30 * next(_number))
    plain = {
        "id": new_id(), "region": "haaglanden", "loket_id": "loket-haaglanden", "loket_title": "Loket Haaglanden",
        "topic": "Oriënteren", "how": How.PHONE, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30),
        "capacity": 1,
    }  # fmt: skip
    return Slot.model_validate(plain | fields)


def somebody() -> Contact:
    return Contact(name="Sam", email=f"sam{next(_number)}@example.org", preferred="appointment")


@pytest.fixture
def kept(sessions: Sessions) -> Callable[..., Slot]:
    """Keeps a moment, with what is given in its place."""

    def keep(**fields: object) -> Slot:
        slot = a_slot(**fields)
        with sessions.begin() as session:
            assert SlotStore(session, lambda: NOW).add([slot], "Noor") == 1
        return slot

    return keep


@pytest.fixture
def book(sessions: Sessions) -> Callable[..., Made]:
    """Books a moment for somebody."""

    def booked(slot: Slot, who: Contact | None = None, at: datetime = NOW, lead_id: str | None = None) -> Made:
        with sessions.begin() as session:
            return BookingStore(session, lambda: at).book(slot.id, who or somebody(), lead_id)

    return booked


def states(sessions: Sessions, slot: Slot) -> list[tuple[str, BookingState]]:
    with sessions() as session:
        return [(each.name, each.state) for each in BookingStore(session).of_slot(slot.id)]


@pytest.mark.parametrize("capacity", [1, 3])
def test_of_many_at_once_as_many_get_a_place_as_there_are(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made], capacity: int
) -> None:
    slot = kept(capacity=capacity)

    def attempt(_: int) -> bool:
        try:
            book(slot)
        except NoPlace:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(attempt, range(16)))

    assert sum(got) == capacity
    with sessions() as session:
        assert session.scalar(text("SELECT count(*) FROM slot_seat")) == capacity
        assert session.scalar(text("SELECT count(*) FROM booking")) == capacity, "who got none leaves nothing behind"


def test_a_double_click_is_one_booking(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    slot, sam = kept(capacity=5), somebody()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: book(slot, sam), range(4)))

    assert len({each.booking.id for each in made}) == 1
    assert len([each for each in made if each.is_new]) == 1
    assert len(states(sessions, slot)) == 1


def test_a_moment_that_is_over_soon_or_off_cannot_be_booked(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    slot = kept()
    for at in (slot.starts_at - timedelta(hours=1), slot.starts_at, slot.ends_at):
        with pytest.raises(NoPlace):
            book(slot, at=at)
    with sessions.begin() as session:
        assert BookingStore(session, lambda: NOW).cancel_slot(slot.id) == []
    with pytest.raises(NoPlace):
        book(slot)
    with pytest.raises(NotFound):
        book(slot.model_copy(update={"id": new_id()}))


def test_a_place_that_is_given_back_can_be_taken_again(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    slot, sam = kept(), somebody()
    made = book(slot, sam)

    with sessions.begin() as session:
        BookingStore(session, lambda: NOW).cancel(made.booking)
    with pytest.raises(Overtaken), sessions.begin() as session:
        BookingStore(session, lambda: NOW).cancel(made.booking)
    again = book(slot, sam)

    assert again.booking.state is BookingState.BOOKED
    with sessions() as session:
        assert BookingStore(session).get(made.booking.id).state is BookingState.CANCELLED


def test_of_two_who_move_to_the_same_moment_one_gets_it_and_the_other_keeps_theirs(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    first, second, wanted = kept(), kept(), kept()
    made = [book(first).booking, book(second).booking]

    def move(booking: Booking) -> bool:
        try:
            with sessions.begin() as session:
                BookingStore(session, lambda: NOW).move(booking, wanted.id)
        except NoPlace:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(move, made))

    assert sorted(moved) == [False, True]
    with sessions() as session:
        places = {each.id: each.slot.id for each in map(BookingStore(session).get, [each.id for each in made])}
        taken = dict(iter(session.execute(text("SELECT booking_id, slot_id FROM slot_seat"))))
    assert sorted(places.values()) == sorted([wanted.id, (second if moved[0] else first).id])
    assert taken == places


def test_a_move_to_another_loket_or_to_nowhere_is_refused(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    booking, elsewhere = book(kept()).booking, kept(loket_id="loket-hak")

    with pytest.raises(NoPlace), sessions.begin() as session:
        BookingStore(session, lambda: NOW).move(booking, elsewhere.id)
    with pytest.raises(NotFound), sessions.begin() as session:
        BookingStore(session, lambda: NOW).move(booking, "x")


def test_a_full_event_has_a_waiting_list_that_moves_up_in_order(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    event = kept(event_id="open-dag", capacity=2)
    made = [book(event, at=NOW + timedelta(minutes=number)) for number in range(5)]
    assert [each.booking.state.value for each in made] == ["booked"] * 2 + ["waiting"] * 3

    with sessions.begin() as session:
        [up] = BookingStore(session, lambda: NOW).cancel(made[0].booking)
    assert up.id == made[2].booking.id
    with sessions.begin() as session:
        assert BookingStore(session, lambda: NOW).cancel(made[3].booking) == [], "who waits holds no place"
        SlotStore(session, lambda: NOW).change_capacity(event.id, 3)
        [last] = BookingStore(session, lambda: NOW).move_up(event.id)
    assert last.id == made[4].booking.id
    assert {state for _, state in states(sessions, event)} == {BookingState.BOOKED}


def test_a_moment_that_is_off_is_off_for_everybody_once(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    event = kept(event_id="open-dag", capacity=1)
    made = [book(event).booking, book(event).booking]

    with sessions.begin() as session:
        told = BookingStore(session, lambda: NOW).cancel_slot(event.id)
    with sessions.begin() as session:
        assert BookingStore(session, lambda: NOW).cancel_slot(event.id) == []
        assert SlotStore(session, lambda: NOW).add([event.model_copy(update={"id": new_id()})], "Noor") == 1

    assert {each.id for each in told} == {each.id for each in made}
    assert {each.state for each in told} == {BookingState.CANCELLED}
    assert states(sessions, event) == [], "who was told that it is off does not come back with it"


def test_what_is_entered_twice_is_there_once(sessions: Sessions, kept: Callable[..., Slot]) -> None:
    slot = kept()

    with sessions.begin() as session:
        slots = SlotStore(session, lambda: NOW)
        assert slots.add([slot.model_copy(update={"id": new_id()})], "Kim") == 0
        slots.cancel(slot.id)
        assert slots.add([slot.model_copy(update={"id": new_id()})], "Kim") == 1


def test_one_address_cannot_take_every_moment(kept: Callable[..., Slot], book: Callable[..., Made]) -> None:
    sam = somebody()
    for _ in range(5):
        book(kept(), sam)

    with pytest.raises(TooOften):
        book(kept(), sam.model_copy(update={"email": sam.email.upper() if sam.email else None}))


def test_a_reminder_is_taken_once_a_day_before_and_never_for_what_was_just_booked(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made]
) -> None:
    slot = kept(capacity=3)
    early = book(slot)
    book(slot, at=slot.starts_at - timedelta(hours=20))
    gone = book(slot)
    with sessions.begin() as session:
        BookingStore(session, lambda: NOW).cancel(gone.booking)

    def due(before: timedelta) -> list[str]:
        with sessions.begin() as session:
            return [each.id for each in BookingStore(session, lambda: slot.starts_at - before).take_due()]

    assert due(timedelta(hours=25)) == []
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(due, [timedelta(hours=19)] * 3))
    assert sorted(taken) == [[], [], [early.booking.id]]
    assert due(timedelta(hours=1)) == []


def test_a_lead_that_is_erased_frees_its_place(
    sessions: Sessions, kept: Callable[..., Slot], book: Callable[..., Made], make_lead: Callable[..., tuple]
) -> None:
    slot = kept()
    lead, mail = make_lead()
    with sessions.begin() as session:
        LeadStore(session).add(lead, mail)
    book(slot, lead_id=lead.id)

    with sessions.begin() as session:
        LeadStore(session).erase(lead)

    assert book(slot).booking.state is BookingState.BOOKED
