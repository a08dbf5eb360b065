"""A route as one institution offers it: where, in which form, when it starts, what it asks."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, HttpUrl

from knowledge.money import Amount
from knowledge.record import Kind, Record, Slug, reference_pairs
from knowledge.route import Form, Months

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PROGRAMME_STATUS_WORDS: dict[str, str] = {
    "active": "",
    "planned": "Deze opleiding is nog niet begonnen.",
    "ended": "Deze opleiding is gestopt.",
    "unknown": "Of deze opleiding nu te volgen is, weten wij niet zeker.",
}


class Programme(Record):
    """What somebody enrols in. Its own price stands here; the statutory tuition fee is a cost record."""

    kind: Literal[Kind.PROGRAMME] = Kind.PROGRAMME
    routes: tuple[Slug, ...] = Field(min_length=1)
    """The routes that it is a way to follow."""
    institution: Slug
    places: tuple[str, ...] = ()
    """Towns where the lessons are; empty: not known, or nowhere because it is online or at one's own school."""
    is_online: bool = False
    """Whether one studies at a distance: with few or no lessons on a spot."""
    near: tuple[Slug, ...] = ()
    """The regions from which people can travel to it, its own among them. `regions` stays empty: anybody may enrol."""
    forms: tuple[Form, ...] = ()
    duration: Months | None = None
    starts_in: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    """The months in which one can begin, from 1 to 12, if a source says so."""
    starts: str = ""
    """More about the start, in words: `twee keer per jaar`."""
    apply_by: str = ""
    """Until when and how one applies, in words, with the year that the source speaks of."""
    study_load: str = ""
    """Lesson days and hours a week, in words."""
    admission: str = ""
    """What this institution asks, in words, as far as it differs from the route."""
    certificate: str = ""
    """What one has afterwards, in words, as far as it differs from the route."""
    information: str = ""
    """Ways to hear more first, in words: open evenings, trial days, talks."""
    contact: str = ""
    """Mailboxes and phone numbers of the institution itself, in words; never of a person."""
    subjects: tuple[Slug, ...] = ()
    """School subjects that it trains for; empty: all, or the route has no subject."""
    amounts: tuple[Amount, ...] = ()
    status: Literal["active", "planned", "ended", "unknown"] = "active"
    url: HttpUrl | None = None

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        yield from reference_pairs("routes", Kind.ROUTE, self.routes)
        yield from reference_pairs("near", Kind.REGION, self.near)
        yield "institution", Kind.INSTITUTION, self.institution

    def months_in_words(self, locale: str = "nl") -> str:
        """The months in which one can begin: `september of februari`; empty if none is known."""
        names, or_ = (MONTHS, "of") if locale == "nl" else (MONTHS_EN, "or")
        return f" {or_} ".join(names[month - 1] for month in self.starts_in)

    def start_in_words(self) -> str:
        """When one can begin: `september of februari`, followed by what else is known; empty if nothing is."""
        return ". ".join(part for part in (self.months_in_words(), self.starts) if part)

    def details(self) -> Iterator[str]:
        if said := PROGRAMME_STATUS_WORDS[self.status]:
            yield said
        if self.places:
            yield f"Plaatsen: {', '.join(self.places)}."
        if self.is_online:
            yield "Je studeert op afstand."
        if self.forms:
            yield f"Vorm: {', '.join(self.forms)}."
        if self.duration:
            yield f"Duur: {self.duration.in_words()}."
        for heading, words in (
            ("Start", self.start_in_words()),
            ("Aanmelden", self.apply_by),
            ("Tijd", self.study_load),
            ("Toelating", self.admission),
            ("Diploma", self.certificate),
            ("Kennismaken", self.information),
            ("Contact", self.contact),
        ):
            if words:
                yield f"{heading}: {words}"
        for amount in self.amounts:
            yield f"{amount.in_words()}."
