"""Mail is sent in the look of a region, and says in which language it is."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("region", sa.String(80), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("locale", sa.String(2), nullable=False, server_default="nl"))


def downgrade() -> None:
    op.drop_column("outbox", "locale")
    op.drop_column("outbox", "region")
