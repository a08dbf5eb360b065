"""Every published record can be told: its reply leans on nothing but itself."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.compose import Composed
from assistant.answering.consult.explanations import tell
from assistant.answering.reply import RouteBlock, TextBlock
from assistant.answering.said import said_in
from assistant.answering.turn import Finding, LoketFound
from assistant.answering.verify import Verified
from assistant.eligibility.verdict import Eligibility
from knowledge.catalogue import Catalogue
from knowledge.event import Event, Orientation
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.place import Institution, Loket
from knowledge.programme import Programme
from knowledge.record import Kind, Record
from knowledge.route import Route

Write = Callable[..., tuple[Composed, Verified]]
ASPECTS = ("", "duration", "hours", "form", "steps", "where", "start", "income", "qualification")
MONEY = ((Cost, "cost"), (Subsidy, "subsidy"), (Salary, "salary"))
_DUTCH_AMOUNT = re.compile(
    r"^(?:ongeveer |hoogstens |minstens )*€ \d{1,3}(?:\.\d{3})*(?:,\d{2})?(?: tot € \d{1,3}(?:\.\d{3})*(?:,\d{2})?)?$"
)

_ENGLISH_AMOUNT = re.compile(
    r"^(?:about |at most |at least )*€ \d{1,3}(?:,\d{3})*(?:\.\d{2})?(?: to € \d{1,3}(?:,\d{3})*(?:\.\d{2})?)?$"
)


def _about_routes(catalogue: Catalogue) -> Iterator[Finding]:
    for route in catalogue.all(Route):
        for aspect in ASPECTS:
            values = {
                "route": route,
                "aspect": aspect,
                "institutions": catalogue.linked(route.institutions, Institution),
            }
            yield Finding("route", AnswerStatus.ANSWERED_RECORD, values, cited=(route,))


def _money(intent: str, records: tuple[Money, ...], route: Route | None) -> Finding:
    yours = [each for each in records if isinstance(each, Cost) and each.paid_by == "jij"]
    schools = [each for each in records if isinstance(each, Cost) and each.paid_by == "school"]
    shown = [*yours, *schools[:1]] or list(records)
    values = {
        "intent": intent,
        "main": shown[0],
        "records": records,
        "route": route,
        "others": [each for each in records if each.id != shown[0].id],
        "yours": yours,
        "schools": schools,
    }
    cited: tuple[Record, ...] = (*records, route) if route else records
    template = "money_route" if route else "money"
    return Finding(template, AnswerStatus.ANSWERED_RECORD, values, cited=cited, money=tuple(shown))


def _about_money(catalogue: Catalogue) -> Iterator[Finding]:
    for kind, intent in MONEY:
        for record in catalogue.all(kind):
            yield _money(intent, (record,), None)
        for route in catalogue.all(Route):
            ids = {"cost": route.costs, "subsidy": route.subsidies, "salary": route.salaries}[intent]
            if ids:
                yield _money(intent, catalogue.linked(ids, kind), route)


def _about_the_rest(catalogue: Catalogue) -> Iterator[Finding]:
    for loket in catalogue.all(Loket):
        found = LoketFound(loket, "")
        yield Finding("loket_named", AnswerStatus.ANSWERED_RECORD, {"loket": loket}, cited=(loket,), loket=found)
    for offer in catalogue.all(Orientation):
        values = {"offer": offer}
        yield Finding("orientation_named", AnswerStatus.ANSWERED_RECORD, values, cited=(offer,), listed=(offer,))
    for event in catalogue.all(Event):
        yield Finding("events", AnswerStatus.ANSWERED_LIST, {"events": [event]}, cited=(event,), listed=(event,))
    for record in catalogue:
        if record.kind is Kind.FIGURE:
            values = {"record": record, "more": ()}
            yield Finding("figure", AnswerStatus.ANSWERED_RECORD, values, cited=(record,))
    for programme in catalogue.all(Programme):
        for asks_start in (True, False):
            values = {"programme": programme, "asks_start": asks_start}
            yield Finding("programme", AnswerStatus.ANSWERED_RECORD, values, cited=(programme,))
    for record in catalogue:
        yield tell(record)


@pytest.fixture(scope="module")
def findings(catalogue_of_content: Catalogue) -> list[Finding]:
    """Each record told in each way there is."""
    return [
        *_about_routes(catalogue_of_content),
        *_about_money(catalogue_of_content),
        *_about_the_rest(catalogue_of_content),
    ]


@pytest.fixture(scope="module", params=["nl", "en"])
def replies(request: pytest.FixtureRequest, findings: list[Finding], write: Write) -> list[tuple[Composed, Verified]]:
    """The reply to each, in one language."""
    return [write(finding, request.param) for finding in findings]


def test_nothing_in_the_reply_about_any_record_is_without_a_source(replies: list[tuple[Composed, Verified]]) -> None:
    without = [
        (composed.reply.citations[0].record_id, claim.value, claim.words)
        for composed, verified in replies
        for claim in verified.unsupported
    ]

    assert len(replies) > 1000
    assert without == []


def test_each_number_of_a_citation_is_cited_and_each_citation_has_its_number(
    replies: list[tuple[Composed, Verified]],
) -> None:
    for composed, _ in replies:
        dumped = json.dumps(composed.reply.as_json(), ensure_ascii=False)
        # The words that are explained stand in a block of their own.
        texts = [block for block in composed.reply.blocks if isinstance(block, TextBlock)]
        in_html = {number for text in texts for number in re.findall(r'data-citation="(\d+)"', text.html)}
        in_text = {number for text in texts for number in re.findall(r"\[(\d+)\]", text.text)}
        in_cards = set(re.findall(r'"citation": (\d+)', dumped))
        cited = {str(each.n) for each in composed.reply.citations}

        assert in_html == in_text
        assert in_html | in_cards == cited


def test_each_reply_cites_and_names_publisher_and_date(replies: list[tuple[Composed, Verified]]) -> None:
    for composed, _ in replies:
        assert composed.reply.citations
        assert all(each.publisher and each.as_of and each.quote for each in composed.reply.citations)


def test_amounts_are_written_as_readers_of_the_language_do_with_their_year(
    replies: list[tuple[Composed, Verified]],
) -> None:
    written = {"nl": _DUTCH_AMOUNT, "en": _ENGLISH_AMOUNT}
    lines = [
        (line, written[composed.reply.locale])
        for composed, _ in replies
        for block in composed.reply.blocks
        if block.type == "money"
        for line in block.lines
    ]

    assert len(lines) > 100
    assert [line.amount for line, amount in lines if not amount.match(line.amount)] == []
    assert [line.label for line, _ in lines if not re.match(r"^\d{4}(-\d{4})?$", line.year)] == []


def test_no_reply_shows_markup_or_the_marks_it_was_made_with(replies: list[tuple[Composed, Verified]]) -> None:
    for composed, _ in replies:
        for said in said_in(composed.reply):
            assert not re.search(r"\*\*|\u27e6|\{\{|\{%|\\[*_\[]|None\b", said.text), said.text[:200]


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_when_what_happens_on_the_way_to_any_route_has_a_source(
    catalogue_of_content: Catalogue, write: Write, locale: str
) -> None:
    eligibility = Eligibility(catalogue_of_content, date(2026, 9, 1))
    told: list[str] = []
    without = []
    for facts in (
        {"diploma_level": "vmbo"},
        {"diploma_level": "mbo-4", "dutch_level": "A2", "work_experience_years": 0},
    ):
        for verdict in eligibility.verdicts(facts):
            values = {"route": verdict.route, "aspect": "", "institutions": ()}
            finding = Finding(
                "route", AnswerStatus.ANSWERED_RECORD, values, cited=(verdict.route,), verdicts=(verdict,)
            )
            composed, verified = write(finding, locale)
            [block] = [each for each in composed.reply.blocks if isinstance(each, RouteBlock)]
            told += [each.time for each in block.stretches]
            without += [(verdict.route.id, claim.value, claim.words) for claim in verified.unsupported]

    assert len(set(told)) > 10
    assert without == []
