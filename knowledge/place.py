"""Where people live, which onderwijsregio that is, and which loket answers there."""

from collections.abc import Iterator
from datetime import time
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, model_validator

from knowledge.brand import Brand, Welcome, line_key
from knowledge.fact import Localised
from knowledge.record import Frozen, Kind, Record, Sector, Slug, reference_pairs

Weekday = Literal["ma", "di", "wo", "do", "vr", "za", "zo"]


class Membership(Frozen):
    """That a municipality belongs to a region, for some sectors."""

    region: Slug
    sectors: tuple[Sector, ...] = ()
    """Empty: for every sector."""


class Municipality(Frozen):
    """A Dutch municipality in or next to one of our regions, with the places that lie in it."""

    id: Slug
    name: str
    regions: tuple[Membership, ...] = ()
    also_called: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Villages, towns and districts within it, as people type them."""
    postcodes: tuple[Annotated[str, Field(pattern=r"^[1-9]\d{3}(-[1-9]\d{3})?$")], ...] = ()
    """The four digits of its postcodes, alone or from first to last: `2268`, `2490-2597`."""

    def has_postcode(self, digits: int) -> bool:
        """Whether a postcode with these four digits lies in it."""
        for each in self.postcodes:
            first, _, last = each.partition("-")
            if int(first) <= digits <= int(last or first):
                return True
        return False


class Region(Record):
    """An onderwijsregio."""

    kind: Literal[Kind.REGION] = Kind.REGION
    url: HttpUrl | None = None
    default_loket: Slug
    """The loket that answers when nothing more is known about the visitor."""
    brand: Brand | None = None
    """How its pages and its widget look; None: as the product does."""
    welcomes: tuple[Welcome, ...] = ()
    """What conversations begin with; without one that fits: what the product says."""
    consent_extra: Localised | None = None
    """What the region adds to the text that somebody agrees to who leaves their details."""

    @model_validator(mode="after")
    def _each_campaign_once(self) -> "Region":
        campaigns = [each.campaign for each in self.welcomes]
        if len(set(campaigns)) < len(campaigns):
            raise ValueError("two welcomes are for the same campaign")
        return self

    def opening_lines(self, campaign: str) -> tuple[Localised, ...]:
        """What a conversation from a campaign may begin with: one line, or two that are tried."""
        found = {each.campaign: each.lines for each in self.welcomes}
        return found.get(campaign) or found.get("", ())

    def opening_line(self, key: str) -> Localised | None:
        """The line with that key, if it still stands."""
        return next((line for each in self.welcomes for line in each.lines if line_key(self.id, line) == key), None)

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        yield "default_loket", Kind.LOKET, self.default_loket


class OpeningHours(Frozen):
    """One opening period on some weekdays, local time."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: time
    closes: time


class Loket(Record):
    """A desk with people: what it is for, whom it serves, and how to reach it."""

    kind: Literal[Kind.LOKET] = Kind.LOKET
    status: Literal["active", "planned", "ended", "unknown"]
    municipalities: tuple[Slug, ...] = ()
    """Empty: serves the whole of its regions; without regions: the whole country."""
    services: tuple[
        Literal[
            "inform",
            "inspire",
            "zelftest",
            "meelopen",
            "vacatures",
            "matching",
            "spreekuur",
            "events",
            "training",
            "invalpool",
            "subsidie",
            "professionalisering",
        ],
        ...,
    ] = ()
    takes_leads: bool = True
    """Whether candidates may be handed over to it."""
    lead_mailbox: str | None = None
    """Where leads are mailed; None: to the installation's own address."""
    url: HttpUrl | None = None
    email: str | None = None
    phone: str | None = None
    address: str = ""
    hours: tuple[OpeningHours, ...] = ()
    replaced_by: Slug | None = None

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        if self.replaced_by:
            yield "replaced_by", Kind.LOKET, self.replaced_by

    def details(self) -> Iterator[str]:
        if self.status == "ended":
            yield "Dit loket is gestopt."
        for word in (self.email, self.phone, self.address, str(self.url) if self.url else None):
            if word:
                yield word


InstitutionType = Literal[
    "hogeschool", "universiteit", "mbo-school", "schoolbestuur", "opleidingsschool", "opleider", "organisatie"
]


class Institution(Record):
    """
    An organisation that trains or employs: a school of higher education, an mbo school, another trainer, a school
    board, or a partnership in which boards and institutions train together (`opleidingsschool`).
    """

    kind: Literal[Kind.INSTITUTION] = Kind.INSTITUTION
    type: InstitutionType
    status: Literal["active", "planned", "ended", "unknown"] = "active"
    url: HttpUrl | None = None
    vacancies_url: HttpUrl | None = None
    places: tuple[str, ...] = ()
    municipalities: tuple[Slug, ...] = ()
    """Where a school board has schools, as far as we know."""
    primary_locations: dict[Slug, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Of a school board: how many locations of primary schools it has in a municipality, the most first."""
    duo_number: str = Field(default="", pattern=r"^(\d{5})?$")
    """Of a school board: its number in the registers of DUO (`bevoegd gezag`)."""
    partners: tuple[Slug, ...] = ()
    """Institutions it works with, as far as they are records; others are named in the body."""

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        yield from reference_pairs("partners", Kind.INSTITUTION, self.partners)

    def details(self) -> Iterator[str]:
        if self.status == "ended":
            yield "Deze organisatie bestaat niet meer."
        if self.places:
            yield f"Plaatsen: {', '.join(self.places)}."
