"""The key that slips are signed with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "slip_key",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("private_key", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("kid"),
    )
