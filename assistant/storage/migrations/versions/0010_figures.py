"""Figures: counts a day without persons, and of each lead what reports are made by."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ORDER = ("fits", "possible", "ask_adviser")


def upgrade() -> None:
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "region", "what", "source", "campaign", name=op.f("pk_daily_count")),
    )
    op.add_column("conversation", sa.Column("campaign", sa.String(length=40), nullable=False, server_default=""))
    for name, length in (("best_route", 80), ("municipality", 80), ("source", 100), ("campaign", 40)):
        op.add_column("lead", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("lead", sa.Column("contact_minutes", sa.Integer(), nullable=True))
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    names = ("id", "best_route", "municipality")
    lead = sa.table(
        "lead", *(sa.column(each) for each in names), sa.column("facts", sa.JSON), sa.column("verdicts", sa.JSON)
    )
    for row in connection.execute(sa.select(lead)).all():
        values = {"best_route": _best(row.verdicts), "municipality": _told(row.facts, "municipality")}
        connection.execute(lead.update().where(lead.c.id == row.id).values(values))


def _best(verdicts: list[dict[str, Any]]) -> str:
    fitting = [each for each in verdicts if each["verdict"] in _ORDER]
    return str(min(fitting, key=lambda each: _ORDER.index(each["verdict"]))["route"])[:80] if fitting else ""


def _told(facts: list[dict[str, Any]], name: str) -> str:
    return next((str(fact["value"])[:80] for fact in facts if fact["name"] == name), "")


def downgrade() -> None:
    for name in ("best_route", "municipality", "source", "campaign", "contact_minutes"):
        op.drop_column("lead", name)
    op.drop_column("conversation", "campaign")
    op.drop_table("daily_count")
