"""
Finding leads by their words.

The folded words of a lead are a row of their own; the database indexes them. SQLite's FTS5 and PostgreSQL's `tsvector`
are used as they come: a library beside the database would be a second copy of people's data to keep in step and to erase.
"""

from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select, text, update
from sqlalchemy.orm import Session

from assistant.leads.lead import Lead
from assistant.leads.search_words import folded, search_text
from assistant.storage.desk_tables import LeadSearchRow

INDEX = "lead_search_index"
_AT_MOST = 500
_FTS5 = (
    "CREATE VIRTUAL TABLE lead_search_index USING fts5("
    "text, content='lead_search', content_rowid='id', tokenize='ascii', prefix='2 3')",
    "CREATE TRIGGER lead_search_added AFTER INSERT ON lead_search BEGIN "
    "INSERT INTO lead_search_index(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER lead_search_gone AFTER DELETE ON lead_search BEGIN "
    "INSERT INTO lead_search_index(lead_search_index, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER lead_search_changed AFTER UPDATE ON lead_search BEGIN "
    "INSERT INTO lead_search_index(lead_search_index, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO lead_search_index(rowid, text) VALUES (new.id, new.text); END",
)
_GIN = "CREATE INDEX lead_search_index ON lead_search USING gin (to_tsvector('simple', text))"
_OPTIMIZE = text("INSERT INTO lead_search_index(lead_search_index) VALUES ('optimize')")


def make_index(connection: Connection) -> None:
    """The index of this database, over a table that is there."""
    for statement in _FTS5 if connection.dialect.name == "sqlite" else (_GIN,):
        connection.exec_driver_sql(statement)


def is_of_index(name: str | None) -> bool:
    """Whether a table or index is the database's own, and no row of ours."""
    return name is not None and name.startswith(INDEX)


def add(session: Session, lead: Lead) -> None:
    """Make a new lead findable."""
    session.add(LeadSearchRow(lead_id=lead.id, text=search_text(lead)))
    session.flush()


def add_words(session: Session, lead_id: str, words: str) -> None:
    """Make a lead findable by more words."""
    added = LeadSearchRow.text + " " + folded(words)
    session.execute(update(LeadSearchRow).where(LeadSearchRow.lead_id == lead_id).values(text=added))


def found_by(session: Session, words: list[str]) -> Select[Any]:
    """
    The ids of the leads in which each word begins some word: the newest `_AT_MOST` of them, so that a word that everybody
    uses is as quick as a name.

    :param words: As `wanted_words` makes them: letters and digits alone, at least one.
    """
    if session.get_bind().dialect.name == "sqlite":
        query = " ".join(f'"{word}"*' for word in words)
        rows: Select[Any] = (
            select(literal_column("rowid"))
            .select_from(text(INDEX))
            .where(text(f"{INDEX} MATCH :words"))
            .order_by(literal_column("rowid").desc())
            .limit(_AT_MOST)
        )
        return select(LeadSearchRow.lead_id).where(LeadSearchRow.id.in_(rows.params(words=query)))
    query = " & ".join(f"{word}:*" for word in words)
    vector = func.to_tsvector(literal_column("'simple'"), LeadSearchRow.text)
    matches = vector.op("@@")(func.to_tsquery(literal_column("'simple'"), query))
    return select(LeadSearchRow.lead_id).where(matches).order_by(LeadSearchRow.id.desc()).limit(_AT_MOST)


def forget_erased(session: Session) -> None:
    """Merge SQLite's index into one, in which nothing of an erased lead is left."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(_OPTIMIZE)
