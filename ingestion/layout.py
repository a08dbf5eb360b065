"""From the lines of a plain text or a PDF to Markdown: headings found, wrapped lines joined, furniture left out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

PAGE_BREAK = "\f"
"""Stands where a page of a PDF ends, also in the middle of a paragraph."""

_TAG = re.compile(
    r"</?(?:p|br|i|b|u|em|strong|sup|sub|span|div|li|ul|ol|td|tr|table|thead|tbody|th)\b[^<>]{0,200}>", re.I
)
_BREAKING_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr)\b[^<>]{0,200}>", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_CONTENTS = re.compile(r"^\S.{0,250}?(?:\t+|\.{3,}\s*|…\s*|\s{3,})\d{1,3}$")
_CONTENTS_TITLE = re.compile(r"^(?:inhoud|inhoudsopgave|contents|table of contents)$", re.I)
_PAGE_NUMBER = re.compile(r"^(?:pagina|page|blz\.?|p\.)?\s*\|?\s*\d{1,4}(?:\s*(?:/|van|of)\s*\d{1,4})?$", re.I)
_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[A-ZÀ-Þ'\"‘“].{1,180})$")
_BULLET = re.compile(r"^(?:[-*•·▪◦‣➢–o]\s+|[-•·▪◦‣➢]\S|\d{1,2}[.)]\s+\S|[a-z][.)]\s)")
_EMPHASIS = re.compile(r"^(\*\*|__)(?P<title>[^*_]{2,120})\1$")
_LABELLED = re.compile(r"^[A-ZÀ-Þ][\w-]*(?: [\w-]+){0,2}:\s")
"""A line that says first what it tells: `Waar: in de aula`."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_MAX_HEADING_WORDS = 12
_HEADING = re.compile(r"^#{1,6} .+$", re.MULTILINE)
_MARKUP = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3}|`)(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)")
"""Bold, italic or code within a line."""
_WRAPPED_FROM = 55
"""A line of so many characters, in a text that wraps its lines, goes on in the next one."""


def cleaned(text: str) -> str:
    """The text with one kind of newline and space, without control characters and the tags that exports leave."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    text = unescape(_TAG.sub("", _BREAKING_TAG.sub("\n", text)))
    return _CONTROL.sub("", text).replace("\u00a0", " ").replace("\u2011", "-")


def with_plain_headings(markdown: str) -> str:
    """The Markdown with headings in words alone: bold in a heading says nothing, and a citation names the heading as it is read."""
    return _HEADING.sub(lambda found: _MARKUP.sub(r"\2", found[0]), markdown)


def markdown_of(text: str) -> str:
    """
    The text as Markdown that keeps its headings.

    :param text: As read; pages end in a form feed, if there are pages.
    :returns: A paragraph, heading, bullet or table row a line, with an empty line between; form feeds are kept.
    """
    pages = [cleaned(page).split("\n") for page in text.split(PAGE_BREAK)]
    lines = _without_contents([*_joined_pages(_without_furniture(pages))])
    paragraphs = list(_paragraphs(_single_spaced(lines)))
    return "".join(
        each + ("\n" if each.startswith("|") and below.startswith("|") else "\n\n")
        for each, below in pairwise([*paragraphs, ""])
    ).removesuffix("\n\n")


def _joined_pages(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, page in enumerate(pages):
        first, *rest = page or [""]
        yield (PAGE_BREAK if number else "") + first
        yield from rest


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without page numbers, and without the lines that stand at the edge of most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_faceless(line) for line in _edge(page)})
    running = {
        line
        for line, times in edges.items()
        if len(pages) >= 3 and times > len(pages) / 2 and not _SENTENCE_END.search(line)
    }
    kept = []
    for page in pages:
        edge = _edge(page)
        kept.append(
            [
                line
                for line in page
                if not (line in edge and _faceless(line) in running) and not _PAGE_NUMBER.match(line.strip())
            ]
        )
    return kept


def _edge(page: Sequence[str]) -> set[str]:
    """The first two and the last two lines of a page that say something."""
    full = [line for line in page if line.strip()]
    return {*full[:2], *full[-2:]}


def _faceless(line: str) -> str:
    """The line with every number alike, so that a footer with the page's number is the same on each page."""
    return re.sub(r"\d+", "#", line.strip())


def _without_contents(lines: Sequence[str]) -> list[str]:
    """
    Lines without the table of contents and the word above it.

    Entries end in a page number and these do not go down; the rows of a table of figures mostly do.
    """
    dropped: set[int] = set()
    run: list[int] = []
    titled = False
    for at, line in enumerate([*lines, "the end"]):
        bare = line.strip()
        if _CONTENTS.match(bare):
            run.append(at)
        elif bare:
            numbers = [int(re.findall(r"\d+$", lines[each].strip())[0]) for each in run]
            if titled or (len(run) >= 4 and numbers == sorted(numbers)):
                dropped.update(run)
            run = []
            titled = bool(_CONTENTS_TITLE.match(bare))
            if titled:
                dropped.add(at)
    return [PAGE_BREAK * (PAGE_BREAK in line) if at in dropped else line for at, line in enumerate(lines)]


def _single_spaced(lines: Sequence[str]) -> list[str]:
    """
    Lines without the empty line between each two, if the text was exported so.

    It was if half of the blocks of one line end in the middle of a sentence that goes on below.
    """
    text = "\n".join(line.rstrip(" ") if line.strip() else line for line in lines)
    blocks = [block for block in text.split("\n\n") if block.strip()]
    goes_on = sum(
        1
        for one, next_ in pairwise(blocks)
        if "\n" not in one and one.strip()[-1:].isalnum() and next_.strip()[:1].islower()
    )
    return (text.replace("\n\n", "\n") if goes_on * 4 > len(blocks) else text).split("\n")


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Headings as `## …`, and paragraphs whose wrapped lines are one."""
    wrapped = _is_wrapped(lines)
    paragraph = ""
    for at, line in enumerate(lines):
        bare = line.strip(" \t\n")
        text = bare.strip(PAGE_BREAK)
        if not text:
            if PAGE_BREAK in bare:
                paragraph += PAGE_BREAK
            elif paragraph.strip(PAGE_BREAK):
                yield paragraph
                paragraph = ""
            continue
        following = next((each.strip() for each in lines[at + 1 : at + 6] if each.strip()), "")
        if level_and_title := _heading(text, paragraph.strip(PAGE_BREAK), following, wrapped):
            if paragraph.strip(PAGE_BREAK):
                yield paragraph
                paragraph = ""
            if breaks := paragraph + PAGE_BREAK * bare.count(PAGE_BREAK):
                yield breaks
            level, title = level_and_title
            yield f"{'#' * level} {title}"
            paragraph = ""
        elif paragraph.strip(PAGE_BREAK) and (_is_cut(paragraph, text) or (wrapped and _goes_on(paragraph, text))):
            paragraph = _join(paragraph, bare)
        else:
            if paragraph.strip(PAGE_BREAK):
                yield paragraph
                paragraph = ""
            paragraph += bare
    if paragraph:
        yield paragraph


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the text has a right edge: long lines end in the middle of a sentence, and none is very long."""
    full = [line.strip() for line in lines if len(line.strip()) >= _WRAPPED_FROM]
    if not full:
        return False
    broken = sum(1 for line in full if not _SENTENCE_END.search(line))
    return broken * 3 > len(full) and sorted(map(len, full))[len(full) * 9 // 10] < 200


def _heading(text: str, before: str, following: str, wrapped: bool) -> tuple[int, str] | None:
    """The level and title if the line is a heading."""
    if text.startswith("#"):
        marks, _, title = text.partition(" ")
        title = title.strip(" *_#:")
        return (min(len(marks), 6), title) if set(marks) == {"#"} and title else None
    if emphasis := _EMPHASIS.match(text):
        return 4, emphasis["title"].strip()
    words = text.split()
    if len(words) > _MAX_HEADING_WORDS + 12 or "\t" in text or not any(each.isalpha() for each in text):
        return None
    in_sentence = bool(before) and not _SENTENCE_END.search(before) and not before.endswith(":") and wrapped
    goes_on_below = wrapped and (following[:1].islower() or len(text) >= _WRAPPED_FROM)
    if in_sentence or goes_on_below or not following or _SENTENCE_END.search(text):
        return None
    if numbered := _NUMBERED.match(text):
        depth, next_ = _depth(numbered), _NUMBERED.match(following)
        return None if next_ and _depth(next_) <= depth else (min(depth + 1, 4), text.strip(" ;:"))
    if len(words) > _MAX_HEADING_WORDS or len(text) > 90 or _BULLET.match(text):
        return None
    if text.isupper() and len(text) > 3 and not any(each.isdigit() for each in text):
        return 2, text.capitalize() if len(words) > 1 else text
    is_title = text[0].isupper() and (text[-1].isalnum() or text[-1] in ")'”\"’") and not re.search(r"[,:] ", text)
    opens_text = following[0].isupper() or not following[0].isalpha()
    is_row = len(following) < 30 and not _SENTENCE_END.search(following) and not following.endswith(":")
    return (3, text) if is_title and opens_text and not is_row else None


def _depth(numbered: re.Match[str]) -> int:
    """1 for `2.`, 2 for `2.1`."""
    return numbered["number"].count(".") + 1


def _goes_on(paragraph: str, line: str) -> bool:
    """Whether the line belongs to the sentence above it."""
    if _BULLET.match(line) or _LABELLED.match(line) or line.startswith("|"):
        return False
    last = paragraph.strip(PAGE_BREAK)
    return not _SENTENCE_END.search(last) or line[0].islower() or len(last) >= _WRAPPED_FROM


def _is_cut(paragraph: str, line: str) -> bool:
    """Whether a long line stops in the middle of a sentence that the next one, in small letters, ends."""
    last = paragraph.strip(PAGE_BREAK)
    return line[0].islower() and len(last) >= _WRAPPED_FROM and last[-1:].isalnum() and not _BULLET.match(line)


def _join(paragraph: str, line: str) -> str:
    """Two lines of one sentence; a word that was cut at the edge keeps its hyphen, as in `zij-instromers`."""
    space = "" if re.search(r"\w-$", paragraph) and line.lstrip(PAGE_BREAK)[:1].isalnum() else " "
    return paragraph + space + line
