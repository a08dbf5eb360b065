"""What a reply may lean on: pieces of text, each with the record and the field it stands in and the number that cites it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answering.claims import Claim, claims_in
from assistant.answering.compose import Composed
from assistant.answering.sentences import normal, sentences_of
from assistant.answering.state import ConversationState
from assistant.answering.understand.text import fold
from assistant.eligibility.change import Change
from assistant.eligibility.wording import value_in_words
from knowledge.catalogue import Catalogue
from knowledge.record import Conflict, Kind, Record
from knowledge.rule import Rule

_REMEMBERED = 12_000
"""Published texts whose claims are kept; a few kB each."""
_TOLD_APART = frozenset({
    "id", "kind", "title", "summary", "body", "uncertain", "conflicts", "translations", "sources", "confidence",
    "review_by", "also_called", "audience", "sectors", "regions",
})  # fmt: skip
"""Fields of a record that are pieces of their own, or say nothing to a visitor."""
_SHORTEST_NAME = 6
_ORGANISATIONS_AND_SCHEMES = (Kind.INSTITUTION, Kind.SUBSIDY, Kind.LOKET, Kind.ORIENTATION)


@dataclass(frozen=True)
class Reading:
    """What one piece of text says, in the notation of claims; each part is worked out when it is asked for."""

    text: str

    @cached_property
    def keys(self) -> frozenset[tuple[str, str, str]]:
        """Its claims, see `Claim.key`."""
        return frozenset(key for claim in claims_in(self.text) for key in _implied(claim))

    @cached_property
    def folded(self) -> str:
        """The text without capitals and accents."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Each sentence without capitals and signs."""
        return frozenset(normal(each) for each in sentences_of(self.text))


def _implied(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """The claim, and what is said with it: an amount a year is an amount, the twelfth of March is in March."""
    yield claim.key
    if claim.kind == "amount":
        period, _, year = claim.unit.rpartition(" ") if claim.unit[-4:].isdigit() else (claim.unit, "", "")
        yield from (("amount", claim.value, unit) for unit in ("", period, f" {year}" if year else ""))
    elif claim.kind == "date":
        yield "date", claim.value[:2], ""


read = lru_cache(maxsize=_REMEMBERED)(Reading)
"""Of published texts alone, which are cited again and again; never of what a visitor typed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence."""

    of: str
    """The id of the record, rule, source or passage."""
    field: str
    text: str
    n: int = 0
    """The number that cites it; 0: it holds for the whole reply."""

    @property
    def reading(self) -> Reading:
        """What it says."""
        return read(self.text)


class Evidence:
    """The pieces that one reply leans on."""

    def __init__(self, pieces: Iterable[Piece], own_words: str = "") -> None:
        """
        :param own_words: What the visitor said: repeating it is no claim.
        """
        self._pieces = tuple(pieces)
        self.own = Reading(own_words)

    def cited_by(self, numbers: Iterable[int]) -> tuple[Piece, ...]:
        """What these numbers cite, with what holds for the whole reply; every piece if there are no numbers."""
        wanted = frozenset(numbers)
        if not wanted:
            return self._pieces
        return tuple(piece for piece in self._pieces if piece.n == 0 or piece.n in wanted)


def fields_of(record: Record) -> Iterator[tuple[str, str]]:
    """Pairs of field and text: everything that a record says, in all its languages."""
    yield "title", record.title
    yield "summary", record.summary
    dumped = record.model_dump(mode="json", exclude=set(_TOLD_APART))
    for name, value in dumped.items():
        text = "\n".join(_strings(value))
        if text:
            yield name, text
    yield "details", "\n".join(record.details())
    yield "uncertain", record.uncertain
    yield "conflicts", "\n".join(words for conflict in record.conflicts for words in _told(conflict))
    for locale, words in record.translations.items():
        yield f"title ({locale})", words.title
        yield f"summary ({locale})", words.summary
        yield f"body ({locale})", words.body
    yield "body", record.body


def _told(conflict: Conflict) -> Iterator[str]:
    for words in (conflict.in_locale("nl"), *conflict.translations.values()):
        yield from (words.about, words.sure, words.ask, *words.says)
    yield from (claim.as_of for claim in conflict.claims)


def _strings(value: object) -> Iterator[str]:
    """The texts and bare numbers in a field; with their unit they are told by the record's own sentences."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


class Grounds:
    """Makes the evidence of replies over one catalogue; what a record says is read once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields: dict[str, tuple[Record, tuple[tuple[str, str], ...]]] = {}

    def warm_up(self) -> None:
        """Read every record."""
        for record in self._catalogue:
            for piece in self.of_record(record, 0):
                _ = piece.reading.keys, piece.reading.sentences

    def of(self, composed: Composed, own_words: str = "") -> Evidence:
        """
        Everything that this reply may lean on: what it cites, the rules and verdicts it shows, the sums it makes.

        :param own_words: What the visitor said.
        """
        return Evidence(self._pieces(composed), own_words)

    def _pieces(self, composed: Composed) -> Iterator[Piece]:
        citations, numbers = composed.citations, composed.citations.numbers()
        for record in citations.records.values():
            yield from self.of_record(record, numbers[record.id])
        for passage in citations.passages.values():
            words = "\n".join((passage.title, passage.section, passage.publisher, passage.as_of, passage.url or ""))
            yield Piece(passage.source_id, passage.section or "section", passage.text, numbers[passage.id])
            yield Piece(passage.source_id, "source", words, numbers[passage.id])
        for claim in citations.claims:
            source = self._catalogue.sources[claim.source]
            words = "\n".join((source.title, source.publisher, source.as_of, claim.as_of))
            yield Piece(source.id, "claim", words, numbers[source.id])
        for verdict in composed.finding.verdicts:
            n = numbers.get(verdict.route.id, 0)
            yield Piece(verdict.route.id, "verdict", verdict.verdict, n)
            yield from (Piece(verdict.route.id, "change", _change_told(each), n) for each in verdict.changes)
        for rule in composed.rules:
            n = numbers.get(rule.route, 0)
            yield from (Piece(rule.id, field, text, n) for field, text in rule_texts(rule))
            sources = (self._catalogue.sources[each] for each in rule.sources)
            yield Piece(rule.id, "source", "\n".join(f"{each.title} {each.address or ''}" for each in sources), n)
        counted = composed.finding.cited[0].id if composed.finding.cited else ""
        if found := composed.finding.loket:
            yield Piece(found.loket.id, "routing", found.reason, numbers.get(found.loket.id, 0))
        yield Piece("facts", "label", self._labels)
        yield from (Piece(counted, "sum", ground) for ground in composed.finding.grounds)

    def of_record(self, record: Record, n: int) -> Iterator[Piece]:
        """The record, its first source and, for a route, its rules."""
        known, fields = self._fields.get(record.id, (None, ()))
        if known is not record:
            fields = tuple(pair for pair in fields_of(record) if pair[1])
            self._fields[record.id] = record, fields
        yield from (Piece(record.id, field, text, n) for field, text in fields)
        source = self._catalogue.source_of(record)
        yield Piece(
            source.id, "source", "\n".join((source.title, source.publisher, source.as_of, source.address or "")), n
        )

    @cached_property
    def _labels(self) -> str:
        """What we call the facts that we ask for."""
        return "\n".join(words for fact in self._catalogue.facts.values() for words in (fact.label.nl, fact.label.en))

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """Names that a reply may only use when what it cites uses them: organisations, schemes, desks; folded, with ids."""
        names: dict[str, set[str]] = {}
        for record in self._catalogue:
            if record.kind in _ORGANISATIONS_AND_SCHEMES and len(record.title) >= _SHORTEST_NAME:
                names.setdefault(fold(record.title), set()).add(record.id)
        return {name: frozenset(ids) for name, ids in names.items()}


def _change_told(change: Change) -> str:
    """What would have to be otherwise and how long that takes, in both languages."""
    time = [change.duration.in_words(locale) for locale in ("nl", "en")] if change.duration else []
    return "\n".join((change.text, change.text_en, *time))


def visitor_words(state: ConversationState, catalogue: Catalogue) -> str:
    """What the visitor told, in their words and in ours: repeating it is no claim."""
    told = []
    for fact in state.profile.known:
        vocabulary = catalogue.facts[fact.name]
        values = [value_in_words(vocabulary, fact.value, locale, catalogue.subjects) for locale in ("nl", "en")]
        home = catalogue.municipalities.get(str(fact.value)) if fact.name == "municipality" else None
        told += [fact.words, str(fact.value), *values, home.name if home else ""]
        told += [vocabulary.label.nl, vocabulary.label.en]
    return "\n".join(told)


def rule_texts(rule: Rule) -> Iterator[tuple[str, str]]:
    """Pairs of field and text of a rule."""
    for field in ("statement", "statement_en", "otherwise", "otherwise_en", "needs_adviser"):
        if text := getattr(rule, field):
            yield field, text
    # Values that a change proposes stand in the condition of the rule that asks for them.
    yield "condition", rule.model_dump_json(include={"condition"})
