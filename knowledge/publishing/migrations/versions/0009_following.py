"""What follows another region's item may wait for a colleague of its own region."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("follow", sa.Column("waiting", sa.String(length=36), nullable=True))


def downgrade() -> None:
    op.drop_column("follow", "waiting")
