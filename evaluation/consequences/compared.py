"""Answers before and after a change beside each other, with what to look at in those that differ."""

from collections.abc import Mapping, Sequence

from evaluation.case import Case
from evaluation.consequences.asking import CaseAnswer
from evaluation.consequences.found import AnswerChange, Warning

_SHOWN = 1200


def compared(
    cases: Sequence[Case], before: Mapping[str, CaseAnswer], after: Mapping[str, CaseAnswer]
) -> tuple[list[AnswerChange], list[Warning]]:
    """The answers that differ, and what to look at in them."""
    changes, warnings = list[AnswerChange](), list[Warning]()
    for case in cases:
        old, new = before[case.id], after[case.id]
        if old.tells() == new.tells():
            continue
        asked = " / ".join(case.said)
        lost = tuple(each for each in old.cited if each not in new.cited)
        changes.append(
            AnswerChange(
                id=case.id,
                asked=asked,
                before=old.text[:_SHOWN],
                after=new.text[:_SHOWN],
                before_status=old.status,
                after_status=new.status,
                lost=lost,
                gained=tuple(each for each in new.cited if each not in old.cited),
                became="" if old.right == new.right else "right" if new.right else "wrong",
            )
        )
        if old.status.startswith("answered") and old.cited and not new.cited:
            warnings.append(
                Warning(kind="lost_citation", dutch=f"Het antwoord op ‘{asked}’ heeft geen bron meer.", about=case.id)
            )
        if old.status.startswith("answered") and new.status.startswith("unanswerable"):
            warnings.append(
                Warning(kind="unanswered", dutch=f"Op ‘{asked}’ weten we straks geen antwoord meer.", about=case.id)
            )
        if old.right and not new.right:
            warnings.append(
                Warning(
                    kind="became_wrong",
                    dutch=f"Het antwoord op ‘{asked}’ klopte met wat adviseurs verwachten, en nu niet meer.",
                    about=case.id,
                )
            )
        if new.unsupported and not old.unsupported:
            warnings.append(
                Warning(
                    kind="unverified",
                    dutch=f"In het antwoord op ‘{asked}’ staat een getal zonder bron: {', '.join(new.unsupported)}.",
                    about=case.id,
                )
            )
    return changes, warnings
