"""What kind of thing a question wants to hear, and which records tell one."""

import pytest

from assistant.answering.consult.wanted import told_by, wanted_in
from knowledge.catalogue import Catalogue


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Welk percentage zakt voor het geschiktheidsonderzoek?", {"share"}),
        ("hoeveel studiepunten kost dat ongeveer", {"credits"}),
        ("wat is de uiterste aanmelddatum", {"date"}),
        ("ik word volgende maand 58. kan ik nog lenen", {"age"}),
        ("hoe lang duurt het en wat kost het", {"duration", "amount"}),
        ("ik wil juf worden", set()),
    ],
)
def test_a_question_says_what_it_wants_to_hear(question: str, wanted: set[str]) -> None:
    assert wanted_in(question) == wanted


@pytest.mark.parametrize(
    ("record", "told"),
    [("studiepunt", "credits"), ("wettelijk-collegegeld", "amount"), ("levenlanglerenkrediet", "age")],
)
def test_a_record_tells_it_or_does_not(catalogue_of_content: Catalogue, record: str, told: str) -> None:
    found = catalogue_of_content.find(record)
    assert found is not None

    assert told in told_by(found)
    assert "level" not in told_by(found)
