"""What stands in a reply stands in what it cites."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answering.evidence import checked_names
from assistant.answering.verify import Verifier, months_in, numbers_in
from knowledge.catalogue import Catalogue

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
          "december")  # fmt: skip
WAYS = (
    "{n}",
    "€ {dutch}",
    "€ {dutch},00",
    "{english}",
    "{english}.00",
    "{n} fte",
    "({n})",
    "{n}.",
    "ongeveer {dutch} euro",
)


def _values(text: str) -> set[str]:
    return {claim.value for claim in numbers_in(text)}


def _written(number: int, way: str) -> str:
    english = f"{number:,}"
    return way.format(n=number, dutch=english.replace(",", "."), english=english)


@pytest.mark.parametrize(
    "written", ["2694", "2.694", "2694,00", "2,694", "€ 2.694", "€ 2.694,00", "2,694.00", "€2.694,-"]
)
def test_an_amount_is_the_same_amount_however_it_is_written(written: str) -> None:
    assert _values(f"Het kost {written} per jaar") == {"2694"}


@pytest.mark.parametrize(
    ("written", "value"),
    [("41,35", "41.35"), ("17,5 procent", "17.5"), ("0,40", "0.4"), ("2.694,50", "2694.5"), ("1.000.000", "1000000"),
     ("twaalf jaar", "12"), ("tweeënveertig", "42"), ("08-03-2027", "8"), ("007", "7")],
)  # fmt: skip
def test_a_number_is_written_one_way(written: str, value: str) -> None:
    assert value in _values(written)


def test_a_time_or_a_version_is_kept_together_and_breaks_nothing() -> None:
    assert _values("om 13.30. en 1,2,3") == {"13.3", "1,2,3"}


@pytest.mark.parametrize(
    "text",
    ["Dat is zo [1] [12].", "Dat is zo\u27e63\u27e7.", "Kijk op https://example.org/2026/12?x=9", "mail 06@x12.nl"],
)
def test_citations_and_addresses_do_not_count(text: str) -> None:
    assert _values(text) == set()


def test_een_is_an_article() -> None:
    assert _values("een school") == set()


@given(
    known=st.lists(st.integers(0, 99_999), max_size=6),
    planted=st.integers(0, 99_999),
    way=st.sampled_from(WAYS),
    ways=st.lists(st.sampled_from(WAYS), min_size=6, max_size=6),
)
def test_a_planted_number_is_found_and_a_cited_one_is_not(
    known: list[int], planted: int, way: str, ways: list[str]
) -> None:
    evidence = "Er staat: " + " en ".join(_written(number, each) for number, each in zip(known, ways, strict=False))
    assume(planted not in known)
    verifier = Verifier({})

    of_planted = verifier.verify([f"Het is {_written(planted, way)} volgens ons."], [evidence])
    of_known = verifier.verify([f"Het is {_written(number, way)} volgens ons." for number in known], [evidence])

    assert str(planted) in {claim.value for claim in of_planted.unsupported}
    assert of_known.holds


@given(
    cents=st.integers(1, 9_999_999),
    planted=st.integers(1, 9_999_999),
    dutch=st.booleans(),
    dutch_evidence=st.booleans(),
)
def test_amounts_with_cents_are_compared_to_the_cent(
    cents: int, planted: int, dutch: bool, dutch_evidence: bool
) -> None:
    def euros(value: int, in_dutch: bool) -> str:
        english = f"{value / 100:,.2f}"
        return english.translate(str.maketrans(",.", ".,")) if in_dutch else english

    evidence = [f"De prijs is {euros(cents, dutch_evidence)} euro."]
    verifier = Verifier({})

    assert verifier.verify([f"Dat kost € {euros(cents, dutch)}"], evidence).holds
    if planted != cents:
        assert not verifier.verify([f"Dat kost € {euros(planted, dutch)}"], evidence).holds


@pytest.mark.parametrize("planted", MONTHS)
def test_a_planted_month_is_found(planted: str) -> None:
    other = "juni" if planted != "juni" else "juli"
    verifier = Verifier({})

    for sentence in (f"Het begint op 12 {planted}.", f"In {planted} begint het", f"het is {planted}, dan begint het"):
        assert not verifier.verify([sentence], [f"Het begint op 12 {other}."]).holds
        assert verifier.verify([sentence], [f"Het begint op 12 {planted.capitalize()}"]).holds


def test_a_month_in_english_is_the_month_in_dutch() -> None:
    assert months_in("October") == months_in("oktober") == {"maand 10"}
    assert not Verifier({}).verify(["It starts on 3 May 2027."], ["Het begint op 3 juni 2027."]).holds


def test_may_is_a_month_only_where_it_is_one() -> None:
    assert Verifier({}).verify(["You may skip a question. May I ask one more?"], [""]).holds


def test_a_name_must_stand_in_what_is_cited(catalogue_of_content: Catalogue) -> None:
    verifier = Verifier(checked_names(catalogue_of_content))

    held = verifier.verify(["Ga naar Hogeschool Inholland."], ["Hogeschool Leiden heeft een pabo."])
    sent = verifier.verify(["Ga naar Hogeschool Leiden."], ["hogeschool leiden heeft een pabo."])

    assert not held.holds
    assert sent.holds


def test_repeating_the_visitors_own_words_is_no_claim() -> None:
    verifier = Verifier({})

    assert verifier.verify(["Je bent 42 en begint in maart."], [], "ik ben 42 en wil in maart beginnen").holds
    assert not verifier.verify(["Je bent 42."], [], "ik ben 24").holds


@given(st.lists(st.text(max_size=120), max_size=4), st.text(max_size=120))
def test_a_text_holds_on_itself_and_verifying_never_fails(evidence: list[str], text: str) -> None:
    verifier = Verifier({"hogeschool leiden": frozenset({"hogeschool-leiden"})})

    assert isinstance(verifier.verify([text], evidence).holds, bool)
    assert verifier.verify([text], [text]).holds
