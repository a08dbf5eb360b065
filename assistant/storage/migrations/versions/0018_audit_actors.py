"""Who stands in the log is read off an index."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_audit_actor_id"), "audit")
    op.create_index("ix_audit_actor_id_regions_id", "audit", ["actor_id", "regions", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_actor_id_regions_id", "audit")
    op.create_index(op.f("ix_audit_actor_id"), "audit", ["actor_id"])
