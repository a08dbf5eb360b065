"""From a visitor's form and conversation to a lead."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.eligibility.profile import KnownFact, Profile
from assistant.leads.contact import Contact
from assistant.leads.lead import Consent, Lead, RouteVerdict, SharedTurn, VerdictReason
from assistant.leads.routing import RoutedTo
from assistant.leads.working_days import end_of_next_working_day


@dataclass(frozen=True)
class Story:
    """What a conversation told: facts, what the rules made of them, and its turns if they are shared."""

    conversation_id: str | None = None
    facts: tuple[KnownFact, ...] = ()
    verdicts: tuple[RouteVerdict, ...] = ()
    transcript: tuple[SharedTurn, ...] = ()
    receipt: str | None = None
    """The number of the last advice."""

    def with_facts(self, told: Iterable[KnownFact]) -> "Story":
        """The same story with more facts; a later one takes the place of an earlier one."""
        return replace(self, facts=Profile(known=self.facts).with_facts(told).known)

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sectors the visitor wants to work in, in alphabetical order."""
        wanted = next((fact.value for fact in self.facts if fact.name == "sector"), frozenset())
        return tuple(sorted(wanted)) if isinstance(wanted, frozenset) else (str(wanted),)


def story_of(conversation_id: str, state: Mapping[str, Any], transcript: tuple[SharedTurn, ...]) -> Story:
    """
    The story that a conversation's state holds.

    :param state: `profile` is a dumped `Profile`, `verdicts` a list of `{route, title, verdict, reasons: [{text, met}]}`,
        `receipt` the number of that advice; more in them is left out, and each may be missing.
    """
    profile = Profile.model_validate(state.get("profile") or {})
    verdicts = tuple(
        RouteVerdict(
            route=each["route"],
            title=each["title"],
            verdict=each["verdict"],
            reasons=tuple(VerdictReason(text=one["text"], met=one["met"]) for one in each.get("reasons", ())),
        )
        for each in state.get("verdicts") or ()
    )
    return Story(conversation_id, profile.known, verdicts, transcript, state.get("receipt"))


def new_lead(
    contact: Contact,
    message: str,
    consent: Consent,
    story: Story,
    routed: RoutedTo,
    now: datetime,
    due_at: datetime | None = None,
) -> Lead:
    """The lead, in its first phase; due when its appointment is over, else by the end of the next working day."""
    return Lead(
        id=str(uuid.uuid4()),
        conversation_id=story.conversation_id,
        loket_id=routed.loket.id,
        loket_title=routed.loket.title,
        region=routed.region,
        sectors=story.sectors,
        reason=routed.reason,
        contact=contact,
        message=message,
        consent=consent,
        facts=story.facts,
        verdicts=story.verdicts,
        transcript=story.transcript if consent.share_transcript else (),
        receipt=story.receipt,
        created_at=now,
        updated_at=now,
        due_at=due_at or end_of_next_working_day(now),
    )
