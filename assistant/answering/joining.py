"""Several answers as one reply: in the order of the questions, with one question back at most."""

from collections.abc import Sequence

from assistant.answering.reply import Block, LeadFormBlock, LoketBlock, QuestionBlock, Reply


def joined(replies: Sequence[Reply]) -> Reply:
    """
    One reply that says what these say. Their citations are numbered through, see `Citations`.

    It asks what the last of them asks that asks anything, offers one form, and names each loket once.

    :param replies: At least one, in the order of the questions.
    """
    said: list[Block] = []
    last: dict[type, Block] = {}
    for block in (block for reply in replies for block in reply.blocks):
        if isinstance(block, QuestionBlock | LeadFormBlock):
            last[type(block)] = block
        elif not (isinstance(block, LoketBlock) and block in said):
            said.append(block)
    ends = [last[type_] for type_ in (QuestionBlock, LeadFormBlock) if type_ in last]
    citations = {each.n: each for reply in replies for each in reply.citations}
    first, newest = replies[0], replies[-1]
    confidence = min(reply.understanding.confidence for reply in replies)
    return newest.model_copy(
        update={
            "blocks": (*said, *ends),
            "citations": tuple(citations[n] for n in sorted(citations)),
            "status": first.status,
            "quick_replies": () if QuestionBlock in last else newest.quick_replies,
            "understanding": newest.understanding.model_copy(
                update={"intent": first.understanding.intent, "confidence": confidence}
            ),
            "handoff": next((reply.handoff for reply in reversed(replies) if reply.handoff), None),
        }
    )
