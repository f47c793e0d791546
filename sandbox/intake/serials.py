"""Numbers that count up within a day."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from sandbox.intake.tables import Serial


def next_number(session: Session, series: str, at: datetime) -> str:
    """The series, the day and the next serial of that day: 3504282611240037.

    Until the transaction ends every other one that wants a number of this series waits: to be
    asked for as late as can be. One that is rolled back uses no number up.
    """
    day = f"{at:%y%m%d}"
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    counted = (
        insert(Serial)
        .values(series=series, day=day, last=1)
        .on_conflict_do_update(
            index_elements=[Serial.series, Serial.day], set_={"last": Serial.last + 1}
        )
        .returning(Serial.last)
    )
    return f"{series}{day}{session.scalar(counted):04d}"
