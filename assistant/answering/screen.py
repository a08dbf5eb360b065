"""Looks at a message before anything else does: what ends the turn, and what of it nobody may keep."""

import re
from dataclasses import dataclass

from assistant.answering.answer import AnswerStatus
from assistant.answering.guarding import Guarding
from assistant.answering.personal import PersonalData, public_contacts
from assistant.answering.understand.lexicon import known_words
from knowledge.catalogue import Catalogue

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_MODEL_MARKUP = re.compile(r"<\|?/?(?:im_start|im_end|system|sys|assistant)\b|<<sys>>|\[/?inst\]", re.IGNORECASE)
"""How instructions are marked for language models: no visitor types it by accident."""
_STATUSES = {
    "crisis": AnswerStatus.GUARDED_CRISIS,
    "instruction": AnswerStatus.GUARDED_INSTRUCTION,
    "others_data": AnswerStatus.GUARDED_PERSONAL_DATA,
    "abuse": AnswerStatus.GUARDED_ABUSE,
    "promise": AnswerStatus.GUARDED_PROMISE,
    "opinion": AnswerStatus.GUARDED_OPINION,
    "advice": AnswerStatus.GUARDED_ADVICE,
}


@dataclass(frozen=True)
class Screened:
    """The message as the rest of the turn reads and keeps it, and the status that ends the turn, if it ends here."""

    text: str
    """Without what no keyboard types, and with a placeholder for each piece of personal data."""
    status: AnswerStatus | None = None
    hidden: tuple[str, ...] = ()
    """The kinds of personal data that were left out."""


class Screen:
    """The guards and the public contacts of one catalogue. Thread-safe."""

    def __init__(self, catalogue: Catalogue, max_chars: int) -> None:
        """
        :param max_chars: Longer messages are not read any further.
        """
        self._max_chars = max_chars
        self._guarding = Guarding(catalogue.content.guards, known_words())
        self._personal = PersonalData(public_contacts(catalogue))

    def look(self, message: str) -> Screened:
        """What of the message goes on, or the status that ends the turn with a fixed sentence."""
        cleaned = _CONTROL.sub(" ", _INVISIBLE.sub("", message)).strip()
        if len(cleaned) > self._max_chars:
            return Screened(cleaned[: self._max_chars], AnswerStatus.GUARDED_TOO_LONG)
        if not re.search(r"\w", cleaned):
            return Screened(cleaned, AnswerStatus.GUARDED_EMPTY)
        guard = self._guarding.met(cleaned) or ("instruction" if _MODEL_MARKUP.search(cleaned) else None)
        text, hidden = self._personal.hide(cleaned)
        return Screened(text, _STATUSES[guard] if guard else None, hidden)

    def instructs(self, passage: str) -> bool:
        """Whether a passage of a document gives instructions to an assistant: nobody's information."""
        return bool(_MODEL_MARKUP.search(passage)) or self._guarding.met(passage, "instruction") is not None
