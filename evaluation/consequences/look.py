"""What a change does, all of it: answers first, then outcomes."""

import time
from collections.abc import Callable, Sequence
from datetime import date

from assistant.settings import Settings
from evaluation.case import Case
from evaluation.consequences.answers import cases_to_ask, changed_answers
from evaluation.consequences.found import Consequences
from evaluation.consequences.outcomes import PROFILES, changed_outcomes
from knowledge.catalogue import Content
from knowledge.reader import publish

Advance = Callable[[int, int], None]
"""Told of hundredths done, and 100."""
_ANSWERS, _ALL = 60, 100
"""The share of the work that is answering, in hundredths."""


def look_ahead(
    before: Content,
    after: Content,
    settings: Settings,
    on: date,
    advance: Advance = lambda _done, _of: None,
    cases: Sequence[Case] | None = None,
    profiles: int = PROFILES,
) -> Consequences:
    """
    Compare what is published with what would be.

    :param after: Sound content: look at its problems first.
    :param cases: None: the development cases.
    """
    began = time.monotonic()
    asked = tuple(cases if cases is not None else cases_to_ask())
    answers, warned = changed_answers(
        before, after, settings, on, asked, lambda done, of: advance(_ANSWERS * done // max(of, 1), _ALL)
    )
    changed, outcomes, warnings = changed_outcomes(
        publish(before),
        publish(after),
        on,
        lambda done, of: advance(_ANSWERS + (_ALL - _ANSWERS) * done // max(of, 1), _ALL),
        profiles,
    )
    return Consequences(
        cases=len(asked),
        answers=tuple(answers),
        profiles=profiles,
        changed_profiles=changed,
        outcomes=tuple(outcomes),
        warnings=(*warnings, *warned),
        seconds=round(time.monotonic() - began, 1),
    )
