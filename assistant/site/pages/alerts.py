"""The page on which mail about vacancies is confirmed or stopped."""

from dataclasses import dataclass

from assistant.leads.alert import ALERT_TEXT, ALERT_VERSION, RUNS_FOR, UNCONFIRMED_FOR, Alert, in_words
from assistant.site.shell import Shell
from assistant.site.visit import Visit
from assistant.site.wording import date_in_words


@dataclass(frozen=True)
class AlertPage:
    """What somebody asked for, and where it stands."""

    shell: Shell
    action: str
    wanted: str
    email: str
    is_confirmed: bool
    ends_on: str
    text: str
    version: str


def alert_page(visit: Visit, alert: Alert) -> AlertPage:
    """The page about one alert."""
    ends = (alert.confirmed_at or alert.created_at) + (RUNS_FOR if alert.confirmed_at else UNCONFIRMED_FOR)
    # The code stays out of everything but the form: the canonical address and the region links have none.
    shell = visit.shell(
        "Mail over vacatures", "Bevestig of stop mail over nieuwe vacatures.", path="/vacatures", is_indexed=False
    )
    return AlertPage(
        shell=shell,
        action=f"/vacatures/bericht/{alert.code}",
        wanted=in_words(alert.wanted, visit.catalogue),
        email=alert.email,
        is_confirmed=alert.confirmed_at is not None,
        ends_on=date_in_words(ends.date()),
        text=ALERT_TEXT,
        version=ALERT_VERSION,
    )
