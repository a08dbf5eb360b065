"""Every way a question can end. Each has a fixed sentence in `templates/replies/status.html`."""

from enum import StrEnum


class AnswerStatus(StrEnum):
    """How a turn ended; the prefix says in which group."""

    ANSWERED_GREETING = "answered_greeting"
    ANSWERED_RECORD = "answered_record"
    """From the fields of a record."""
    ANSWERED_ADVICE = "answered_advice"
    """From rules and facts."""
    ANSWERED_LIST = "answered_list"
    ANSWERED_PASSAGE = "answered_passage"
    """From a passage of a document, quoted with its source."""
    ANSWERED_SMALLTALK = "answered_smalltalk"
    ANSWERED_FEEDBACK = "answered_feedback"
    ASKED_FACT = "asked_fact"
    """Advice or zelftest asks its next question."""
    ASKED_CLARIFICATION = "asked_clarification"
    UNANSWERABLE_NOT_FOUND = "unanswerable_not_found"
    UNANSWERABLE_OUT_OF_SCOPE = "unanswerable_out_of_scope"
    UNANSWERABLE_OUT_OF_REGION = "unanswerable_out_of_region"
    UNANSWERABLE_UNVERIFIED = "unanswerable_unverified"
    """An answer was written, but a number or a name in it had no source, so it was not sent."""
    GUARDED_CRISIS = "guarded_crisis"
    GUARDED_ABUSE = "guarded_abuse"
    GUARDED_PERSONAL_DATA = "guarded_personal_data"
    GUARDED_INSTRUCTION = "guarded_instruction"
    GUARDED_TOO_LONG = "guarded_too_long"
    GUARDED_EMPTY = "guarded_empty"
    HANDED_OVER_OFFERED = "handed_over_offered"
    ERROR_INTERNAL = "error_internal"
