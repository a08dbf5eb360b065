"""What a reply claims stands in what the sentence cites, with the same unit and the same yes or no."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answering.evidence import Evidence, Grounds, Piece
from assistant.answering.said import Said, said_in_text
from assistant.answering.verify import Verified, Verifier, trace_of
from knowledge.catalogue import Catalogue

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
          "december")  # fmt: skip
WAYS = ("€ {dutch}", "€ {dutch},00", "€ {english}", "{dutch} euro", "ongeveer € {dutch}")


def _written(number: int, way: str) -> str:
    english = f"{number:,}"
    return way.format(n=number, dutch=english.replace(",", "."), english=english)


def _verified(text: str, *evidence: str, own_words: str = "", statements: bool = False) -> Verified:
    """The claims of one text against pieces that it cites as 1, 2, ..."""
    pieces = [Piece(f"record-{n}", "summary", each, n) for n, each in enumerate(evidence, start=1)]
    return Verifier({}).verify(said_in_text(text), Evidence(pieces, own_words), statements)


@given(
    known=st.lists(st.integers(0, 99_999), max_size=6),
    planted=st.integers(0, 99_999),
    way=st.sampled_from(WAYS),
    ways=st.lists(st.sampled_from(WAYS), min_size=6, max_size=6),
)
def test_a_planted_amount_is_found_and_a_cited_one_is_not(
    known: list[int], planted: int, way: str, ways: list[str]
) -> None:
    evidence = "Er staat: " + " en ".join(_written(number, each) for number, each in zip(known, ways, strict=False))
    assume(planted not in known)

    assert str(planted) in {
        claim.value for claim in _verified(f"Het is {_written(planted, way)} volgens ons.", evidence).unsupported
    }
    assert all(_verified(f"Het is {_written(number, way)} volgens ons.", evidence).holds for number in known)


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

    evidence = f"De prijs is {euros(cents, dutch_evidence)} euro."

    assert _verified(f"Dat kost € {euros(cents, dutch)}", evidence).holds
    if planted != cents:
        assert not _verified(f"Dat kost € {euros(planted, dutch)}", evidence).holds


@pytest.mark.parametrize("planted", MONTHS)
def test_a_planted_month_is_found(planted: str) -> None:
    other = "juni" if planted != "juni" else "juli"

    for sentence in (f"Het begint op 12 {planted}.", f"In {planted} begint het", f"het is {planted}, dan begint het"):
        assert not _verified(sentence, f"Het begint op 12 {other}.").holds
        assert _verified(sentence, f"Het begint op 12 {planted.capitalize()}").holds


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Het duurt 2 jaar.", "Het duurt 2 maanden."),
        ("Het duurt 2 jaar.", "Het duurt 2 weken."),
        ("Je betaalt € 30 per maand.", "Je betaalt € 30 per jaar."),
        ("Dat is 30 procent.", "Dat is 30 euro."),
        ("Je hebt mbo 4.", "Je hebt mbo 3."),
        ("Dat geldt in 2026-2027.", "Dat geldt in 2025-2026."),
        ("Bel 070 123 45 67.", "Bel 070 123 45 68."),
        ("Mail info@loket.nl.", "Mail info@loket.com."),
        ("Kijk op https://loket.nl/pabo.", "Kijk op https://loket.nl/vo."),
        ("Vraag het aan Hogeschool Leiden.", "Vraag het aan Hogeschool Utrecht."),
        ("Dit duurt vier jaar.", "Dit duurt drie jaar."),
        ("Je kunt nu aanvragen.", "Je kunt nu niet aanvragen."),
        ("Je mag niet lesgeven.", "Je mag lesgeven."),
        ("Ja, dat kan.", "Nee, dat kan."),
        ("Je komt in aanmerking.", "Je komt niet in aanmerking."),
        ("Je hebt geen hbo nodig.", "Je hebt een hbo nodig, dat moet."),
    ],
)
def test_what_is_right_is_sent_and_what_was_changed_is_not(right: str, wrong: str) -> None:
    assert _verified(f"{right} [1]", right, statements=True).holds
    assert not _verified(f"{wrong} [1]", right, statements=True).holds


def test_a_sentence_that_lost_a_word_is_no_sentence_of_the_source() -> None:
    source = "Een leeftijdsgrens vonden wij niet. Je krijgt geen salaris, maar wel een vergoeding."

    assert _verified(f"{source} [1]", source, statements=True).holds
    assert not _verified("Een leeftijdsgrens vonden wij. [1]", source, statements=True).holds
    assert not _verified("Je krijgt salaris, maar wel een vergoeding. [1]", source, statements=True).holds


def test_an_amount_of_another_year_is_another_amount() -> None:
    source = "Het tarief is € 30 per maand (2025). In 2026 is dat anders."

    assert _verified("tarief: € 30 per maand (2025) [1]", source).holds
    assert not _verified("tarief: € 30 per maand (2026) [1]", source).holds


def test_a_number_elsewhere_does_not_support_a_time() -> None:
    assert not _verified("Het duurt 2 jaar. [1]", "Er zijn 2 scholen.").holds


def test_a_value_must_stand_in_what_its_own_sentence_cites() -> None:
    evidence = ("Het duurt 2 jaar.", "Het duurt 3 jaar.")

    assert _verified("Het duurt 2 jaar. [1] Het duurt 3 jaar. [2]", *evidence).holds
    assert not _verified("Het duurt 3 jaar. [1] Het duurt 2 jaar. [2]", *evidence).holds


def test_a_sentence_without_a_mark_leans_on_the_one_after_it() -> None:
    assert not _verified("Het duurt 3 jaar. Daarna ben je klaar. [1]", "Het duurt 2 jaar.", "Het duurt 3 jaar.").holds


def test_a_verdict_decides_with_which_word_a_reply_may_begin() -> None:
    said = [Said("Ja, zo te zien voldoe je aan de voorwaarden voor Pabo.", (1,))]
    title = Piece("pabo", "title", "Pabo", 1)

    def holds(verdict: str) -> bool:
        return Verifier({}).verify(said, Evidence([title, Piece("pabo", "verdict", verdict, 1)])).holds

    assert holds("fits")
    assert not holds("does_not_fit")
    assert not holds("possible")


def test_a_name_must_stand_in_what_is_cited(catalogue_of_content: Catalogue) -> None:
    verifier = Verifier(Grounds(catalogue_of_content).names)

    def holds(text: str) -> bool:
        evidence = Evidence([Piece("leiden", "summary", "hogeschool leiden heeft een pabo.", 1)])
        return verifier.verify([Said(text)], evidence, statements=False).holds

    assert not holds("Ga naar Hogeschool Inholland.")
    assert not holds("Ga naar Hogeschool Zonnedael.")
    assert holds("Ga naar Hogeschool Leiden.")


def test_repeating_the_visitors_own_words_is_no_claim() -> None:
    said = "ik ben 42 en wil in maart beginnen"

    assert _verified("Je bent 42 en begint in maart.", own_words=said).holds
    assert not _verified("Je bent 42.", own_words="ik ben 24").holds


def test_the_trace_names_record_field_and_number() -> None:
    verified = _verified("Het duurt 2 jaar. [2]", "Iets anders.", "Duur: 24 maanden.")

    [claim] = trace_of(verified.traced)
    assert (claim["kind"], claim["of"], claim["field"], claim["n"]) == ("time", "record-2", "summary", 2)
    assert claim["says"] == "Het duurt 2 jaar."


@given(st.lists(st.text(max_size=120), max_size=4), st.text(max_size=120))
def test_verifying_never_fails(evidence: list[str], text: str) -> None:
    assert isinstance(_verified(text, *evidence).holds, bool)


def test_a_release_day_is_the_day_in_words() -> None:
    assert _verified("Vanaf 1 januari 2027. [1]", date(2027, 1, 1).isoformat()).holds
