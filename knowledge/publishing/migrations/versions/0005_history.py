"""What visitors are told of a change, and what the product delivered before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("told", "told_en"):
        op.add_column("change_set", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "delivered_item",
        sa.Column("group_name", sa.String(length=40), primary_key=True),
        sa.Column("item_id", sa.String(length=200), primary_key=True),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
    )
    op.create_table(
        "delivered_change",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("group_name", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("delivered_change")
    op.drop_table("delivered_item")
    for name in ("told_en", "told"):
        op.drop_column("change_set", name)
