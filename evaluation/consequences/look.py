"""What a change does, all of it: answers first, then outcomes."""

import time
from collections.abc import Callable, Sequence
from datetime import date

from assistant.settings import Settings
from evaluation.case import Case
from evaluation.consequences.answers import answers_before, cases_to_ask, changed_answers
from evaluation.consequences.contradictions import amounts_left_behind, excluding_rules, low_confidence_published
from evaluation.consequences.found import Consequences
from evaluation.consequences.outcomes import PROFILES, changed_outcomes
from evaluation.consequences.visitors import drawn_visitors
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
    found = changed_answers(
        before, after, settings, on, asked, lambda done, of: advance(_ANSWERS * done // max(of, 1), _ALL)
    )
    old, new = publish(before), publish(after)
    changed, outcomes, warnings = changed_outcomes(
        old,
        new,
        on,
        lambda done, of: advance(_ANSWERS + (_ALL - _ANSWERS) * done // max(of, 1), _ALL),
        profiles,
        settings.var / "previews",
    )
    told = (
        *excluding_rules(old, new, on),
        *amounts_left_behind(old, new),
        *low_confidence_published(before, after),
    )
    return Consequences(
        cases=len(asked),
        asked=found.asked,
        why=found.why,
        answers=found.changes,
        profiles=profiles,
        changed_profiles=changed,
        outcomes=tuple(outcomes),
        warnings=(*warnings, *told, *found.warnings),
        seconds=round(time.monotonic() - began, 1),
    )


def make_ready(
    before: Content,
    settings: Settings,
    on: date,
    advance: Advance = lambda _done, _of: None,
    cases: Sequence[Case] | None = None,
) -> None:
    """
    What every look at a change of this content begins with: what it answers, and the visitors who are drawn.

    It is kept in the data folder, so that whoever looks later only waits for the change itself.
    """
    asked = tuple(cases if cases is not None else cases_to_ask())
    answers_before(before, settings, on, asked, lambda done, of: advance(_ANSWERS * done // max(of, 1), _ALL))
    drawn_visitors(publish(before), on, PROFILES, settings.var / "previews")
    advance(_ALL, _ALL)
