"""Who reads English gets mail about meetings in English."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TABLES = ("booking", "day_along")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("locale", sa.String(2), nullable=False, server_default="nl"))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "locale")
