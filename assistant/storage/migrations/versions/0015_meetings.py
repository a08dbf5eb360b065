"""Moments with places and who has one, days along at schools, files for calendars in mail, and tasks that were reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("loket_id", sa.String(length=80), nullable=False),
        sa.Column("loket_title", sa.Text(), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("event_id", name=op.f("uq_slot_event_id")),
        sa.UniqueConstraint("same", name=op.f("uq_slot_same")),
    )
    op.create_index("ix_slot_region_starts_at", "slot", ["region", "starts_at"])
    op.create_index("ix_slot_loket_id_starts_at", "slot", ["loket_id", "starts_at"])
    op.create_table(
        "booking",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("consent_version", sa.String(length=120), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("wish", sa.String(length=64), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_booking_slot_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_booking_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("wish", name=op.f("uq_booking_wish")),
    )
    for column in ("slot_id", "lead_id", "email"):
        op.create_index(op.f(f"ix_booking_{column}"), "booking", [column])
    op.create_table(
        "slot_seat",
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_slot_seat_slot_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_slot_seat_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slot_id", "number", name=op.f("pk_slot_seat")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_slot_seat_booking_id")),
    )
    op.create_table(
        "day_along",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_day_along_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_along")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_day_along_lead_id")),
    )
    op.add_column("outbox", sa.Column("calendar", sa.Text(), nullable=False, server_default=""))
    op.add_column("lead_task", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("lead_task", "reminded_at")
    op.drop_column("outbox", "calendar")
    op.drop_table("day_along")
    op.drop_table("slot_seat")
    op.drop_table("booking")
    op.drop_table("slot")
