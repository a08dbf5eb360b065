"""The answers of a zelftest that somebody wants to go on with later."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field

from assistant.eligibility.profile import Profile
from assistant.zelftest.listed import is_listed, read_again
from assistant.zelftest.question import JsonValue, as_json
from knowledge.catalogue import Catalogue
from knowledge.programme import MONTHS
from knowledge.record import Frozen

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class SavedAnswers(Frozen):
    """What was answered, in the order of answering; `null` is "weet ik niet". Never words of one's own."""

    facts: dict[str, JsonValue | None] = Field(default_factory=dict)
    region: str | None = None

    @classmethod
    def of(cls, profile: Profile, catalogue: Catalogue, region: str | None = None) -> "SavedAnswers":
        """The answers of a profile, without what is on no list of ours."""
        told = {**{each.name: as_json(each.value) for each in profile.known}, **dict.fromkeys(sorted(profile.unknown))}
        return cls.of_facts(told, catalogue, region)

    @classmethod
    def of_facts(
        cls, facts: Mapping[str, JsonValue | None], catalogue: Catalogue, region: str | None = None
    ) -> "SavedAnswers":
        """The same of answers as JSON holds them, in their order."""
        kept = {name: value for name, value in facts.items() if is_listed(catalogue, name, value)}
        return cls(facts=kept, region=region)

    def profile(self, catalogue: Catalogue) -> tuple[Profile, tuple[str, ...]]:
        """The answers as the questions of now read them, and the names of those that are no answer any more."""
        return read_again(catalogue, self.facts)


def until_in_words(expires_at: datetime) -> str:
    """The last whole day, in the Netherlands, on which it can be opened: `tot en met 25 februari 2027`."""
    last = expires_at.astimezone(_AMSTERDAM).date() - timedelta(days=1)
    return f"tot en met {last.day} {MONTHS[last.month - 1]} {last.year}"
