"""Plain text to Markdown: headings found, lines joined, furniture left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.layout import PAGE_BREAK, cleaned, markdown_of

WRAPPED = """1.1 Gegevens

De regio werkt samen aan het werven van leraren en schoolleiders voor alle sectoren van het
onderwijs. Daarvoor is een loket ingericht dat zij-
instromers en herintreders helpt bij hun keuze en hun aanmelding.

WERVEN EN MATCHEN

Wij zetten ons in voor meer leraren en willen dat iedereen die voor de klas wil staan een plek
vindt. Dat doen we samen.
"""


def headings(markdown: str) -> list[str]:
    """The headings in reading order."""
    return [line.lstrip("# ") for line in markdown.splitlines() if line.startswith("#")]


def test_numbered_and_capital_lines_are_headings_and_wrapped_lines_are_one_paragraph() -> None:
    markdown = markdown_of(WRAPPED)

    assert headings(markdown) == ["1.1 Gegevens", "Werven en matchen"]
    assert "voor alle sectoren van het onderwijs. Daarvoor" in markdown
    assert "dat zij-instromers en herintreders" in markdown


def test_a_short_line_without_a_full_stop_above_text_is_a_heading() -> None:
    text = "Wat doet Pool West\n\nPool West is een gezamenlijke invalpool van schoolbesturen in de regio.\n"

    assert headings(markdown_of(text)) == ["Wat doet Pool West"]


@pytest.mark.parametrize(
    "line",
    [
        "Datum: 19-09-2025",
        "- Een punt van een opsomming",
        "Dit is een zin.",
        "en dit is het vervolg van een zin",
        "Den Haag\t547\t12",
    ],
)
def test_what_looks_a_little_like_a_heading_is_none(line: str) -> None:
    assert headings(markdown_of(f"{line}\n\nHier staat een hele zin die lang genoeg is voor een alinea.\n")) == []


def test_headings_of_markdown_stay_what_they_are() -> None:
    assert markdown_of("# Plan\n\nTekst.\n\n### **Deel een**\n\nMeer.").splitlines()[::2] == [
        "# Plan",
        "Tekst.",
        "### Deel een",
        "Meer.",
    ]


def test_a_table_of_contents_is_dropped() -> None:
    text = (
        "Inhoudsopgave\n\nInleiding\t3\n1. De tekorten\t4\n2. De aanpak .......... 12\n\n"
        "Inleiding\n\nIn dit plan staat wat wij doen tegen het tekort aan leraren.\n"
    )

    assert markdown_of(text) == "### Inleiding\n\nIn dit plan staat wat wij doen tegen het tekort aan leraren."


def test_a_table_of_figures_is_kept() -> None:
    text = "Tekort per sector in fte.\n\npo\t547\nvo\t85\nmbo\t300\nso\t23\n"

    for figure in ("547", "85", "300", "23"):
        assert figure in markdown_of(text)


def test_headers_footers_and_page_numbers_are_dropped_and_page_breaks_kept() -> None:
    pages = [f"Plan Haaglanden 2024\n\nOp bladzijde {n} staat iets anders.\n\nPagina {n} van 4" for n in range(1, 5)]

    markdown = markdown_of(PAGE_BREAK.join(pages))

    assert "Plan Haaglanden" not in markdown
    assert "Pagina" not in markdown
    assert markdown.count(PAGE_BREAK) == 3
    assert all(f"bladzijde {n} staat" in markdown for n in range(1, 5))


def test_a_text_with_an_empty_line_after_each_line_is_read_as_paragraphs() -> None:
    lines = ["Regio Haaglanden kenmerkt zich door de samenwerking van vele partners op de", "onderwijsarbeidsmarkt om de",
             "tekorten aan te pakken.", " ", "In het po is een toename aan vragen om", "vervanging te zien."]  # fmt: skip

    assert markdown_of(" \n\n".join(lines)).count("\n\n") == 1


def test_tags_entities_and_control_characters_go_and_words_stay() -> None:
    assert cleaned("<p>Werven &amp; matchen</p>a\u00adb\x07<br/>c\u200bd\u00a0e") == "\nWerven & matchen\nab\ncd e"


def test_a_comparison_is_no_tag() -> None:
    assert cleaned("tekort < 5% en > 2%") == "tekort < 5% en > 2%"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_can_be_laid_out(text: str) -> None:
    assert "\n\n\n" not in markdown_of(text).replace(PAGE_BREAK, "x")


@given(
    st.lists(
        st.sampled_from(["Pool West helpt scholen met invallers. ", " Eén zin. ", " Nog een zin over werk."]),
        min_size=1,
    )
)
def test_no_word_of_a_plain_paragraph_is_lost(sentences: list[str]) -> None:
    text = " ".join(each.strip() for each in sentences)

    assert markdown_of(text).split() == text.split()
