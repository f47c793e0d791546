"""The hall: bookings, queues, calls for a guide."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "booking",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("window_name", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("about", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("booked_at", sa.String(length=40), nullable=False),
        sa.Column("cancelled_at", sa.String(length=40)),
        sa.Column("came_at", sa.String(length=40)),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("booking_by_time", "booking", ["window", "day", "begins"])
    op.create_index("ix_booking_day", "booking", ["day"])
    op.create_index("ix_booking_person", "booking", ["person"])
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=5), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("booking", sa.String(length=20)),
        sa.Column("booked_for", sa.String(length=5)),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("taken_at", sa.String(length=40), nullable=False),
        sa.Column("called_at", sa.String(length=40)),
        sa.Column("counter", sa.Integer()),
        sa.Column("ended_at", sa.String(length=40)),
        sa.ForeignKeyConstraint(["booking"], ["booking.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("booking"),
        sa.UniqueConstraint("day", "number"),
    )
    op.create_index("ticket_by_queue", "ticket", ["day", "window"])
    op.create_table(
        "help_call",
        sa.Column("call", sa.String(length=21), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("called_at", sa.String(length=40), nullable=False),
        sa.Column("coming_at", sa.String(length=40)),
        sa.Column("guide", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("ended_at", sa.String(length=40)),
        sa.PrimaryKeyConstraint("call"),
    )
    op.create_index("ix_help_call_kiosk", "help_call", ["kiosk"])
    op.create_index("ix_help_call_ended_at", "help_call", ["ended_at"])
