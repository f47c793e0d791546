"""The department that a complaint names, and which case a rating is about."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("case", sa.Column("department", sa.String(length=40)))
    op.add_column("rating", sa.Column("case", sa.String(length=18)))
    op.create_index("ix_rating_case", "rating", ["case"])
