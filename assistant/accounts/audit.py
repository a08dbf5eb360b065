"""What is written down about who saw and changed what. No name, address or word of a visitor goes in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """
    What somebody did. A new one needs its Dutch words in `desk/wording.py`; a test holds that.

    The subject of `lead_*` is the id of a lead, that of `account_*` the id of an account.
    """

    LEAD_SEEN = "lead_seen"
    LEAD_PRINTED = "lead_printed"
    LEAD_CHANGED = "lead_changed"
    LEAD_CLAIMED = "lead_claimed"
    LEAD_NOTED = "lead_noted"
    LEAD_CONTACTED = "lead_contacted"
    LEAD_MAILED = "lead_mailed"
    LEAD_ANSWERED = "lead_answered"
    LEAD_REFERRED = "lead_referred"
    LEAD_MERGED = "lead_merged"
    LEAD_CONSENT_WITHDRAWN = "lead_consent_withdrawn"
    CONVERSATION_SEEN = "conversation_seen"
    CONVERSATION_JOINED = "conversation_joined"
    AGENDA_SEEN = "agenda_seen"
    AGENDA_CHANGED = "agenda_changed"
    REGISTRATIONS_EXPORTED = "registrations_exported"
    FIGURES_EXPORTED = "figures_exported"
    FIGURES_FILLED_IN = "figures_filled_in"
    QUESTION_DISMISSED = "question_dismissed"
    ITEM_CHANGED = "item_changed"
    CHANGE_SUBMITTED = "change_submitted"
    CHANGE_ARRANGED = "change_arranged"
    CHANGE_COMMENTED = "change_commented"
    CHANGE_APPROVED = "change_approved"
    CHANGE_SENT_BACK = "change_sent_back"
    CHANGE_TOLD = "change_told"
    CHANGE_PLANNED = "change_planned"
    CHANGE_PUBLISHED = "change_published"
    CHANGE_TAKEN_BACK = "change_taken_back"
    CHANGE_WITHDRAWN = "change_withdrawn"
    REVIEW_DECIDED = "review_decided"
    """What a second person has to look at in a region."""
    PROPOSAL_TAKEN = "proposal_taken"
    PROPOSAL_REFUSED = "proposal_refused"
    SOURCE_TRUSTED = "source_trusted"
    SOURCE_DISTRUSTED = "source_distrusted"
    SOURCE_FETCHED = "source_fetched"
    SOURCE_PAUSED = "source_paused"
    SOURCE_RESUMED = "source_resumed"
    ACCOUNT_SIGNED_IN = "account_signed_in"
    ACCOUNT_SIGN_IN_FAILED = "account_sign_in_failed"
    ACCOUNT_SIGNED_OUT = "account_signed_out"
    ACCOUNT_SESSION_ENDED = "account_session_ended"
    ACCOUNT_PASSWORD_CHANGED = "account_password_changed"  # noqa: S105 - the name of an action
    ACCOUNT_RESET_SENT = "account_reset_sent"
    ACCOUNT_SECOND_STEP_SET = "account_second_step_set"
    ACCOUNT_SECOND_STEP_REMOVED = "account_second_step_removed"
    ACCOUNT_INVITED = "account_invited"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    AUDIT_EXPORTED = "audit_exported"
    RETENTION_CHANGED = "retention_changed"
    RETENTION_ERASED = "retention_erased"
    PERSON_SOUGHT = "person_sought"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"


SEEING = frozenset({Action.LEAD_SEEN, Action.LEAD_PRINTED, Action.CONVERSATION_SEEN, Action.AGENDA_SEEN})
"""What counts once a quarter of an hour, however often the page is opened anew."""


@dataclass(frozen=True)
class AuditEntry:
    """One line of the log."""

    id: int
    at: datetime
    actor_id: str
    """Empty: the service itself, or the operator at the command line."""
    actor: str
    """The name as it was then."""
    action: Action
    subject: str
    regions: tuple[str, ...]
    detail: str
