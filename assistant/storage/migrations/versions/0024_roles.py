"""What a colleague may do is said for each of their regions; until now it was the same in all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_account = sa.table(
    "account",
    sa.column("id", sa.String),
    sa.column("regions", sa.JSON),
    sa.column("role", sa.String),
    sa.column("roles", sa.JSON),
)
_MOST_FIRST = ("region_admin", "adviser", "editor")


def upgrade() -> None:
    op.add_column("account", sa.Column("roles", sa.JSON(), nullable=False, server_default="{}"))
    bind = op.get_bind()
    for row in bind.execute(sa.select(_account.c.id, _account.c.regions, _account.c.role)).all():
        roles = dict.fromkeys(row.regions, row.role)
        bind.execute(_account.update().where(_account.c.id == row.id).values(roles=roles))
    op.drop_column("account", "regions")
    op.drop_column("account", "role")


def downgrade() -> None:
    """Of several roles nobody keeps more than they have everywhere: the regions with the first of them remain."""
    op.add_column("account", sa.Column("regions", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("account", sa.Column("role", sa.String(length=16), nullable=False, server_default="adviser"))
    bind = op.get_bind()
    for row in bind.execute(sa.select(_account.c.id, _account.c.roles)).all():
        role = next((each for each in _MOST_FIRST if each in row.roles.values()), "adviser")
        regions = [region for region, there in row.roles.items() if there == role]
        bind.execute(_account.update().where(_account.c.id == row.id).values(regions=regions, role=role))
    op.drop_column("account", "roles")
