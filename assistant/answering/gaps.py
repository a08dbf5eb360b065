"""Gaps: questions that had no good answer, grouped by meaning, so that an editor sees what is missing."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import numpy as np

from assistant.answering.answer import AnswerStatus
from assistant.answering.understand.intents import Vector
from assistant.answering.understand.text import joined

SAME_MEANING = 0.88
"""
From which mean cosine two groups ask the same. On the questions of `tests/assistant/answering/test_gaps.py`, 33 in ten
meanings: of the pairs put together 92% belong together, of those that belong together 73% are; greedy communities
around one question reach 73% and 67% at their best.
"""
WITHOUT_ANSWER = (AnswerStatus.UNANSWERABLE_NOT_FOUND.value, AnswerStatus.UNANSWERABLE_UNVERIFIED.value)
"""How a turn ends whose question was ours to answer."""
_SHOWN = 5
_MOST_VECTORS = 2000


@dataclass(frozen=True)
class Unanswered:
    """A question as it was kept, without personal data, and why it counts: how its turn ended, or `unhelpful`."""

    turn_id: str
    question: str
    region: str
    why: str
    asked_at: datetime
    dismissed: bool = False
    """An editor said that this is not our work."""
    locale: str = "nl"
    draft: str = ""
    """The record that somebody is writing to answer it."""
    cited: tuple[str, ...] = ()
    """Records that the reply leaned on which did not help."""


class KeptVectors:
    """What questions mean, kept by a hash of their words: a page of them is opened more than once."""

    def __init__(self, embed: Callable[[str], Vector | None]) -> None:
        self._embed = embed
        self._kept: dict[bytes, Vector] = {}

    def __call__(self, question: str) -> Vector | None:
        """The vector of a question; None as long as there is nothing that makes one."""
        key = sha256(question.encode()).digest()
        if (kept := self._kept.get(key)) is not None:
            return kept
        vector = self._embed(question)
        if vector is not None:
            if len(self._kept) >= _MOST_VECTORS:
                self._kept.clear()
            self._kept[key] = vector
        return vector


@dataclass(frozen=True)
class Gap:
    """Questions that ask the same."""

    turn_id: str
    """Of the question that stands for it: dismissing that one dismisses the group."""
    question: str
    count: int
    examples: tuple[str, ...]
    """Other wordings, at most five."""
    regions: tuple[tuple[str, int], ...]
    whys: tuple[tuple[str, int], ...]
    last_asked_at: datetime
    draft: str = ""
    """The record that somebody is writing to answer it."""
    turn_ids: tuple[str, ...] = ()
    """Of all its questions."""


def gaps(
    questions: Sequence[Unanswered],
    embed: Callable[[str], Vector | None],
    same_meaning: float = SAME_MEANING,
) -> list[Gap]:
    """
    The gaps, the most asked first.

    :param embed: A question's unit vector; None without an embedder, and then only equal words are one group.
    :returns: A group that holds a dismissed question is left out, with everything that came to it later.
    """
    if not questions:
        return []
    groups = _groups(_likeness([each.question for each in questions], embed), same_meaning)
    found = [_gap([questions[index] for index in group]) for group in groups if not _is_dismissed(questions, group)]
    return sorted(found, key=lambda gap: (-gap.count, -gap.last_asked_at.timestamp()))


def _is_dismissed(questions: Sequence[Unanswered], group: Sequence[int]) -> bool:
    return any(questions[index].dismissed for index in group)


def _likeness(texts: Sequence[str], embed: Callable[[str], Vector | None]) -> Vector:
    """Cosines, every question against every other; shape (questions, questions)."""
    keys = [joined(text) for text in texts]
    vectors = {key: embed(text) for key, text in dict(zip(keys, texts, strict=True)).items()}
    known = [vector for key in keys if (vector := vectors[key]) is not None]
    if len(known) < len(keys):
        return np.array([[float(one == other) for other in keys] for one in keys], dtype=np.float32)
    matrix = np.array(known, dtype=np.float32).reshape(len(keys), -1)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return np.asarray(matrix @ matrix.T, dtype=np.float32)


def _groups(likeness: Vector, threshold: float) -> list[list[int]]:
    """
    Agglomerative clustering by average linkage: the two nearest groups become one, until none are near enough.

    Written out, because scikit-learn's `AgglomerativeClustering`, which does the same, brings scipy for this alone.

    :returns: Indices by group; in each the question first that is nearest to the others.
    """
    members = {index: [index] for index in range(len(likeness))}
    means = likeness.astype(np.float64)
    np.fill_diagonal(means, -np.inf)
    while len(members) > 1:
        one, other = sorted(int(place) for place in np.unravel_index(np.argmax(means), means.shape))
        if means[one, other] < threshold:
            break
        sizes = len(members[one]), len(members[other])
        means[one] = means[:, one] = (sizes[0] * means[one] + sizes[1] * means[other]) / sum(sizes)
        means[one, one] = -np.inf
        means[other] = means[:, other] = -np.inf
        members[one] += members.pop(other)
    return [sorted(group, key=lambda index: -float(likeness[index, group].sum())) for group in members.values()]


def _gap(group: Sequence[Unanswered]) -> Gap:
    centre = group[0]
    others = dict.fromkeys(each.question for each in group if joined(each.question) != joined(centre.question))
    return Gap(
        turn_id=centre.turn_id,
        question=centre.question,
        count=len(group),
        examples=tuple(others)[:_SHOWN],
        regions=_counted(each.region for each in group),
        whys=_counted(each.why for each in group),
        last_asked_at=max(each.asked_at for each in group),
        draft=next((each.draft for each in group if each.draft), ""),
        turn_ids=tuple(each.turn_id for each in group),
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())
