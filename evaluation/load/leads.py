"""Leads by the thousand, made up, and how long the pages of an adviser's inbox take to read from the store."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from assistant.leads.lead import Phase
from assistant.leads.search_words import folded
from assistant.storage.desk_tables import LeadSearchRow
from assistant.storage.inbox import Cursor, InboxStore, LeadFilter
from assistant.storage.session import Sessions
from assistant.storage.tables import LeadRow
from knowledge.record import Frozen

LEADS = 50_000
_TOGETHER = 2_000
_WAITING = 500
"""The newest leads, with whom nobody was in touch yet."""
_TIMES = 12
_PAGE = 50
_SEED = 20261128
_REGIONS = ("haaglanden", "hak", "ldb")
_FIRST_NAMES = ["Sam", "Kim", "Özlem", "Jan", "Noor", "Fatima", "Piet", "Anna", "Lotte", "Daan", "Mohammed", "Eva"]
_LAST_NAMES = ("de Vries", "Jansen", "Bakker", "Yilmaz", "van den Berg", "Smit", "El Idrissi", "Visser")
_WORDS = [
    "ik",
    "wil",
    "graag",
    "voor",
    "de",
    "klas",
    "staan",
    "op",
    "een",
    "basisschool",
    "in",
    "den",
    "haag",
    "wat",
    "kost",
    "zij-instroom",
    "eigenlijk",
    "want",
    "ik",
    "werk",
    "nu",
    "in",
    "de",
    "zorg",
    "als",
    "verpleegkundige",
    "met",
    "hbo",
    "diploma",
    "pabo",
    "deeltijd",
    "wiskunde",
    "natuurkunde",
    "meelopen",
    "donderdag",
    "vrij",
    "salaris",
    "toelage",
]


class InboxMeasured(Frozen):
    """Milliseconds of each page of the inbox, by what is asked of it."""

    leads: int
    milliseconds: dict[str, tuple[float, ...]]


def fill(sessions: Sessions, count: int = LEADS, now: datetime | None = None) -> None:
    """
    Add made-up leads, one each ten minutes back from now; the same ones every time.

    :param now: A moment with its time zone; None is now.
    """
    random, newest = Random(_SEED), now or datetime.now(UTC)  # noqa: S311 - made-up people, no secret
    rows = [_lead(random, number, newest - timedelta(minutes=10 * number)) for number in range(count)]
    with sessions.begin() as session:
        for at in range(0, count, _TOGETHER):
            batch = rows[at : at + _TOGETHER]
            session.execute(insert(LeadRow), batch)
            words = [
                {"lead_id": row["id"], "text": folded(f"{row['name']} {row['email']} {row['message']}")}
                for row in batch
            ]
            session.execute(insert(LeadSearchRow), words)
    with sessions.begin() as session:
        session.execute(text("ANALYZE"))


def measure(sessions: Sessions) -> InboxMeasured:
    """Every kind of page several times, each in a session of its own as a request has it."""
    with sessions.begin() as session:
        count = session.execute(text("SELECT count(*) FROM lead")).scalar_one()
        moment, lead_id = session.execute(
            LeadRow.__table__.select().with_only_columns(LeadRow.created_at, LeadRow.id)
            .order_by(LeadRow.created_at).offset(count // 10).limit(1)
        ).one()  # fmt: skip
    deep = Cursor(moment, lead_id)
    took = {name: tuple(_timed(sessions, wanted, deep if name == "far back" else None)) for name, wanted in _pages()}
    return InboxMeasured(leads=count, milliseconds=took)


def _timed(sessions: Sessions, wanted: LeadFilter, after: Cursor | None) -> Iterator[float]:
    for _ in range(_TIMES):
        began = time.perf_counter()
        with sessions.begin() as session:
            InboxStore(session, "").page(wanted, _PAGE, after)
        yield 1000 * (time.perf_counter() - began)


def _pages() -> Iterator[tuple[str, LeadFilter]]:
    yield "first page", LeadFilter(regions=_REGIONS)
    yield "far back", LeadFilter(regions=_REGIONS)
    yield "who waits", LeadFilter(regions=_REGIONS, state="waiting")
    yield "not looked at", LeadFilter(regions=_REGIONS, state="unread")
    yield "by phase and school", LeadFilter(regions=_REGIONS, phase="left", sector="mbo")
    yield "a name", LeadFilter(regions=_REGIONS, words="ozl yil")
    yield "a common word", LeadFilter(regions=_REGIONS, words="ik")
    yield "found by nobody", LeadFilter(regions=_REGIONS, words="zzz")


def _lead(random: Random, number: int, at: datetime) -> dict[str, Any]:
    message = " ".join(random.choices(_WORDS, k=30))
    phase = Phase.NEW if number < _WAITING else random.choice(list(Phase)[1:])
    reasons = [{"text": "Je hebt een afgeronde hbo-opleiding.", "met": None}] * 4
    return {
        "id": str(UUID(int=random.getrandbits(128))),
        "loket_id": random.choice(["loket-a", "loket-b", "loket-c"]),
        "loket_title": "Loket",
        "region": random.choice(_REGIONS),
        "sectors": f" {random.choice(['po', 'vo', 'mbo'])} ",
        "reason": "Daarom",
        "name": f"{random.choice(_FIRST_NAMES)} {random.choice(_LAST_NAMES)}",
        "email": f"p{number}@example.org",
        "preferred_contact": "email",
        "message": message,
        "consent_version": "1",
        "consent_text": "Ik geef toestemming. " * 70,
        "consent_given_at": at,
        "share_transcript": True,
        "facts": [{"name": "goal", "value": random.choice(["meelopen", "orienteren"]), "origin": "said", "words": "een dag"}],
        "verdicts": [
            {"route": f"r{each}", "title": f"Route {each}", "verdict": "possible", "reasons": reasons} for each in range(6)
        ],
        "transcript": [{"number": 1, "question": message, "answer": "antwoord " * 100, "asked_at": at.isoformat()}],
        "phase": phase.value,
        "created_at": at,
        "updated_at": at,
        "due_at": at + timedelta(days=1),
        "contacted_at": None if phase is Phase.NEW else at + timedelta(hours=5),
        "warmth": random.choice(["ready", "exploring"]),
        "claimed_name": "",
        "best_route": "r0",
        "municipality": "",
    }  # fmt: skip
