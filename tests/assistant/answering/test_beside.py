"""What may be meant as well, and the section that is asked about, as a visitor reads them: cited, traced, in their language."""

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.compose import Composer
from assistant.answering.evidence import Grounds
from assistant.answering.reply import TextBlock
from assistant.answering.said import said_in
from assistant.answering.turn import Detail, Finding, Understood
from assistant.answering.verify import Verifier
from assistant.eligibility.profile import Profile
from knowledge.catalogue import Catalogue
from knowledge.record import Record


def _texts(reply: object) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, TextBlock)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("locale", "asks"), [("nl", "Of bedoel je dit?"), ("en", "Or do you mean this?")])
def test_what_may_be_meant_as_well_is_told_in_two_sentences_with_its_source(
    catalogue_of_content: Catalogue, locale: str, asks: str
) -> None:
    main, other = (catalogue_of_content.get(each, Record) for each in ("faq-stoppen", "studiekosten-terugbetalen"))
    finding = Finding(
        "record", AnswerStatus.ANSWERED_RECORD, {"record": main, "section": ""}, cited=(main, other), beside=other
    )
    composed = Composer(catalogue_of_content).compose(finding, Understood("", locale, "cost", 0.9), Profile())  # type: ignore[arg-type]

    _, beside, *_ = _texts(composed.reply)
    assert beside.startswith(asks)
    assert "[2]" in beside
    assert [citation.record_id for citation in composed.reply.citations][:2] == [main.id, other.id]


def test_a_section_that_is_told_is_traced_like_everything_else(catalogue_of_content: Catalogue) -> None:
    record = catalogue_of_content.get("salaris-leraar-po", Record)
    grounds = Grounds(catalogue_of_content)
    for text, holds in (("Elke schaal heeft twaalf treden.", True), ("Elke schaal heeft zeventien treden.", False)):
        finding = Finding(
            "record",
            AnswerStatus.ANSWERED_RECORD,
            {"record": record, "section": ""},
            cited=(record,),
            detail=Detail("Hoe het werkt", text),
        )
        composed = Composer(catalogue_of_content).compose(finding, Understood("", "nl", "salary", 0.9), Profile())
        verified = Verifier(grounds.names).verify(said_in(composed.reply), grounds.of(composed, ""))

        assert text.split()[0] in _texts(composed.reply)[1]
        assert verified.holds is holds
