"""One message that asks several things, as the questions it is made of."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.understand.text import fold

MOST_QUESTIONS = 4
"""Who asks more at once is answered the first ones, and asks the rest again."""
_FEWEST_WORDS = 2
_LINK = r"(?:(?:en|plus|and|ook|also|maar|dan|daarnaast|verder) )*"
_WORD = r"(?:hoe\w*|wat|waar\w*|wanneer|wie|welke?|how|what|where|when|who|which)"
_VERB = (
    r"(?:kan|kun|kunt|kon|mag|moet|krijg|krijgt|is|zijn|heb|heeft|hebben|doe|ben|bestaat|geldt|telt|zit|zitten|word|wordt|"
    r"klopt|betaal|betaalt|verdien|can|do|does|are|may|must|will)"
)
_SUBJECT = r"(?:ik|je|jij|u|we|wij|het|dat|er|die|de|een|mijn|i|you|it|there|my|the)"
_SENTENCE = re.compile(r"[?!]+\s+(?=\S)|\.\s+(?=\S)|\n+")
_JOINED = re.compile(
    rf"(?:,\s*)?\b(?:en|plus|and|ook|maar|daarnaast|verder)\s+(?=(?:ook |dan |also )?(?:{_WORD}|{_VERB})\b)|,\s*(?={_WORD}\b)"
)
"""Where a next question may be joined on. `of` is not among it: what it joins is a choice, and one question."""
_ASIDE = re.compile(r"[,;:]\s|\s[-–—]\s|[?!.]+\s+(?=\S)|\n+|\s(?=(?:maar|want|dus|but|because|so)\s)")
"""Where what is told and what is asked may part."""
_TURNED = re.compile(
    rf"\b(?:{_VERB}|werkt|kost|schuift|hoort|komt|gaat|betekent|geldt)\s+"
    r"(?:ik|je|jij|u|we|wij|het|t|dat|dit|er|die|daar|hij|zij|ze|mijn|mn|zoiets|i|you|it|there|that|this)\b"
)
"""A verb before its subject, as questions have it that end without a mark."""
_EXPLAINS = re.compile(r"(?:want|omdat|because)\b")
_NEARLY_ALL = 0.8
"""Of the words of a message: a part with more than that is the message."""
_CLAUSE = re.compile(r"(?:ik|je|u|we|wij|hij|zij|ze|i|you|als|if)\b")
"""After a question word: no question but a clause, `wat je leert`."""
_VERB_FIRST = re.compile(rf"{_LINK}{_VERB}\s+{_SUBJECT}\b")
_WORD_FIRST = re.compile(rf"{_LINK}{_WORD}\s+(?P<next>\w+)")


def split_questions(message: str) -> tuple[str, ...]:
    """
    The questions of a message in order, each with the words before it that belong to it.

    `ik heb hbo, wat kost de pabo en hoe lang duurt het?` is `ik heb hbo, wat kost de pabo` and `hoe lang duurt het?`: what
    is told before the first question stays with it, and a later one leans on the one before as a follow-up does.

    :returns: The message itself when it asks one thing or none; at most `MOST_QUESTIONS`, the last with all that is left.
    """
    pieces: list[str] = []
    told = ""
    for piece in _pieces(message):
        whole = f"{told}{piece}"
        if _asks(piece):
            pieces.append(whole)
            told = ""
        elif pieces:
            # What follows a question and asks nothing explains it.
            pieces[-1] += piece
        else:
            told = whole
    if told or len(pieces) < 2:
        return (message.strip(),)
    kept = [*pieces[: MOST_QUESTIONS - 1], "".join(pieces[MOST_QUESTIONS - 1 :])]
    return tuple(piece.strip(" ,;\n") for piece in kept if piece.strip(" ,;\n"))


def asking_part(message: str) -> str:
    """
    What a message asks, apart from what it tells: of `mijn baas weet het niet. is dit anoniem?` the second sentence.

    :returns: The clauses that ask, or the last one if none is put as a question; empty if that is about all it says.
    """
    folded = fold(message)
    if len(folded) != len(message):
        folded = message.lower()
    cuts = [0, *(match.end() for match in _ASIDE.finditer(folded)), len(message)]
    clauses = [message[start:end] for start, end in pairwise(cuts) if len(message[start:end].split()) >= _FEWEST_WORDS]
    if len(clauses) < 2:
        return ""
    asking = [clause for clause in clauses if _is_put_as_question(clause)] or clauses[-1:]
    part = "".join(asking).strip(" ,;:-")
    return part if len(part.split()) <= _NEARLY_ALL * len(message.split()) else ""


def _is_put_as_question(clause: str) -> bool:
    """With its mark, a question word, or the verb before its subject; `want dat mag niet` explains, and asks nothing."""
    folded = fold(clause)
    return _asks(clause) or (not _EXPLAINS.match(folded) and bool(_TURNED.search(folded)))


def _pieces(message: str) -> Iterator[str]:
    """The message cut where another question may begin; together they are the message again."""
    folded = fold(message)
    if len(folded) != len(message):  # a ligature: places in the two texts differ
        folded = message.lower()
    cuts = {match.end() for match in _SENTENCE.finditer(folded)}
    for match in _JOINED.finditer(folded):
        if _begins(folded[match.end() :]):
            cuts.add(match.start())
    start = 0
    for cut in sorted(cuts):
        if len(folded[start:cut].split()) >= _FEWEST_WORDS:
            yield message[start:cut]
            start = cut
    if start < len(message):
        yield message[start:]


def _begins(rest: str) -> bool:
    """Whether a question of its own begins here."""
    if _VERB_FIRST.match(rest):
        return True
    found = _WORD_FIRST.match(rest)
    return found is not None and not _CLAUSE.fullmatch(found["next"])


def _asks(piece: str) -> bool:
    """Whether the piece holds a question, with or without its mark."""
    return "?" in piece or any(_begins(part.strip()) for part in re.split(r"[,;:]", fold(piece)))
