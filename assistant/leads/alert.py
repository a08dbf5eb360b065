"""Alert: somebody who asked to be mailed when a vacancy comes that they look for, until they say stop."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail
from knowledge.catalogue import Catalogue
from knowledge.job_search import JOBS, JobSearch
from knowledge.record import Frozen
from knowledge.vacancy import Vacancy

ALERT_TEXT = "Mail mij als er een nieuwe vacature is die hierbij past. Ik kan dit altijd stoppen."
"""What somebody agrees to. A change of it is another version."""
ALERT_VERSION = "2026-11-a"
UNCONFIRMED_FOR = timedelta(days=3)
"""Who does not answer the first mail within this time is forgotten."""
RUNS_FOR = timedelta(days=182)
"""Then it ends by itself: an alert that nobody thinks of any more is no consent."""
AT_MOST_EVERY = timedelta(hours=20)
_SHOWN = 8
_SECTORS = {
    "po": "het basisonderwijs",
    "so": "het speciaal onderwijs",
    "vo": "het voortgezet onderwijs",
    "mbo": "het mbo",
}


class Alert(Frozen):
    """What somebody is mailed about."""

    id: str
    code: str
    """Opens the page on which it is confirmed or stopped; it stands in every mail."""
    email: str
    region: str = ""
    """Empty: every region."""
    search: dict[str, Any]
    """A `JobSearch`."""
    told: tuple[str, ...] = ()
    """Ids of vacancies that they saw when they asked, or were mailed about."""
    created_at: datetime
    confirmed_at: datetime | None = None

    @property
    def wanted(self) -> JobSearch:
        """What they look for."""
        return JobSearch(**self.search)

    def news(self, jobs: Sequence[Vacancy], catalogue: Catalogue) -> tuple[Vacancy, ...]:
        """The vacancies among these that fit and that they were not told of yet."""
        return tuple(
            each
            for each in jobs
            if each.id not in self.told
            and (not self.region or each.holds_in(self.region))
            and self.wanted.fits(each, catalogue.municipalities)
        )


def as_data(search: JobSearch) -> dict[str, Any]:
    """The search as it is kept."""
    return {name: value for name, value in asdict(search).items() if value}


def in_words(search: JobSearch, catalogue: Catalogue) -> str:
    """What is looked for: `Leerkracht basisonderwijs in Delft, waar zij-instromers welkom zijn`."""
    town = catalogue.municipalities.get(search.municipality)
    subject = catalogue.subjects.get(search.subject)
    words = JOBS[search.job][0] if search.job in JOBS else "Alle vacatures"
    if subject is not None:
        words += f" {subject.title.lower()}"
    if search.sector in _SECTORS and search.job != "groepsleerkracht":
        words += f" in {_SECTORS[search.sector]}"
    if town is not None:
        words += f" in {town.name}"
    return words + (", waar zij-instromers welkom zijn" if search.zij_instromers else "")


def confirming_mail(alert: Alert, catalogue: Catalogue, public_url: str) -> NewMail:
    """The first mail: nothing follows until the link in it is used, so that nobody signs up somebody else."""
    body = mail_text(
        "alert_confirm.txt",
        wanted=in_words(alert.wanted, catalogue),
        text=ALERT_TEXT,
        version=ALERT_VERSION,
        address=_address(alert, public_url),
    )
    return NewMail(
        id=str(uuid.uuid4()),
        to=alert.email,
        subject="Wil je mail over vacatures? Bevestig het",
        body=body,
        region=alert.region,
    )


def news_mail(alert: Alert, jobs: Sequence[Vacancy], catalogue: Catalogue, public_url: str) -> NewMail:
    """The mail about new vacancies; what does not fit in it is on the site."""
    lines = [
        {
            "title": each.title,
            "where": ", ".join(filter(None, (each.employer, each.municipality, each.fte))),
            "closes": f"{each.closes_on:%d-%m-%Y}" if each.closes_on else "",
            "url": str(each.url) if each.url else "",
        }
        for each in jobs[:_SHOWN]
    ]
    body = mail_text(
        "alert.txt",
        jobs=lines,
        more=max(0, len(jobs) - _SHOWN),
        wanted=in_words(alert.wanted, catalogue),
        site=f"{public_url.rstrip('/')}/vacatures",
        address=_address(alert, public_url),
    )
    return NewMail(
        id=str(uuid.uuid4()),
        to=alert.email,
        subject="Nieuwe vacatures die bij je zoekopdracht passen",
        body=body,
        region=alert.region,
    )


def _address(alert: Alert, public_url: str) -> str:
    return f"{public_url.rstrip('/')}/vacatures/bericht/{alert.code}"
