"""A lead to its row and back; the record never knows its row."""

from typing import Any

from assistant.eligibility.profile import KnownFact
from assistant.leads.contact import Contact
from assistant.leads.lead import Claim, Consent, Lead, LeavingReason, Phase, RouteVerdict, SharedTurn
from assistant.leads.mail import best_first
from assistant.leads.warmth import warmth
from assistant.storage.tables import LeadRow


def values(lead: Lead) -> dict[str, Any]:
    """The columns of a lead's row, all but `wish`."""
    return {
        "id": lead.id,
        "conversation_id": lead.conversation_id,
        "loket_id": lead.loket_id,
        "loket_title": lead.loket_title,
        "region": lead.region,
        "sectors": f" {' '.join(lead.sectors)} ",
        "reason": lead.reason,
        "name": lead.contact.name,
        "email": lead.contact.email,
        "phone": lead.contact.phone,
        "preferred_contact": lead.contact.preferred,
        "message": lead.message,
        "consent_version": lead.consent.version,
        "consent_text": lead.consent.text,
        "consent_given_at": lead.consent.given_at,
        "share_transcript": lead.consent.share_transcript,
        "facts": [fact.model_dump(mode="json") for fact in lead.facts],
        "verdicts": [verdict.model_dump(mode="json") for verdict in lead.verdicts],
        "transcript": [turn.model_dump(mode="json") for turn in lead.transcript],
        "receipt": lead.receipt,
        "phase": lead.phase.value,
        "created_at": lead.created_at,
        "updated_at": lead.updated_at,
        "due_at": lead.due_at,
        "contacted_at": lead.contacted_at,
        "best_route": next((each.route for each in best_first(lead.verdicts) if each.verdict != "does_not_fit"), ""),
        "municipality": next((str(fact.value)[:80] for fact in lead.facts if fact.name == "municipality"), ""),
        "warmth": warmth(lead.facts).value,
        "left_because": lead.left_because.value if lead.left_because else None,
        "claimed_by": lead.claim.account_id if lead.claim else None,
        "claimed_name": lead.claim.name if lead.claim else "",
        "claimed_at": lead.claim.claimed_at if lead.claim else None,
    }


def record(row: LeadRow) -> Lead:
    """The lead that a row holds."""
    return Lead(
        id=row.id,
        conversation_id=row.conversation_id,
        loket_id=row.loket_id,
        loket_title=row.loket_title,
        region=row.region,
        sectors=tuple(row.sectors.split()),
        reason=row.reason,
        contact=Contact.model_validate(
            {"name": row.name, "email": row.email, "phone": row.phone, "preferred": row.preferred_contact}
        ),
        message=row.message,
        consent=Consent(
            version=row.consent_version,
            text=row.consent_text,
            given_at=row.consent_given_at,
            share_transcript=row.share_transcript,
        ),
        facts=tuple(KnownFact.model_validate(fact) for fact in row.facts),
        verdicts=tuple(RouteVerdict.model_validate(verdict) for verdict in row.verdicts),
        transcript=tuple(SharedTurn.model_validate(turn) for turn in row.transcript),
        receipt=row.receipt,
        phase=Phase(row.phase),
        created_at=row.created_at,
        updated_at=row.updated_at,
        due_at=row.due_at,
        contacted_at=row.contacted_at,
        left_because=LeavingReason(row.left_because) if row.left_because else None,
        claim=Claim(account_id=row.claimed_by, name=row.claimed_name, claimed_at=row.claimed_at)
        if row.claimed_by and row.claimed_at
        else None,
    )
