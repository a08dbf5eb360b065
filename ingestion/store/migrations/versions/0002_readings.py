"""What was read from each page, so that a page that is the same is not read again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("source_id", sa.String(length=120), primary_key=True),
        sa.Column("key", sa.String(length=2000), primary_key=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("passages", sa.Boolean(), nullable=False),
        sa.Column("why_refused", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("reading")
