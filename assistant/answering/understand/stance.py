"""
How each part of a message is meant: whose it is, denied, supposed, or not finished yet.

A message is cut into segments: at punctuation, and in a story without any at the words with which people start a new
statement. A small word then holds for the names in its segment: `geen`, `als ik`, `mijn vrouw`, `bijna klaar`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.answering.understand.cues import (
    AFTER_MARKS,
    ALONE_STARTS,
    BROKEN_OFF,
    ENDS_DENIAL,
    FINISHED,
    FIRST,
    GOES_ON_FROM,
    I_DO,
    MODALS,
    NEGATORS,
    NOT_YET,
    OBTAINING,
    OTHERS,
    OWNERS,
    SUPPOSES,
    THEY,
    THEY_DO,
    VERBS,
    WANTS_TO,
    WORKING,
)
from assistant.answering.understand.text import Text

_WILL_BE = re.compile(
    r"\b(?:volgend jaar|binnenkort|straks|next year|soon|(?:over|in) \w+ (?:jaar|maand\w*|we[e]?k\w*))\b"
)
"""A time to come: what is finished then is not finished now."""
_WITH = frozenset({"met", "with"})
_SCHOOL_NOW = re.compile(r"\b(?:zit|ben)\b(?: \w+){0,2} \b(?:op|in het laatste jaar)\b")


@dataclass(frozen=True)
class Segment:
    """A stretch of tokens that says one thing."""

    start: int
    end: int
    is_mine: bool
    is_supposed: bool


class Stance:
    """The segments of one message, and what they make of a name in them."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._words = text.words
        self.segments = tuple(_segments(text))
        self._of = [each for each in self.segments for _ in range(each.start, each.end)]

    def segment(self, index: int) -> Segment:
        """The segment that a token stands in."""
        return self._of[index]

    def words(self, segment: Segment) -> tuple[str, ...]:
        """The words of a segment."""
        return self._words[segment.start : segment.end]

    def before(self, index: int, most: int = 5) -> tuple[str, ...]:
        """The words before a token in its own segment."""
        return self._words[max(self.segment(index).start, index - most) : index]

    def after(self, start: int, end: int, most: int = 6) -> tuple[str, ...]:
        """The words after the tokens from `start` up to `end`, in the segment of the first."""
        return self._words[end : min(self.segment(start).end, end + most)]

    def is_mine(self, index: int) -> bool:
        """Whether it is about the visitor, and not about a wife, son or friend."""
        return self.segment(index).is_mine

    def is_supposed(self, index: int) -> bool:
        """Whether it is only supposed: `als ik mijn hbo afmaak`."""
        return self.segment(index).is_supposed

    def is_denied(self, start: int, end: int) -> bool:
        """Whether it is denied: `geen hbo`, `hbo heb ik niet`, `pabo nooit afgemaakt`."""
        return self._is_denied_before(start) or self._is_denied_after(start, end)

    def is_broken_off(self, start: int) -> bool:
        """Whether a study was left: `gestopt met hbo`, `hbo begonnen maar nooit afgemaakt`."""
        segment = self.segment(start)
        words = set(self.words(segment))
        if set(self.after(start, start + 1, most=2)) & FINISHED:
            return False  # "gestopt met hbo, wel propedeuse gehaald": this one has an end of its own
        if words & BROKEN_OFF and not words & WORKING:
            return True
        return self._next_says_unfinished(segment)

    def is_unfinished(self, start: int) -> bool:
        """Whether a study is going on or only wanted: `bijna klaar met`, `ik zit op de havo`, `ik wil hbo gaan doen`."""
        words = self.words(self.segment(start))
        said = " ".join(words)
        if set(words) & NOT_YET or _WILL_BE.search(said) or _SCHOOL_NOW.search(said):
            return True
        has = {"heb", "met", "have", "with"} & set(self.before(start, 3))
        return not has and bool(set(words) & WANTS_TO) and bool(set(words) & OBTAINING)

    @cached_property
    def corrected_from(self) -> int:
        """The token from which the visitor takes back what was said before it; 0 if nothing is."""
        return next((index for index, word in enumerate(self._words) if index and word in AFTER_MARKS), 0)

    @cached_property
    def speaks_of_others(self) -> bool:
        """Whether any of it is about somebody else."""
        return any(not each.is_mine for each in self.segments)

    def _is_denied_before(self, start: int) -> bool:
        segment = self.segment(start)
        denied = False
        for index in range(segment.start, start):
            word = self._words[index]
            following = self._words[index + 1] if index + 1 < len(self._words) else ""
            if word in NEGATORS:
                # `niet alleen hbo` and `ik weet niet of ik met hbo ...` deny something else.
                denied = following not in {"alleen", "only", "of", "zeker", "zo"}
            elif word in ENDS_DENIAL or (word in _WITH and self._words[index - 1] not in NEGATORS):
                denied = False  # "zonder pabo voor de klas met mijn hbo"
            elif word in {"gestudeerd", "studied"}:
                denied = False  # "niet gestudeerd, mavo"
        return denied

    def _is_denied_after(self, start: int, end: int) -> bool:
        after = self.after(start, end, most=7)
        for place, word in enumerate(after):
            if word in ENDS_DENIAL:
                return False
            if word in NEGATORS - {"geen", "no", "zonder", "without"}:
                rest = after[place + 1 :]
                return not rest or bool(set(rest[:3]) & FINISHED)
        return False

    def _next_says_unfinished(self, segment: Segment) -> bool:
        """Whether what follows, without an object of its own, takes it back: `hbo gedaan, nooit afgemaakt`."""
        following = next((each for each in self.segments if each.start == segment.end), None)
        if following is None:
            return False
        words = self.words(following)
        only = set(words) - GOES_ON_FROM - NEGATORS - FINISHED
        return bool(set(words) & NEGATORS) and bool(set(words) & FINISHED) and not only


def _segments(text: Text) -> Iterator[Segment]:
    starts = _starts(text)
    mine, supposed = True, False
    for start, end in pairwise([*starts, len(text.words)]):
        words = text.words[start:end]
        goes_on = bool(set(words[:1]) & {"en", "of", "and", "or"}) and not set(words) & (FIRST | I_DO)
        mine = _is_mine(words, mine)
        supposed = _supposes(words) or (supposed and goes_on)
        yield Segment(start, end, mine, supposed)


def _starts(text: Text) -> list[int]:
    words = text.words
    starts = [0] if words else []
    for index in range(1, len(words)):
        word, last = words[index], words[index - 1]
        following = words[index + 1] if index + 1 < len(words) else ""
        so_far = words[starts[-1] : index]
        is_new = text.tokens[index].clause != text.tokens[index - 1].clause
        if not is_new and word in ALONE_STARTS | SUPPOSES:
            # "ik studeer nu hbo" is one statement, "ik heb hbo nu wil ik ..." two.
            is_new = (word not in {"als", "of"} or _opens(words, index)) and last not in VERBS
        elif not is_new and word in FIRST:
            # "heb ik" belongs together, and so do "en ik" and "als ik".
            is_new = index - starts[-1] > 1 and last not in VERBS | {"dat", "waar", "wat", "of", "die"}
        elif not is_new and word in I_DO and not _supposes(so_far):
            is_new = last not in FIRST | {"niet", "nog", "ook"} and following not in FIRST and index - starts[-1] > 1
        elif not is_new and word in OWNERS and following in OTHERS:
            is_new = last not in {"voor", "van", "met", "for"}
        elif not is_new and word in MODALS and following in FIRST:
            is_new = _supposes(so_far)
        if is_new:
            starts.append(index)
    return starts


def _opens(words: tuple[str, ...], index: int) -> bool:
    """Whether `als` or `of` opens a clause: `als ik ...`, and not `als kok`."""
    return bool(
        set(words[index + 1 : index + 2]) & (FIRST | THEY | {"mijn", "mn", "je", "jij", "we", "wij", "iemand", "het"})
    )


def _supposes(words: tuple[str, ...]) -> bool:
    return any(
        word in SUPPOSES and (word not in {"als", "wanneer"} or _opens(words, index))
        for index, word in enumerate(words)
    )


def _is_who_does(words: tuple[str, ...], index: int) -> bool:
    """Whether `hij` or `zij` stands beside what they do: `hij heeft`, `kan ze`; `kan zij instromen` is a name."""
    following = words[index + 1] if index + 1 < len(words) else ""
    before = words[index - 1] if index else ""
    is_name = words[index] == "zij" and following.startswith("in")
    return following in THEY_DO or (before in THEY_DO | MODALS | {"krijgt", "moet", "gaat", "does"} and not is_name)


def _is_mine(words: tuple[str, ...], before: bool) -> bool:
    """Whether a segment is about the visitor: the last person it names, else the one of the segment before."""
    mine = before
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in FIRST | I_DO | {"zelf", "myself"}:
            mine = True
        elif (word in OWNERS and following in OTHERS) or (word in THEY and _is_who_does(words, index)):
            mine = False
    return mine
