"""Regions and brands: everything that a region chooses for itself, in one place, and where each of it is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from assistant.accounts.account import Account
from assistant.accounts.role import May
from assistant.answering.blocks import hours_in_words
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, shell
from assistant.desk.wording import ROLES, region_title
from assistant.editor import shares, wording
from assistant.editor.pages.listing import item_address
from assistant.leads.consent import consent_text
from knowledge.brand import Brand, contrast, line_key
from knowledge.catalogue import Catalogue
from knowledge.fact import Localised
from knowledge.place import Loket, Region
from knowledge.publishing.item import ItemKey
from knowledge.publishing.review import USUAL, Sensitive

_NAMES: Mapping[str, str] = {
    "accent": "knop", "on-accent": "woorden op een knop", "link": "links", "light": "wit",
    "accent-dark": "knop, donkere stand", "on-accent-dark": "woorden op een knop, donkere stand",
    "link-dark": "links, donkere stand", "dark": "donkere achtergrond",
}  # fmt: skip
COLOURS: Mapping[str, str] = {name: name.replace("_", "-") for name in Brand.model_fields if name != "name"}
"""The fields of a brand that are colours, and what the colours are called."""


@dataclass(frozen=True)
class Line:
    """An opening line, and what came of it."""

    text: str
    number: str
    """Empty: too few to show."""


@dataclass(frozen=True)
class Opening:
    """What conversations of a campaign begin with."""

    campaign: str
    lines: tuple[Line, ...]
    told: str


@dataclass(frozen=True)
class Desk:
    """A loket of the region, with its hours."""

    address: str
    title: str
    hours: tuple[str, ...]


@dataclass(frozen=True)
class RegionCard:
    """A region, and what it chose."""

    id: str
    title: str
    address: str
    """Where its record is edited."""
    name: str
    colours: tuple[tuple[str, str], ...]
    openings: tuple[Opening, ...]
    desks: tuple[Desk, ...]
    consent: str
    """The version that holds now."""
    consent_extra: str
    kept: tuple[tuple[str, str], ...]
    needs: tuple[Choice, ...]
    needed: str
    people: tuple[tuple[str, int], ...]
    may_decide: bool
    """Whether the colleague may say what needs a second person here."""
    may_see_privacy: bool


@dataclass(frozen=True)
class RegionsPage:
    """The page."""

    shell: Shell
    cards: tuple[RegionCard, ...]
    done: str


def regions_page(
    editor: SignedInAdviser,
    catalogue: Catalogue,
    counts: Mapping[str, Mapping[str, tuple[int, int]]],
    needs: Mapping[str, frozenset[Sensitive] | None],
    accounts: Sequence[Account],
    kept: Mapping[str, Sequence[tuple[str, timedelta]]],
    lead_retention: timedelta,
    done: str = "",
) -> RegionsPage:
    """
    The page.

    :param counts: By region and key of a line how many conversations began with it, and how many became a lead.
    :param kept: By region what is kept how long.
    """
    regions = [found for each in editor.account.regions if isinstance(found := catalogue.find(each), Region)]
    cards = tuple(
        _card(
            each,
            editor.account,
            catalogue,
            counts.get(each.id, {}),
            needs.get(each.id),
            accounts,
            kept.get(each.id, ()),
            lead_retention,
        )
        for each in regions
    )
    return RegionsPage(shell("Regio’s", editor), cards, done)


def _card(
    region: Region,
    reader: Account,
    catalogue: Catalogue,
    counts: Mapping[str, tuple[int, int]],
    needs: frozenset[Sensitive] | None,
    accounts: Sequence[Account],
    kept: Sequence[tuple[str, timedelta]],
    lead_retention: timedelta,
) -> RegionCard:
    chosen = USUAL if needs is None else needs
    brand = region.brand
    return RegionCard(
        id=region.id,
        title=region_title(catalogue, region.id),
        address=item_address(ItemKey("records", region.id)),
        name=(brand.name if brand else "") or "Loketgids",
        colours=tuple((_NAMES[name], colour) for name, colour in (brand.colours if brand else {}).items()),
        openings=tuple(_opening(region.id, each.campaign, each.lines, counts) for each in region.welcomes),
        desks=tuple(
            Desk(item_address(ItemKey("records", each.id)), each.title, tuple(map(hours_in_words, each.hours)))
            for each in catalogue.all(Loket)
            if region.id in each.regions and each.status == "active"
        ),
        consent=consent_text(region, "nl", lead_retention).version,
        consent_extra=region.consent_extra.nl if region.consent_extra else "",
        kept=tuple((what, f"{period.days} dagen") for what, period in kept),
        needs=tuple(Choice(each.value, wording.NEEDS[each.value], each in chosen) for each in Sensitive),
        needed=", ".join(wording.NEEDS[each.value] for each in Sensitive if each in chosen) or "niets",
        people=tuple(
            (word, number)
            for role, word in ROLES.items()
            if (number := sum(each.roles.get(region.id) is role and not each.disabled for each in accounts))
        ),
        may_decide=reader.may(May.TEAM, region.id),
        may_see_privacy=reader.may(May.PRIVACY, region.id),
    )


def _opening(region: str, campaign: str, lines: Sequence[Localised], counts: Mapping[str, tuple[int, int]]) -> Opening:
    those = [shares.Share(led, began) for began, led in (counts.get(line_key(region, each), (0, 0)) for each in lines)]
    is_shown = all(each.of >= shares.LEAST for each in those)
    told = tuple(Line(line.nl, _in_words(share) if is_shown else "") for line, share in zip(lines, those, strict=True))
    return Opening(campaign, told, shares.told(those))


def _in_words(share: shares.Share) -> str:
    low, high = share.span
    percent = f"{share.share * 100:.1f}".replace(".", ",")
    return (
        f"{share.number} van {share.of} gesprekken werden een aanmelding: {percent}% "
        f"(waarschijnlijk tussen {low * 100:.0f}% en {high * 100:.0f}%)"
    )


# ---- the look


@dataclass(frozen=True)
class ColourField:
    """A colour to fill in."""

    name: str
    label: str
    help: str
    value: str
    used: str
    """The colour that is used."""


@dataclass(frozen=True)
class Pair:
    """Two colours that stand on each other."""

    label: str
    ratio: str
    needed: str
    is_enough: bool


@dataclass(frozen=True)
class LookPage:
    """The colours of a region, tried out."""

    shell: Shell
    region: str
    title: str
    address: str
    fields: tuple[ColourField, ...]
    pairs: tuple[Pair, ...]
    can_be_read: bool
    error: str
    stylesheet: str
    is_changed: bool


def look_page(
    editor: SignedInAdviser, catalogue: Catalogue, region: str, typed: Mapping[str, str], brand: Brand | None
) -> LookPage:
    """
    The page.

    :param typed: What stands in the fields, by their names.
    :param brand: What that makes, readable or not; None: one of them is no colour.
    """
    colours = brand.colours if brand else {}
    fields = tuple(
        ColourField(name, *wording.FIELDS[name], typed.get(name, ""), colours.get(colour, ""))
        for name, colour in COLOURS.items()
    )
    pairs = tuple(
        Pair(
            f"{_NAMES[name].capitalize()} op {_NAMES[ground]}",
            f"{(ratio := contrast(colours[name], colour)):.1f}".replace(".", ","),
            f"{least:.1f}".replace(".", ","),
            ratio >= least,
        )
        for name, ground, colour, least in (brand.pairs() if brand else ())
    )
    published = catalogue.get(region, Region).brand
    now = {name: getattr(published, name) or "" for name in COLOURS} if published else {}
    query = urlencode({name: value for name, value in typed.items() if value})
    address = f"/desk/redactie/regio/{region}"
    return LookPage(
        shell=shell(f"Kleuren van {region_title(catalogue, region)}", editor),
        region=region,
        title=region_title(catalogue, region),
        address=address,
        fields=fields,
        pairs=pairs,
        can_be_read=bool(pairs) and all(each.is_enough for each in pairs),
        error="" if brand else "Schrijf een kleur zo: #0b5563. Een hekje en zes cijfers of letters van a tot en met f.",
        stylesheet=f"{address}/static/kleuren.css?{query}",
        is_changed={name: value for name, value in typed.items() if value}
        != {name: value for name, value in now.items() if value},
    )


def look_stylesheet(brand: Brand) -> str:
    """The colours for the widget on the page, and for a sample by day and one by night."""
    colours = brand.colours
    widget = "".join(f"--loket-{name}:{colour};" for name, colour in colours.items())
    day, night = (
        f"--sample-button:{colours['accent' + end]};--sample-words:{colours['on-accent' + end]};--sample-link:{colours['link' + end]};"
        for end in ("", "-dark")
    )
    return f"loket-gids{{{widget}}}\n.sample--day{{{day}}}\n.sample--night{{{night}}}\n"
