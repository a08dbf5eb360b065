"""What a page says to machines: JSON-LD and microdata of schema.org, mended where it can be, as plain data."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from json_repair import repair_json
from lxml import etree, html

from ingestion.html import TooDeep, tree_of

_MOST_BYTES = 400_000
"""Of one script; more than that is no description of a job."""
_MOST_BROKEN = 100_000
"""Characters of a script that is mended; mending takes longer than reading."""
_MOST_SCRIPTS = 60
_MOST_THINGS = 500
_DEEPEST = 24
_LONGEST = 20_000
"""Characters of one text."""
_LD = "//script[contains(translate(@type, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), 'ld+json')]"
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^<>]{0,200}>", re.IGNORECASE)

_KINDS = {
    "JobPosting": frozenset({"jobposting"}),
    "Event": frozenset({
        "event", "educationevent", "businessevent", "socialevent", "exhibitionevent", "courseinstance", "publicationevent",
    }),
    "FAQPage": frozenset({"faqpage", "qapage"}),
    "Organization": frozenset({
        "organization", "educationalorganization", "school", "elementaryschool", "highschool", "middleschool", "preschool",
        "collegeoruniversity", "governmentorganization", "ngo", "localbusiness", "employmentagency", "corporation",
        "governmentoffice", "contactpoint",
    }),
    "Course": frozenset({"course", "educationaloccupationalprogram", "workbasedprogram"}),
}  # fmt: skip
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}


@dataclass(frozen=True)
class Thing:
    """One thing that a page describes to machines."""

    kind: str
    """`JobPosting`, `Event`, `FAQPage`, `Organization` or `Course`."""
    properties: Mapping[str, Any]
    """As schema.org names them; texts are without HTML, things within it are mappings with `@type`."""

    def text(self, *names: str) -> str:
        """The first of these properties that says something, as one text; of a thing within it its name."""
        for name in names:
            if words := words_of(self.properties.get(name)):
                return words
        return ""

    def as_words(self, most: int) -> str:
        """What it says, as JSON of at most so many characters."""
        return json.dumps(self.properties, ensure_ascii=False)[:most]


@dataclass(frozen=True)
class StructuredData:
    """What a page says to machines, and what was wrong with it."""

    things: tuple[Thing, ...] = ()
    repairs: tuple[str, ...] = ()
    """In English, for the report of a run."""


def structured_data(text: str, url: str = "") -> StructuredData:
    """
    The jobs, events, questions, organisations and courses that an HTML page describes in JSON-LD or microdata.

    What is broken is mended as far as it can be, and said; what is too large or too deep is left out, and said. Nothing of it
    raises: a page whose data is hopeless is read by its words.

    :param text: The page, decoded.
    :param url: Its address, by which relative addresses are completed.
    """
    repairs: list[str] = []
    try:
        tree = tree_of(text)
    except (TooDeep, ValueError) as error:
        return StructuredData(repairs=(f"the page cannot be read as HTML ({error})",))
    scripts = tree.xpath(_LD)
    if len(scripts) > _MOST_SCRIPTS:
        repairs.append(f"only the first {_MOST_SCRIPTS} of {len(scripts)} scripts were read")
    things: list[Thing] = []
    for number, script in enumerate(scripts[:_MOST_SCRIPTS], start=1):
        things += _Reader(url).things(_loaded(script.text or "", f"JSON-LD script {number}", repairs))
    if tree.xpath("boolean(//*[@itemscope])"):
        things += _Reader(url).things(_microdata(tree, url, repairs))
    if len(things) > _MOST_THINGS:
        repairs.append(f"only the first {_MOST_THINGS} of {len(things)} things were taken")
    return StructuredData(tuple(_once(things[:_MOST_THINGS])), tuple(repairs))


def words_of(value: Any) -> str:
    """One text: the first that says something of a list, the name of a thing; empty for anything else."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return next(filter(None, map(words_of, value)), "")
        case dict():
            return words_of(value.get("name") or value.get("@value") or value.get("text") or value.get("url"))
    return ""


def _loaded(script: str, where: str, repairs: list[str]) -> Any:
    """What the script says, mended if it must be; None if it is hopeless."""
    script = _WRAPPING.sub("", _WRAPPING.sub("", script.strip())).strip().rstrip(";")
    if not script:
        return None
    if len(script) > _MOST_BYTES:
        repairs.append(f"{where} is over {_MOST_BYTES // 1000} kB and was not read")
        return None
    try:
        return json.loads(script, strict=False)
    except RecursionError:
        repairs.append(f"{where} is too deep and was not read")
        return None
    except ValueError as error:
        broken = str(error)
    if len(script) > _MOST_BROKEN:
        repairs.append(f"{where} is broken ({broken}) and too large to mend")
        return None
    try:
        mended = repair_json(unescape(script) if "&quot;" in script else script, return_objects=True)
    except (ValueError, RecursionError, IndexError, TypeError) as error:
        repairs.append(f"{where} is broken ({broken}) and cannot be mended ({type(error).__name__})")
        return None
    hopeless = not isinstance(mended, (dict, list)) or not mended
    repairs.append(f"{where} is broken ({broken}) and {'cannot be mended' if hopeless else 'was mended'}")
    return None if hopeless else mended


def _microdata(tree: html.HtmlElement, url: str, repairs: list[str]) -> Any:
    from extruct.w3cmicrodata import MicrodataExtractor  # it loads an RDF library that most pages do without

    # References from one element to another can be made into a ring; what they refer to is read where it stands.
    for element in tree.xpath("//*[@itemref]"):
        del element.attrib["itemref"]
    try:
        found = MicrodataExtractor(strict=False).extract_items(tree, base_url=url or None)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError) as error:
        repairs.append(f"its microdata cannot be read ({type(error).__name__})")
        return None
    return [_flat(each) for each in found]


def _flat(item: Any, depth: int = 0) -> Any:
    """Microdata in the shape of JSON-LD."""
    if isinstance(item, list):
        return [_flat(each, depth) for each in item]
    if not isinstance(item, dict) or depth > _DEEPEST:
        return item
    properties = {name: _flat(value, depth + 1) for name, value in item.get("properties", {}).items()}
    return properties | {"@type": item.get("type", "")}


@dataclass
class _Reader:
    """Walks through loaded data; counts what it meets, for data may refer to itself or be endless."""

    url: str
    met: int = field(default=0)

    def things(self, data: Any) -> Iterator[Thing]:
        """Every thing of a kind we know, wherever it stands; what stands within such a thing belongs to it."""
        yield from self._found(data, 0)

    def _found(self, data: Any, depth: int) -> Iterator[Thing]:
        self.met += 1
        if depth > _DEEPEST or self.met > 20_000:
            return
        if isinstance(data, list):
            for each in data:
                yield from self._found(each, depth + 1)
        elif isinstance(data, dict):
            if kind := kind_of(data):
                yield Thing(kind, self._clean(data, 0))
                return
            for each in data.values():
                if isinstance(each, (dict, list)):
                    yield from self._found(each, depth + 1)

    def _clean(self, value: Any, depth: int) -> Any:
        self.met += 1
        if depth > _DEEPEST or self.met > 20_000:
            return None
        match value:
            case str():
                return _plain(value)
            case dict():
                return {
                    _plain(str(name))[:60]: self._address(each) if name in _ADDRESSES else self._clean(each, depth + 1)
                    for name, each in value.items()
                }
            case list():
                return [self._clean(each, depth + 1) for each in value[:200]]
            case bool() | int() | float() | None:
                return value
        return _plain(str(value))

    def _address(self, value: Any) -> str:
        """A whole web address, or nothing: `javascript:` and the like are not repeated."""
        words = words_of(value).strip()
        if not words:
            return ""
        try:
            whole = urljoin(self.url, words)
            parts = urlsplit(whole)
        except ValueError:
            return ""
        return whole[:2000] if parts.scheme in {"http", "https"} and parts.hostname else ""


_ADDRESSES = frozenset({"url", "@id", "sameAs", "logo", "image", "mainEntityOfPage"})


def kind_of(data: Mapping[str, Any]) -> str:
    """Which of the kinds we know a mapping is, by its `@type`, however it is written; else empty."""
    types = data.get("@type", data.get("type"))
    for each in types if isinstance(types, list) else [types]:
        if isinstance(each, str) and (kind := _KIND_OF.get(re.split(r"[/#:]", each)[-1].strip().lower())):
            return kind
    return ""


def _plain(text: str) -> str:
    """Text without HTML and with single spaces; lines stay lines."""
    text = text[:_LONGEST]
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub(" ", _BREAK.sub("\n", unescape(text))))
    lines = (" ".join(line.split()) for line in text.replace("\x00", "").split("\n"))
    return "\n".join(line for line in lines if line)


def _once(things: list[Thing]) -> Iterator[Thing]:
    """Each thing once, for some pages say it in JSON-LD and again in microdata."""
    seen: set[str] = set()
    for each in things:
        name = f"{each.kind} {each.as_words(4000)}"
        if name not in seen:
            seen.add(name)
            yield each
