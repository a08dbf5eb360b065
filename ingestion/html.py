"""Prepares a page for reading: what a visitor can see, with the questions above the answers that fold out."""

import re

from lxml import etree, html

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0"
    r"|(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*([^;]+)", re.IGNORECASE)
_FOLDED = re.compile(r"accordion|collaps|faq|toggle|panel|tab", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|[\s_-])(?:sr-only|visually-hidden|screen-reader-text|cookie[\w-]*)(?:$|\s)", re.IGNORECASE)
_FURNITURE = (
    "//nav|//aside|//noscript|//template|//script|//style|//iframe|//svg|//form//select|//*[@role='navigation']"
)
_HEADINGS = "//h1|//h2|//h3|//h4|//h5|//h6"
_FOOTER = "//footer|//*[@role='contentinfo']"
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|\b\d{4} ?[A-Z]{2}\b|(?:\+31|\b0)[ -]?(?:\d[ -]?){8,9}")
"""An e-mail address, a postcode or a phone number."""
_BREAKS = frozenset(
    {"p", "br", "div", "li", "tr", "address", "h1", "h2", "h3", "h4", "h5", "h6", "section", "dt", "dd"}
)
_DEEPEST = 400
"""Elements within elements; a page with more was made to break readers."""


_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_MOST_ATTRIBUTES = 1_000
"""Of one element; the parser compares each with every other."""


class TooDeep(ValueError):
    """The page has elements within elements, or attributes, without end."""


def prepared(text: str) -> str:
    """
    The HTML of what a visitor can see.

    Left out: menus, asides, footers, cookie notices, comments, and everything that is hidden, by which a page may speak to
    programs behind a visitor's back. Kept: panels that fold out, each under the heading that opens it, captions of
    tables, and lists of terms as sentences.

    :raises TooDeep: If elements stand within elements more than 400 times.
    :raises ValueError: If it cannot be read as HTML at all.
    """
    tree = tree_of(text)
    _unfold(tree)
    _drop(tree, _FURNITURE)
    _drop(tree, _FOOTER)
    for element in list(tree.iter(etree.Element)):
        if element.getparent() is not None and _is_hidden(element):
            _remove(element)
    _captions(tree)
    _terms(tree)
    _articles(tree)
    return str(html.tostring(tree, encoding="unicode"))


def anchors_of(text: str) -> list[list[str]]:
    """
    Every heading that a visitor can see, in the order of the page, with the id by which a link lands on it; empty: it has none.

    :raises TooDeep, ValueError: As `prepared` does.
    """
    tree = tree_of(text)
    _unfold(tree)
    _drop(tree, _FURNITURE)
    return [[" ".join(each.text_content().split()), _anchor(each)] for each in tree.xpath(_HEADINGS)]


def _anchor(heading: html.HtmlElement) -> str:
    """Its own id, that of a mark within it, or that of the section that it begins."""
    if own := heading.get("id"):
        return str(own)
    for mark in heading.xpath(".//*[@id]|.//a[@name]"):
        return str(mark.get("id") or mark.get("name"))
    parent = heading.getparent()
    begins = parent is not None and parent.tag in ("section", "article", "div") and parent[0] is heading
    return str(parent.get("id") or "") if begins and not (parent.text or "").strip() else ""


def footer_text(text: str) -> str:
    """The footer's lines, if there is an address, a phone number or a mailbox in it; else empty."""
    tree = tree_of(text)
    _drop(tree, _FURNITURE)
    lines: list[str] = []
    for footer in tree.xpath(_FOOTER):
        for element in list(footer.iter(etree.Element)):
            if element is not footer and _is_hidden(element):
                _remove(element)
            elif element.tag in _BREAKS:
                element.text = f"\n{element.text or ''}"
                element.tail = f"\n{element.tail or ''}"
        lines += [" ".join(line.split()) for line in footer.text_content().splitlines()]
    kept = [line for line in lines if line and "©" not in line and line.lower() != "contact"]
    return "\n".join(kept) if _CONTACT.search(" ".join(kept)) else ""


def tree_of(text: str) -> html.HtmlElement:
    """
    The page as a tree, without comments.

    :raises TooDeep: If elements stand within elements without end.
    :raises ValueError: If it cannot be read as HTML at all.
    """
    if any(tag[0].count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise TooDeep(f"an element has more than {_MOST_ATTRIBUTES} attributes")
    # The text is decoded already: whatever its meta tag says of the encoding, it is UTF-8 now.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error
    _measure(tree)
    return tree


def _measure(tree: html.HtmlElement) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise TooDeep(f"elements stand within elements more than {_DEEPEST} times")


def _unfold(tree: html.HtmlElement) -> None:
    """Open what folds: the button becomes a heading, its panel is shown."""
    by_id = {each.get("id"): each for each in tree.xpath("//*[@id]")}
    for button in tree.xpath("//*[@aria-controls]|//*[@data-target]|//*[@data-bs-target]"):
        target = button.get("aria-controls") or button.get("data-target") or button.get("data-bs-target") or ""
        panel = by_id.get(target.lstrip("#"))
        if panel is None or not (button.text_content() or "").strip() or panel.xpath("self::nav|ancestor::nav|.//nav"):
            continue
        for name in ("hidden", "style", "aria-hidden"):
            panel.attrib.pop(name, None)
        inside_heading = any(each.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} for each in button.iterancestors())
        button.tag = "span" if inside_heading else "h3"
    for panel in tree.xpath("//*[@hidden or contains(@style, 'none')]"):
        before = panel.getprevious()
        # Older accordions say by class alone which heading opens what.
        if _FOLDED.search(panel.get("class") or "") and before is not None and before.text_content().strip():
            for name in ("hidden", "style", "aria-hidden"):
                panel.attrib.pop(name, None)
    for summary in tree.xpath("//details/summary"):
        summary.tag = "h3" if not summary.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6") else "div"
        summary.getparent().tag = "div"


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true"):
        return True
    if element.get("class") and _UNSEEN.search(element.get("class")):
        return True
    style = element.get("style") or ""
    if not style:
        return False
    colours = {name.lower()[:10]: value.strip().lower() for name, value in _COLOUR.findall(style)}
    same = "color" in colours and colours["color"] in (colours.get("background"), colours.get("background-color"[:10]))
    return same or _HIDDEN_STYLE.search(style) is not None


def _captions(tree: html.HtmlElement) -> None:
    """A caption goes above its table; inside, it would be read as a row."""
    for caption in tree.xpath("//table/caption"):
        table = caption.getparent()
        words = caption.text_content().strip()
        _remove(caption)
        if words and table.getparent() is not None:
            title = etree.Element("p")
            title.text = words
            table.addprevious(title)


def _terms(tree: html.HtmlElement) -> None:
    """A list of terms becomes a list of sentences, `term: what it is`, so that the two are not torn apart."""
    for terms in tree.xpath("//dl"):
        made = etree.Element("ul")
        made.tail = terms.tail
        term = ""
        for each in terms.iter("dt", "dd"):
            words = " ".join(each.text_content().split())
            if each.tag == "dt":
                term = words.rstrip(":")
            else:
                etree.SubElement(made, "li").text = f"{term}: {words}" if term else words
        if len(made) and terms.getparent() is not None:
            terms.getparent().replace(terms, made)


def _articles(tree: html.HtmlElement) -> None:
    """A page of several articles is one list: taken for an article each, all but the first would lose their headings."""
    articles = tree.xpath("//article")
    for each in articles if len(articles) > 1 else ():
        each.tag = "div"


def _drop(tree: html.HtmlElement, xpath: str) -> None:
    for each in tree.xpath(xpath):
        _remove(each)


def _remove(element: html.HtmlElement) -> None:
    """Without the element, but with the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
