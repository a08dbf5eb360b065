"""Mail that comes in on a letter from the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("lead_letter") as letter:
        letter.add_column(sa.Column("reply_hash", sa.String(length=64), nullable=True))
        letter.add_column(sa.Column("mailbox", sa.Text(), nullable=False, server_default=""))
        letter.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
        letter.create_unique_constraint(op.f("uq_lead_letter_reply_hash"), ["reply_hash"])
    op.create_table(
        "lead_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_shortened", sa.Boolean(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_answer_lead_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["lead_letter.id"], name=op.f("fk_lead_answer_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_answer")),
        sa.UniqueConstraint("lead_id", "key", name=op.f("uq_lead_answer_lead_id_key")),
    )
    op.create_index(op.f("ix_lead_answer_lead_id"), "lead_answer", ["lead_id"])
    op.create_index(op.f("ix_lead_answer_letter_id"), "lead_answer", ["letter_id"])
    op.create_index(op.f("ix_lead_answer_received_at"), "lead_answer", ["received_at"])


def downgrade() -> None:
    op.drop_table("lead_answer")
    with op.batch_alter_table("lead_letter") as letter:
        letter.drop_constraint(op.f("uq_lead_letter_reply_hash"), type_="unique")
        for name in ("bounced_at", "mailbox", "reply_hash"):
            letter.drop_column(name)
