"""Runs the migrations on the connection that `assistant.storage.session` hands over, in its transaction."""

from alembic import context

from assistant.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
