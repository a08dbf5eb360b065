"""A knowledge store as it is after years of editing: thousands of records, each with a history, and changes that stand open."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from knowledge.database import Sessions
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.opening import open_editorial
from knowledge.publishing.revisions import Editor
from knowledge.publishing.tables import ChangeSetRow, ItemRow, PublicationRow, ReleaseRow, RevisionRow
from knowledge.reader import read_catalogue

RECORDS, REVISIONS = 5_000, 50_000
"""With those that are delivered."""
_FEWEST = 20
_OPEN = 60
"""Changes that stand open at once."""
_IN_ONE = 2_000
_BEGAN = datetime(2023, 1, 2, 9, tzinfo=UTC)
_EDITORS = tuple(Editor(f"00000000-0000-4000-8000-00000000000{number}", f"Redacteur {number}") for number in range(6))


def fill_editorial(url: str, records: int = RECORDS, revisions: int = REVISIONS) -> list[ItemKey]:
    """
    Make it, in an empty store. Every fifth record is of Haaglanden, and as many are costs.

    :returns: The keys of what was made.
    """
    editorial = open_editorial(url)
    catalogue = read_catalogue()
    wanted = max(records - len(catalogue), _FEWEST)
    each = max(revisions // wanted, 1)
    source = catalogue.content.sources[0].id
    keys = [ItemKey("records", f"gemeten-{number}") for number in range(wanted)]
    change_id = "00000000-0000-4000-9000-000000000000"
    with editorial.sessions.begin() as session:
        session.execute(insert(ChangeSetRow), [_change(change_id, "Van jaren", "published", publication=1)])
        session.execute(
            insert(PublicationRow),
            [
                {
                    "number": 1,
                    "at": _BEGAN,
                    "by_id": "1",
                    "by": "Redacteur 1",
                    "change_set_id": change_id,
                    "comment": "",
                    "catalogue": "x",
                }
            ],
        )
        for part in _parts(list(_revisions(keys, each, source, change_id))):
            session.execute(insert(RevisionRow), part)
        items = [_item(key, number, (number + 1) * each, source) for number, key in enumerate(keys)]
        for part in _parts(items):
            session.execute(insert(ItemRow), part)
        releases = [
            {"group_name": key.group, "item_id": key.id, "publication": 1, "revision_id": (number + 1) * each}
            for number, key in enumerate(keys)
        ]
        for part in _parts(releases):
            session.execute(insert(ReleaseRow), part)
        if session.get_bind().dialect.name == "postgresql":
            # Numbers that are given by hand leave its own count where it was.
            for table, column in (("revision", "id"), ("publication", "number")):
                session.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, :column), 1000000)"),
                    {"table": table, "column": column},
                )
    _as_kept_up(editorial.sessions)
    for number in range(min(_OPEN, wanted)):
        by = _EDITORS[number % len(_EDITORS)]
        change = editorial.change_sets.begin(f"Wijziging {number}", by, "haaglanden")
        key = keys[number * (wanted // min(_OPEN, wanted))]
        content = editorial.revisions.published(key) or {}
        editorial.revisions.save(change.id, key, content | {"uncertain": f"Nog na te gaan, nummer {number}."}, by)
    return keys


def _as_kept_up(sessions: Sessions) -> None:
    """A store that grew over years knows how its rows lie; one that was filled in a second has yet to be told."""
    with sessions.begin() as session:
        session.execute(text("ANALYZE"))


def _parts(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[at : at + _IN_ONE] for at in range(0, len(rows), _IN_ONE))


def _revisions(keys: list[ItemKey], each: int, source: str, change_id: str) -> Iterator[dict[str, Any]]:
    for number, key in enumerate(keys):
        for version in range(each):
            by = _EDITORS[(number + version) % len(_EDITORS)]
            yield {
                "id": number * each + version + 1,
                "group_name": key.group,
                "item_id": key.id,
                "change_set_id": change_id,
                "content": _content(key, number, version, source),
                "base": _content(key, number, version - 1, source) if version else None,
                "state": "published",
                "author_id": by.id,
                "author": by.name,
                "reviewer": "",
                "at": _BEGAN + timedelta(hours=number + version),
                "comment": "Bijgewerkt",
            }


def _content(key: ItemKey, number: int, version: int, source: str) -> Json:
    """A record of about the size that records are."""
    is_cost = number % 5 == 1
    common = {
        "id": key.id,
        "kind": "cost" if is_cost else "faq",
        "title": f"Hoe gaat het met onderdeel {number} in het onderwijs?",
        "summary": f"Dit is het antwoord op vraag {number}, zoals het voor de {version + 1}e keer is opgeschreven.",
        "body": "\n\n".join(f"## Kop {part}\nUitleg over onderdeel {number}. " * 2 for part in range(4)),
        "sources": [source],
        **({"regions": ["haaglanden"]} if number % 5 == 0 else {}),
    }
    amounts = [
        {"label": f"post {at}", "value": str(100 + version + at), "per": "jaar", "year": str(2026 - at)}
        for at in range(6)
    ]
    return common | ({"amounts": amounts} if is_cost else {})


def _item(key: ItemKey, number: int, revision: int, source: str) -> dict[str, Any]:
    content = _content(key, number, 0, source)
    return {
        "group_name": key.group,
        "item_id": key.id,
        "latest": revision,
        "published": revision,
        "kind": content["kind"],
        "title": content["title"],
        "regions": content.get("regions", []),
        "state": "published",
        "is_retired": False,
        "is_sure": True,
        "changed_at": _BEGAN + timedelta(hours=number),
        "changed_by": "Redacteur 1",
    }


def _change(id_: str, title: str, state: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "title": title, "state": state, "region": "haaglanden", "author_id": _EDITORS[0].id,
        "author": _EDITORS[0].name, "created_at": _BEGAN, "changed_at": _BEGAN, **more,
    }  # fmt: skip
