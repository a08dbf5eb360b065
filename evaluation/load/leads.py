"""Leads by the thousand, made up."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from assistant.leads.lead import Phase
from assistant.leads.search_words import folded
from assistant.storage.desk_tables import LeadSearchRow
from assistant.storage.session import Sessions
from assistant.storage.tables import LeadRow

LEADS = 50_000
_TOGETHER = 2_000
_WAITING = 500
"""The newest leads, with whom nobody was in touch yet."""
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
        "best_route": random.choice(["zij-instroom-po", "pabo-deeltijd", "zij-instroom-vo", "pdg"]),
        "municipality": random.choice(["den-haag", "zoetermeer", "delft", "rijswijk", "haarlem", ""]),
        "source": random.choice(["www.onderwijsloket.example", "www.gemeente.example", ""]),
        "campaign": random.choice(["", "open-dag"]),
        "contact_minutes": None if phase is Phase.NEW else random.randrange(3000),
    }  # fmt: skip
