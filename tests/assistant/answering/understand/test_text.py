"""A question as tokens."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.understand.text import Text, fold, joined


def test_accents_capitals_and_curly_apostrophes_do_not_matter() -> None:
    assert fold("Tweeënveertig CONCIËRGE") == "tweeenveertig concierge"
    assert fold("auto\u2019s") == "auto's"


def test_a_name_is_one_key_however_it_is_joined() -> None:
    ways = ("Zij-instroom", "zij instroom", "ZIJINSTROOM", "zij - instroom")

    assert {joined(way) for way in ways} == {"zijinstroom"}


def test_punctuation_and_maar_end_a_clause() -> None:
    text = Text("ik heb mbo 4, geen hbo maar wel ervaring")

    clauses = [" ".join(token.text for token in text.clause(index)) for index in range(4)]

    assert clauses == ["ik heb mbo 4", "geen hbo", "maar wel ervaring", ""]


def test_a_quote_is_what_was_typed_and_not_what_was_made_of_it() -> None:
    text = Text("Ik woon in Delft, ben 42.")

    assert text.quote(3, 4) == "Delft"
    assert text.quote(2, 5) == "in Delft, ben"
    assert text.quote(4, 4) == ""


def test_where_folding_changes_lengths_the_quote_is_the_folded_words() -> None:
    text = Text("ﬁjne dag in Delft")

    assert text.quote(3, 4) == "delft"


@given(st.text(max_size=200))
def test_every_token_stands_in_the_folded_text_in_order(raw: str) -> None:
    text = Text(raw)

    assert all(text.folded[each.start : each.end].replace("'", "") == each.text for each in text.tokens)
    assert [each.start for each in text.tokens] == sorted(each.start for each in text.tokens)
    assert [each.clause for each in text.tokens] == sorted(each.clause for each in text.tokens)


@given(st.text(max_size=100), st.integers(0, 30), st.integers(0, 30))
def test_quoting_never_fails(raw: str, start: int, length: int) -> None:
    text = Text(raw)
    start = min(start, len(text.tokens))

    assert isinstance(text.quote(start, min(start + length, len(text.tokens))), str)
