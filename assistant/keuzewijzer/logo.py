"""A board's logo: whatever was uploaded, as a small clean PNG, or why it cannot be used."""

import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import py_svg_hush
import typst
from lxml import etree
from PIL import Image, UnidentifiedImageError

from assistant.keuzewijzer.choosing import NotChosen
from assistant.keuzewijzer.fonts import fonts

LARGEST_BYTES = 500 * 1024
_MOST_PIXELS = 25_000_000
_SIDES = (1_200, 900, 600, 400)
"""Pixels: at 6 cm wide 1,200 is finer than any printer. A photo is made smaller until it is light enough."""
_LARGEST_PNG = 400 * 1024
_LEAST_SIDE = 16
_MOST_ELEMENTS = 5_000
_MOST_COPIES = 50
"""`use` elements: copies of copies of copies are how a small SVG becomes a huge one."""
_SVG = "{http://www.w3.org/2000/svg}"
# A fixed frame: the SVG does not decide how many pixels it becomes.
_TO_PNG = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", width: 400pt, height: 400pt, fit: "contain")'
_KINDS = {"PNG", "JPEG"}


@dataclass(frozen=True)
class Logo:
    """A picture that is safe to embed: PNG, without metadata, at most 1,200 pixels a side and about 400 kB."""

    png: bytes = field(repr=False)
    width: int
    height: int


def read_logo(data: bytes) -> Logo:
    """
    The picture in an uploaded PNG, JPEG or SVG.

    What the file is called counts for nothing: its content decides. An SVG is hostile until its scripts, links and
    foreign content are taken out; then it is drawn, and goes on as pixels.

    :raises NotChosen: If it is empty, too large, none of these, or damaged; the message says what to do.
    """
    if not data:
        raise _refused("is empty", "Het logobestand is leeg. Kies een ander bestand.")
    if len(data) > LARGEST_BYTES:
        raise _refused(
            f"is larger than {LARGEST_BYTES // 1024} kB",
            f"Het logo is te groot. Kies een bestand van hoogstens {LARGEST_BYTES // 1024} kB.",
        )
    if _looks_like_svg(data):
        return _logo_of(_drawn(data))
    return _logo_of(data)


def _refused(english: str, dutch: str) -> NotChosen:
    return NotChosen("logo", f"the logo {english}; use a PNG, JPEG or SVG, or leave it out", dutch)


def _looks_like_svg(data: bytes) -> bool:
    return b"<svg" in data[:4_096].lower()


def _logo_of(data: bytes) -> Logo:
    broken = _refused(
        "is no PNG, JPEG or SVG, or it is damaged", "Dit bestand is geen PNG, JPEG of SVG, of het is beschadigd."
    )
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.format not in _KINDS:
                raise broken
            if picture.width * picture.height > _MOST_PIXELS:
                raise _refused("has too many pixels", "Het logo heeft te veel beeldpunten. Maak het eerst kleiner.")
            picture.load()
            # A new picture of the pixels alone leaves every comment, place and thumbnail behind.
            pixels = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, NotChosen):
            raise
        raise broken from error
    box = pixels.getchannel("A").getbbox()
    if box is None:
        raise _refused("shows nothing", "Op dit logo is niets te zien. Kies een ander bestand.")
    pixels = pixels.crop(box)
    if min(pixels.size) < _LEAST_SIDE:
        raise _refused("is too small to print", "Het logo is te klein om af te drukken.")
    tried = (_scaled(pixels, side) for side in _SIDES)
    return next((logo for logo in tried if len(logo.png) <= _LARGEST_PNG), None) or _scaled(pixels, _SIDES[-1])


def _scaled(pixels: Image.Image, side: int) -> Logo:
    """The picture with no side longer than this many pixels."""
    small = pixels.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    written = io.BytesIO()
    clean.save(written, "PNG", optimize=True)
    return Logo(written.getvalue(), *clean.size)


def _drawn(svg: bytes) -> bytes:
    """The SVG as a PNG, after everything but shapes, colours and text has been taken out."""
    broken = _refused(
        "is an SVG that cannot be drawn",
        "Deze SVG kunnen we niet tekenen. Sla het logo op als PNG en kies dat bestand.",
    )
    try:
        clean = _passive(py_svg_hush.filter_svg(svg))
        with tempfile.TemporaryDirectory(prefix="logo-") as folder:
            here = Path(folder)
            (here / "logo.svg").write_bytes(clean)
            (here / "logo.typ").write_text(_TO_PNG, encoding="utf-8")
            drawn = typst.compile(
                str(here / "logo.typ"),
                root=folder,
                format="png",
                ppi=216.0,
                font_paths=fonts(),
            )
    except (ValueError, etree.XMLSyntaxError, typst.TypstError) as error:
        if isinstance(error, NotChosen):
            raise
        raise broken from error
    return drawn


def _passive(svg: bytes) -> bytes:
    """What is left after the allow-list, without pictures in the picture and without endless copies."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    for element in list(root.iter(f"{_SVG}image", f"{_SVG}filter", f"{_SVG}pattern", f"{_SVG}feImage")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    copies = list(root.iter(f"{_SVG}use"))
    if len(copies) > _MOST_COPIES or sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise _refused("is an SVG with too many parts", "Deze SVG heeft te veel onderdelen. Sla het logo op als PNG.")
    for element in copies:
        targets = {value for name, value in element.attrib.items() if str(name).endswith("href")}
        named = {target.removeprefix("#") for target in targets}
        nested = any(found.get("id") in named and found.find(f".//{_SVG}use") is not None for found in root.iter())
        parent = element.getparent()
        if parent is not None and (nested or not all(target.startswith("#") for target in targets)):
            parent.remove(element)
    return cast(bytes, etree.tostring(root))
