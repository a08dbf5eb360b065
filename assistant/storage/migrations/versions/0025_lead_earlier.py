"""Whether earlier leads of the same address may be read with a new one."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead_earlier",
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("consent_version", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_earlier_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("lead_id", name=op.f("pk_lead_earlier")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_lead_earlier_code_hash")),
    )
    op.create_index(op.f("ix_lead_earlier_asked_at"), "lead_earlier", ["asked_at"])
    # Each new lead asks who came from the same address before, whatever its capitals.
    op.create_index("ix_lead_email_lower", "lead", [sa.text("lower(email)")])


def downgrade() -> None:
    op.drop_index("ix_lead_email_lower", "lead")
    op.drop_index(op.f("ix_lead_earlier_asked_at"), "lead_earlier")
    op.drop_table("lead_earlier")
