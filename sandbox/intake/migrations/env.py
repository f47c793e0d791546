"""What Alembic runs: on the connection that `sandbox/intake/database.py` gives it at each start,
or that `scripts/write-migration` gives it when the tables were changed."""

from alembic import context

# What is imported is known to `Base`.
from sandbox.intake import hall_tables  # noqa: F401
from sandbox.intake.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata
)
context.run_migrations()
