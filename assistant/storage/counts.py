"""
Counts a day of what happened, without persons: they stay when the conversations are forgotten.

A count has a region, and the site and the campaign that a visitor came from; nothing else.
"""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from assistant.storage.desk_tables import DailyCountRow

OPENED, ASKED, ADVISED, UNANSWERED = "opened", "asked", "advised", "unanswered"
GAP, UNHELPFUL, RESOLVED = "gap", "unhelpful", "resolved"
"""A question of ours without an answer, a thumb down, and such a question that is answered by now."""
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def source_of(page_url: str) -> str:
    """The site that a page is on: `www.example.org`; empty if the address names none."""
    try:
        return (urlsplit(page_url).hostname or "")[:100]
    except ValueError:
        return ""


def campaign_of(page_url: str) -> str:
    """The campaign in an address, as a slug: letters, digits and hyphens; empty if there is none."""
    try:
        given = parse_qs(urlsplit(page_url).query).get("utm_campaign", [""])[0]
    except ValueError:
        return ""
    # An address or number of a person, which somebody may have put there, is no campaign.
    return "" if "@" in given else _NO_SLUG.sub("-", given.lower()).strip("-")[:40]


def count(session: Session, day: date, region: str, what: str, page_url: str, campaign: str) -> None:
    """One more of it."""
    key = {
        "day": day, "region": region, "what": what, "source": source_of(page_url), "campaign": campaign,
    }  # fmt: skip
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    added = insert(DailyCountRow).values(key | {"number": 1})
    more = {"number": DailyCountRow.number + 1}
    session.execute(added.on_conflict_do_update(index_elements=list(key), set_=more))


def count_opening(session: Session, day: date, region: str, key: str, is_lead: bool = False) -> None:
    """One more conversation that began with a line, or one more lead that came of it."""
    count(session, day, region, f"{_LED if is_lead else _BEGAN}-{key}", "", "")


def openings(session: Session, region: str) -> dict[str, tuple[int, int]]:
    """By the key of each line that was ever used in a region: how many conversations began with it, and how many became a lead."""
    row = DailyCountRow
    rows = session.execute(
        select(row.what, func.sum(row.number))
        .where(row.region == region, row.what.like(f"{_BEGAN}-%") | row.what.like(f"{_LED}-%"))
        .group_by(row.what)
    )
    numbers = {what: int(number) for what, number in rows}
    keys = dict.fromkeys(what.partition("-")[2] for what in numbers)
    return {key: (numbers.get(f"{_BEGAN}-{key}", 0), numbers.get(f"{_LED}-{key}", 0)) for key in keys}


_BEGAN, _LED = "began", "led"
