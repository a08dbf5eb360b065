"""The address that a page says it has, so that it is told once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("canonical", sa.String(length=2000), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("page", "canonical")
