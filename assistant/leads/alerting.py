"""VacancyAlerts: looks now and then whether there is news for who asked for it, and puts it in the outbox."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.leads.alert import Alert, news_mail
from assistant.leads.outbox import NewMail
from knowledge.catalogue import Catalogue
from knowledge.vacancy import Vacancy

_EVERY_SECONDS = 900.0
_log = logging.getLogger(__name__)


class Alerts(Protocol):
    """Where alerts are kept. The storage has one in its tables."""

    def due(self) -> tuple[Alert, ...]:
        """Those that may be mailed now."""
        ...

    def send(self, alert: Alert, mail: NewMail, told: Sequence[str]) -> bool:
        """Put the mail in the outbox and note what was told, both or neither; False if somebody else did."""
        ...


class VacancyAlerts:
    """One round an alert: what is open now, fits, and was not told yet."""

    def __init__(
        self,
        alerts: Alerts,
        catalogue: Callable[[], Catalogue],
        open_jobs: Callable[[Catalogue], Sequence[Vacancy]],
        public_url: str,
    ) -> None:
        """:param open_jobs: The vacancies of a catalogue that one can apply for today."""
        self._alerts = alerts
        self._catalogue = catalogue
        self._open_jobs = open_jobs
        self._public_url = public_url

    def send_due(self) -> int:
        """Mail what is new; how many mails that were."""
        due = self._alerts.due()
        if not due:
            return 0
        catalogue = self._catalogue()
        jobs = self._open_jobs(catalogue)
        sent = 0
        for each in due:
            news = each.news(jobs, catalogue)
            if news:
                mail = news_mail(each, news, catalogue, self._public_url)
                sent += self._alerts.send(each, mail, [job.id for job in news])
        return sent

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self.send_due)
            except Exception:
                _log.exception("alerts about vacancies could not be sent; trying again later")
            try:
                await asyncio.wait_for(stop.wait(), _EVERY_SECONDS)
            except TimeoutError:
                continue
