"""Opens what an installation has published: its content folder, with the editors' versions in their place."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from knowledge.catalogue import Catalogue
from knowledge.database import Sessions
from knowledge.problem import ContentError, Problem
from knowledge.publishing.autosaves import AutosaveStore
from knowledge.publishing.cases import CaseStore
from knowledge.publishing.change_sets import ChangeSetStore
from knowledge.publishing.consequences import ConsequencesStore
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.history import History
from knowledge.publishing.keeping import KeeperStore
from knowledge.publishing.listing import ItemList
from knowledge.publishing.problems import problems_of
from knowledge.publishing.publishing import Check, Publisher
from knowledge.publishing.revisions import Clock, RevisionStore, utc_now
from knowledge.publishing.session import open_publishing
from knowledge.publishing.taking_over import TakingOver
from knowledge.publishing.translations import TranslationBook
from knowledge.publishing.upkeep import UpkeepBook
from knowledge.reader import CONTENT, read_catalogue, read_content


class KnowledgeUnavailable(OSError):
    """The knowledge store cannot be opened; the message says why and what to check."""


def open_sessions(url: str) -> Sessions:
    """
    The knowledge store with the editors' tables.

    :raises KnowledgeUnavailable: If it cannot be opened or migrated.
    """
    try:
        return open_publishing(url)
    except ImportError as error:
        raise KnowledgeUnavailable(f"{error}; PostgreSQL needs `pip install loketgids[postgres]`") from error
    except (SQLAlchemyError, OSError) as error:
        raise KnowledgeUnavailable(
            f"the knowledge store cannot be used ({_reason(error)}); check LOKET_KNOWLEDGE_URL"
        ) from error


def note_delivered(history: History, now: datetime) -> None:
    """
    Keep what the product delivers, so that the next version can tell what changed.

    :raises KnowledgeUnavailable: If the store cannot be written.
    """
    try:
        history.note_delivered(now)
    except SQLAlchemyError as error:
        raise KnowledgeUnavailable(
            f"the knowledge store cannot be written ({_reason(error)}); free some room, or check LOKET_KNOWLEDGE_URL"
        ) from error


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


@dataclass(frozen=True)
class Editorial:
    """All that editors work with, over one store."""

    sessions: Sessions
    delivered: Delivered
    revisions: RevisionStore
    autosaves: AutosaveStore
    change_sets: ChangeSetStore
    publisher: Publisher
    items: ItemList
    taking_over: TakingOver
    consequences: ConsequencesStore
    upkeep: UpkeepBook
    history: History
    cases: CaseStore
    translations: TranslationBook
    keepers: KeeperStore


def open_editorial(
    url: str, folder: Path | None = None, clock: Clock = utc_now, also_check: Check = lambda _: ()
) -> Editorial:
    """
    The editors' store of an installation.

    :param folder: With the content as delivered; None: the one that comes with the product.
    :param also_check: As `Publisher` takes it.
    :raises ContentError: If that content is not sound.
    :raises KnowledgeUnavailable: If the store cannot be opened.
    """
    sessions, delivered = open_sessions(url), Delivered(read_content(folder or CONTENT))
    revisions = RevisionStore(sessions, delivered, clock)
    publisher = Publisher(sessions, delivered, clock, also_check)
    return Editorial(
        sessions,
        delivered,
        revisions,
        AutosaveStore(sessions, clock),
        ChangeSetStore(sessions, delivered, clock),
        publisher,
        ItemList(sessions, delivered),
        TakingOver(sessions, delivered, revisions, clock),
        ConsequencesStore(sessions, clock),
        UpkeepBook(publisher),
        History(sessions, delivered),
        CaseStore(sessions),
        TranslationBook(sessions, delivered, clock),
        KeeperStore(sessions, clock),
    )


def checked_catalogue(publisher: Publisher) -> Catalogue:
    """
    What visitors are answered from, looked at once more: another version of the product may deliver other content.

    :raises ContentError: If editors' versions do not go with what is delivered now.
    """
    if problems := problems_of(publisher.content()):
        advice = "mend it in the folder, or serve the content as delivered with `loket knowledge back 0`"
        raise ContentError([Problem(f"published/{each.key}", 0, each.english, advice) for each in problems])
    return publisher.catalogue()


def published_catalogue(url: str, folder: Path | None = None) -> Catalogue:
    """
    What visitors of an installation are answered from. Where nobody ever edited anything, no store is made.

    :raises ContentError, KnowledgeUnavailable: As `open_editorial` and `checked_catalogue`.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database and not Path(address.database).exists():
        return read_catalogue(folder or CONTENT)
    return checked_catalogue(open_editorial(url, folder).publisher)
