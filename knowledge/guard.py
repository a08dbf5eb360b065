"""Guard: what the assistant does not answer as a question, by the phrases in which people say it."""

import re
from typing import Literal

from pydantic import field_validator

from knowledge.record import Frozen

GuardName = Literal["crisis", "instruction", "others_data", "abuse", "promise", "opinion", "advice"]
_PIECE = re.compile(r"\^|\$|\.\.\.|[a-z0-9]+\*?(?:/[a-z0-9]+\*?)*\??")


class Guard(Frozen):
    """
    One guard. A phrase is words in lower case without accents, with at most these signs.

    `a/b` is either word, `word*` every word that begins so, `word?` may be missing, `...` is up to three words of one
    sentence, `^` and `$` are where a sentence begins and ends.
    """

    name: GuardName
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    """Phrases that mean something else: what overlaps one of them does not count."""

    @field_validator("phrases", "unless")
    @classmethod
    def _can_be_read(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            for piece in phrase.split():
                if not _PIECE.fullmatch(piece):
                    raise ValueError(f"{piece!r} in {phrase!r} is no word and no sign; use a-z, 0-9, / * ? ... ^ $")
        return phrases
