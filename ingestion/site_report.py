"""SiteReport: what a run over a site did, for the editor's page of it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from ingestion.fetch.fetcher import FetchReport
from ingestion.report import Refusal
from knowledge.publishing.live import LiveTally
from knowledge.publishing.proposals import Tally


@dataclass
class SiteReport:
    """What one run did with a source, from its addresses to its passages, vacancies, events and proposals."""

    fetched: FetchReport
    read: int = 0
    """Pages that were read; the others are the same as before."""
    added: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: list[Refusal] = field(default_factory=list)
    generation: str = ""
    """The index generation with the changes; empty if there was nothing to change, or nothing goes live by itself."""
    found: dict[str, int] = field(default_factory=dict)
    """Findings on all pages of the source, by kind."""
    proposals: Tally | None = None
    """None: nothing was compared, since neither the pages nor our records had changed."""
    vacancies: LiveTally | None = None
    """None: the source's vacancies do not go live by themselves."""
    events: LiveTally | None = None
    dropped: list[dict[str, str]] = field(default_factory=list)
    """Vacancies and events that did not go live, and why."""
    repairs: list[str] = field(default_factory=list)
    """What was wrong with pages' data for machines, as `address: what`."""
    seconds: float = 0.0
    """From the first address to the last proposal."""
    compared_with: str = ""
    """The version of the catalogue that the source was compared with."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data."""
        return asdict(self) | {"fetched": self.fetched.to_dict()}

    @property
    def went_live(self) -> bool:
        """Whether a vacancy or event came, changed or went."""
        return any(
            tally is not None and (tally.added or tally.changed or tally.gone)
            for tally in (self.vacancies, self.events)
        )
