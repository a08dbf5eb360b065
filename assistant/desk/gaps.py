"""What visitors asked and got no good answer to: a page for advisers and editors, grouped by meaning."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.accounts.role import May
from assistant.answering.gaps import Gap, gaps
from assistant.answering.published import Publication
from assistant.desk.dependencies import Audit, CurrentCatalogue, Gaps, QuestionReader, QuestionReaderWithForm
from assistant.desk.pages.parts import Moment, Shell, moment_of, shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.storage.clock import utc_now
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


@dataclass(frozen=True)
class GapsPage:
    """The groups, the most asked first."""

    shell: Shell
    rows: tuple[GapRow, ...]
    done: bool
    may_answer: bool
    """Whether a question can be made into an answer from here."""


@router.get("/vragen")
def unanswered(
    request: Request,
    adviser: QuestionReader,
    store: Gaps,
    catalogue: CurrentCatalogue,
    gedaan: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The questions of the adviser's regions."""
    search = cast(Publication, request.app.state.knowledge).search
    found = gaps(store.unanswered(adviser.account.regions), search.embed)
    rows = tuple(_row(gap, catalogue) for gap in found)
    return render(
        "gaps.html",
        GapsPage(
            shell("Vragen zonder antwoord", adviser), rows, gedaan == "weg", adviser.account.role.may(May.RECORDS)
        ),
    )


@router.post("/vragen")
def dismiss(
    adviser: QuestionReaderWithForm, store: Gaps, audit: Audit, vraag: Annotated[str, Form(max_length=64)]
) -> Response:
    """Take a group off the list."""
    store.dismiss(vraag, adviser.account.name, adviser.account.regions)
    audit.record(Action.QUESTION_DISMISSED, vraag)
    return RedirectResponse("/desk/vragen?gedaan=weg", status_code=303)


def _row(gap: Gap, catalogue: Catalogue) -> GapRow:
    return GapRow(
        turn_id=gap.turn_id,
        question=gap.question,
        count="1 keer" if gap.count == 1 else f"{gap.count} keer",
        examples=gap.examples,
        regions=", ".join(_with_count(_region(name, catalogue), count) for name, count in gap.regions),
        whys=", ".join(_with_count(_WHYS.get(why, "geen goed antwoord"), count) for why, count in gap.whys),
        last=moment_of(gap.last_asked_at, utc_now()),
    )


def _region(region_id: str, catalogue: Catalogue) -> str:
    record = catalogue.find(region_id)
    return record.title if record else region_id


def _with_count(words: str, count: int) -> str:
    return f"{words} ({count})"
