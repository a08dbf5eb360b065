"""Receipts of advice, and zelftests that visitors saved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("digest", name=op.f("uq_receipt_digest")),
    )
    op.create_index(op.f("ix_receipt_created_at"), "receipt", ["created_at"])
    op.create_table(
        "saved_zelftest",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_saved_zelftest")),
    )
    op.create_index(op.f("ix_saved_zelftest_expires_at"), "saved_zelftest", ["expires_at"])
    op.add_column("lead", sa.Column("receipt", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("lead", "receipt")
    for table in ("saved_zelftest", "receipt"):
        op.drop_table(table)
