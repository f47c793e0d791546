"""What Alembic runs: on the connection that `sandbox/intake/database.py` gives it at each start,
or that `scripts/write-migration` gives it when tables.py was changed."""

from alembic import context

from sandbox.intake.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata
)
context.run_migrations()
