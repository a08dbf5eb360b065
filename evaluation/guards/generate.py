"""What the assistant makes of every message that a guard may have to answer."""

from collections.abc import Iterator

from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.record import Frozen

_REGION = "haaglanden"


class Guarded(Frozen):
    """How the turn ended, and what of the message would be kept."""

    id: str
    status: str
    heard: str


def generate(product: Product, casebook: Casebook) -> Iterator[Guarded]:
    """One a message, each the first of its conversation."""
    answering = product.ready.now().answering
    for case in casebook.guards:
        asked = Asked(state=ConversationState(region=_REGION), today=product.on, text=case.message)
        answered = answering.answer(asked)
        yield Guarded(id=case.id, status=str(answered.reply.status), heard=answered.heard)
