"""News: what has changed, newest first, made again only when something was published."""

import threading
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.news.change import Change, Topic
from assistant.news.telling import told_changes
from assistant.news.wording import Locale
from knowledge.catalogue import Catalogue
from knowledge.publishing.history import History, ItemChange

_HERE = ZoneInfo("Europe/Amsterdam")


class News:
    """All that is told of an installation's history, in both languages."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._lock = threading.Lock()
        self._of: tuple[tuple[ItemChange, ...], str] = ((), "")
        self._told: dict[Locale, tuple[Change, ...]] = {"nl": (), "en": ()}

    def told(self, catalogue: Catalogue, locale: Locale = "nl") -> tuple[Change, ...]:
        """The newest first; :param catalogue: What visitors read now."""
        changes = self._history.changes()
        with self._lock:
            if self._of[0] is not changes or self._of[1] != catalogue.version:
                self._told = {each: told_changes(changes, catalogue, each) for each in ("nl", "en")}
                self._of = (changes, catalogue.version)
            return self._told[locale]

    def last_changed(self, catalogue: Catalogue, route: str) -> datetime | None:
        """When something was last published about a route, its rules or its money."""
        return next((each.at for each in self.told(catalogue) if route in each.routes), None)


def wanted(
    changes: Iterable[Change], topic: Topic | None = None, region: str = "", route: str = ""
) -> tuple[Change, ...]:
    """
    Those that are about it.

    :param region: What holds there, and what holds everywhere. Empty: all.
    """
    return tuple(
        each
        for each in changes
        if (topic is None or each.topic == topic)
        and (not region or not each.regions or region in each.regions)
        and (not route or route in each.routes)
    )


def day_of(moment: datetime) -> date:
    """The day it was in the Netherlands."""
    return moment.astimezone(_HERE).date()
