"""Receipts: what an advice followed from, whether it still comes out the same, and what changed since."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from assistant.api.dependencies import CurrentReplayer, Receipts
from assistant.api.problem import problems
from assistant.api.zelftest import CurrentEligibility
from assistant.zelftest.question import JsonValue
from assistant.zelftest.receipt import JudgedRoute
from assistant.zelftest.replay import Replay, Since

router = APIRouter(prefix="/api/v1/receipts", tags=["zelftest"])

ReceiptNumber = Annotated[
    str, Path(max_length=40, description="The number on the advice; capitals, spaces and dashes do not matter.")
]


class ReceiptOut(BaseModel):
    """An advice as it was given. There is nothing in it about who it was for, or where they live."""

    id: str
    day: date
    catalogue: str
    engine: str
    region: str | None
    facts: dict[str, JsonValue]
    unknown: list[str]
    """What was answered with "weet ik niet"."""
    asked: list[str]
    """The facts in the order of telling."""
    routes: list[JudgedRoute]
    is_intact: bool
    """Whether it still reads as it was written down."""
    replay: Replay
    since: Since


@router.get("/{receipt_id}", responses=problems(404, 422, 429, 503))
def replay_receipt(
    receipt_id: ReceiptNumber, receipts: Receipts, replayer: CurrentReplayer, eligibility: CurrentEligibility
) -> ReceiptOut:
    """An advice by its number: as it was given, judged once more on its own catalogue, and compared with today."""
    kept = receipts.get(receipt_id)
    receipt = kept.receipt
    return ReceiptOut(
        id=kept.id,
        day=receipt.day,
        catalogue=receipt.catalogue,
        engine=receipt.engine,
        region=receipt.region,
        facts=receipt.facts,
        unknown=list(receipt.unknown),
        asked=list(receipt.asked),
        routes=list(receipt.routes),
        is_intact=kept.is_intact,
        replay=replayer.replay(receipt),
        since=replayer.since(receipt, eligibility),
    )
