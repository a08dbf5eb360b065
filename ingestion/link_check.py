"""LinkCheck: whether the addresses that our content names still answer, asked as politely as sources are fetched."""

import heapq
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

import httpx

from ingestion.fetch.address import host_of
from ingestion.fetch.download import Downloaded, Downloader, Limits, NotFetched
from ingestion.fetch.robots import RobotsRules
from knowledge.publishing.links import LinkState, LinkStore, Look, told
from knowledge.publishing.proposal import Evidence, Proposed
from knowledge.publishing.upkeep import Upkeep

SOURCE = "links"
"""Under this name proposals of the link check wait."""
LIMITS = Limits(seconds=20.0, tries=2, longest_wait=15.0)
_FOR_PEOPLE = {401, 402, 403, 405, 406, 407, 418, 429, 451, 999}
"""What sites answer to a program whose page people do see."""


class LinkLooker(Downloader):
    """Asks for a page and hangs up when it begins to come: that it is there is all we want to know."""

    def _read(self, address: str, response: httpx.Response, ends_at: float) -> Downloaded:  # noqa: ARG002
        return Downloaded(address, address, response.status_code)


class LinkCheck:
    """Asks for each address, one site after the other, with a pause between two pages of one site."""

    def __init__(
        self,
        looker: LinkLooker,
        robots: RobotsRules,
        store: LinkStore,
        now: Callable[[], datetime],
        pause_seconds: float = 1.0,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """:param robots: With a downloader that reads what it gets, which `looker` does not."""
        self._looker = looker
        self._robots = robots
        self._store = store
        self._now = now
        self._pause = pause_seconds
        self._wait = wait
        self._clock = clock

    def run(self, addresses: Iterable[str], everything: bool = False) -> Iterator[LinkState]:
        """
        Ask for those that are due, and keep what came of it at once: who breaks it off loses nothing.

        :param everything: Also for those that are not due.
        """
        known = self._store.all()
        due = [each for each in addresses if everything or each not in known or known[each].is_due(self._now())]
        for address in self._politely(due):
            yield self._store.note(address, self._look(address))

    def _look(self, address: str) -> Look:
        at, forbidden = self._now(), ""

        def allowed(on_the_way: str) -> bool:
            nonlocal forbidden
            forbidden = "" if self._robots.allows(on_the_way) else on_the_way
            return not forbidden

        try:
            found = self._looker.get(address, allowed=allowed)
        except NotFetched as error:
            # A site that fails to say what it allows allows nothing, and is as dead as its pages.
            is_closed = self._robots.answers(forbidden) if forbidden else error.status in _FOR_PEOPLE
            return Look(at=at, outcome="closed" if is_closed else "failed", status=error.status, why=error.why[:300])
        moved = found.address if found.address != found.asked else ""
        for_good = bool(moved) and found.moved_for_good
        return Look(at=at, outcome="fine", status=found.status, moved_to=moved, for_good=for_good)

    def _politely(self, addresses: Iterable[str]) -> Iterator[str]:
        """In turns over the sites, each left alone for its pause after every page."""
        waiting: dict[str, deque[str]] = defaultdict(deque)
        for address in addresses:
            waiting[host_of(address)].append(address)
        turns = [(0.0, number, host) for number, host in enumerate(waiting)]
        heapq.heapify(turns)
        while turns:
            free_at, number, host = heapq.heappop(turns)
            if (ahead := free_at - self._clock()) > 0:
                self._wait(ahead)
            address = waiting[host].popleft()
            yield address
            if waiting[host]:
                pause = max(self._pause, self._robots.delay(address))
                heapq.heappush(turns, (self._clock() + pause, number, host))


def dead_link_proposals(upkeep: Upkeep, states: Mapping[str, LinkState], today: date) -> Iterator[Proposed]:
    """A proposal for each item that names an address which may be dead: somebody has to find the page, or take it away."""
    for address, state in states.items():
        if not state.may_be_dead or address not in upkeep.addresses:
            continue
        for key in upkeep.addresses[address]:
            entry = upkeep.entries[key]
            yield Proposed(
                kind="gone",
                group=key.group,
                item_id=key.id,
                title=entry.title,
                evidence=(
                    Evidence(
                        words=f"{told(state.last)}.",
                        url=address,
                        publisher=host_of(address),
                        seen_on=today,
                        confidence="high",
                    ),
                ),
                about=f"Deze pagina doet het al {state.nights} nachten niet. Zoek waar ze nu staat, of haal de verwijzing weg.",
            )
