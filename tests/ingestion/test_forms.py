"""Of a form that was filled in, what was filled in is found; what the form asks is not."""

from pathlib import Path

import pytest
from haystack import Document

from ingestion.convert import text_of
from ingestion.forms import without_form_text
from ingestion.split import PassageSplitter

ASKED = """# Plan van aanpak

Dienst Subsidies van het ministerie

U gebruikt dit format om uw plan te schrijven voor een subsidieaanvraag.

## Algemeen

Alle partijen moeten de aanvraag ondertekenen.

Het format volgt artikel 8. Beschrijf in ieder geval:

- De ambities van de onderwijsregio.

- Hoe een loket wordt ingericht.

Dit laatste geldt alleen voor nieuwe regio's.

## Loket

Beschrijf hoe een loket wordt ingericht.

*Is dit al beschreven? Dan kunt u daar naar verwijzen.*

Als sprake is van een sectorspecifieke aanvraag, beschrijf dan hieronder de activiteiten.

Ons loket helpt per jaar 120 mensen op weg. Wij beschrijven dat elk jaar opnieuw:

- In mei met een verslag.

| Wat | Wanneer |

1. Wij zoeken 20 schoolleiders."""


def test_given_a_form_then_only_what_was_filled_in_stays_in_its_order() -> None:
    kept = [each for each in without_form_text(ASKED).split("\n\n") if each]

    assert kept == [
        "# Plan van aanpak",
        "## Loket",
        "Ons loket helpt per jaar 120 mensen op weg. Wij beschrijven dat elk jaar opnieuw:",
        "- In mei met een verslag.",
        "| Wat | Wanneer |",
        "1. Wij zoeken 20 schoolleiders.",
    ]


@pytest.mark.parametrize("text", ["", "Beschrijf uw school.\n\nU krijgt een brief.", "Vul in: u bent leraar."])
def test_given_a_text_that_is_no_form_then_it_stays_as_it_is(text: str) -> None:
    assert without_form_text(text) == text


def test_given_a_form_that_does_not_explain_itself_then_no_more_goes_than_what_it_asks() -> None:
    text = "# Plan\n\nDit is ons plan.\n\nBeschrijf welke activiteiten u gaat uitvoeren.\n\nWij werven 20 mensen."

    kept = [each for each in without_form_text(text).split("\n\n") if each]

    assert kept == ["# Plan", "Dit is ons plan.", "Wij werven 20 mensen."]


def test_given_a_form_of_several_pages_then_a_passage_still_knows_its_page() -> None:
    filled = "Ons loket helpt per jaar 120 mensen op weg naar een school."
    content = f"U gebruikt dit format om uw plan te schrijven.\n\nBeschrijf\f uw loket.\n\n{filled}"

    [passage] = PassageSplitter().run([Document(content=content, meta={"source_id": "plan"})])["passages"]

    assert (passage.content, passage.meta["page_number"]) == (filled, 2)


def test_given_the_plans_of_the_regions_then_no_passage_speaks_to_who_writes_one(seeds: list[Path]) -> None:
    told = []
    for path in seeds:
        title, content = text_of(path.read_bytes(), ".txt")
        page = Document(content=content, meta={"source_id": "plan", "title": title})
        told += [each.content or "" for each in PassageSplitter().run([page])["passages"]]

    assert len(told) > 100
    assert [each for each in told if "uw aanvraag" in each or "Beschrijf " in each or "kunt u" in each] == []
