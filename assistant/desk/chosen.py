"""What an adviser chose to see in the inbox: from an address and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Literal, cast
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from fastapi import Depends, Query

from assistant.desk.wording import PHASES, SECTORS, WARMTHS
from assistant.leads.contact import clean_line
from assistant.storage.inbox import LeadFilter

AGES = {
    "vandaag": "Vandaag",
    "week": "Laatste 7 dagen",
    "maand": "Laatste 30 dagen",
    "ouder": "Langer dan 30 dagen geleden",
}
STATES = {
    "wacht": "Wacht op contact",
    "mijn": "Van mij",
    "vrij": "Van niemand",
    "ongelezen": "Ongelezen",
}
_STATES_IN_STORE = {"wacht": "waiting", "mijn": "mine", "vrij": "free", "ongelezen": "unread"}
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Chosen:
    """The filters as they stand in an address; empty is everything."""

    zoek: str = ""
    toon: str = ""
    regio: str = ""
    loket: str = ""
    onderwijs: str = ""
    fase: str = ""
    warmte: str = ""
    binnen: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Chosen":
        """The filters in what was given; a value that we do not know filters nothing."""
        known: dict[str, Mapping[str, str]] = {
            "toon": STATES,
            "onderwijs": SECTORS,
            "fase": {phase.value: word for phase, word in PHASES.items()},
            "warmte": {warmth.value: word for warmth, word in WARMTHS.items()},
            "binnen": AGES,
        }
        read = {field.name: clean_line(given.get(field.name, ""))[:100] for field in fields(cls)}
        return cls(**{name: value for name, value in read.items() if name not in known or value in known[name]})

    @classmethod
    def of_query(cls, query: str) -> "Chosen":
        """The filters in the query of an address."""
        return cls.of(dict(parse_qsl(query)))

    @property
    def query(self) -> str:
        """As the query of an address; empty if nothing is chosen."""
        return urlencode({field.name: value for field in fields(self) if (value := getattr(self, field.name))})

    @property
    def narrowed(self) -> int:
        """How many filters are chosen beside the words and what is shown."""
        return sum(bool(getattr(self, name)) for name in ("regio", "loket", "onderwijs", "fase", "warmte", "binnen"))

    def wanted(self, regions: tuple[str, ...], now: datetime) -> LeadFilter:
        """What to ask of the store, for an adviser of these regions."""
        today = datetime.combine(now.astimezone(_AMSTERDAM).date(), time(), _AMSTERDAM).astimezone(UTC)
        month = today - timedelta(days=30)
        since = {"vandaag": today, "week": today - timedelta(days=7), "maand": month}.get(self.binnen)
        return LeadFilter(
            regions=regions,
            region=self.regio if self.regio in regions else "",
            loket=self.loket,
            sector=self.onderwijs,
            phase=self.fase,
            warmth=self.warmte,
            since=since,
            until=month if self.binnen == "ouder" else None,
            words=self.zoek,
            state=cast(Literal["", "waiting", "mine", "free", "unread"], _STATES_IN_STORE.get(self.toon, "")),
        )


def _chosen(
    zoek: Annotated[str, Query(max_length=100)] = "",
    toon: Annotated[str, Query(max_length=20)] = "",
    regio: Annotated[str, Query(max_length=80)] = "",
    loket: Annotated[str, Query(max_length=80)] = "",
    onderwijs: Annotated[str, Query(max_length=10)] = "",
    fase: Annotated[str, Query(max_length=20)] = "",
    warmte: Annotated[str, Query(max_length=20)] = "",
    binnen: Annotated[str, Query(max_length=20)] = "",
) -> Chosen:
    return Chosen.of(locals())


ChosenInAddress = Annotated[Chosen, Depends(_chosen)]
