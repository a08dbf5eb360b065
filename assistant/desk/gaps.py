"""What visitors asked and got no good answer to: a page for advisers and editors, grouped by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.accounts.role import May
from assistant.answering.gaps import Gap, gaps
from assistant.charts.bars import Chart, Measured, bar_chart
from assistant.desk.dependencies import (
    Audit,
    CurrentCatalogue,
    Gaps,
    QuestionReader,
    QuestionReaderWithForm,
    QuestionVectors,
)
from assistant.desk.pages.parts import Moment, Shell, moment_of, shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.storage.clock import utc_now
from assistant.storage.gaps import GapWeek
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_WHYS = {
    "unanswerable_not_found": "geen antwoord gevonden",
    "unanswerable_unverified": "antwoord niet te controleren",
    "unanswerable_out_of_scope": "afgewezen, maar met twijfel",
    "unhelpful": "niet geholpen",
}


@dataclass(frozen=True)
class GapRow:
    """A group of questions that ask the same."""

    turn_id: str
    question: str
    count: str
    examples: tuple[str, ...]
    regions: str
    whys: str
    last: Moment
    draft: str
    """The address of the answer that somebody is writing; empty: nobody is."""


@dataclass(frozen=True)
class FoundRow:
    """A question that is answered by now."""

    question: str
    answer: str
    address: str
    """Of the record, for who may edit; empty for others."""
    since: Moment


@dataclass(frozen=True)
class GapsPage:
    """The groups, the most asked first, and how it went."""

    shell: Shell
    rows: tuple[GapRow, ...]
    done: bool
    may_answer: bool
    """Whether a question can be made into an answer from here."""
    found: tuple[FoundRow, ...]
    chart: Chart | None
    """Questions without an answer by week; None: there were none."""
    weeks: tuple[tuple[str, int, int, int, int], ...]
    """Week, conversations, without an answer, not helped, answered after all; the newest first."""


@router.get("/vragen")
def unanswered(
    adviser: QuestionReader,
    store: Gaps,
    vectors: QuestionVectors,
    catalogue: CurrentCatalogue,
    gedaan: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The questions of the adviser's regions."""
    regions, may_answer = adviser.account.regions, adviser.account.may(May.RECORDS)
    weeks = store.weeks(regions, utc_now().date())
    page = GapsPage(
        shell("Vragen zonder antwoord", adviser),
        tuple(_row(gap, catalogue, may_answer) for gap in gaps(store.unanswered(regions), vectors)),
        gedaan == "weg",
        may_answer,
        tuple(
            FoundRow(question, _title(record, catalogue), _address(record, may_answer), moment_of(at, utc_now()))
            for question, record, at in store.found_lately(regions)
        ),
        _chart(weeks),
        tuple(
            (_week(each), each.conversations, each.without_answer, each.unhelpful, each.resolved)
            for each in reversed(weeks)
        ),
    )
    return render("gaps.html", page)


@router.post("/vragen")
def dismiss(
    adviser: QuestionReaderWithForm, store: Gaps, audit: Audit, vraag: Annotated[str, Form(max_length=64)]
) -> Response:
    """Take a group off the list."""
    store.dismiss(vraag, adviser.account.name, adviser.account.regions)
    audit.record(Action.QUESTION_DISMISSED, vraag)
    return RedirectResponse("/desk/vragen?gedaan=weg", status_code=303)


def _row(gap: Gap, catalogue: Catalogue, may_answer: bool) -> GapRow:
    return GapRow(
        turn_id=gap.turn_id,
        question=gap.question,
        count="1 keer" if gap.count == 1 else f"{gap.count} keer",
        examples=gap.examples,
        regions=", ".join(_with_count(_title(name, catalogue), count) for name, count in gap.regions),
        whys=", ".join(_with_count(_WHYS.get(why, "geen goed antwoord"), count) for why, count in gap.whys),
        last=moment_of(gap.last_asked_at, utc_now()),
        draft=_address(gap.draft, may_answer),
    )


def _title(record_id: str, catalogue: Catalogue) -> str:
    record = catalogue.find(record_id)
    return record.title if record else record_id


def _address(record_id: str, may_edit: bool) -> str:
    return f"/desk/redactie/onderdeel/records/{record_id}" if record_id and may_edit else ""


def _week(each: GapWeek) -> str:
    return f"{each.begins.day}-{each.begins.month}"


def _chart(weeks: Sequence[GapWeek]) -> Chart | None:
    if not any(each.without_answer + each.unhelpful for each in weeks):
        return None
    return bar_chart(
        "gaten",
        "Vragen zonder antwoord en antwoorden die niet hielpen, per week",
        [
            Measured(
                "Week die begint op",
                _week(each),
                Decimal(each.without_answer + each.unhelpful),
                str(each.without_answer + each.unhelpful),
                "statistic",
            )
            for each in weeks
        ],
    )


def _with_count(words: str, count: int) -> str:
    return f"{words} ({count})"
