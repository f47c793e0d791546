"""The audit trail: who did what to what, when."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import insert
from sqlalchemy.orm import Session

from sandbox.intake.tables import AuditEntry, table_of

STAFF = "staff"
"""Who acts at the service's own command line."""

_ADD = insert(table_of(AuditEntry))


def note(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, JsonValue] | None = None,
) -> None:
    """Add one entry to the transaction. `detail` names no applicant."""
    session.connection().execute(
        _ADD,
        {
            "at": at.isoformat(),
            "actor": actor,
            "action": action,
            "subject": subject,
            "detail": dict(detail or {}),
        },
    )
