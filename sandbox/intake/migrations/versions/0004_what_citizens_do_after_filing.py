"""Whose a case is, what belongs together, and what its applicant does after filing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "applicant_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=18), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("kept_at", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kiosk", "reference"),
    )
    op.create_index("ix_applicant_act_case", "applicant_act", ["case"])
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=18), nullable=False),
        sa.Column("kiosk", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("kept_at", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kiosk", "reference"),
    )
    op.create_index("ix_correction_case", "correction", ["case"])
    op.create_index("ix_correction_reference", "correction", ["reference"])
    op.create_table(
        "supplied_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["material"], ["missing_material.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supplied_file_material", "supplied_file", ["material"])
    op.add_column("missing_material", sa.Column("supplied_as", sa.String(length=20)))
    for column in (
        sa.Column("bundle", sa.String(length=40)),
        sa.Column("office", sa.String(length=6)),
        sa.Column("person", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("principal", sa.String(length=40)),
        sa.Column("corrected_at", sa.String(length=40)),
        sa.Column("withdrawn_at", sa.String(length=40)),
        sa.Column("withdrawal", sa.String(length=40)),
        sa.Column("withdrawal_words", sa.Text()),
        sa.Column("result_window", sa.String(length=60), nullable=False, server_default=""),
        sa.Column("by_post", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("result_token", sa.String(length=43)),
        sa.Column("posting", sa.JSON()),
        sa.Column("posting_at", sa.String(length=40)),
    ):
        op.add_column("case", column)
    op.create_index("case_by_bundle", "case", ["bundle"])
    op.create_index("case_by_person", "case", ["person"])
    op.create_index("case_by_principal", "case", ["principal"])
    op.create_index("case_by_result", "case", ["result_token"], unique=True)
    cases = sa.table(
        "case", sa.column("person"), sa.column("principal"), sa.column("content", sa.JSON())
    )
    content = cases.c.content
    op.execute(
        cases.update().values(
            person=sa.func.coalesce(content[("applicant", "number")].as_string(), ""),
            principal=content[("answers", "principal_number")].as_string(),
        )
    )
