"""PageText: a page's Markdown as sentences and table cells, each with its place, so that words can be quoted exactly."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ingestion.extract.finding import LONGEST_QUOTE, Place
from ingestion.layout import PAGE_BREAK

_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*#*\s*$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_BULLET = re.compile(r"^\s*(?:[-*•·▪◦‣➢–]|\d{1,2}[.)]|[a-z][.)])\s+")
_MARKUP = re.compile(r"[*`|\u00a0\ue00c\f]|(?<!\w)_+|_+(?!\w)")
_ABBREVIATED = (
    r"(?<!\b[A-Za-z]\.)(?<!\bbijv\.)(?<!\benz\.)(?<!\bincl\.)(?<!\bexcl\.)(?<!\bart\.)(?<!\bnr\.)(?<!\bca\.)(?<!\bdr\.)"
    r"(?<!\bdrs\.)(?<!\bprof\.)(?<!\bmr\.)(?<!\bmw\.)(?<!\bdhr\.)(?<!\btel\.)(?<!\bmin\.)(?<!\bmax\.)(?<!\bBijv\.)(?<!\bgem\.)"
)
_SENTENCE_END = re.compile(rf"(?<=[.!?…]){_ABBREVIATED}[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-Þ0-9€•-])")
_LABEL = re.compile(r"^\s*(?P<label>[^:.!?]{2,60}):\s+")
_BOLD_LABEL = re.compile(r"^\s*(?:\*\*|__)(?P<label>[^*_:\d]{2,40}):?(?:\*\*|__):?\s+\S")
"""`**Sluitingsdatum** 23 oktober`: a label without a colon."""
_MOST_UNITS = 20_000
_GOES_ON = re.compile(r"^(?![a-z][.)]\s)[a-zà-ÿ]")


@dataclass(frozen=True)
class Unit:
    """A sentence, a bullet or a table cell: what is read at once."""

    text: str
    """Of the same length as the words on the page, with blanks for marks of Markdown."""
    offset: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    lead: str = ""
    """The sentence before it in its paragraph, or the line that a list hangs under."""
    label: str = ""
    """What stands before a colon at its start: `Duur`; of a cell, the head of its column."""
    row: str = ""
    column: str = ""
    above: str = ""
    """The paragraph above a table."""
    quote: tuple[int, int] | None = None
    """Of a cell: where the row begins and ends, for a cell alone is no quote."""
    bullet: bool = False

    @property
    def in_table(self) -> bool:
        """Whether it is a cell."""
        return self.quote is not None

    @property
    def around(self) -> str:
        """What says what it is about: headings, the text above a table, column and row, the line above a list."""
        return " . ".join(filter(None, (*self.headings, self.above, self.lead, self.row, self.column)))


@dataclass(frozen=True)
class Row:
    """A row of a table with what its columns are called."""

    cells: tuple[str, ...]
    heads: tuple[str, ...]
    offset: int
    end: int
    headings: tuple[str, ...]
    page: int | None
    above: str = ""

    def __getitem__(self, head: str) -> str:
        """The cell under the first head that holds this word; empty if there is none."""
        return next((cell for name, cell in zip(self.heads, self.cells, strict=False) if head in name.lower()), "")


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it, up to the next heading."""

    headings: tuple[str, ...]
    offset: int
    end: int
    units: tuple[Unit, ...]
    rows: tuple[Row, ...]
    page: int | None = None

    @property
    def title(self) -> str:
        """The heading itself."""
        return self.headings[-1] if self.headings else ""

    @cached_property
    def text(self) -> str:
        """All sentences and cells, with spaces between."""
        return " ".join(each.text.strip() for each in self.units)


@dataclass(frozen=True)
class PageText:
    """A page that was converted, in parts."""

    content: str
    parts: tuple[Part, ...] = field(default=())

    @property
    def units(self) -> Iterator[Unit]:
        """Every sentence and cell in reading order."""
        return (unit for part in self.parts for unit in part.units)

    @property
    def rows(self) -> Iterator[Row]:
        """Every row of every table."""
        return (row for part in self.parts for row in part.rows)

    def words(self, unit: Unit, start: int = 0, end: int | None = None) -> str:
        """The exact words on the page of a part of a unit; of a cell its whole row."""
        first, last = unit.quote or (unit.offset + start, unit.offset + (len(unit.text) if end is None else end))
        return self.quoted(first, last)

    def quoted(self, first: int, last: int) -> str:
        """The exact words on the page, without blanks around them, and no more than a quote may hold."""
        return self.content[first:last].strip()[:LONGEST_QUOTE].strip()

    def place(self, unit: Unit, start: int = 0) -> Place:
        """Where a unit, or something in it, stands."""
        return Place(
            headings=unit.headings,
            offset=unit.offset + start,
            page=unit.page,
            row=unit.row[:200],
            column=unit.column[:200],
        )


def page_text(content: str) -> PageText:
    """
    A page in parts.

    :param content: Markdown as the converters make it: `#` before headings, `|` around cells, a form feed where a printed page
        ends.
    """
    reader = _Reader(content)
    return PageText(content, tuple(reader.parts()))


@dataclass
class _Reader:
    content: str
    headings: list[tuple[int, str]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    page: int = 1
    lead: str = ""
    above: str = ""
    count: int = 0

    def parts(self) -> Iterator[Part]:
        begun, begun_on = 0, 1
        heads: tuple[str, ...] = ()
        offset = 0
        for line in _unwrapped(self.content).split("\n"):
            breaks = line.count(PAGE_BREAK)
            bare = line.replace(PAGE_BREAK, " ")
            if self.count < _MOST_UNITS:
                if heading := _HEADING.match(bare.lstrip()):
                    if self.units or self.rows or self.headings:
                        yield self._part(begun, offset, begun_on)
                    begun, begun_on, heads, self.lead, self.above = offset, self.page + breaks, (), "", ""
                    self._enter(len(heading[1]), _tidied(heading[2]))
                elif _ROW.match(bare):
                    heads = self._row(bare, offset, heads)
                elif bare.strip():
                    heads = ()
                    self._paragraph(bare, offset)
            offset += len(line) + 1
            self.page += breaks
        yield self._part(begun, len(self.content), begun_on)

    def _part(self, begun: int, end: int, page: int) -> Part:
        made = Part(self._path, begun, end, tuple(self.units), tuple(self.rows), self._numbered(page))
        self.units, self.rows = [], []
        return made

    @property
    def _path(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.headings)

    def _numbered(self, page: int) -> int | None:
        return page if PAGE_BREAK in self.content else None

    def _enter(self, level: int, title: str) -> None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, title[:200]))

    def _paragraph(self, line: str, offset: int) -> None:
        bullet = _BULLET.match(line)
        begin = bullet.end() if bullet else 0
        text = _MARKUP.sub(lambda found: " " * len(found[0]), line)
        lead = self.lead
        bold = _BOLD_LABEL.match(line[begin:])
        for start, end in _sentences(text, begin):
            words = text[start:end]
            labelled = _LABEL.match(words) or (bold if start == begin else None)
            label = _tidied(labelled["label"]) if labelled else ""
            unit = Unit(
                words, offset + start, self._path, self._numbered(self.page), lead, label, bullet=bullet is not None
            )
            self.units.append(unit)
            self.count += 1
            lead = words.strip() if not bullet else self.lead
        if not bullet:
            self.lead = self.above = text.strip()[-300:]

    def _row(self, line: str, offset: int, heads: tuple[str, ...]) -> tuple[str, ...]:
        """Take a row; the first row of a table gives the heads of its columns, which are returned."""
        if _RULE.match(line):
            return heads
        spans = list(_cells(line))
        cells = tuple(_tidied(line[start:end]) for start, end in spans)
        if not heads:
            if len(cells) == 2 and _is_pair(cells):
                # A table without a head: its first column says what the second holds.
                heads = ("", "")
            else:
                return cells if any(cells) else ("",) * max(1, len(cells))
        quote = (offset + line.index("|"), offset + len(line.rstrip()))
        self.rows.append(Row(cells, heads, *quote, self._path, self._numbered(self.page), self.above))
        row = cells[0] if cells else ""
        for number, (start, end) in enumerate(spans):
            text = _MARKUP.sub(lambda found: " " * len(found[0]), line[start:end])
            if not text.strip() or self.count >= _MOST_UNITS:
                continue
            column = heads[number] if number < len(heads) else ""
            self.units.append(
                Unit(
                    text,
                    offset + start,
                    self._path,
                    self._numbered(self.page),
                    label=column or (row if number else ""),
                    row=row if number else "",
                    column=column,
                    above=self.above,
                    quote=quote,
                )
            )
            self.count += 1
        return heads


def _unwrapped(content: str) -> str:
    """The text, as long as it was, with a blank for a newline in the middle of a sentence or after a colon."""
    lines = content.split("\n")
    made = [lines[0]]
    for before, line in pairwise(lines):
        stands_alone = (
            not before.strip() or before.lstrip().startswith(("#", "|")) or line.lstrip().startswith(("#", "|"))
        )
        goes_on = _GOES_ON.match(line) and before[-1:] not in {".", "!", "?"}
        joined = not stands_alone and (goes_on or (before.endswith(":") and line.startswith("€")))
        made.append(f"{' ' if joined else chr(10)}{line}")
    return "".join(made)


def _is_pair(cells: Sequence[str]) -> bool:
    """Whether a first row of two cells is a term with a value rather than the heads of two columns."""
    return bool(re.search(r"\d|@", cells[1])) and not re.search(r"\d", cells[0])


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """Where each cell of a row begins and ends."""
    bars = [found.start() for found in re.finditer(r"(?<!\\)\|", line)]
    return ((start + 1, end) for start, end in pairwise(bars))


def _sentences(text: str, begin: int) -> Iterator[tuple[int, int]]:
    start = begin
    for found in _SENTENCE_END.finditer(text, begin):
        yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _tidied(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", text).split())
