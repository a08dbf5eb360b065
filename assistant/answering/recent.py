"""Recent: answers to what was asked before in the very same situation, in memory alone."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked

_MOST = 500
"""Answers; some 20 kB each."""
T = TypeVar("T")


class Recent(Generic[T]):
    """
    The latest answers, the least asked for let go of first. Thread-safe.

    An answer is found again only by the same words, small and capital letters alike, on the same day, from the same state
    of a conversation (language, region, topic and all that is known of the visitor), over the same index. Whoever keeps one
    leaves out what tells of a visitor: see `is_of_nobody`.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def find(self, key: str) -> T | None:
        """What was kept under a key of `key_of`."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        return found

    def keep(self, key: str, answer: T) -> None:
        """Remember it; what was not asked for the longest goes."""
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


def key_of(asked: Asked, knowledge: str) -> str:
    """
    The situation in which a message is asked, as a hash: no words of visitors are kept.

    :param knowledge: What is answered from, where that changes while the catalogue stays: the index, what was learnt.
    """
    text = " ".join(asked.text.split()).casefold()
    told = "\x00".join((knowledge, asked.today.isoformat(), asked.state.model_dump_json(), text))
    return sha256(told.encode()).hexdigest()


def is_of_nobody(state: ConversationState) -> bool:
    """Whether nothing in a state was told by a visitor of themselves or of another."""
    return not (state.profile.known or state.profile.unknown or state.other or state.erased or state.verdicts)
