"""The weekly mail for editors: what expires, what waits, what leads nowhere and how the assistant was used."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from assistant.accounts.account import Account
from assistant.answering.gaps import Unanswered
from assistant.desk.wording import day_in_words
from assistant.editor.upkeep import Filter, Found, Matter, matters
from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail
from assistant.storage.gaps import GapWeek
from knowledge.catalogue import Catalogue
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial

_EVERY_SECONDS = 900.0
_WEEK = timedelta(days=7)
_SOON = timedelta(days=14)
_TITLES = 5
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Followed:
    """Titles of what the editor's regions took over, by what became of it."""

    along: tuple[str, ...] = ()
    """Changed along with its original in the last week."""
    held: tuple[str, ...] = ()
    """The newest version of its original waits for a colleague."""
    apart: tuple[str, ...] = ()
    """Went its own way, and its original changed."""


@dataclass(frozen=True)
class Week:
    """What the mail of one editor is made from."""

    found: Found
    proposals: int
    """How many wait."""
    questions: Sequence[Unanswered]
    """Without a good answer, of the editor's regions."""
    weeks: Sequence[GapWeek]
    """The oldest first, this week last; at least three."""
    followed: Followed = Followed()


@dataclass(frozen=True)
class _Part:
    line: str
    titles: tuple[str, ...]
    address: str


class Digests(Protocol):
    """Where is kept who wants the mail. The storage has one."""

    def due(self) -> Sequence[Account]:
        """Who is to have it now."""
        ...

    def send(self, account: Account, mail: NewMail) -> bool:
        """Put it in the outbox and note it, both or neither; False if somebody else did."""
        ...


class WeeklyDigest:
    """Looks every quarter of an hour who is due. Several processes may each run one on the same store."""

    def __init__(self, digests: Digests, week: Callable[[Account], Week], public_url: str) -> None:
        self._digests = digests
        self._week = week
        self._public_url = public_url.rstrip("/")

    def send_due(self) -> int:
        """Mail everybody who is due, each once; how many mails that were."""
        return sum(
            self._digests.send(each, digest_mail(each, self._week(each), self._public_url))
            for each in self._digests.due()
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set. A failing store is logged and waited out."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self.send_due)
            except Exception:
                _log.exception("the weekly mail for editors could not be made; trying again later")
            try:
                await asyncio.wait_for(stop.wait(), _EVERY_SECONDS)
            except TimeoutError:
                continue


def followed_in(store: Editorial, catalogue: Catalogue, regions: Sequence[str], now: datetime) -> Followed:
    """What regions took over, as it stands now and changed in the last week."""

    def titles(keys: Iterable[ItemKey]) -> tuple[str, ...]:
        return tuple(found.title if (found := catalogue.find(key.id)) else key.id for key in keys)

    taken = [each for region in regions for each in store.taking_over.of_region(region)]
    return Followed(
        titles(store.taking_over.went_along(regions, now - _WEEK)),
        titles(each.key for each in taken if each.waiting),
        titles(each.key for each in taken if each.changed),
    )


def digest_mail(account: Account, week: Week, public_url: str) -> NewMail:
    """
    The mail: counts, titles of our own content, and addresses; nothing that a visitor said.

    :param public_url: Of the installation, without a slash at the end.
    """
    # What a colleague looks after is for that colleague alone; what nobody does is everybody's.
    wanted = Filter(
        frozenset(account.regions),
        kept_by=lambda keeper: keeper is None or keeper.is_of(account.id, account.regions),
    )
    today = week.found.today
    lists = {name: matters(name, week.found, wanted) for name in ("verouderd", "kalender", "links", "vertalingen")}
    soon = [each for each in lists["kalender"] if each.on and each.on <= today + _SOON]
    dead = [each for each in lists["links"] if each.on]
    desk = f"{public_url}/desk"
    taken = f"{desk}/redactie/overgenomen"
    parts = (
        _listed("is over de datum", "zijn over de datum", lists["verouderd"], f"{desk}/redactie/onderhoud"),
        _listed(
            "begint, stopt of moet worden nagekeken in de komende twee weken",
            "beginnen, stoppen of moeten worden nagekeken in de komende twee weken",
            soon,
            f"{desk}/redactie/onderhoud?lijst=kalender",
        ),
        _listed("heeft een dode link", "hebben een dode link", dead, f"{desk}/redactie/onderhoud?lijst=links"),
        _listed(
            "zegt in het Engels nog wat er eerst stond",
            "zeggen in het Engels nog wat er eerst stond",
            lists["vertalingen"],
            f"{desk}/redactie/onderhoud?lijst=vertalingen",
        ),
        _titled(
            "onderdeel dat jullie volgen, wacht op een collega",
            "onderdelen die jullie volgen, wachten op een collega",
            week.followed.held,
            taken,
        ),
        _titled(
            "onderdeel dat jullie volgen, veranderde mee met het origineel",
            "onderdelen die jullie volgen, veranderden mee met het origineel",
            week.followed.along,
            taken,
        ),
        _titled(
            "onderdeel ging een eigen weg, en het origineel veranderde",
            "onderdelen gingen een eigen weg, en het origineel veranderde",
            week.followed.apart,
            taken,
        ),
        _counted("voorstel van een bron wacht", "voorstellen van bronnen wachten", week.proposals, f"{desk}/redactie/voorstellen"),
        _counted(
            "vraag heeft geen goed antwoord",
            "vragen hebben geen goed antwoord",
            sum(1 for each in week.questions if not each.dismissed),
            f"{desk}/vragen",
        ),
    )  # fmt: skip
    last = week.weeks[-2]
    body = mail_text(
        "digest.txt",
        name=account.name,
        day=day_in_words(today),
        parts=[each for each in parts if each is not None],
        week=day_in_words(last.begins),
        use=last,
        before=week.weeks[-3],
        account_address=f"{desk}/account",
    )
    return NewMail(id=str(uuid.uuid4()), to=account.email, subject="Weekbericht van de redactie", body=body)


def _listed(one: str, more: str, found: Sequence[Matter], address: str) -> _Part | None:
    titles = tuple(dict.fromkeys(each.entry.title for each in found))
    return _titled(f"onderdeel {one}", f"onderdelen {more}", titles, address)


def _titled(one: str, more: str, titles: Sequence[str], address: str) -> _Part | None:
    counted = _counted(one, more, len(titles), address)
    return counted and _Part(counted.line, tuple(titles)[:_TITLES], address)


def _counted(one: str, more: str, count: int, address: str) -> _Part | None:
    return _Part(f"{count} {one if count == 1 else more}.", (), address) if count else None
