"""The audit trail: who did what to what, when."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import insert
from sqlalchemy.orm import Session

from sandbox.intake.tables import AuditEntry

STAFF = "staff"
"""Who acts at the service's own command line."""


def note(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, JsonValue] | None = None,
) -> None:
    """Add one entry to the transaction. `detail` names no applicant."""
    session.execute(
        insert(AuditEntry),
        {
            "at": at.isoformat(),
            "actor": actor,
            "action": action,
            "subject": subject,
            "detail": dict(detail or {}),
        },
    )
