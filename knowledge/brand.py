"""How a region looks and what it says first: its name, colours that everybody can read, and the opening lines of a conversation."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from knowledge.fact import Localised
from knowledge.record import Frozen

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
"""`#0b5563`"""
LIGHT, DARK = "#ffffff", "#16242a"
"""What colours stand on, by day and by night."""
TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
"""Contrast that WCAG 2.2 AA asks of words, and of shapes such as a button (1.4.3, 1.4.11)."""
_DEFAULT_LINK = "#0b5563"


def contrast(one: str, other: str) -> float:
    """How far two colours lie apart, as WCAG 2.2 counts it: from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _words_on(colour: str) -> str:
    """White or black, whichever is read best on it."""
    return max(("#ffffff", "#000000"), key=lambda each: contrast(each, colour))


def _shaded(colour: str, share: float) -> str:
    """The colour with so much black in it."""
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * (1 - share)):02x}" for at in (1, 3, 5))


def _deep(colour: str) -> str:
    """The colour, with as little black in it as lets white words be read well on it."""
    found = (_shaded(colour, share / 20) for share in range(3, 21))
    return next(each for each in found if contrast(each, LIGHT) >= 7)


def _over(colour: str, words: str) -> str:
    """The colour of a button that is pointed at: further from its words."""
    return (
        _shaded(colour, 0.2) if contrast(words, "#000000") > contrast(words, LIGHT) else _lightened(colour, colour, 1.3)
    )


def _lightened(colour: str, ground: str, ratio: float) -> str:
    """The colour, with as little white in it as makes it stand out from a dark ground."""
    for share in range(21):
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        found = "#" + "".join(f"{part + (255 - part) * share // 20:02x}" for part in parts)
        if contrast(found, ground) >= ratio:
            return found
    return "#ffffff"


class Brand(Frozen):
    """The look of a region. What is left out is chosen so that it can be read."""

    name: str = Field(default="", max_length=40)
    """What stands above the pages; empty: the name of the product."""
    accent: Colour
    """Of buttons."""
    on_accent: Colour | None = None
    """Of the words on a button."""
    link: Colour | None = None
    accent_dark: Colour | None = None
    on_accent_dark: Colour | None = None
    link_dark: Colour | None = None

    @property
    def colours(self) -> dict[str, str]:
        """Every colour by its name, those that were left out too."""
        accent_dark = self.accent_dark or _lightened(self.accent, DARK, TEXT_RATIO)
        is_readable = contrast(self.accent, LIGHT) >= TEXT_RATIO
        return {
            "accent": self.accent,
            "on-accent": self.on_accent or _words_on(self.accent),
            "link": self.link or (self.accent if is_readable else _DEFAULT_LINK),
            "accent-dark": accent_dark,
            "on-accent-dark": self.on_accent_dark or _words_on(accent_dark),
            "link-dark": self.link_dark or _lightened(accent_dark, DARK, TEXT_RATIO),
        }

    def pairs(self) -> Iterator[tuple[str, str, str, float]]:
        """What has to stand out from what: the names of two colours (or of a ground), and how far at least."""
        yield "on-accent", "accent", self.colours["accent"], TEXT_RATIO
        yield "link", "light", LIGHT, TEXT_RATIO
        yield "accent", "light", LIGHT, SHAPE_RATIO
        yield "on-accent-dark", "accent-dark", self.colours["accent-dark"], TEXT_RATIO
        yield "link-dark", "dark", DARK, TEXT_RATIO
        yield "accent-dark", "dark", DARK, SHAPE_RATIO

    def stylesheet(self) -> str:
        """
        The colours as properties of CSS: of the widget on any site, and of our own pages.

        Our own pages say so (`data-brand`), so that no property of somebody else's site is set.
        """
        colours = self.colours
        widget = "".join(f"--loket-{name}:{colour};" for name, colour in colours.items())
        accent, on, link = colours["accent"], colours["on-accent"], colours["link"]
        light = f"--link:{link};--button:{accent};--on-button:{on};--button-over:{_over(accent, on)};--foot:{_deep(accent)};"
        accent, on, link = colours["accent-dark"], colours["on-accent-dark"], colours["link-dark"]
        dark = f"--link:{link};--button:{accent};--on-button:{on};--button-over:{_over(accent, on)};"
        own = ":root[data-brand]"
        return f"loket-gids{{{widget}}}\n{own}{{{light}}}\n@media (prefers-color-scheme:dark){{{own}{{{dark}--foot:#12323a;}}}}\n"

    @model_validator(mode="after")
    def _can_be_read(self) -> "Brand":
        for name, ground, colour, ratio in self.pairs():
            if contrast(self.colours[name], colour) < ratio:
                raise ValueError(f"a colour cannot be read: {name} on {ground} has a contrast under {ratio}")
        return self


def _promises_nothing(line: Localised) -> Localised:
    for words in (line.nl, line.en):
        if any(letter.isdigit() or letter in "<>[]{}€" for letter in words):
            raise ValueError("an opening line has no numbers, links or code: amounts and days belong in a record")
        if len(words) > 300:
            raise ValueError("an opening line has at most 300 characters")
    return line


OpeningLine = Annotated[Localised, AfterValidator(_promises_nothing)]


class Welcome(Frozen):
    """What a conversation begins with, for visitors of one campaign."""

    campaign: str = Field(default="", max_length=40, pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")
    """As `utm_campaign` has it; empty: for everybody else."""
    lines: tuple[OpeningLine, ...] = Field(min_length=1, max_length=2)
    """Two of them are tried beside each other: each conversation gets one of both."""


def line_key(region: str, line: Localised) -> str:
    """A short name for an opening line, which changes with its words: `1a2b3c4d`."""
    return sha256(f"{region}\n{line.nl}\n{line.en}".encode()).hexdigest()[:8]
