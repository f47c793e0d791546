"""Everything at once."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("private_key", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "case",
        sa.Column("number", sa.String(length=18), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=3), nullable=False),
        sa.Column("kept_at", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.String(length=40), nullable=True),
        sa.Column("deemed", sa.Boolean(), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.String(length=40), nullable=True),
        sa.Column("refusal_reasons", sa.Text(), nullable=True),
        sa.Column("refused_to", sa.Text(), nullable=True),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("extended_at", sa.String(length=40), nullable=True),
        sa.Column("extension_days", sa.Integer(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=True),
        sa.Column("stopped_on", sa.String(length=10), nullable=True),
        sa.Column("stopped_days", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_words", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.String(length=40), nullable=True),
        sa.Column("delivered_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("kiosk", "reference"),
    )
    op.create_index("case_by_state", "case", ["state", "due_on"], unique=False)
    op.create_table(
        "device_key",
        sa.Column("kid", sa.String(length=43), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("public_key", sa.JSON(), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.String(length=40), nullable=False),
        sa.Column("not_after", sa.String(length=40), nullable=False),
        sa.Column("revoked_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("kid"),
        sa.UniqueConstraint("serial"),
    )
    op.create_index(op.f("ix_device_key_kiosk"), "device_key", ["kiosk"], unique=False)
    op.create_table(
        "enrolment_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("issued_at", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.String(length=40), nullable=False),
        sa.Column("used_at", sa.String(length=40), nullable=True),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "look_up",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=3), nullable=False),
        sa.Column("answered_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "officer",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("shown_as", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "rating",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.String(length=40), nullable=False),
        sa.Column("contact_due_on", sa.String(length=10), nullable=True),
        sa.Column("resolve_due_on", sa.String(length=10), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("contacted_at", sa.String(length=40), nullable=True),
        sa.Column("resolved_at", sa.String(length=40), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.create_table(
        "sealing_key",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("private_key", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("retired_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("kid"),
    )
    op.create_table(
        "serial",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=6), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "day"),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.String(length=40), nullable=False),
        sa.Column("wait_until", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_sign_in_tries_tried_at"), "sign_in_tries", ["tried_at"], unique=False)
    op.create_table(
        "stored_answer",
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("kiosk", "key"),
    )
    op.create_index(
        op.f("ix_stored_answer_answered_at"), "stored_answer", ["answered_at"], unique=False
    )
    op.create_table(
        "desk_session",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.String(length=40), nullable=False),
        sa.Column("signed_in_at", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer"],
            ["officer.name"],
        ),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index(op.f("ix_desk_session_officer"), "desk_session", ["officer"], unique=False)
    op.create_table(
        "missing_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=18), nullable=False),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("stops_clock", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.String(length=40), nullable=False),
        sa.Column("supplied_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"],
            ["case.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_missing_material_case"), "missing_material", ["case"], unique=False)
