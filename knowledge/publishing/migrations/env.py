"""Runs the migrations on the connection that `knowledge.database` hands over, in its transaction."""

from alembic import context

from knowledge.publishing.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table="publishing_version",
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
