"""What every record has in common: it is frozen, dated, sourced, and says for whom and where it holds."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id as it stands in YAML, URL, database and log: `zij-instroom-vo`."""


def _is_on_the_calendar(day: str) -> str:
    date.fromisoformat((day + "-01-01")[:10])
    return day


PartialDate = Annotated[
    str,
    Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", coerce_numbers_to_str=True),
    AfterValidator(_is_on_the_calendar),
]
"""A day, month or year as precise as the source gives it: `2026-09-01`, `2026-09`, `2026`."""

Sector = Literal["po", "so", "vo", "mbo", "ko", "ho"]
Confidence = Literal["high", "medium", "low"]
Audience = Literal[
    "zij-instromer",
    "student",
    "scholier",
    "herintreder",
    "leraar",
    "onderwijsassistent",
    "schoolleider",
    "statushouder",
    "vakman",
    "school",
]


class Kind(StrEnum):
    """What a record is about; the same words in YAML, API and index."""

    ROUTE = "route"
    COST = "cost"
    SUBSIDY = "subsidy"
    SALARY = "salary"
    VACANCY = "vacancy"
    LOKET = "loket"
    REGION = "region"
    EVENT = "event"
    ORIENTATION = "orientation"
    INSTITUTION = "institution"
    PROGRAMME = "programme"
    ARTICLE = "article"
    FAQ = "faq"
    STORY = "story"
    TERM = "term"
    FIGURE = "figure"


class Frozen(BaseModel):
    """Never changes in memory, and a field we do not know is a typing error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Translation(Frozen):
    """A record's words in another language. What is empty is shown in Dutch, and said to be."""

    title: str
    summary: str
    body: str = ""


class Claim(Frozen):
    """What one source says where others say something else."""

    says: str = Field(min_length=2, max_length=300)
    """In plain Dutch, an amount with its period and year: `€ 2.530 per studiejaar (2024-2025)`."""
    source: Slug
    as_of: PartialDate
    """The day, month or year that this source speaks of."""


class ConflictWords(Frozen):
    """A conflict as it is told in one language."""

    about: str
    says: tuple[str, ...]
    """What each source says, in the order of the claims."""
    sure: str = ""
    ask: str


class Conflict(Frozen):
    """That sources disagree: what each of them says and when, what is sure all the same, and who knows the rest."""

    about: str = Field(min_length=3, max_length=120)
    """What they disagree on, in a few Dutch words after `over`: `het bedrag van de rijkssubsidie`."""
    claims: tuple[Claim, ...] = Field(min_length=2)
    """The newest first."""
    sure: str = Field(default="", max_length=300)
    """What holds whoever is right, in plain Dutch after `Zeker is:`, with a full stop."""
    ask: str = Field(min_length=5, max_length=200)
    """Who knows, as a sentence for the visitor: `Vraag het na bij DUO.`"""
    translations: dict[Literal["en"], ConflictWords] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_claim_is_translated(self) -> "Conflict":
        if any(len(words.says) != len(self.claims) for words in self.translations.values()):
            raise ValueError("a translation says in `says` what each of the `claims` says, in the same order")
        return self

    def in_locale(self, locale: str) -> ConflictWords:
        """The words in the language asked for, or the Dutch ones."""
        if locale == "en" and "en" in self.translations:
            return self.translations["en"]
        return ConflictWords(
            about=self.about, says=tuple(claim.says for claim in self.claims), sure=self.sure, ask=self.ask
        )

    def words(self) -> Iterator[str]:
        """Everything it says, in all its languages, with the day of each claim."""
        for told in (self.in_locale("nl"), *self.translations.values()):
            yield from (told.about, told.sure, told.ask)
            yield from (f"{says} ({claim.as_of})" for says, claim in zip(told.says, self.claims, strict=True))


class Record(Frozen):
    """A curated record. Subclasses add the fields of their kind."""

    id: Slug
    kind: Kind
    title: str = Field(min_length=2, max_length=160)
    summary: str = Field(min_length=10, max_length=600)
    """The answer in one or two plain sentences (B1), which can be sent to a visitor as it stands."""
    body: str = Field(default="", max_length=12_000)
    """More, in Markdown with `##` headings; every section is a passage of its own in the index."""
    sectors: tuple[Sector, ...] = ()
    """Empty: holds in every sector."""
    regions: tuple[Slug, ...] = ()
    """Empty: holds everywhere."""
    audience: tuple[Audience, ...] = ()
    also_called: tuple[str, ...] = ()
    """What people type when they mean this: synonyms, abbreviations, street words."""
    sources: tuple[Slug, ...] = Field(min_length=1)
    """Ids of the sources that vouch for it, the best one first."""
    confidence: Confidence = "medium"
    """`low` is for the editor alone: such a record is not published to visitors."""
    uncertain: str = ""
    """What is not sure, in words for the visitor: which sources conflict, who knows the rest."""
    conflicts: tuple[Conflict, ...] = ()
    """Where the sources disagree, what matters most first: a reply in the chat tells two of them."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The first day on which it no longer holds."""
    review_by: date | None = None
    translations: dict[Literal["en"], Translation] = Field(default_factory=dict)

    def is_valid_on(self, day: date) -> bool:
        """Whether the record may be told as current on that day; a period excludes its last day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    def holds_in(self, region: str | None) -> bool:
        """Whether the record holds for a visitor of that region; with no region known, only what holds everywhere."""
        return not self.regions or region in self.regions

    def in_locale(self, locale: str) -> Translation:
        """The words in the language asked for, or the Dutch ones."""
        if locale == "en" and "en" in self.translations:
            return self.translations["en"]
        return Translation(title=self.title, summary=self.summary, body=self.body)

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        """Every other record this one points at: (field name, kind expected, id)."""
        for region in self.regions:
            yield "regions", Kind.REGION, region

    def details(self) -> Iterator[str]:
        """The kind's own fields as Dutch sentences, for the index, for citing and for checking a reply."""
        return iter(())

    def text(self) -> str:
        """Everything the record says, in all its languages: what a reply that cites it may lean on."""
        words = [self.title, self.summary, self.body, self.uncertain, *self.details()]
        for conflict in self.conflicts:
            words += conflict.words()
        for translation in self.translations.values():
            words += [translation.title, translation.summary, translation.body]
        return "\n".join(word for word in words if word)


def reference_pairs(field: str, kind: Kind, ids: tuple[str, ...]) -> Iterator[tuple[str, Kind, str]]:
    """The ids of one field as the triples that `Record.references` yields."""
    return ((field, kind, each) for each in ids)


def dumped(record: Record) -> dict[str, Any]:
    """The record as JSON-ready data, without empty fields."""
    return record.model_dump(mode="json", exclude_defaults=True) | {"kind": record.kind.value}
