"""Marks: what of a case's last reply is as expected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.answering.generate import Conversed, Said
from evaluation.answering.numbers import shown, unsupported
from evaluation.case import Case

_ABSTAINED = ("unanswerable", "guarded")


@dataclass(frozen=True)
class Marks:
    """What of a case's last reply is as expected; None is not expected of it."""

    status: bool
    cites: bool | None
    says: bool | None
    never: bool
    unsupported: tuple[str, ...]
    """Over all its replies."""
    abstained: bool
    answered: bool

    @property
    def right(self) -> bool:
        """Whether everything is."""
        return (
            self.status and self.cites is not False and self.says is not False and self.never and not self.unsupported
        )


def mark(case: Case, output: Conversed) -> Marks:
    """Hold the last reply of a case against its expectation, and every reply against its own sources."""
    last, expect = output.turns[-1].reply, case.expect
    text, status = shown(last), str(last["status"])
    cited = {citation["record_id"] for citation in last["citations"]} - set(output.turns[-1].explained)
    asks = _may_ask(case, status)
    return Marks(
        status=status.startswith(expect.status),
        cites=not cited.isdisjoint(expect.cites_any) if expect.cites_any and not asks else None,
        says=all(re.search(each, text, re.IGNORECASE) for each in expect.says) if expect.says and not asks else None,
        never=not any(re.search(each, text, re.IGNORECASE) for each in expect.never),
        unsupported=tuple(number for said in output.turns for number in unsupported_in(said)),
        abstained=status.startswith(_ABSTAINED),
        answered=status.startswith("answered"),
    )


def holds_as_answer(case: Case, reply: Mapping[str, Any]) -> bool:
    """Whether a reply cites and says all that is expected, whatever else it does; false where nothing is."""
    expect, text = case.expect, shown(reply)
    cited = {citation["record_id"] for citation in reply["citations"]}
    cites = not expect.cites_any or not cited.isdisjoint(expect.cites_any)
    says = all(re.search(each, text, re.IGNORECASE) for each in expect.says)
    return bool(expect.cites_any or expect.says) and cites and says


def unsupported_in(said: Said) -> list[str]:
    """The numbers in a reply that nothing it leans on supports."""
    return unsupported(shown(said.reply), said.evidence, said.own_words)


def _may_ask(case: Case, status: str) -> bool:
    """Whether it asks first where it may: what it will say and cite is not there to be judged yet."""
    return status.startswith("asked") and any(each.startswith("asked") for each in case.expect.status)
