"""A zelftest to go on with later: saved under a code, opened by it, and erased by whoever has it."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.dependencies import CurrentSettings, Saved, Token
from assistant.api.problem import problems
from assistant.api.zelftest import MOST_FACTS, CurrentEligibility, profile_of
from assistant.eligibility.verdict import Eligibility
from assistant.storage.saved import SavedZelftest
from assistant.zelftest.question import JsonValue
from assistant.zelftest.saved import SavedAnswers, until_in_words
from knowledge.place import Region

router = APIRouter(prefix="/api/v1/zelftest/saved", tags=["zelftest"])


class SavedIn(BaseModel):
    """What to save. Own words (`motive`, `diploma_field`) are not saved."""

    model_config = ConfigDict(extra="forbid")

    facts: dict[str, Any] = Field(
        max_length=MOST_FACTS,
        description="Facts by name, in the order of answering; `null` is: I do not know.",
        examples=[{"sector": ["po"], "role": "leraar", "needs_income": None}],
    )
    region: str | None = Field(
        default=None, max_length=60, description="The region of the page; unknown ones are not saved."
    )


class OpenedOut(BaseModel):
    """What was saved, and until when."""

    facts: dict[str, JsonValue | None]
    region: str | None
    forgotten: list[str]
    """Facts that were saved and are not asked any more, or not with that answer."""
    expires_at: datetime
    expires_in_words: str
    """In Dutch: `tot en met 25 februari 2027`."""


class SavedOut(OpenedOut):
    """The code is shown this once; `url` opens the zelftest on the pages of this installation."""

    code: str
    url: str


@router.post("", status_code=201, responses=problems(413, 422, 429, 503))
def save_zelftest(
    given: SavedIn, eligibility: CurrentEligibility, saved: Saved, settings: CurrentSettings, token: Token
) -> SavedOut:
    """Save a zelftest. With the bearer code of an earlier one, that one is replaced and its time begins anew."""
    catalogue = eligibility.catalogue
    region = given.region if given.region in {each.id for each in catalogue.all(Region)} else None
    answers = SavedAnswers.of(profile_of(given.facts, eligibility), catalogue, region)
    code, kept = saved.save(answers, token)
    url = f"{settings.public_url.rstrip('/')}/zelftest/verder/{code}"
    return SavedOut(**_opened(kept, eligibility).model_dump(), code=code, url=url)


@router.get("", responses=problems(404, 429, 503))
def open_zelftest(saved: Saved, eligibility: CurrentEligibility, token: Token) -> OpenedOut:
    """What was saved under the code, which comes as bearer token so that it stands in no log."""
    return _opened(saved.open(token), eligibility)


@router.delete("", status_code=204, responses=problems(404, 429, 503))
def erase_zelftest(saved: Saved, token: Token) -> Response:
    """Erase what was saved under the code."""
    saved.erase(token)
    return Response(status_code=204)


def _opened(kept: SavedZelftest, eligibility: Eligibility) -> OpenedOut:
    _, forgotten = kept.answers.profile(eligibility.catalogue)
    return OpenedOut(
        facts={name: value for name, value in kept.answers.facts.items() if name not in forgotten},
        region=kept.answers.region,
        forgotten=list(forgotten),
        expires_at=kept.expires_at,
        expires_in_words=until_in_words(kept.expires_at),
    )
