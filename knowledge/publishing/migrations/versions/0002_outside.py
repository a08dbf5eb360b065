"""Live records, proposals, and what editors trust a source for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_record",
        sa.Column("id", sa.String(length=160), primary_key=True),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("origin", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("cluster", sa.String(length=160), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_live_record_source_id", "live_record", ["source_id"])
    op.create_index("ix_live_record_cluster", "live_record", ["cluster"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=36), primary_key=True),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_group", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("damage", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("same_as", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=200), nullable=False),
    )
    op.create_index("ix_proposal_state_damage", "proposal", ["state", "damage"])
    op.create_index("ix_proposal_source_id_item_id", "proposal", ["source_id", "item_id"])
    op.create_table(
        "trusted_field",
        sa.Column("source_id", sa.String(length=120), primary_key=True),
        sa.Column("item_id", sa.String(length=200), primary_key=True),
        sa.Column("field", sa.String(length=80), primary_key=True),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("trusted_field", "proposal", "live_record"):
        op.drop_table(table)
