"""Outcome: how a question ended for its visitor, also where the assistant asked something back."""

from typing import Literal

from evaluation.answering.generate import Conversed
from evaluation.answering.marks import Marks, holds_as_answer, mark
from evaluation.answering.visitor import asks_back
from evaluation.case import Case

Outcome = Literal["at once", "after one question back", "lost"]
_ASKED_IN_TURN = frozenset({"route_advice", "zelftest"})
"""What begins with questions by its nature: an intake of several is the service, and no misunderstanding."""


def outcome(case: Case, output: Conversed, marks: Marks) -> Outcome:
    """
    Right at once, right after one question back, or lost.

    Asking is right at once where the case allows it and nothing else is expected, where the reply tells already what it
    must, or where an advice is what was wanted. A second question back is lost.
    """
    last = output.turns[-1].reply
    if not asks_back(last):
        return "at once" if marks.right else "lost"
    if marks.right and (_expects_to_be_asked(case, last["understanding"]["intent"]) or holds_as_answer(case, last)):
        return "at once"
    if output.followed is None or marks.unsupported or not marks.never or asks_back(output.followed.reply):
        return "lost"
    after = mark(case, output.model_copy(update={"turns": (*output.turns, output.followed), "followed": None}))
    return "after one question back" if after.right else "lost"


def _expects_to_be_asked(case: Case, intent: str) -> bool:
    only = all(each.startswith("asked") for each in case.expect.status)
    return only or intent in _ASKED_IN_TURN.intersection(case.expect.intent)
