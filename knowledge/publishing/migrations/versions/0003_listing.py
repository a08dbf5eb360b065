"""What lists of items and change sets look at."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item", sa.Column("is_sure", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("ix_change_set_state_changed_at", "change_set", ["state", "changed_at"])
    signal = sa.table("signal", sa.column("id", sa.Integer), sa.column("number", sa.Integer))
    op.bulk_insert(signal, [{"id": 2, "number": 0}])


def downgrade() -> None:
    op.execute("DELETE FROM signal WHERE id = 2")
    op.drop_index("ix_change_set_state_changed_at", "change_set")
    op.drop_column("item", "is_sure")
