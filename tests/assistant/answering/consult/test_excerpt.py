"""A quote is the few sentences that were asked for, word for word."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.consult.excerpt import excerpt_of

PLAN = (
    "De regio werft samen. In 2024 zijn er twee banenmarkten. Pool West gaat door. De pool zoekt invallers. "
    "Ook partners doen mee. De gemeente betaalt mee. Er komt een loket."
)


def test_the_sentences_about_the_question_are_quoted_and_the_rest_is_left_out() -> None:
    excerpt = excerpt_of(PLAN, "wat staat er over de invallers van Pool West?")

    assert "Pool West gaat door. De pool zoekt invallers." in excerpt
    assert "banenmarkten" not in excerpt or "Er komt een loket" not in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")


def test_a_short_passage_is_quoted_whole() -> None:
    assert excerpt_of("Pool West gaat door.", "pool west") == "Pool West gaat door."


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=400), st.text(max_size=60))
def test_nothing_is_quoted_that_is_not_there(text: str, question: str) -> None:
    excerpt = excerpt_of(text, question)

    assert " ".join(excerpt.strip("… ").split()) in " ".join(text.split()) or not text.split()
