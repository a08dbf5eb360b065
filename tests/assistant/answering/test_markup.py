"""The two forms of a text: HTML that cannot do anything, and the same words without markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.compose import first_sentence
from assistant.answering.markup import as_text, text_block

ALLOWED = {
    "p": set(), "ul": set(), "ol": {"start"}, "li": set(), "strong": set(), "em": set(), "a": {"href", "rel"},
    "sup": {"data-citation"}, "br": set(), "blockquote": set(), "h3": set(), "h4": set(),
}  # fmt: skip
MEANS_SOMETHING = "\\`*_[]<>#|"


class _Seen(HTMLParser):
    """The tags with their attributes, and the words, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_bold_lists_and_links_survive() -> None:
    block = text_block("Dit is **vet** en [een site](https://example.org/a).\n\n- een\n- twee")

    seen = _Seen(block.html)
    assert [tag for tag, _ in seen.tags] == ["p", "strong", "a", "ul", "li", "li"]
    assert block.text == "Dit is vet en een site (https://example.org/a).\n\n- een\n- twee"


def test_a_citation_is_a_sup_in_html_and_a_number_in_text() -> None:
    block = text_block("Het kost € 2.694\u27e61\u27e7.")

    assert '<sup data-citation="1">[1]</sup>' in block.html
    assert block.text == "Het kost € 2.694 [1]."


def test_headings_stand_under_those_of_the_page() -> None:
    assert _Seen(text_block("# Een\n\n## Twee\n\n### Drie").html).tags == [("h3", {}), ("h3", {}), ("h4", {})]


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        "[klik](data:text/html;base64,PHNjcmlwdD4=)",
        "![plaatje](https://example.org/x.png)",
        '<https://example.org/?a="onmouseover=alert(1)>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<svg><script>1</script></svg>",
    ],
)
def test_markup_that_does_something_does_not_survive(markdown: str) -> None:
    for source in (markdown, as_text(markdown)):
        for tag, attributes in _Seen(text_block(source).html).tags:
            assert tag in ALLOWED
            assert set(attributes) <= ALLOWED[tag]
            assert not (attributes.get("href") or "").lower().startswith(("javascript", "data"))


@pytest.mark.parametrize(
    "words",
    [
        "a_b [x] *y* <b>hoi</b> | # `c` \\ eind",
        "**vet** _schuin_",
        "[klik](https://example.org)",
        "C# en F#",
        "5 * 3 * 2",
    ],
)
def test_words_of_a_record_are_shown_as_they_are_in_both_forms(words: str) -> None:
    block = text_block(f"Er staat: {as_text(words)}")

    assert block.text == f"Er staat: {words}"
    assert _Seen(block.html).words == f"Er staat: {words}"


def test_words_of_a_record_cannot_pose_as_a_citation() -> None:
    assert "<sup" not in text_block(as_text("zie \u27e67\u27e7")).html


@given(st.text(alphabet=st.sampled_from(MEANS_SOMETHING + "ab1. \n&;\"'=/:()!-\u27e6\u27e7"), max_size=60))
def test_whatever_a_record_says_makes_no_tag_of_its_own(words: str) -> None:
    for tag, attributes in _Seen(text_block(f"Titel: {as_text(words)}").html).tags:
        assert tag in {"p", "ul", "ol", "li", "br", "h3", "h4", "strong", "em"}
        assert set(attributes) <= {"start"}


@given(st.text(max_size=200))
def test_any_markdown_becomes_safe_html(markdown: str) -> None:
    for tag, attributes in _Seen(text_block(markdown).html).tags:
        assert tag in ALLOWED
        assert set(attributes) <= ALLOWED[tag]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Een zin. Nog een.", "Een zin."),
        ("Wil je dit? Dan kan dat. En meer.", "Wil je dit? Dan kan dat."),
        ("Het kost € 2.694 per jaar. Dat is veel.", "Het kost € 2.694 per jaar."),
        ("Zonder punt", "Zonder punt"),
        ("", ""),
    ],
)
def test_the_first_sentence_takes_its_question_along(text: str, first: str) -> None:
    assert first_sentence(text) == first
