"""The check on numbers that is not the assistant's own."""

import pytest

from evaluation.answering.numbers import shown, unsupported

TEXT = {"type": "text", "html": "<p>3 <sup>1</sup></p>", "text": "Je betaalt € 2.694 per jaar [1]."}


def test_a_planted_number_is_found() -> None:
    evidence = ['{"value": "2694", "year": "2026-2027"}']

    assert unsupported("In 2026-2027 betaal je € 2.694.", evidence, "") == []
    assert unsupported("In 2026-2027 betaal je € 2.695.", evidence, "") == ["2.695"]


@pytest.mark.parametrize(
    ("written", "evidence"),
    [
        ("€ 2.694", "2694"),
        ("€ 2.694,50", "2694.5"),
        ("€ 2,694", "2694.00"),
        ("17,5 procent", '"value": 17.5'),
        ("op 5 oktober 2026", "2026-10-05"),
        ("€ 41,35", "via de gemeente 41.35"),
        ("0800-0113", "bel 0800-0113"),
        ("versie 1.2.3", "versie 1.2.3"),
    ],
)
def test_a_number_is_the_same_number_in_another_notation(written: str, evidence: str) -> None:
    assert unsupported(written, [evidence], "") == []


@pytest.mark.parametrize(
    ("written", "evidence"), [("€ 25.000", "25"), ("€ 25", "25000"), ("1,75", "175"), ("506 fte", "5060 en 50,6")]
)
def test_a_number_is_not_another_number_with_the_same_digits(written: str, evidence: str) -> None:
    assert len(unsupported(written, [evidence], "")) == 1


def test_a_number_that_the_visitor_gave_may_be_repeated() -> None:
    assert unsupported("Je bent 42.", [], "ik ben 42 en woon in Zoetermeer") == []


def test_numbers_of_sources_and_of_lists_say_nothing_about_the_world() -> None:
    assert unsupported("1. Zoek een school [2].\n2. Doe het onderzoek.", [], "") == []


def test_what_is_shown_is_every_text_of_every_block_but_no_question_and_no_address() -> None:
    reply = {
        "blocks": [
            TEXT,
            {"type": "money", "title": "", "lines": [{"label": "Pabo", "amount": "€ 9", "citation": 3}], "note": "let op"},
            {"type": "loket", "loket": {"id": "loket-7", "title": "Loket", "url": "https://loket.nl/8", "hours": ["ma 9-17"]}},
            {"type": "question", "text": "Ben je 21?", "options": [{"value": "mbo-4", "label": "mbo 4"}]},
            {"type": "lead_form", "reason": "bel 12"},
        ]
    }  # fmt: skip

    assert shown(reply).split("\n") == [
        "Je betaalt € 2.694 per jaar [1].", "", "Pabo", "€ 9", "let op", "Loket", "ma 9-17",
    ]  # fmt: skip
