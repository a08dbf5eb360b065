"""The inbox: phases of the sector's model, claims, first contact, warmth, search, what was seen, saved views."""

import sqlalchemy as sa
from alembic import op

from assistant.eligibility.profile import KnownFact
from assistant.leads.search_words import folded
from assistant.leads.warmth import warmth
from assistant.storage.lead_search import make_index

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_PHASES = {
    "contacted": "orienting",
    "appointment": "orienting",
    "matched": "matching",
    "started": "in_training",
    "closed": "left",
}


def upgrade() -> None:
    op.add_column("lead", sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("lead", sa.Column("warmth", sa.String(length=12), nullable=False, server_default="unknown"))
    op.add_column("lead", sa.Column("left_because", sa.String(length=24), nullable=True))
    op.add_column("lead", sa.Column("claimed_by", sa.String(length=36), nullable=True))
    op.add_column("lead", sa.Column("claimed_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("lead", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("lead_event", sa.Column("because", sa.String(length=24), nullable=True))
    op.drop_index("ix_lead_phase", "lead")
    op.create_index("ix_lead_phase_contacted_at", "lead", ["phase", "contacted_at", "region"])
    op.create_index("ix_lead_region_loket_id", "lead", ["region", "loket_id"])
    op.create_index(op.f("ix_lead_claimed_by"), "lead", ["claimed_by"])
    op.create_table(
        "lead_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_search_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_search")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_lead_search_lead_id")),
    )
    op.create_table(
        "lead_seen",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_lead_seen_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_seen_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "lead_id", name=op.f("pk_lead_seen")),
    )
    op.create_index(op.f("ix_lead_seen_lead_id"), "lead_seen", ["lead_id"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_view_account_id_name")),
    )
    op.create_index(op.f("ix_saved_view_account_id"), "saved_view", ["account_id"])
    connection = op.get_bind()
    make_index(connection)
    _carry_over(connection)


def _carry_over(connection: sa.Connection) -> None:
    """The phases that were, in today's words; a lead that was moved was got in touch with when that was written down."""
    connection.execute(
        sa.text(
            "UPDATE lead SET contacted_at = (SELECT min(changed_at) FROM lead_event WHERE lead_event.lead_id = lead.id), "
            "left_because = CASE WHEN phase = 'closed' THEN 'unknown' END WHERE phase <> 'new'"
        )
    )
    for before, after in _PHASES.items():
        words = {"before": before, "after": after}
        connection.execute(sa.text("UPDATE lead SET phase = :after WHERE phase = :before"), words)
        connection.execute(sa.text("UPDATE lead_event SET before = :after WHERE before = :before"), words)
        connection.execute(sa.text("UPDATE lead_event SET after = :after WHERE after = :before"), words)
    _fill(connection)


def _fill(connection: sa.Connection) -> None:
    """What the leads that are there are found by, and how warm they are."""
    lead = sa.table(
        "lead",
        *(sa.column(name) for name in ("id", "name", "email", "phone", "message", "warmth")),
        sa.column("facts", sa.JSON),
        sa.column("transcript", sa.JSON),
    )
    search = sa.table("lead_search", sa.column("lead_id"), sa.column("text"))
    note = sa.table("lead_note", sa.column("lead_id"), sa.column("text"))
    for row in connection.execute(sa.select(lead)).all():
        facts = [KnownFact.model_validate(fact) for fact in row.facts]
        notes = connection.scalars(sa.select(note.c.text).where(note.c.lead_id == row.id)).all()
        told = [*(fact.words for fact in facts), *(turn["question"] for turn in row.transcript), *notes]
        text = folded(" ".join([row.name, row.email or "", row.phone or "", row.message, *told]))
        connection.execute(search.insert().values(lead_id=row.id, text=text))
        connection.execute(lead.update().where(lead.c.id == row.id).values(warmth=warmth(facts).value))


def downgrade() -> None:
    raise RuntimeError("the phases that were cannot be told from those that are; restore a backup")
