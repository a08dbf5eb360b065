"""Following: a running server takes over what is published, here or by another process, within seconds."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.answering.published import Publication
from knowledge.catalogue import Catalogue
from knowledge.publishing.publishing import PublicationInfo

_LOOK_EVERY_SECONDS = 1.0
_PLANNED_EVERY_LOOKS = 10
_AGAIN_AFTER_SECONDS = 30.0
_log = logging.getLogger(__name__)


class Published(Protocol):
    """Where publications come from: `knowledge.publishing.publishing.Publisher`."""

    def signal(self) -> int:
        """A number that grows with every change."""

    def publish_due(self) -> Sequence[PublicationInfo]:
        """Publish and take back what was planned for now; what that was."""


class Follower:
    """
    Looks for a new publication, and serves it.

    What cannot be served is told to the operator, and tried again later; what was served before stays.
    """

    def __init__(
        self,
        publication: Publication,
        published: Published,
        read: Callable[[], Catalogue],
        signal: int,
        keep: Callable[[Catalogue], None] = lambda _: None,
        served: Callable[[], object] = lambda: None,
        planned: Callable[[PublicationInfo], None] = lambda _: None,
    ) -> None:
        """
        :param read: Reads what is published, and checks it.
        :param signal: The publisher's signal from before `publication` was read.
        :param keep: Told of every catalogue before it is served.
        :param served: Called after another one is.
        :param planned: Told of what was published or taken back because its time had come.
        """
        self._publication = publication
        self._published = published
        self._read = read
        self._seen = signal
        self._keep = keep
        self._served = served
        self._planned = planned

    def look(self) -> bool:
        """Serve what is published, if that is something new; whether it was."""
        # Asked first: what is published while this one is read is looked at the next time.
        signal = self._published.signal()
        if signal == self._seen:
            return False
        catalogue = self._read()
        is_new = catalogue.version != self._publication.catalogue.version
        if is_new:
            self._keep(catalogue)
            self._publication.replace(catalogue)
            _log.info("catalogue %s is served: %d records", catalogue.version, len(catalogue))
            self._served()
        self._seen = signal
        return is_new

    def _publish_due(self) -> None:
        for each in self._published.publish_due():
            self._planned(each)

    async def run(self, stop: asyncio.Event) -> None:
        """Look until told to stop."""
        looks = itertools.count()
        while not stop.is_set():
            wait_seconds = _LOOK_EVERY_SECONDS
            try:
                if next(looks) % _PLANNED_EVERY_LOOKS == 0:
                    await asyncio.to_thread(self._publish_due)
                await asyncio.to_thread(self.look)
            except Exception:
                _log.exception("what was published cannot be served; what was served before stays")
                wait_seconds = _AGAIN_AFTER_SECONDS
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait_seconds)
