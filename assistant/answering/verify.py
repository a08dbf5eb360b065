"""Everything that a reply claims stands in what it cites, or the reply is not sent."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.claims import MONTHS, Claim, claims_in
from assistant.answering.evidence import Evidence, Piece, Reading
from assistant.answering.said import Said
from assistant.answering.statements import unfounded
from assistant.answering.understand.text import fold
from assistant.answering.wordings import own_words

_NAME = re.compile(r"(?<![.?!:…\s])\s+[\"'“‘(]?([A-ZÀ-Ý][\w'’-]*)")
"""A word with a capital in the middle of a sentence."""
_CALENDAR = frozenset(MONTHS) | {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "dutch", "english",
}  # fmt: skip
"""Written with a capital in English; months are claims of their own."""
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Traced:
    """A claim and what it rests on."""

    claim: Claim
    says: str
    """The sentence it is made in."""
    piece: Piece


@dataclass(frozen=True)
class Verified:
    """Whether a reply may be sent: what in it has no source, and what everything else rests on."""

    unsupported: tuple[Claim, ...]
    traced: tuple[Traced, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything has a source."""
        return not self.unsupported


class Verifier:
    """
    Checks replies against their evidence.

    :param names: Names of organisations and schemes in the catalogue, folded, to the ids they may stand for: a reply
        that mentions one must lean on evidence that mentions it too.
    """

    def __init__(self, names: Mapping[str, frozenset[str]]) -> None:
        own_words()  # read now, not while the first visitor waits
        longest = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b") if longest else None

    def verify(self, said: Iterable[Said], evidence: Evidence, statements: bool = True) -> Verified:
        """
        :param said: Everything that the reply tells, see `said_in`.
        :param statements: Whether what can and cannot be has to be said in the words of a source or of a template. Not
            for other words of a verified reply, which are laid beside that reply.
        """
        unsupported: list[Claim] = []
        traced: list[Traced] = []
        for each in said:
            scope = evidence.cited_by(each.numbers)
            for claim in (*claims_in(each.text), *self._names_in(each)):
                piece = next((found for found in scope if _supports(found.reading, claim)), None)
                if piece is not None:
                    traced.append(Traced(claim, each.text, piece))
                elif not _supports(evidence.own, claim):
                    unsupported.append(claim)
            if statements and each.is_prose:
                word, piece = unfounded(each, scope, evidence.own.sentences)
                if word:
                    unsupported.append(Claim("statement", word, words=each.text[:120]))
                elif piece is not None:
                    traced.append(Traced(Claim("statement", each.text), each.text, piece))
        return Verified(tuple(unsupported), tuple(traced))

    def _names_in(self, said: Said) -> Iterator[Claim]:
        names = set(self._pattern.findall(fold(said.text))) if self._pattern is not None else set()
        if said.is_prose or said.numbers:
            found = {word for match in _NAME.finditer(said.text) for word in _WORD.findall(fold(match.group(1)))}
            names |= {word for word in found - own_words() - _CALENDAR if len(word) > 1}
        return (Claim("name", name, words=said.text[:60]) for name in sorted(names))


def _supports(reading: Reading, claim: Claim) -> bool:
    if claim.kind == "name":
        return re.search(rf"\b{re.escape(claim.value)}\b", reading.folded) is not None
    return claim.key in reading.keys


def trace_of(traced: Sequence[Traced]) -> list[dict[str, object]]:
    """The trace as it is kept with a turn: for every claim what it says, and the record and field it stands in."""
    return [
        {"kind": each.claim.kind, "claim": each.claim.words or each.claim.value, "says": each.says, "n": each.piece.n,
         "of": each.piece.of, "field": each.piece.field}
        for each in traced
    ]  # fmt: skip
