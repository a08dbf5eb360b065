"""The new words of an answer, without the letter that it quotes."""

import re

_MOST_IN_A_LINE = 300
"""Of what is looked at: "Op maandag ... schreef ...:" is shorter, and nobody can make a pattern slow."""
_MOST_ANNOUNCING = 3
_QUOTE = re.compile(r"\s*>")
_WROTE = re.compile(r"(?:op|on|am|le)\b.*\b(?:schreef|geschreven|wrote|schrieb|écrit)\b.*:", re.I)
_HEADING = re.compile(
    r"[*\s]*(?:van|aan|verzonden|datum|onderwerp|from|to|sent|date|subject|von|an|gesendet|betreff|de|à|envoyé|objet|cc)"
    r"\s?:[*\s]",
    re.I,
)
_RULE = re.compile(r"\s*(?:_{5,}|-{3,}[\w\s]{0,40}-{3,})\s*")


def new_words(text: str) -> str:
    """
    What somebody wrote themselves.

    Lines that quote (`>`) go with the lines above them that say whose they are; what was written between them stays. A
    letter that is repeated whole, as Outlook does, goes from its heading on. Where nothing would be left the text stays as
    it is: better too much than an answer that is lost.

    Of our own, in time that grows with the text alone. mail-parser-reply does not know how Gmail and Apple Mail announce a
    quote in Dutch, and takes a minute over a mail of empty lines; email-reply-parser knows English.
    """
    lines = _without_gaps(text.replace("\r\n", "\n").split("\n"))
    shown = [line.strip()[:_MOST_IN_A_LINE] for line in lines]
    kept = range(_end(shown))
    announcing = {at for quote in kept if _QUOTE.match(shown[quote]) for at in _announced(shown, quote)}
    own = "\n".join(lines[at] for at in kept if at not in announcing and not _QUOTE.match(shown[at])).strip()
    return own or "\n".join(lines).strip()


def _end(lines: list[str]) -> int:
    """Where a letter begins that is repeated whole; past the last line if there is none."""
    for at, line in enumerate(lines):
        if _HEADING.match(f"{line} ") and sum(bool(_HEADING.match(f"{each} ")) for each in lines[at : at + 4]) >= 3:
            return at - 1 if at and _RULE.fullmatch(lines[at - 1]) else at
        announced = next((end for end in range(at + 1, at + 1 + _MOST_ANNOUNCING) if _announces(lines[at:end])), None)
        if announced and not any(_QUOTE.match(each) for each in lines[announced : announced + 2]):
            return at
    return len(lines)


def _announced(lines: list[str], quote: int) -> range:
    """The lines just above a quote that say whose words follow; none if they say something else."""
    end = quote - 1 if quote and not lines[quote - 1] else quote
    begin = end
    while begin and lines[begin - 1] and not _QUOTE.match(lines[begin - 1]) and end - begin < _MOST_ANNOUNCING:
        begin -= 1
        if _announces(lines[begin:end]):
            return range(begin, end)
    return range(0)


def _announces(lines: list[str]) -> bool:
    """`Op ma 30 nov 2026 om 10:00 schreef Loketgids <a@b.nl>:`; with a digit, as every date has."""
    together = " ".join(lines)
    return _WROTE.fullmatch(together) is not None and any(sign.isdigit() for sign in together)


def _without_gaps(lines: list[str]) -> list[str]:
    """At most one empty line in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return kept
