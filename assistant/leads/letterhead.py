"""Mail as a page: the same words as the plain text, under the name and in the colours of the region that sends it."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from knowledge.brand import DARK, LIGHT
from knowledge.place import Region
from knowledge.record import Frozen

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
_ITEM = "- "
_PAGE = Markup(
    '<!doctype html>\n<html lang="{locale}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light only">\n'
    "<title>{subject}</title>\n</head>\n"
    '<body style="margin:0;padding:0;background-color:{light};color:{dark}">\n'
    '<div style="max-width:600px;margin:0 auto;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">\n'
    '<p style="margin:0;padding:16px 20px;background-color:{accent};color:{on_accent};font-size:20px;font-weight:bold">{name}</p>\n'
    '<div style="padding:8px 20px 24px;overflow-wrap:anywhere">\n{words}\n</div>\n</div>\n</body>\n</html>\n'
)


class Letterhead(Frozen):
    """What stands above a mail, and its colours; all are read on white, as the brand of a region makes sure."""

    name: str = "Loketgids"
    accent: str = "#0b5563"
    on_accent: str = LIGHT
    link: str = "#0b5563"

    @classmethod
    def of(cls, region: Region | None) -> "Letterhead":
        """That of a region; without a brand of its own the plain one, with the region's name if there is a region."""
        if region is None:
            return cls()
        if region.brand is None:
            return cls(name=region.title)
        colours = region.brand.colours
        return cls(
            name=region.brand.name or region.title,
            accent=colours["accent"],
            on_accent=colours["on-accent"],
            link=colours["link"],
        )


def html_of(text: str, subject: str, locale: str, letterhead: Letterhead) -> str:
    """
    A plain text as a page of HTML with its styles inline, since mail programs drop those of a sheet.

    Paragraphs are what stands between empty lines, a list is lines that begin with a dash, and an address of a page is a
    link. Everything else is shown as it was typed.
    """
    blocks = (block for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n")) if block.strip())
    words = Markup("\n").join(part for block in blocks for part in _parts(block, letterhead.link))
    return str(
        _PAGE.format(
            locale=locale,
            subject=subject,
            name=letterhead.name,
            accent=letterhead.accent,
            on_accent=letterhead.on_accent,
            light=LIGHT,
            dark=DARK,
            words=words,
        )
    )


def _parts(block: str, link: str) -> Iterator[Markup]:
    """The paragraphs and lists of one block."""
    for is_list, lines in groupby(block.splitlines(), key=lambda line: line.startswith(_ITEM)):
        if is_list:
            items = Markup().join(Markup("<li>{}</li>").format(_linked(line[len(_ITEM) :], link)) for line in lines)
            yield Markup('<ul style="margin:12px 0;padding-left:24px">{}</ul>').format(items)
        else:
            paragraph = Markup("<br>\n").join(_linked(line, link) for line in lines)
            yield Markup('<p style="margin:12px 0">{}</p>').format(paragraph)


def _linked(line: str, colour: str) -> Markup:
    """A line with its addresses as links; their words are the address itself, so that nobody is led elsewhere."""
    found, at = Markup(), 0
    for match in _LINK.finditer(line):
        address = match.group()
        anchor = Markup('<a href="{0}" style="color:{1}">{0}</a>').format(address, colour)
        found += escape(line[at : match.start()]) + anchor
        at = match.end()
    return found + escape(line[at:])
