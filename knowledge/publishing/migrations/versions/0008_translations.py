"""English of which an editor said that it still goes with its Dutch."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation_seen",
        sa.Column("group_name", sa.String(length=40), primary_key=True),
        sa.Column("item_id", sa.String(length=200), primary_key=True),
        sa.Column("path", sa.String(length=200), primary_key=True),
        sa.Column("dutch", sa.JSON(), nullable=False),
        sa.Column("english", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("translation_seen")
