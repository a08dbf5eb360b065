"""What stands on most pages of a site is read once at most; what a page says of its own stays."""

from haystack import Document
from hypothesis import given
from hypothesis import strategies as st

from ingestion.boilerplate import SharedLines, shared_lines, without

SIGN_UP = "Meld je aan voor onze nieuwsbrief en mis niets."
ROW = "| Pabo | € 2.694 |"


def page(number: int) -> str:
    return f"# Pagina {number}\n\nDit staat alleen op pagina {number}.\n\n{ROW}\n\n## Nieuwsbrief\n\n{SIGN_UP}\n\n## Vraag {number}\n\nAntwoord {number}."


def test_a_line_on_most_pages_goes_with_the_heading_that_nothing_is_left_under() -> None:
    pages = [page(number) for number in range(6)]

    [first] = SharedLines().run([Document(content=pages[0])], pages[1:])["pages"]

    assert shared_lines(pages) == [SIGN_UP]
    assert (
        first.content
        == "# Pagina 0\n\nDit staat alleen op pagina 0.\n\n| Pabo | € 2.694 |\n\n## Vraag 0\n\nAntwoord 0."
    )


def test_a_heading_over_other_headings_stays() -> None:
    content = f"# Kop\n\n{SIGN_UP}\n\n## Onder\n\n### Dieper\n\nTekst."

    assert without(content, frozenset({SIGN_UP})) == "# Kop\n\n## Onder\n\n### Dieper\n\nTekst."


def test_of_few_pages_nothing_is_taken() -> None:
    assert shared_lines([page(number) for number in range(4)]) == []


def test_a_row_of_a_table_stays_however_often_it_is_said() -> None:
    assert ROW not in shared_lines([page(number) for number in range(20)])


def test_a_page_of_shared_lines_alone_stays_as_it_is() -> None:
    alone = f"# Nieuwsbrief\n\n{SIGN_UP}"

    assert without(alone, frozenset({SIGN_UP})) == alone


def test_where_a_printed_page_ends_is_kept() -> None:
    assert "\f" in without(f"Een.\n\n\f{SIGN_UP}\n\nTwee.", frozenset({SIGN_UP}))


@given(st.lists(st.sampled_from(["# a", "## b", "tekst", SIGN_UP, "", "| r | s |", "\f", "- punt"]), max_size=12))
def test_what_is_not_shared_is_never_lost(lines: list[str]) -> None:
    left = without("\n".join(lines), frozenset({SIGN_UP}))

    for line in lines:
        if line and line != SIGN_UP and not line.startswith("#"):
            assert left.count(line) == "\n".join(lines).count(line)
