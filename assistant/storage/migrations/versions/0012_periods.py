"""How long a region keeps things, where that is shorter than the installation does."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "period",
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("region", "kind", name=op.f("pk_period")),
    )


def downgrade() -> None:
    op.drop_table("period")
