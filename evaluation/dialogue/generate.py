"""Every conversation as it goes: the reply to each turn, and what is known after it."""

import time
from collections.abc import Iterator
from typing import Any

from assistant.answering.state import ConversationState
from evaluation.answering.generate import evidence_of
from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.record import Frozen


class TalkTurn(Frozen):
    """One reply, and the state after it."""

    reply: dict[str, Any]
    known: dict[str, Any]
    """Facts by name, with their values as JSON."""
    evidence: tuple[str, ...]
    own_words: str
    milliseconds: float
    explained: tuple[str, ...] = ()
    """Terms that it cites for what a word means: no answer to what was asked."""


class Talked(Frozen):
    """The turns of one conversation, in order."""

    id: str
    turns: tuple[TalkTurn, ...]


def generate(product: Product, casebook: Casebook) -> Iterator[Talked]:
    """One a conversation, in order."""
    for conversation in casebook.conversations:
        state = ConversationState(region=conversation.region, locale=conversation.locale)
        turns, said = [], ""
        for turn in conversation.turns:
            choice = (turn.choice.fact, turn.choice.value) if turn.choice else None
            said = f"{said}\n{turn.said}"
            began = time.perf_counter()
            answered = product.answer(state, turn.text, choice)
            took = 1000 * (time.perf_counter() - began)
            state = answered.state
            known = {fact.name: fact.model_dump(mode="json")["value"] for fact in state.profile.known}
            turns.append(
                TalkTurn(
                    reply=answered.reply.as_json(),
                    known=known,
                    evidence=tuple(evidence_of(product, conversation.region, turn.text, answered)),
                    own_words=f"{said}\n{' '.join(map(str, known.values()))}",
                    milliseconds=took,
                    explained=tuple(answered.trace.get("explained", ())),
                )
            )
        yield Talked(id=conversation.id, turns=tuple(turns))
