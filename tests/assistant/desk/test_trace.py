"""An adviser reads where each sentence of an answer was found."""

from assistant.desk.pages.parts import Moment
from assistant.desk.pages.story import TurnRow
from assistant.desk.pages.trace import field_in_words, trace_rows
from assistant.desk.rendering import _env
from assistant.leads.lead import LeansOn

TWO = (
    LeansOn(says="Het duurt 2 jaar.", number=1, record="pabo-deeltijd", field="details"),
    LeansOn(says="Je mag beginnen.", number=0, record="pabo-regel", field="statement"),
    LeansOn(says="Het duurt 2 jaar.", number=1, record="pabo-deeltijd", field="summary"),
)


def _shown(turn: TurnRow) -> str:
    template = _env.from_string(
        '{% from "components/transcript.html" import transcript %}{{ transcript([turn], true) }}'
    )
    return template.render(turn=turn)


def test_a_sentence_has_one_row_with_every_field_it_was_found_in() -> None:
    [first, second] = trace_rows(TWO)

    assert [(each.source, each.field) for each in first.finds] == [("Bron 1", "gegevens"), ("Bron 1", "samenvatting")]
    assert [(each.source, each.field) for each in second.finds] == [("", "regel")]


def test_fields_are_told_in_dutch_and_headings_stay() -> None:
    assert field_in_words("summary (en)") == "samenvatting in het Engels"
    assert field_in_words("4.2 Tekorten") == "4.2 Tekorten"


def test_the_transcript_shows_what_an_answer_rests_on_and_nothing_where_nothing_was_kept() -> None:
    moment = Moment("2026-11-28T10:00:00Z", "28 november", "net")
    told = TurnRow(1, "Hoe lang?", ("Het duurt 2 jaar. [1]",), (), moment, trace_rows(TWO))
    before = TurnRow(1, "Hoe lang?", ("Het duurt 2 jaar. [1]",), (), moment)

    assert "Waar dit op steunt" in _shown(told)
    assert "<q>Het duurt 2 jaar.</q>" in _shown(told)
    assert "Waar dit op steunt" not in _shown(before)
