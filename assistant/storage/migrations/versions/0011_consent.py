"""Consent purpose by purpose, and the links by which it is withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead_consent",
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_consent_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("lead_id", "purpose", name=op.f("pk_lead_consent")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_withdrawal_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_withdrawal")),
    )
    op.create_index(op.f("ix_withdrawal_lead_id"), "withdrawal", ["lead_id"])


def downgrade() -> None:
    op.drop_table("withdrawal")
    op.drop_table("lead_consent")
