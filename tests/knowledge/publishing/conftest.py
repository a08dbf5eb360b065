"""An editors' store in a real SQLite file and in a real PostgreSQL, over the content as delivered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.publishing.change_sets import ChangeSetStore
from knowledge.publishing.consequences import ConsequencesStore
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.history import History
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.listing import ItemList
from knowledge.publishing.publishing import Publisher
from knowledge.publishing.revisions import Editor, RevisionStore
from knowledge.publishing.session import open_publishing
from knowledge.publishing.taking_over import TakingOver
from knowledge.reader import read_content

ANNA = Editor("anna", "Anna", ("haaglanden",))
BRAM = Editor("bram", "Bram", ("haaglanden",))


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Desk:
    """The stores of one installation."""

    address: str
    clock: Clock
    revisions: RevisionStore
    change_sets: ChangeSetStore
    publisher: Publisher
    items: ItemList
    taking_over: TakingOver
    consequences: ConsequencesStore
    history: History

    def change(self, key: ItemKey, by: Editor = ANNA, change_set: str | None = None, **fields: object) -> str:
        """A change set in which these fields of an item are changed; its id."""
        name = change_set or self.change_sets.begin("Wijziging", by).id
        draft = self.revisions.draft(name, key)
        content: Json = dict((draft.content if draft else self.revisions.published(key)) or {})
        self.revisions.save(name, key, {**content, **fields}, by, draft.id if draft else None)
        return name


@pytest.fixture(scope="session")
def delivered() -> Delivered:
    """The content that comes with the product."""
    return Delivered(read_content())


@pytest.fixture
def open_desk(delivered: Delivered, knowledge_address: str) -> Callable[[], Desk]:
    """Opens the same store, as another process would."""
    clock, address = Clock(), knowledge_address

    def opened() -> Desk:
        sessions = open_publishing(address)
        revisions = RevisionStore(sessions, delivered, clock)
        return Desk(
            address,
            clock,
            revisions,
            ChangeSetStore(sessions, delivered, clock),
            Publisher(sessions, delivered, clock),
            ItemList(sessions, delivered),
            TakingOver(sessions, delivered, revisions, clock),
            ConsequencesStore(sessions, clock),
            History(sessions, delivered),
        )

    return opened


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    """One that is open."""
    return open_desk()
