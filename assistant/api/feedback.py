"""What visitors think of a reply: one tap, and a few words if they like."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.answering.personal import PersonalData
from assistant.api.dependencies import Conversations, Feedback, Token
from assistant.api.problem import problems
from assistant.leads.contact import clean_text

router = APIRouter(prefix="/api/v1", tags=["feedback"])
_PERSONAL = PersonalData()


class FeedbackIn(BaseModel):
    """An opinion on one reply."""

    conversation_id: str = Field(max_length=64)
    reply_id: str = Field(max_length=64)
    helpful: bool = Field(strict=True)
    comment: str | None = Field(default=None, max_length=1000)


class FeedbackOut(BaseModel):
    """That it was kept."""

    accepted: bool = True


@router.post("/feedback", status_code=201, responses=problems(401, 404, 413, 422, 429))
def give_feedback(given: FeedbackIn, conversations: Conversations, feedback: Feedback, token: Token) -> FeedbackOut:
    """Keep an opinion on one reply of the conversation that the bearer token opens; a later one replaces it."""
    conversation = conversations.get(given.conversation_id, token)
    comment, _ = _PERSONAL.hide(clean_text(given.comment or ""))
    feedback.give(conversation, given.reply_id, given.helpful, comment)
    return FeedbackOut()
