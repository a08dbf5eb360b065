"""Pages to passages."""

import pytest
from haystack import Document
from hypothesis import given
from hypothesis import strategies as st

from ingestion.split import PassageSplitter

META = {"source_id": "plan", "title": "Plan", "file": "plan.txt"}
SENTENCE = "De regio helpt zij-instromers bij hun eerste stappen voor de klas. "


def passages(content: str, **options: int) -> list[Document]:
    """The passages of one page."""
    return PassageSplitter(**options).run([Document(content=content, meta=META)])["passages"]


def test_a_passage_has_the_heading_above_it() -> None:
    found = passages("Vooraf staat hier een zin.\n\n## Werven\n\nHier gaat het over werven van leraren.")

    assert [each.meta["section"] for each in found] == ["", "Werven"]
    assert found[1].content == "Hier gaat het over werven van leraren."
    assert found[1].meta["source_id"] == "plan"


def test_a_long_section_is_cut_at_sentences() -> None:
    found = passages("## Lang\n\n" + SENTENCE * 60)

    assert len(found) > 3
    for each in found:
        assert each.content is not None
        assert each.content.endswith(".")
        assert 100 <= len(each.content.split()) <= 180 or each is found[-1]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Dit geldt o.a. Haagse scholen, d.m.v. Pool West en bijv. Scholen in Delft enz. Tot zover. " * 20

    assert all(not (each.content or "").endswith(("o.a.", "d.m.v.", "bijv.")) for each in passages(text, max_words=20))


def test_a_sentence_without_end_is_cut_between_words() -> None:
    found = passages("woord " * 1000)

    assert max(len((each.content or "").split()) for each in found) <= 180


def test_a_cell_that_says_nothing_is_dropped() -> None:
    assert passages("## Activiteiten\n\nnvt") == []


def test_a_passage_keeps_the_page_it_starts_on() -> None:
    content = "## Een\n\nDe eerste bladzijde zegt dit hier.\n\n\f\n\n## Twee\n\nDe tweede bladzijde zegt dat\f daar, en op de derde."

    assert [(each.meta["section"], each.meta["page_number"]) for each in passages(content)] == [("Een", 1), ("Twee", 2)]


def test_a_text_without_pages_has_no_page_number() -> None:
    assert "page_number" not in passages("Een zin van genoeg woorden.")[0].meta


def test_a_page_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="has no source_id"):
        PassageSplitter().run([Document(content="Een zin van genoeg woorden.")])


@given(
    st.lists(st.text(alphabet="abcdefg .!?\n", min_size=1, max_size=200).filter(lambda text: text.strip()), max_size=6)
)
def test_every_word_comes_out_once_and_in_order(paragraphs: list[str]) -> None:
    content = "\n\n".join(paragraphs)

    found = passages(content, max_words=30, min_words=0)

    assert " ".join(each.content or "" for each in found).split() == content.split()
    assert all(0 < len((each.content or "").split()) <= 30 for each in found)


def test_given_headings_with_anchors_then_each_passage_leads_to_its_own_and_one_without_to_the_page() -> None:
    content = "# Kosten\n\nBoeken en reizen betaal je zelf.\n\n## Voor wie?\n\nVoor ieder die met kinderen werkt.\n\n# Kosten\n\nCollegegeld betaal je in september."
    anchors = [["Kosten", "kosten"], ["Voor wie?", ""], ["Kosten", "kosten 2"]]
    page = Document(content=content, meta={"source_id": "x", "url": "https://a.example/x#top", "anchors": anchors})

    passages = PassageSplitter().run([page])["passages"]

    assert [each.meta["url"] for each in passages] == [
        "https://a.example/x#kosten",
        "https://a.example/x#top",
        "https://a.example/x#kosten%202",
    ]
    assert all("anchors" not in each.meta for each in passages)
