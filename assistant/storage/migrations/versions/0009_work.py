"""The work of advisers: interactions, tasks, letters with their thread, canned texts, and leads of one person."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _of_lead(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        *columns,
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f(f"fk_{table}_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_lead_id"), table, ["lead_id"])


def upgrade() -> None:
    op.add_column("lead", sa.Column("merged_into", sa.String(length=36), nullable=True))
    op.create_index(op.f("ix_lead_merged_into"), "lead", ["merged_into"])
    op.create_index(op.f("ix_lead_phone"), "lead", ["phone"])
    op.add_column("outbox", sa.Column("reply_to", sa.Text(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("answers", sa.String(length=36), nullable=True))
    _of_lead(
        "lead_interaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_lead(
        "lead_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
    )
    op.create_index("ix_lead_task_done_at_due_on", "lead_task", ["done_at", "due_on"])
    _of_lead(
        "lead_letter",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("answers", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "canned_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_text")),
        sa.UniqueConstraint("region", "title", name=op.f("uq_canned_text_region_title")),
    )


def downgrade() -> None:
    for table in ("canned_text", "lead_letter", "lead_task", "lead_interaction"):
        op.drop_table(table)
    for column in ("reply_to", "answers"):
        op.drop_column("outbox", column)
    for index in ("ix_lead_merged_into", "ix_lead_phone"):
        op.drop_index(index, "lead")
    op.drop_column("lead", "merged_into")
